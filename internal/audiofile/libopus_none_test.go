//go:build !cgo

package audiofile

import (
	"bytes"
	"errors"
	"testing"
)

// TestWithoutLibopus: Ogg Opus is refused, in reading and in writing, with an error that says what this build lacks.
func TestWithoutLibopus(t *testing.T) {
	if _, err := NewOpusWriter(&bytes.Buffer{}, phone); !errors.Is(err, ErrNoOpus) {
		t.Errorf("write: %v", err)
	}
	var file bytes.Buffer
	p := pageWriter{w: &file}
	for _, packet := range [][]byte{apartHead(1, 8000, 312).append(nil), appendTags(nil)} {
		if err := errors.Join(p.put(packet, 0), p.flush(0)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := OpenOpus(&file, 8000); !errors.Is(err, ErrNoOpus) {
		t.Errorf("read: %v", err)
	}
}
