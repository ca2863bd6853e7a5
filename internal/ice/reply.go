package ice

import (
	"encoding/binary"
	"net/netip"
)

// Error codes of STUN (RFC 8489 §14.8, RFC 8445 §16.2).
const (
	badRequest       = 400
	unauthenticated  = 401
	unknownAttribute = 420
	roleConflict     = 487
)

var reasons = map[int]string{
	badRequest: "Bad Request", unauthenticated: "Unauthenticated", unknownAttribute: "Unknown Attribute", roleConflict: "Role Conflict",
}

// reply is a response that is being written.
type reply []byte

// reply begins a response to a request: it has the same transaction.
func (m Message) reply(kind uint16) reply {
	r := make(reply, headerSize, 128)
	binary.BigEndian.PutUint16(r, kind)
	copy(r[4:], m.raw[4:headerSize])
	return r
}

// add appends an attribute, padded to whole words.
func (r reply) add(name uint16, value []byte) reply {
	r = binary.BigEndian.AppendUint16(r, name)
	r = binary.BigEndian.AppendUint16(r, uint16(len(value)))
	r = append(r, value...)
	for len(r)%4 != 0 {
		r = append(r, 0)
	}
	return r
}

// finish appends MESSAGE-INTEGRITY where there is a password, and FINGERPRINT.
func (r reply) finish(password string) []byte {
	if password != "" {
		r = r.add(attrIntegrity, seal(r, password))
	}
	binary.BigEndian.PutUint16(r[2:], uint16(len(r)-headerSize+attributeHead+crcSize))
	var sum [crcSize]byte
	binary.BigEndian.PutUint32(sum[:], fingerprint(r))
	return r.add(attrFingerprint, sum[:])
}

// success tells the far side from where its request came (RFC 8489 §14.2).
func (m Message) success(from netip.AddrPort, password string) []byte {
	const four, six = 1, 2
	family, address := byte(six), from.Addr().AsSlice()
	if from.Addr().Is4() {
		family = four
	}
	for i := range address {
		address[i] ^= m.raw[4+i] // the cookie, and for IPv6 the transaction behind it
	}
	value := binary.BigEndian.AppendUint16([]byte{0, family}, from.Port()^cookie>>16)
	return m.reply(bindingSuccess).add(attrMappedXOR, append(value, address...)).finish(password)
}

// refusal is an error response. One that goes to who has not shown to know the password is not sealed with it.
func (m Message) refusal(code int, password string) []byte {
	value := append([]byte{0, 0, byte(code / 100), byte(code % 100)}, reasons[code]...)
	r := m.reply(bindingError).add(attrErrorCode, value)
	if code == unknownAttribute {
		var names []byte
		for _, name := range m.unknown[:min(len(m.unknown), maxUnknown)] {
			names = binary.BigEndian.AppendUint16(names, name)
		}
		r = r.add(attrUnknown, names)
	}
	return r.finish(password)
}

// maxUnknown bounds what a refusal lists.
const maxUnknown = 16
