package srtp

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
)

const nonceSize = 12

// sealer is AES-GCM (RFC 7714).
type sealer struct {
	sound, control sealing
}

// sealing is the cipher of RTP or of RTCP. Its arrays are there so that nothing is allocated for a packet.
type sealing struct {
	aead  cipher.AEAD
	salt  [nonceSize]byte
	nonce [nonceSize]byte
	aad   [controlHeader + indexSize]byte
}

const sealTag = 16

func newSealer(p Profile, master Key) (*sealer, error) {
	s := &sealer{}
	if err := s.sound.open(p, master, labelKey, labelSalt); err != nil {
		return nil, err
	}
	return s, s.control.open(p, master, labelControlKey, labelControlSalt)
}

func (s *sealing) open(p Profile, master Key, key, salt byte) error {
	session, err := derive(p, master, key, layouts[p].key)
	if err != nil {
		return err
	}
	salty, err := derive(p, master, salt, nonceSize)
	if err != nil {
		return err
	}
	copy(s.salt[:], salty)
	block, err := aes.NewCipher(session)
	if err != nil {
		return err
	}
	s.aead, err = cipher.NewGCM(block)
	return err
}

// at makes the nonce of an index: of 48 bits in RTP (RFC 7714 §8.1), of 31 in RTCP (§9.1). The places are the same.
func (s *sealing) at(ssrc uint32, index uint64) []byte {
	s.nonce = s.salt
	binary.BigEndian.PutUint32(s.nonce[2:], binary.BigEndian.Uint32(s.nonce[2:])^ssrc)
	binary.BigEndian.PutUint16(s.nonce[6:], binary.BigEndian.Uint16(s.nonce[6:])^uint16(index>>32))
	binary.BigEndian.PutUint32(s.nonce[8:], binary.BigEndian.Uint32(s.nonce[8:])^uint32(index))
	return s.nonce[:]
}

func (s *sealer) seal(packet []byte, header int, ssrc uint32, index uint64) []byte {
	return s.sound.aead.Seal(packet[:header], s.sound.at(ssrc, index), packet[header:], packet[:header])
}

func (s *sealer) open(packet []byte, header int, ssrc uint32, index uint64) ([]byte, bool) {
	plain, err := s.sound.aead.Open(packet[:header], s.sound.at(ssrc, index), packet[header:], packet[:header])
	return plain, err == nil
}

// authentic is what is not encrypted: the header and the index word (RFC 7714 §9.2).
func (s *sealing) authentic(packet []byte, index uint32) []byte {
	copy(s.aad[:], packet[:controlHeader])
	binary.BigEndian.PutUint32(s.aad[controlHeader:], index)
	return s.aad[:]
}

func (s *sealer) sealControl(packet []byte, ssrc, index uint32) []byte {
	c := &s.control
	out := c.aead.Seal(packet[:controlHeader], c.at(ssrc, uint64(index&^encrypted)), packet[controlHeader:], c.authentic(packet, index))
	return binary.BigEndian.AppendUint32(out, index)
}

func (s *sealer) openControl(packet []byte, ssrc uint32) ([]byte, bool) {
	c := &s.control
	end := len(packet) - indexSize
	index := binary.BigEndian.Uint32(packet[end:])
	nonce := c.at(ssrc, uint64(index&^encrypted))
	if index&encrypted == 0 {
		return c.openPlain(packet[:end], nonce, index)
	}
	plain, err := c.aead.Open(packet[:controlHeader], nonce, packet[controlHeader:end], c.authentic(packet, index))
	return plain, err == nil
}

// openPlain checks a packet that is authenticated only (RFC 7714 §9.3). It is rare, and may allocate.
func (s *sealing) openPlain(packet, nonce []byte, index uint32) ([]byte, bool) {
	body := packet[:len(packet)-sealTag]
	aad := binary.BigEndian.AppendUint32(append(make([]byte, 0, len(body)+indexSize), body...), index)
	_, err := s.aead.Open(nil, nonce, packet[len(body):], aad)
	return body, err == nil
}
