package lab

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"parley/internal/api"
	"parley/internal/audiofile"
	"parley/internal/id"
	"parley/internal/media"
)

func theRecording(t *testing.T, w *World, a *agent, which id.Call) {
	t.Helper()
	d := a.Record(which)
	if len(d.Recordings) != 1 {
		t.Fatalf("%d recordings, not 1", len(d.Recordings))
	}
	r := d.Recordings[0]
	if r.Status != "available" || r.Channels != 2 || r.Size <= 44 || r.Checksum == "" || r.Failure != "" {
		t.Errorf("recording %+v", r)
	}
	if len(r.Gaps) != 1 || r.Gaps[0].Kind != "hold" || r.Gaps[0].EndSeconds-r.Gaps[0].StartSeconds < 0.3 {
		t.Fatalf("gaps %+v", r.Gaps)
	}
	theSound(t, audio(t, a, r.ID), r.Gaps[0])
	small := compressed(t, w, a, which)
	if small.Status != "available" || small.Checksum == r.Checksum || small.Size*2 > r.Size && r.Format == "wav" {
		t.Errorf("compressed, it is %+v", small)
	}
	pcm := audio(t, a, r.ID)
	theSound(t, pcm, r.Gaps[0])
	if lasts := float64(len(pcm[0])) / media.SampleRate; lasts < r.DurationSeconds-0.02 || lasts > r.DurationSeconds+0.02 {
		t.Errorf("compressed, it lasts %.3f s instead of %.3f", lasts, r.DurationSeconds)
	}
	thePeaks(t, w, a, r)
}

// theSound hears each voice on its own channel around a hold, and nothing while it lasts.
func theSound(t *testing.T, pcm [2][]int16, hold api.RecordingGap) {
	t.Helper()
	cut := func(channel int, from, to float64) []int16 {
		return pcm[channel][int(from*media.SampleRate):int(to*media.SampleRate)]
	}
	end := float64(len(pcm[0])) / media.SampleRate
	for _, part := range [][2]float64{{0, hold.StartSeconds}, {hold.EndSeconds, end}} {
		if !Alone(cut(0, part[0], part[1]), callerVoice, agentVoice) {
			t.Errorf("the customer's channel is not the customer alone from %.2f to %.2f s", part[0], part[1])
		}
		if !Alone(cut(1, part[0], part[1]), agentVoice, callerVoice) {
			t.Errorf("the agent's channel is not the agent alone from %.2f to %.2f s", part[0], part[1])
		}
	}
	for channel := range pcm {
		if !Silent(cut(channel, hold.StartSeconds+0.05, hold.EndSeconds-0.05)) {
			t.Errorf("channel %d sounds while held", channel)
		}
	}
}

func thePeaks(t *testing.T, w *World, a *agent, r api.Recording) {
	t.Helper()
	var peaks api.Peaks
	a.Must(http.MethodGet, "/recordings/"+string(r.ID)+"/peaks", nil, &peaks)
	if len(peaks.Channels) != 2 || peaks.Duration < r.DurationSeconds-0.1 {
		t.Errorf("the waveform has %d channels and %.1f s of %.1f s", len(peaks.Channels), peaks.Duration, r.DurationSeconds)
	}
	stranger := w.SignIn(w.Person("agent", 1))
	if err := stranger.Do(http.MethodGet, "/recordings/"+string(r.ID)+"/audio", nil, nil); Status(err) != http.StatusNotFound {
		t.Errorf("an agent who had no part in the call may listen: %v", err)
	}
}

// audio fetches a recording and gives the sound of its channels: a WAV file until it has been compressed, then Opus.
func audio(t *testing.T, a *agent, which id.Recording) [2][]int16 {
	t.Helper()
	var file []byte
	a.Must(http.MethodGet, "/recordings/"+string(which)+"/audio", nil, &file)
	if bytes.HasPrefix(file, []byte("OggS")) {
		return opus(t, file)
	}
	path := filepath.Join(t.TempDir(), "heard.wav")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return channels(t, path)
}

func opus(t *testing.T, file []byte) (pcm [2][]int16) {
	t.Helper()
	o, err := audiofile.OpenOpus(bytes.NewReader(file), media.SampleRate)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	for {
		both, err := o.Next()
		if errors.Is(err, io.EOF) {
			return pcm
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range both {
			pcm[i%2] = append(pcm[i%2], x)
		}
	}
}

// compressed waits until a recording is compressed and encrypted, and gives what its call's record says of it then.
func compressed(t *testing.T, w *World, a *agent, which id.Call) api.Recording {
	t.Helper()
	var r api.Recording
	Eventually(t, "the recording is compressed", func() bool {
		d := a.Record(which)
		r = d.Recordings[0]
		return r.Format == "opus"
	})
	Eventually(t, "no plain file is left", func() bool {
		files, err := filepath.Glob(filepath.Join(w.Data, "blobs/recordings/*/*/*/*/"+string(r.ID)+".*"))
		return err == nil && len(files) == 1 && filepath.Ext(files[0]) == ".opus"
	})
	return r
}

func channels(t *testing.T, path string) [2][]int16 {
	t.Helper()
	r, err := media.OpenRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	pcm, err := r.PCM(0, r.Duration())
	if err != nil {
		t.Fatal(err)
	}
	return pcm
}
