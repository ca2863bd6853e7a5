package srtp

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// What can be wrong with a packet.
var (
	ErrMalformed = errors.New("not a packet")
	ErrReplayed  = errors.New("packet seen before or too old")
	ErrForged    = errors.New("packet does not carry our key")
	ErrFull      = errors.New("too many sources under one key")
	ErrUsedUp    = errors.New("the key is used up")
)

// maxSources bounds the synchronisation sources of one context: only who holds the key can add one.
const maxSources = 64

const (
	indexSize  = 4 // of the SRTCP index
	headerSize = 12
)

// suite protects packets once their index is known. The slices are changed in place.
type suite interface {
	seal(packet []byte, header int, ssrc uint32, index uint64) []byte
	open(packet []byte, header int, ssrc uint32, index uint64) ([]byte, bool)
	sealControl(packet []byte, ssrc uint32, index uint32) []byte
	openControl(packet []byte, ssrc uint32) ([]byte, bool)
}

// Context protects or unprotects the packets of one direction under one master key. It is used by one goroutine at a
// time, and allocates only when a source is new.
type Context struct {
	profile Profile
	suite   suite
	sources []source
}

// source is what is known of one synchronisation source (RFC 3711 §3.2.1).
type source struct {
	ssrc    uint32
	begun   bool
	highest uint64 // index of RTP: roll-over counter and sequence number
	seen    window
	control uint32 // index of RTCP that is next to be sent, or the highest that came
	heard   bool   // an RTCP packet came
	echoes  window // of RTCP
}

// NewContext makes the context of one direction. Key is master key and master salt, of the length that profile wants.
func NewContext(profile Profile, key Key) (*Context, error) {
	if !profile.Known() {
		return nil, fmt.Errorf("no such SRTP profile: %s", profile)
	}
	if len(key) != profile.KeyLength() {
		return nil, fmt.Errorf("SRTP key of %s has %d bytes, not %d", profile, len(key), profile.KeyLength())
	}
	c := &Context{profile: profile}
	var err error
	if profile.seals() {
		c.suite, err = newSealer(profile, key)
	} else {
		c.suite, err = newCounter(profile, key)
	}
	if err != nil {
		return nil, fmt.Errorf("SRTP keys of %s: %w", profile, err)
	}
	return c, nil
}

// String names the profile.
func (c *Context) String() string { return "srtp " + c.profile.String() }

// find looks a source up; nil when it is new.
func (c *Context) find(ssrc uint32) *source {
	for i := range c.sources {
		if c.sources[i].ssrc == ssrc {
			return &c.sources[i]
		}
	}
	return nil
}

// add notes a source that is new; nil when there are too many.
func (c *Context) add(ssrc uint32) *source {
	if len(c.sources) == maxSources {
		return nil
	}
	c.sources = append(c.sources, source{ssrc: ssrc})
	return &c.sources[len(c.sources)-1]
}

// Protect encrypts an RTP packet in place and appends its tag: the packet needs room for the tag, at most 16 bytes more, else
// it is copied. No sequence number is protected twice, for that would give the keystream away.
func (c *Context) Protect(packet []byte) ([]byte, error) {
	header, ok := headerLength(packet)
	if !ok {
		return nil, ErrMalformed
	}
	ssrc := binary.BigEndian.Uint32(packet[8:])
	s := c.find(ssrc)
	if s == nil {
		if s = c.add(ssrc); s == nil {
			return nil, ErrFull
		}
	}
	index, ok := s.index(binary.BigEndian.Uint16(packet[2:]))
	if !ok {
		return nil, ErrReplayed
	}
	if index > lastIndex {
		return nil, ErrUsedUp
	}
	s.take(index)
	return c.suite.seal(packet, header, ssrc, index), nil
}

// Unprotect checks an SRTP packet, decrypts it in place and gives it without its tag. After an error the packet is worth
// nothing, and the context is as it was.
func (c *Context) Unprotect(packet []byte) ([]byte, error) {
	header, ok := headerLength(packet)
	if !ok || len(packet) < header+layouts[c.profile].tag {
		return nil, ErrMalformed
	}
	ssrc := binary.BigEndian.Uint32(packet[8:])
	s := c.find(ssrc)
	var fresh source
	if s == nil {
		if len(c.sources) == maxSources {
			return nil, ErrFull
		}
		s = &fresh
	}
	index, ok := s.index(binary.BigEndian.Uint16(packet[2:]))
	if !ok || index > lastIndex {
		return nil, ErrReplayed
	}
	plain, ok := c.suite.open(packet, header, ssrc, index)
	if !ok {
		return nil, ErrForged
	}
	if s == &fresh {
		s = c.add(ssrc)
	}
	s.take(index)
	return plain, nil
}

// headerLength is the length of an RTP header with its contributors and its extension (RFC 3550 §5.1, §5.3.1).
func headerLength(packet []byte) (int, bool) {
	if len(packet) < headerSize || packet[0]>>6 != 2 {
		return 0, false
	}
	length := headerSize + 4*int(packet[0]&0x0F)
	if packet[0]&0x10 != 0 {
		if len(packet) < length+4 {
			return 0, false
		}
		length += 4 + 4*int(binary.BigEndian.Uint16(packet[length+2:]))
	}
	return length, len(packet) >= length
}
