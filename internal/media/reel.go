package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// reel is the file of a recording. It only grows, so that what was written is safe whatever comes, and its digest is taken as
// it does.
type reel struct {
	file *os.File
	sink io.WriteCloser // takes the sound, and writes to tape
	hash hash.Hash
	size int64 // bytes of the file
}

// tape is the file below what seals it.
type tape struct{ *reel }

// Write appends to the file.
func (t tape) Write(b []byte) (int, error) {
	n, err := t.file.Write(b)
	t.hash.Write(b[:n])
	t.size += int64(n)
	return n, err
}

// Close leaves the file open.
func (tape) Close() error { return nil }

// openReel makes the file and writes the head of the WAV file.
func openReel(path string, seal func(io.Writer) (io.WriteCloser, error)) (*reel, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create recording: %w", err)
	}
	r, err := newReel(file, seal)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return r, nil
}

func newReel(file *os.File, seal func(io.Writer) (io.WriteCloser, error)) (*reel, error) {
	r := &reel{file: file, hash: sha256.New()}
	r.sink = tape{r}
	if seal != nil {
		sink, err := seal(tape{r})
		if err != nil {
			return nil, fmt.Errorf("create recording: %w", err)
		}
		r.sink = sink
	}
	if _, err := r.sink.Write(wavHeader(unknownSize)); err != nil {
		return nil, fmt.Errorf("write recording: %w", err)
	}
	return r, nil
}

func (r *reel) close() error {
	if err := errors.Join(r.sink.Close(), r.file.Close()); err != nil {
		return fmt.Errorf("finish recording: %w", err)
	}
	return nil
}

// sum is the SHA-256 of the file so far in hex.
func (r *reel) sum() string { return hex.EncodeToString(r.hash.Sum(nil)) }
