package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// mask is a seal that a test sees through: it turns every bit.
type mask struct {
	file   io.Writer
	room   int // bytes that the disk takes; 0: all
	taken  int
	writes []int
	closed int
}

func (m *mask) Write(b []byte) (n int, err error) {
	turned := bytes.Clone(b)
	for i := range turned {
		turned[i] ^= 0xFF
	}
	if left := m.room - m.taken; m.room > 0 && len(turned) > left {
		turned, err = turned[:left], syscall.ENOSPC
	}
	m.taken += len(turned)
	m.writes = append(m.writes, len(turned))
	if n, wrong := m.file.Write(turned); wrong != nil {
		return n, wrong
	}
	return len(turned), err
}

func (m *mask) Close() error { m.closed++; return nil }

// unmasked is the content of a file behind a mask.
type unmasked struct{ *bytes.Reader }

func (unmasked) Close() error { return nil }

func openMasked(t *testing.T, path string) *RecordingFile {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		b[i] ^= 0xFF
	}
	file, err := ReadRecording(unmasked{bytes.NewReader(b)})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestRecordingIsSealedOnItsWay: nothing of the sound reaches the file but through the seal, once a second, and the file
// only grows; what is read of it while it does and at the end is the sound.
func TestRecordingIsSealedOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		seal := &mask{}
		s := recordSealedOnStage(t, func(file io.Writer) (io.WriteCloser, error) { seal.file = file; return seal, nil })
		s.play(3 * time.Second)
		early, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		checkHolds(t, openMasked(t, s.path), 300*time.Millisecond, time.Second, [2]float64{440, 700})
		s.play(5 * time.Second)
		s.room.StopRecord("r1")
		result := <-s.done
		b, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		if result.Err != nil || result.SHA256 != hex.EncodeToString(sum[:]) || result.Bytes != int64(len(b)) || result.Duration != 5*time.Second {
			t.Errorf("result is %+v, the file has %d bytes", result, len(b))
		}
		if !bytes.HasPrefix(b, early) || len(early) < 3*SampleRate*frameSize/2 || bytes.Contains(b, []byte("RIFF")) {
			t.Errorf("what was written was changed, came late, or is plain: %d bytes, %d before", len(b), len(early))
		}
		if seal.closed != 1 || len(seal.writes) > 7 || seal.writes[0] != headerBytes {
			t.Errorf("the seal was closed %d times, and written to in %d", seal.closed, seal.writes)
		}
		file := openMasked(t, s.path)
		if file.Duration() != result.Duration {
			t.Errorf("the file lasts %v", file.Duration())
		}
		checkHolds(t, file, 4*time.Second, 900*time.Millisecond, [2]float64{440, 700})
		s.w.engine.disk.close()
	})
}
