package lab

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/api"
	"parley/internal/id"
	"parley/internal/media"
)

// TestNoPlainSoundOnDisk records a call and searches all files of the data folder for its sound: in mid-call, where it can be
// played as far as it was written, after a kill in mid-call, and when it is compressed. The sound itself is known from what
// is played, so that the search would find it.
func TestNoPlainSoundOnDisk(t *testing.T) {
	t.Parallel()
	w, _, _, _, ring := recorded(t)
	boss := w.SignIn(w.Person("admin", 0))
	var live api.Recording
	var file []byte
	Eventually(t, "two seconds of the call can be played while it goes on", func() bool {
		var d api.CallDetail
		if boss.Do(http.MethodGet, "/calls/"+string(ring.Call), nil, &d) != nil || len(d.Recordings) != 1 {
			return false
		}
		live = d.Recordings[0]
		err := boss.Do(http.MethodGet, "/recordings/"+string(live.ID)+"/audio", nil, &file)
		return err == nil && len(file) > 2*media.SampleRate*4
	})
	if live.Status != "recording" {
		t.Errorf("the recording in mid-call is %q", live.Status)
	}
	pieces := piecesOf(t, file)
	noneOf(t, w, live.ID, pieces, "in mid-call")
	w.Kill()
	noneOf(t, w, live.ID, pieces, "after the kill")
	w.Again()
	boss = w.SignIn(w.Person("admin", 0))
	compressed(t, w, &agent{Client: boss}, ring.Call)
	noneOf(t, w, live.ID, pieces, "when it is compressed")
	pcm := audio(t, &agent{Client: boss}, live.ID)
	if len(pcm[0])*4 < len(file)-44 {
		t.Errorf("%d samples are left, %d could be played in mid-call", len(pcm[0]), (len(file)-44)/4)
	}
	last := len(file)/4 - media.SampleRate/2
	if !OnlyTone(pcm[0][last:last+2000], callerVoice, agentVoice) || !OnlyTone(pcm[1][last:last+2000], agentVoice, callerVoice) {
		t.Error("what was written before the kill is not the two voices apart")
	}
}

// piecesOf cuts pieces of sound out of a WAV file that was heard: some hundredths of a second each, from its middle on.
func piecesOf(t *testing.T, file []byte) [][]byte {
	t.Helper()
	if !bytes.HasPrefix(file, []byte("RIFF")) {
		t.Fatalf("what is played is no WAV file: %q", file[:min(12, len(file))])
	}
	var pieces [][]byte
	for at := len(file) / 2; at+400 < len(file) && len(pieces) < 20; at += 1000 {
		if piece := file[at : at+128]; len(bytes.Trim(piece, "\x00")) > 64 {
			pieces = append(pieces, piece)
		}
	}
	if len(pieces) < 10 {
		t.Fatalf("only %d pieces of what is played hold sound", len(pieces))
	}
	return pieces
}

// noneOf searches every file of the data folder for the pieces, and those of recordings for what a sound file begins with.
func noneOf(t *testing.T, w *World, which id.Recording, pieces [][]byte, when string) {
	t.Helper()
	files, ours := 0, 0
	err := filepath.WalkDir(w.Data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if os.IsNotExist(err) { // it was replaced meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		files++
		for _, piece := range pieces {
			if bytes.Contains(content, piece) {
				t.Errorf("%s, %s holds the plain sound", when, path)
				break
			}
		}
		if strings.HasPrefix(filepath.Base(path), string(which)) {
			ours++
			for _, mark := range []string{"RIFF", "WAVE", "OggS", "Opus"} {
				if bytes.Contains(content, []byte(mark)) {
					t.Errorf("%s, %s holds %q", when, path, mark)
				}
			}
		} else if bytes.HasPrefix(content, []byte("RIFF")) && filepath.Base(filepath.Dir(path)) != "speech" {
			t.Errorf("%s, %s is a sound file", when, path)
		}
		return nil
	})
	if err != nil || files < 3 || ours == 0 {
		t.Errorf("%s, %d files were searched, %d of the recording: %v", when, files, ours, err)
	}
}
