package srtp

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"hash"
)

// counter is AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1).
type counter struct {
	tag, controlTag int
	sound, control  stream
}

// stream is the cipher and the code of RTP or of RTCP. Its arrays are there so that nothing is allocated for a packet.
type stream struct {
	block cipher.Block
	mac   hash.Hash
	salt  [aes.BlockSize]byte // two zero bytes at the end
	x     [aes.BlockSize]byte
	keys  [aes.BlockSize]byte
	word  [4]byte
	sum   [sha1.Size]byte
}

const authKeySize = 20

func newCounter(p Profile, master Key) (*counter, error) {
	c := &counter{tag: layouts[p].tag, controlTag: layouts[p].control}
	if err := c.sound.open(p, master, labelKey, labelAuth, labelSalt); err != nil {
		return nil, err
	}
	return c, c.control.open(p, master, labelControlKey, labelControlAuth, labelControlSalt)
}

func (s *stream) open(p Profile, master Key, key, auth, salt byte) error {
	session, err := derive(p, master, key, layouts[p].key)
	if err != nil {
		return err
	}
	code, err := derive(p, master, auth, authKeySize)
	if err != nil {
		return err
	}
	salty, err := derive(p, master, salt, layouts[p].salt)
	if err != nil {
		return err
	}
	copy(s.salt[:], salty)
	s.mac = hmac.New(sha1.New, code)
	s.block, err = aes.NewCipher(session)
	return err
}

// crypt adds the keystream of an index to data. Blocks are made one by one: the standard library's counter mode
// allocates for each packet.
func (s *stream) crypt(data []byte, ssrc uint32, index uint64) {
	s.x = s.salt
	binary.BigEndian.PutUint32(s.x[4:], binary.BigEndian.Uint32(s.x[4:])^ssrc)
	low := binary.BigEndian.Uint64(s.x[8:]) ^ index<<16
	for n := uint64(0); len(data) > 0; n++ {
		binary.BigEndian.PutUint64(s.x[8:], low|n) // the last two bytes count, and the salt has none there
		s.block.Encrypt(s.keys[:], s.x[:])
		data = data[subtle.XORBytes(data, data, s.keys[:]):]
	}
}

// code is the tag of data followed by word.
func (s *stream) code(data []byte, word uint32) []byte {
	s.mac.Reset()
	s.mac.Write(data)
	binary.BigEndian.PutUint32(s.word[:], word)
	s.mac.Write(s.word[:])
	return s.mac.Sum(s.sum[:0])
}

func (c *counter) seal(packet []byte, header int, ssrc uint32, index uint64) []byte {
	c.sound.crypt(packet[header:], ssrc, index)
	return append(packet, c.sound.code(packet, uint32(index>>16))[:c.tag]...)
}

func (c *counter) open(packet []byte, header int, ssrc uint32, index uint64) ([]byte, bool) {
	end := len(packet) - c.tag
	code := c.sound.code(packet[:end], uint32(index>>16))
	if subtle.ConstantTimeCompare(code[:c.tag], packet[end:]) != 1 {
		return nil, false
	}
	c.sound.crypt(packet[header:end], ssrc, index)
	return packet[:end], true
}

func (c *counter) sealControl(packet []byte, ssrc, index uint32) []byte {
	c.control.crypt(packet[controlHeader:], ssrc, uint64(index&^encrypted))
	code := c.control.code(packet, index)
	packet = binary.BigEndian.AppendUint32(packet, index)
	return append(packet, code[:c.controlTag]...)
}

func (c *counter) openControl(packet []byte, ssrc uint32) ([]byte, bool) {
	end := len(packet) - c.controlTag - indexSize
	index := binary.BigEndian.Uint32(packet[end:])
	code := c.control.code(packet[:end], index)
	if subtle.ConstantTimeCompare(code[:c.controlTag], packet[end+indexSize:]) != 1 {
		return nil, false
	}
	if index&encrypted != 0 {
		c.control.crypt(packet[controlHeader:end], ssrc, uint64(index&^encrypted))
	}
	return packet[:end], true
}
