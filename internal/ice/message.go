// Package ice is the lite side of ICE (RFC 8445 §2.5): it answers the far side's checks, which are STUN binding requests
// (RFC 8489), and knows which path was nominated.
package ice

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/binary"
	"hash/crc32"
)

// Sizes in bytes, and what every message of RFC 8489 §5 holds.
const (
	headerSize    = 20
	attributeHead = 4
	cookie        = 0x2112A442
	integritySize = sha1.Size
	crcSize       = 4
	crcMask       = 0x5354554E // RFC 8489 §14.7
)

// Types of messages: binding, by class (RFC 8489 §5).
const (
	bindingRequest    = 0x0001
	bindingIndication = 0x0011
	bindingSuccess    = 0x0101
	bindingError      = 0x0111
)

// Attributes (RFC 8489 §18.3, RFC 8445 §16.1). Those from 0x8000 on may be passed over.
const (
	attrUsername       = 0x0006
	attrIntegrity      = 0x0008
	attrErrorCode      = 0x0009
	attrUnknown        = 0x000A
	attrMappedXOR      = 0x0020
	attrPriority       = 0x0024
	attrUseCandidate   = 0x0025
	attrFingerprint    = 0x8028
	attrControlled     = 0x8029
	attrControlling    = 0x802A
	comprehensionLimit = 0x8000
)

// Message is a STUN message of the binding method. It lies in the datagram that it was read from.
type Message struct {
	raw          []byte
	kind         uint16
	username     []byte
	integrity    int // where MESSAGE-INTEGRITY begins; 0 without
	unknown      []uint16
	priority     bool
	useCandidate bool
	controlled   bool // the far side takes itself for the controlled one
}

// IsSTUN tells by its first byte that a datagram is STUN, where it shares a port with DTLS and RTP (RFC 7983 §7).
func IsSTUN(datagram []byte) bool { return len(datagram) > 0 && datagram[0] <= 3 }

// IsDTLS tells by its first byte that a datagram is DTLS (RFC 7983 §7).
func IsDTLS(datagram []byte) bool {
	return len(datagram) > 0 && datagram[0] >= 20 && datagram[0] <= 63
}

// Read takes a datagram for a STUN message. It is false when it is none, has a wrong FINGERPRINT or another method than
// binding.
func Read(datagram []byte) (Message, bool) {
	if len(datagram) < headerSize || len(datagram)%4 != 0 || binary.BigEndian.Uint32(datagram[4:]) != cookie ||
		int(binary.BigEndian.Uint16(datagram[2:])) != len(datagram)-headerSize {
		return Message{}, false
	}
	m := Message{raw: datagram, kind: binary.BigEndian.Uint16(datagram)}
	switch m.kind {
	case bindingRequest, bindingIndication, bindingSuccess, bindingError:
	default:
		return Message{}, false
	}
	for at := headerSize; at < len(datagram); {
		next, ok := m.attribute(at)
		if !ok {
			return Message{}, false
		}
		at = next
	}
	return m, true
}

// attribute takes what stands at an offset, and says where the next one stands.
func (m *Message) attribute(at int) (next int, ok bool) {
	name, length := binary.BigEndian.Uint16(m.raw[at:]), int(binary.BigEndian.Uint16(m.raw[at+2:]))
	next = at + attributeHead + (length+3)&^3
	if next > len(m.raw) {
		return 0, false
	}
	value := m.raw[at+attributeHead:][:length]
	switch {
	case name == attrFingerprint:
		return next, next == len(m.raw) && length == crcSize && binary.BigEndian.Uint32(value) == fingerprint(m.raw[:at])
	case m.integrity > 0: // nothing that follows it is trusted (RFC 8489 §14.5)
		return next, true
	case name == attrIntegrity:
		m.integrity = at
		return next, length == integritySize
	}
	return next, m.take(name, value)
}

// take notes an attribute; false when its value cannot be.
func (m *Message) take(name uint16, value []byte) bool {
	switch name {
	case attrUsername:
		if m.username == nil { // of several the first counts (RFC 8489 §14)
			m.username = value
		}
	case attrPriority:
		m.priority = true
		return len(value) == 4
	case attrUseCandidate:
		m.useCandidate = true
		return len(value) == 0
	case attrControlled, attrControlling:
		m.controlled = m.controlled || name == attrControlled
		return len(value) == 8
	case attrErrorCode, attrUnknown, attrMappedXOR: // of answers, which we pass over
	default:
		if name < comprehensionLimit {
			m.unknown = append(m.unknown, name)
		}
	}
	return true
}

// Request tells whether the message is a request.
func (m Message) Request() bool { return m.kind == bindingRequest }

// Ufrag is our part of the request's USERNAME, what stands before the colon (RFC 8445 §7.2.2); "" without.
func (m Message) Ufrag() string {
	ours, _, ok := bytes.Cut(m.username, []byte{':'})
	if !ok {
		return ""
	}
	return string(ours)
}

// sealedBy tells whether MESSAGE-INTEGRITY was made with the password (RFC 8489 §14.5).
func (m Message) sealedBy(password string) bool {
	if m.integrity == 0 {
		return false
	}
	return hmac.Equal(m.raw[m.integrity+attributeHead:][:integritySize], seal(m.raw[:m.integrity], password))
}

// seal is the HMAC of a message up to where MESSAGE-INTEGRITY begins; its length is counted as if it ended with that.
func seal(message []byte, password string) []byte {
	h := hmac.New(sha1.New, []byte(password))
	var length [2]byte
	binary.BigEndian.PutUint16(length[:], uint16(len(message)-headerSize+attributeHead+integritySize))
	h.Write(message[:2])
	h.Write(length[:])
	h.Write(message[4:])
	return h.Sum(nil)
}

// fingerprint is the checksum of a message up to where FINGERPRINT begins; the message's length counts it already.
func fingerprint(message []byte) uint32 { return crc32.ChecksumIEEE(message) ^ crcMask }
