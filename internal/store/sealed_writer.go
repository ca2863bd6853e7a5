package store

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// SealedWriter encrypts what is written to it. What was written up to the last whole segment is safe at any moment.
type SealedWriter struct {
	w      io.Writer
	aead   cipher.AEAD
	number int64
	plain  []byte // of the segment that is not full yet; its capacity is a segment
	nonce  [12]byte
	broken error // what ended the writing
}

// sheaves are room for the segments of one Write; files that grow slowly share them.
var sheaves = sync.Pool{New: func() any { return new([]byte) }}

// Seal begins a sealed file that is written at once. Close it, or its last segment is missing.
func (k MediaKeys) Seal(w io.Writer) (*SealedWriter, error) { return k.seal(w, segmentBytes) }

// SealLive begins a sealed file that grows slowly: little of it waits for the rest of its segment, and a Write writes all
// segments that it fills at once. Close it, or its last segment is missing.
func (k MediaKeys) SealLive(w io.Writer) (*SealedWriter, error) { return k.seal(w, liveBytes) }

func (k MediaKeys) seal(w io.Writer, segment int) (*SealedWriter, error) {
	if len(k.secrets) == 0 {
		return nil, fmt.Errorf("seal file: %w", ErrOtherKey)
	}
	head := binary.BigEndian.AppendUint32([]byte(sealedMagic), uint32(segment))
	mark, err := printOf(k.secrets[0])
	if err != nil {
		return nil, fmt.Errorf("seal file: %w", err)
	}
	head = append(head, mark...)
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	head = append(head, salt...)
	aead, err := cipherOf(k.secrets[0], head)
	if err != nil {
		return nil, fmt.Errorf("seal file: %w", err)
	}
	if _, err := w.Write(head); err != nil {
		return nil, fmt.Errorf("seal file: %w", err)
	}
	return &SealedWriter{w: w, aead: aead, plain: make([]byte, 0, segment)}, nil
}

// Write encrypts b; segments are written out as they are full. After an error nothing more is written.
func (s *SealedWriter) Write(b []byte) (int, error) {
	if s.broken != nil {
		return 0, s.broken
	}
	segment, held := cap(s.plain), len(s.plain)
	sheaf, _ := sheaves.Get().(*[]byte)
	defer sheaves.Put(sheaf)
	*sheaf = (*sheaf)[:0]
	for rest := b; len(rest) > 0; {
		taken := min(len(rest), segment-len(s.plain))
		s.plain, rest = append(s.plain, rest[:taken]...), rest[taken:]
		if len(s.plain) == segment {
			*sheaf = s.pack(*sheaf, false)
		}
	}
	if len(*sheaf) == 0 {
		return len(b), nil
	}
	if n, err := s.w.Write(*sheaf); err != nil {
		s.broken = fmt.Errorf("seal file: %w", err)
		return max(0, n/(segment+tagBytes)*segment-held), s.broken
	}
	return len(b), nil
}

// pack appends the sealed segment to out.
func (s *SealedWriter) pack(out []byte, last bool) []byte {
	s.nonce = segmentNonce(s.number, last)
	out = s.aead.Seal(out, s.nonce[:], s.plain, nil)
	s.plain, s.number = s.plain[:0], s.number+1
	return out
}

// Close writes the last segment, unless the file is broken already; the writer below stays open.
func (s *SealedWriter) Close() error {
	if s.broken != nil {
		return s.broken
	}
	if _, err := s.w.Write(s.pack(nil, true)); err != nil {
		s.broken = fmt.Errorf("seal file: %w", err)
	}
	return s.broken
}
