package lab

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"parley/internal/api"
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
	pcm := audio(t, a, r.ID)
	hold := r.Gaps[0]
	cut := func(channel int, from, to float64) []int16 {
		return pcm[channel][int(from*media.SampleRate):int(to*media.SampleRate)]
	}
	before, after := hold.StartSeconds-0.5, hold.EndSeconds+0.2
	for _, at := range []float64{before, after} {
		if !OnlyTone(cut(0, at, at+0.3), callerVoice, agentVoice) {
			t.Errorf("the customer's channel is not the customer alone at %.2f s", at)
		}
		if !OnlyTone(cut(1, at, at+0.3), agentVoice, callerVoice) {
			t.Errorf("the agent's channel is not the agent alone at %.2f s", at)
		}
	}
	for channel := range pcm {
		if !Silent(cut(channel, hold.StartSeconds+0.05, hold.EndSeconds-0.05)) {
			t.Errorf("channel %d sounds while held", channel)
		}
	}
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

// audio fetches a recording and gives the sound of its channels.
func audio(t *testing.T, a *agent, which id.Recording) [2][]int16 {
	t.Helper()
	var wav []byte
	a.Must(http.MethodGet, "/recordings/"+string(which)+"/audio", nil, &wav)
	path := filepath.Join(t.TempDir(), "heard.wav")
	if err := os.WriteFile(path, wav, 0o600); err != nil {
		t.Fatal(err)
	}
	return channels(t, path)
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
