package audiofile

import (
	"errors"
	"io"
	"time"
)

// OpusLength reads a whole Ogg Opus file, checks its pages, and tells how long it lasts, by its packets and by its last
// position alike (RFC 7845 §4). It decodes nothing. A file without its last page is a Fault.
func OpusLength(r io.Reader) (time.Duration, error) {
	p := packets{r: r}
	first, _, _, err := p.next()
	if err != nil {
		return 0, damaged(err)
	}
	head, err := readOpusHead(first)
	if err != nil {
		return 0, err
	}
	if _, _, _, err := p.next(); err != nil {
		return 0, damaged(err)
	}
	sum, end, whole := int64(0), int64(0), false
	for {
		packet, granule, last, err := p.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, damaged(err)
		}
		sum += packetLength(packet)
		end, whole = granule, last
	}
	if !whole {
		return 0, opusFault("it is cut off")
	}
	if end < 0 || end > sum {
		return 0, opusFault("its last position is not within its last packet")
	}
	return timeOf(max(0, end-int64(head.preSkip)), granuleRate), nil
}

// packetLength is the length of a packet at granuleRate, by its first byte (RFC 6716 §3.1): all its streams last as long.
func packetLength(packet []byte) int64 {
	if len(packet) == 0 {
		return 0
	}
	const millisecond = granuleRate / 1000
	config, frames := packet[0]>>3, int64(1)
	var frame int64
	switch {
	case config < 12:
		frame = []int64{10, 20, 40, 60}[config&3] * millisecond
	case config < 16:
		frame = []int64{10, 20}[config&1] * millisecond
	default:
		frame = []int64{120, 240, 480, 960}[config&3]
	}
	switch packet[0] & 3 {
	case 1, 2:
		frames = 2
	case 3:
		if len(packet) < 2 {
			return 0
		}
		frames = int64(packet[1] & 0x3F)
	}
	return frame * frames
}
