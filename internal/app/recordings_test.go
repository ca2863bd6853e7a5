package app

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"parley/internal/callcontrol"
	"parley/internal/media"
)

func TestNewRecordingIsSealed(t *testing.T) {
	a := newArchive(t, 1, false)
	r := recordings{blobs: a.blobs, keys: a.keys, full: 100}
	began := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	path, seal, err := r.NewRecording(a.org, "c.r2", began)
	check(t, err)
	file, err := os.Create(path)
	check(t, err)
	w, err := seal(file)
	check(t, err)
	_, err = w.Write(tape(media.SampleRate))
	check(t, err)
	left, err := r.LeftRecording(a.org, "c.r2", began)
	check(t, err)
	if left.Duration < 800*time.Millisecond || left.Duration > time.Second || left.Bytes < 30000 || len(left.SHA256) != 64 {
		t.Errorf("while it is written there is %+v", left)
	}
	check(t, errors.Join(w.Close(), file.Close()))
	left, err = r.LeftRecording(a.org, "c.r2", began)
	check(t, err)
	if left.Duration != time.Second {
		t.Errorf("at its end it lasts %s", left.Duration)
	}
	raw, err := os.ReadFile(path)
	check(t, err)
	if strings.Contains(string(raw), "RIFF") || strings.Contains(string(raw), string(tape(100)[44:])) {
		t.Error("the file is plain")
	}
	if _, err := r.LeftRecording(a.org, "c.r3", began); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("one that never was: %v", err)
	}
	raw[5000] ^= 1
	check(t, os.WriteFile(path, raw[:9000], 0o600))
	if left, err := r.LeftRecording(a.org, "c.r2", began); err != nil || left.Duration > 200*time.Millisecond {
		t.Errorf("damaged at its end: %+v, %v", left, err)
	}
	check(t, os.WriteFile(path, append(raw[:70:70], raw[71:4000]...), 0o600))
	if _, err := r.LeftRecording(a.org, "c.r2", began); !errors.Is(err, errDamaged) {
		t.Errorf("damaged: %v", err)
	}
}

// TestRecordingBarelyBegun: the process was killed before anything of the sound reached the disk.
func TestRecordingBarelyBegun(t *testing.T) {
	a := newArchive(t, 1, false)
	r := recordings{blobs: a.blobs, keys: a.keys, full: 100}
	began := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	path, seal, err := r.NewRecording(a.org, "c.r2", began)
	check(t, err)
	file, err := os.Create(path)
	check(t, err)
	_, err = seal(file)
	check(t, errors.Join(err, file.Close()))
	if _, err := r.LeftRecording(a.org, "c.r2", began); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing of it was kept, but: %v", err)
	}
}

// TestLeftRecordingOfAnOlderVersion finds the plain file of a version that sealed after the call.
func TestLeftRecordingOfAnOlderVersion(t *testing.T) {
	a := newArchive(t, 2, true)
	left, err := recordings{blobs: a.blobs, keys: a.keys, full: 100}.LeftRecording(a.org, taped, a.row().StartedAt)
	check(t, err)
	if left.Duration != 2*time.Second || left.Bytes != 44+2*32000 {
		t.Errorf("%+v", left)
	}
}

func TestNoRoomForRecordings(t *testing.T) {
	a := newArchive(t, 1, false)
	full := recordings{blobs: a.blobs, keys: a.keys, full: 0}
	if _, _, err := full.NewRecording(a.org, "c.r2", time.Now()); !errors.Is(err, errDiskFull) {
		t.Errorf("a full disk: %v", err)
	}
	path, err := a.blobs.Path(callcontrol.RecordingKey(a.org, "c.r2", time.Now()))
	check(t, err)
	in := path[:strings.Index(path, "/recordings/")+len("/recordings/")] + string(a.org)
	check(t, os.RemoveAll(in))
	check(t, os.WriteFile(in, nil, 0o600))
	if _, _, err := (recordings{blobs: a.blobs, keys: a.keys, full: 100}).NewRecording(a.org, "c.r2", time.Now()); !errors.Is(err, errNoFolder) {
		t.Errorf("a folder that is a file: %v", err)
	}
	if _, _, err := (recordings{blobs: a.blobs, keys: a.keys, full: 100}).NewRecording("another", "c.r2", time.Now()); !errors.Is(err, errNoKey) {
		t.Errorf("an organisation that is not known: %v", err)
	}
}
