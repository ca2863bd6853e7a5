package audiofile

import (
	"encoding/binary"
	"fmt"
)

// granuleRate is that of the positions in Ogg Opus, whatever was encoded (RFC 7845 §4).
const granuleRate = 48000

// opusHead is the first packet of a file (RFC 7845 §5.1).
type opusHead struct {
	channels int
	preSkip  int // samples at granuleRate that come before the sound
	hertz    int // of what was encoded; for people only
	gain     int // Q7.8 decibel, to be applied
	family   byte
	streams  int
	coupled  int
	mapping  []byte
}

// apartHead describes channels that are each a stream of their own. One or two channels of family 1 are mono, or left and
// right (RFC 7845 §5.1.1.2), which every browser plays; family 0 would couple two channels, and each would leak into the
// other.
func apartHead(channels, rate, preSkip int) opusHead {
	return opusHead{channels: channels, preSkip: preSkip, hertz: rate, family: 1, streams: channels, mapping: []byte{0, 1}[:channels]}
}

func (h opusHead) append(b []byte) []byte {
	b = append(b, "OpusHead\x01"...)
	b = append(b, byte(h.channels))
	b = binary.LittleEndian.AppendUint16(b, uint16(h.preSkip))
	b = binary.LittleEndian.AppendUint32(b, uint32(h.hertz))
	b = binary.LittleEndian.AppendUint16(b, uint16(h.gain))
	b = append(b, h.family, byte(h.streams), byte(h.coupled))
	return append(b, h.mapping...)
}

// appendTags is the second packet: who encoded, and no comments (RFC 7845 §5.2).
func appendTags(b []byte) []byte {
	const vendor = "Parley"
	b = append(b, "OpusTags"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(vendor)))
	b = append(b, vendor...)
	return binary.LittleEndian.AppendUint32(b, 0)
}

func opusFault(format string, args ...any) error {
	return &Fault{"Ogg Opus", fmt.Sprintf(format, args...)}
}

func readOpusHead(b []byte) (h opusHead, err error) {
	if len(b) < 19 || string(b[:8]) != "OpusHead" {
		return h, &Fault{"", "it is an Ogg file of another kind than Opus"}
	}
	if b[8]>>4 != 0 {
		return h, opusFault("it is of version %d", b[8])
	}
	h = opusHead{
		channels: int(b[9]), preSkip: int(binary.LittleEndian.Uint16(b[10:])), hertz: int(binary.LittleEndian.Uint32(b[12:])),
		gain: int(int16(binary.LittleEndian.Uint16(b[16:]))), family: b[18],
	}
	if h.channels < 1 || h.channels > 2 {
		return h, opusFault("it has %d channels instead of one or two", h.channels)
	}
	if h.family == 0 {
		h.streams, h.coupled, h.mapping = 1, h.channels-1, []byte{0, 1}[:h.channels]
		return h, nil
	}
	if len(b) < 21+h.channels {
		return h, opusFault("its head is cut off")
	}
	h.streams, h.coupled, h.mapping = int(b[19]), int(b[20]), append([]byte(nil), b[21:21+h.channels]...)
	if h.streams < 1 || h.coupled > h.streams || h.streams+h.coupled > 8 {
		return h, opusFault("its head names %d streams, %d of them coupled", h.streams, h.coupled)
	}
	for _, at := range h.mapping {
		if int(at) >= h.streams+h.coupled && at != 255 {
			return h, opusFault("its head names no stream for a channel")
		}
	}
	return h, nil
}
