package media

import "encoding/binary"

const (
	headerSize = 12
	packetSize = 1500 // the largest packet taken or made
)

// header is what the fixed part of an RTP packet says (RFC 3550 §5.1).
type header struct {
	marker      bool
	payloadType uint8
	sequence    uint16
	timestamp   uint32
	ssrc        uint32
}

// parseRTP splits a packet into header and payload; ok is false when it is no RTP.
func parseRTP(packet []byte) (h header, payload []byte, ok bool) {
	if len(packet) < headerSize || packet[0]>>6 != 2 {
		return h, nil, false
	}
	start := headerSize + 4*int(packet[0]&0x0F)
	if packet[0]&0x10 != 0 { // header extension, RFC 3550 §5.3.1
		if len(packet) < start+4 {
			return h, nil, false
		}
		start += 4 + 4*int(binary.BigEndian.Uint16(packet[start+2:]))
	}
	end := len(packet)
	if packet[0]&0x20 != 0 { // padding
		last := int(packet[end-1])
		if last == 0 {
			return h, nil, false
		}
		end -= last
	}
	if start > end {
		return h, nil, false
	}
	h.marker = packet[1]&0x80 != 0
	h.payloadType = packet[1] & 0x7F
	h.sequence = binary.BigEndian.Uint16(packet[2:])
	h.timestamp = binary.BigEndian.Uint32(packet[4:])
	h.ssrc = binary.BigEndian.Uint32(packet[8:])
	return h, packet[start:end], true
}

// put writes the header to the first 12 bytes of packet.
func (h header) put(packet []byte) {
	packet[0] = 0x80
	packet[1] = h.payloadType
	if h.marker {
		packet[1] |= 0x80
	}
	binary.BigEndian.PutUint16(packet[2:], h.sequence)
	binary.BigEndian.PutUint32(packet[4:], h.timestamp)
	binary.BigEndian.PutUint32(packet[8:], h.ssrc)
}
