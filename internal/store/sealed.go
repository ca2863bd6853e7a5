package store

import (
	"bytes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A sealed file is a head and segments, each encrypted by AES-256-GCM (NIST SP 800-38D) so that it opens by itself: a range
// is read without the rest, and a file that was cut off loses its last segment only. It only grows while it is written.
//
//	head     "PARLEY\x00\x01", size of a segment (uint32), print of the key (8 bytes), salt (32 bytes)
//	segment  so many bytes encrypted, the last one fewer, and a tag of 16 bytes
//
// The nonce is 1 byte that says whether the segment is the last, 3 of zero, and its number: a segment opens nowhere but in
// its place of its file.
const (
	sealedMagic  = "PARLEY\x00\x01"
	printBytes   = 8
	saltBytes    = 32
	sealedHead   = len(sealedMagic) + 4 + printBytes + saltBytes
	tagBytes     = 16
	segmentBytes = 64 << 10
	liveBytes    = 4000     // of a segment in a file that grows slowly: an eighth of a second of a recording
	largestSize  = 16 << 20 // of a segment that a file may name
)

// What is wrong with a sealed file; test with errors.Is.
var (
	ErrNotSealed = errors.New("no sealed file of ours")
	ErrOtherKey  = errors.New("the file was sealed with another key")
	ErrAltered   = errors.New("the file was altered or is damaged")
)

func segmentNonce(number int64, last bool) (nonce [12]byte) {
	if last {
		nonce[0] = 1
	}
	binary.BigEndian.PutUint64(nonce[4:], uint64(number))
	return nonce
}

// SealedFile reads a sealed file; it decrypts the segments that are asked for and no others. It is an io.ReadSeekCloser and
// an io.ReaderAt for one goroutine.
type SealedFile struct {
	from    io.ReaderAt
	close   func() error
	aead    cipher.AEAD
	segment int64 // bytes of one, open
	stored  int64 // bytes of all segments, sealed
	size    int64 // bytes of the content
	last    int64 // number of the last segment that opens
	offset  int64
	whole   bool
	damaged bool
	opened  int64 // number of the segment in plain; -1 for none
	plain   []byte
	sealed  []byte
}

// OpenSealed reads the head of a sealed file of so many bytes. ErrOtherKey and ErrNotSealed say why it cannot be read.
func (k MediaKeys) OpenSealed(from io.ReaderAt, bytes int64) (*SealedFile, error) {
	head := make([]byte, sealedHead)
	if _, err := from.ReadAt(head, 0); errors.Is(err, io.EOF) && bytes < int64(sealedHead) {
		return nil, fmt.Errorf("open sealed file: %w", ErrNotSealed)
	} else if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	secret, segment, err := k.choose(head)
	if err != nil {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	aead, err := cipherOf(secret, head)
	if err != nil {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	s := &SealedFile{from: from, close: func() error { return nil }, aead: aead, segment: segment, stored: bytes - int64(sealedHead), opened: -1}
	return s, s.measure()
}

// choose reads a head: the size of a segment, and which of the keys has sealed the file.
func (k MediaKeys) choose(head []byte) (secret []byte, segment int64, err error) {
	rest, ours := bytes.CutPrefix(head, []byte(sealedMagic))
	if !ours {
		return nil, 0, ErrNotSealed
	}
	for _, each := range k.secrets {
		if mark, wrong := printOf(each); wrong == nil && bytes.Equal(rest[4:4+printBytes], mark) {
			secret = each
		}
	}
	if secret == nil {
		return nil, 0, ErrOtherKey
	}
	segment = int64(binary.BigEndian.Uint32(rest))
	if segment < 1 || segment > largestSize {
		return nil, 0, ErrNotSealed
	}
	return secret, segment, nil
}

// measure finds the content's size by the last segment that opens. One that was cut off does not, but the one before it;
// where whole ones at the end do not open, the file is damaged.
func (s *SealedFile) measure() error {
	each := s.segment + tagBytes
	count := (s.stored + each - 1) / each
	for s.last = count - 1; s.last >= 0; s.last-- {
		stored := min(each, s.stored-s.last*each)
		err := s.load(s.last, stored, true)
		s.whole = err == nil
		if errors.Is(err, ErrAltered) && stored == each {
			err = s.load(s.last, stored, false)
		}
		if err == nil {
			s.size = s.last*s.segment + int64(len(s.plain))
			return nil
		}
		if !errors.Is(err, ErrAltered) {
			return fmt.Errorf("open sealed file: %w", err)
		}
		s.damaged = s.damaged || stored == each
	}
	if count > 0 {
		return fmt.Errorf("open sealed file: %w", ErrAltered)
	}
	return nil
}

// load decrypts a segment of so many stored bytes.
func (s *SealedFile) load(number, stored int64, last bool) error {
	s.opened = -1
	if stored < tagBytes {
		return ErrAltered
	}
	if int64(cap(s.sealed)) < stored {
		s.sealed = make([]byte, stored)
	}
	s.sealed = s.sealed[:stored]
	at := int64(sealedHead) + number*(s.segment+tagBytes)
	if _, err := s.from.ReadAt(s.sealed, at); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read sealed file: %w", err)
	}
	nonce := segmentNonce(number, last)
	plain, err := s.aead.Open(s.plain[:0], nonce[:], s.sealed, nil)
	if err != nil {
		return ErrAltered
	}
	s.plain, s.opened = plain, number
	return nil
}

// Size is the length of the content in bytes.
func (s *SealedFile) Size() int64 { return s.size }

// Complete tells whether the file was closed: one that a crash has cut off ends early.
func (s *SealedFile) Complete() bool { return s.whole }

// Damaged tells whether the end of the file was altered or is damaged beyond what a crash leaves: what is before it is read.
func (s *SealedFile) Damaged() bool { return s.damaged }

// Read gives the content from where it was left off. ErrAltered: this part does not open; others may.
func (s *SealedFile) Read(b []byte) (int, error) {
	n, err := s.piece(b, s.offset)
	s.offset += int64(n)
	return n, err
}

// ReadAt gives the content from a place on, as io.ReaderAt says, or ErrAltered.
func (s *SealedFile) ReadAt(b []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, errors.New("read sealed file: before its start")
	}
	for n < len(b) && err == nil {
		var more int
		more, err = s.piece(b[n:], at+int64(n))
		n += more
	}
	return n, err
}

// piece reads from one segment.
func (s *SealedFile) piece(b []byte, at int64) (int, error) {
	if at >= s.size {
		return 0, io.EOF
	}
	number := at / s.segment
	if number != s.opened {
		each := s.segment + tagBytes
		if err := s.load(number, min(each, s.stored-number*each), s.whole && number == s.last); err != nil {
			return 0, fmt.Errorf("read sealed file: segment %d: %w", number, err)
		}
	}
	return copy(b, s.plain[at-number*s.segment:]), nil
}

// Seek sets where the next Read begins, as io.Seeker says.
func (s *SealedFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += s.offset
	case io.SeekEnd:
		offset += s.size
	}
	if offset < 0 {
		return 0, errors.New("seek sealed file: before its start")
	}
	s.offset = offset
	return offset, nil
}

// Close closes the file.
func (s *SealedFile) Close() error { return s.close() }
