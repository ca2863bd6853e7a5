package srtp

import "encoding/binary"

const (
	controlHeader = 8       // of RTCP, which stays readable
	encrypted     = 1 << 31 // the E bit beside the index
)

// ProtectControl encrypts a compound RTCP packet in place and appends its index and its tag (RFC 3711 §3.4): the packet
// needs room for ControlOverhead more bytes, else it is copied.
func (c *Context) ProtectControl(packet []byte) ([]byte, error) {
	if !soundControl(packet, 0) {
		return nil, ErrMalformed
	}
	ssrc := binary.BigEndian.Uint32(packet[4:])
	s := c.find(ssrc)
	if s == nil {
		if s = c.add(ssrc); s == nil {
			return nil, ErrFull
		}
	}
	if s.control >= encrypted {
		return nil, ErrUsedUp
	}
	index := s.control
	s.control++
	return c.suite.sealControl(packet, ssrc, index|encrypted), nil
}

// UnprotectControl checks an SRTCP packet, decrypts it in place and gives it without index and tag. After an error the
// packet is worth nothing, and the context is as it was.
func (c *Context) UnprotectControl(packet []byte) ([]byte, error) {
	if !soundControl(packet, c.profile.ControlOverhead()) {
		return nil, ErrMalformed
	}
	ssrc := binary.BigEndian.Uint32(packet[4:])
	index := c.controlIndex(packet) &^ encrypted
	s := c.find(ssrc)
	if s == nil && len(c.sources) == maxSources {
		return nil, ErrFull
	}
	if s != nil && !s.echo(index) {
		return nil, ErrReplayed
	}
	plain, ok := c.suite.openControl(packet, ssrc)
	if !ok {
		return nil, ErrForged
	}
	if s == nil {
		s = c.add(ssrc)
	}
	s.takeEcho(index)
	return plain, nil
}

func soundControl(packet []byte, more int) bool {
	return len(packet) >= controlHeader+more && packet[0]>>6 == 2
}

// controlIndex reads the word with the E bit and the index: it stands before the tag of an HMAC (RFC 3711 §3.4) and
// behind that of an AEAD (RFC 7714 §9.2).
func (c *Context) controlIndex(packet []byte) uint32 {
	at := len(packet) - indexSize
	if !c.profile.seals() {
		at -= layouts[c.profile].control
	}
	return binary.BigEndian.Uint32(packet[at:])
}
