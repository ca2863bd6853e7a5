package store

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A sealed file is a head and segments, each encrypted by AES-256-GCM (NIST SP 800-38D) so that it opens by itself: a range
// is read without the rest, and a file that was cut off loses its last segment only.
//
//	head     "PARLEY\x00\x01", size of a segment (uint32), print of the key (8 bytes), salt (32 bytes)
//	segment  so many bytes encrypted, the last one fewer, and a tag of 16 bytes
//
// The nonce is 1 byte that says whether the segment is the last, 3 of zero, and its number.
const (
	sealedMagic  = "PARLEY\x00\x01"
	printBytes   = 8
	saltBytes    = 32
	sealedHead   = len(sealedMagic) + 4 + printBytes + saltBytes
	tagBytes     = 16
	segmentBytes = 64 << 10
	largestSize  = 16 << 20 // of a segment that a file may name
)

// What is wrong with a sealed file; test with errors.Is.
var (
	ErrNotSealed = errors.New("no sealed file of ours")
	ErrOtherKey  = errors.New("the file was sealed with another key")
	ErrAltered   = errors.New("the file was altered or is damaged")
)

func segmentNonce(number int64, last bool) []byte {
	nonce := make([]byte, 12)
	if last {
		nonce[0] = 1
	}
	binary.BigEndian.PutUint64(nonce[4:], uint64(number))
	return nonce
}

// SealedWriter encrypts what is written to it. What was written up to the last whole segment is safe at any moment.
type SealedWriter struct {
	w      io.Writer
	aead   cipher.AEAD
	number int64
	plain  []byte
	sealed []byte
}

// Seal begins a sealed file. Close it, or its last segment is missing.
func (k MediaKey) Seal(w io.Writer) (*SealedWriter, error) {
	head := binary.BigEndian.AppendUint32([]byte(sealedMagic), segmentBytes)
	mark, err := k.print()
	if err != nil {
		return nil, fmt.Errorf("seal file: %w", err)
	}
	head = append(head, mark...)
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	head = append(head, salt...)
	aead, err := k.cipher(head)
	if err != nil {
		return nil, fmt.Errorf("seal file: %w", err)
	}
	if _, err := w.Write(head); err != nil {
		return nil, fmt.Errorf("seal file: %w", err)
	}
	return &SealedWriter{w: w, aead: aead, plain: make([]byte, 0, segmentBytes), sealed: make([]byte, 0, segmentBytes+tagBytes)}, nil
}

// Write encrypts b; a segment is written out when more than it comes.
func (s *SealedWriter) Write(b []byte) (n int, err error) {
	for len(b) > 0 {
		if len(s.plain) == segmentBytes {
			if err := s.flush(false); err != nil {
				return n, err
			}
		}
		taken := min(len(b), segmentBytes-len(s.plain))
		s.plain = append(s.plain, b[:taken]...)
		b, n = b[taken:], n+taken
	}
	return n, nil
}

// Close writes the last segment; the writer below stays open.
func (s *SealedWriter) Close() error { return s.flush(true) }

func (s *SealedWriter) flush(last bool) error {
	s.sealed = s.aead.Seal(s.sealed[:0], segmentNonce(s.number, last), s.plain, nil)
	s.plain, s.number = s.plain[:0], s.number+1
	if _, err := s.w.Write(s.sealed); err != nil {
		return fmt.Errorf("seal file: %w", err)
	}
	return nil
}

// SealedFile reads a sealed file; it decrypts the segments that are asked for and no others. It is an io.ReadSeekCloser for
// one goroutine.
type SealedFile struct {
	from    io.ReaderAt
	close   func() error
	aead    cipher.AEAD
	segment int64 // bytes of one, open
	stored  int64 // bytes of all segments, sealed
	size    int64 // bytes of the content
	offset  int64
	whole   bool
	opened  int64 // number of the segment in plain; -1 for none
	plain   []byte
	sealed  []byte
}

// OpenSealed reads the head of a sealed file of so many bytes. ErrOtherKey and ErrNotSealed say why it cannot be read.
func (k MediaKey) OpenSealed(from io.ReaderAt, bytes int64) (*SealedFile, error) {
	head := make([]byte, sealedHead)
	if _, err := from.ReadAt(head, 0); errors.Is(err, io.EOF) && bytes < int64(sealedHead) {
		return nil, fmt.Errorf("open sealed file: %w", ErrNotSealed)
	} else if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	segment, err := k.readHead(head)
	if err != nil {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	aead, err := k.cipher(head)
	if err != nil {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	s := &SealedFile{from: from, close: func() error { return nil }, aead: aead, segment: segment, stored: bytes - int64(sealedHead), opened: -1}
	return s, s.measure()
}

func (k MediaKey) readHead(head []byte) (segment int64, err error) {
	rest, ours := bytes.CutPrefix(head, []byte(sealedMagic))
	if !ours {
		return 0, ErrNotSealed
	}
	mark, err := k.print()
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(rest[4:4+printBytes], mark) {
		return 0, ErrOtherKey
	}
	segment = int64(binary.BigEndian.Uint32(rest))
	if segment < 1 || segment > largestSize {
		return 0, ErrNotSealed
	}
	return segment, nil
}

// measure finds the content's size by the last segment that opens: one that was cut off does not, but the one before it.
func (s *SealedFile) measure() error {
	each := s.segment + tagBytes
	count := (s.stored + each - 1) / each
	if count == 0 {
		return nil
	}
	last := count - 1
	err := s.load(last, s.stored-last*each, true)
	s.whole = err == nil
	if errors.Is(err, ErrAltered) {
		err = s.load(last, s.stored-last*each, false)
	}
	if errors.Is(err, ErrAltered) && last > 0 {
		last--
		err = s.load(last, each, false)
	}
	if err != nil {
		return fmt.Errorf("open sealed file: %w", err)
	}
	s.size = last*s.segment + int64(len(s.plain))
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
	plain, err := s.aead.Open(s.plain[:0], segmentNonce(number, last), s.sealed, nil)
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

// Read gives the content from where it was left off. ErrAltered: this part does not open; others may.
func (s *SealedFile) Read(b []byte) (int, error) {
	if s.offset >= s.size {
		return 0, io.EOF
	}
	number := s.offset / s.segment
	if number != s.opened {
		each := s.segment + tagBytes
		final := s.whole && (number+1)*s.segment >= s.size
		if err := s.load(number, min(each, s.stored-number*each), final); err != nil {
			return 0, fmt.Errorf("read sealed file: segment %d: %w", number, err)
		}
	}
	n := copy(b, s.plain[s.offset-number*s.segment:])
	s.offset += int64(n)
	return n, nil
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
