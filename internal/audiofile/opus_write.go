package audiofile

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// OpusSettings say how sound is encoded.
type OpusSettings struct {
	Rate       int // Hz of the samples: 8000, 12000, 16000, 24000 or 48000
	Channels   int // 1 or 2
	Bitrate    int // bit/s of one channel at most, on average
	Complexity int // 0 to 10
}

func (s OpusSettings) String() string {
	return fmt.Sprintf("Ogg Opus, %d × %d Hz apart, %d bit/s each, complexity %d", s.Channels, s.Rate, s.Bitrate, s.Complexity)
}

const (
	framesPerSecond = 50
	packetsPerPage  = framesPerSecond // so that a player finds any second
)

// OpusWriter encodes sound into an Ogg Opus file (RFC 7845) in which each channel is a stream of its own, so that nothing
// of one is heard in the other. The file lasts exactly as long as what was written.
type OpusWriter struct {
	OpusSettings
	encoder *encoder
	pages   pageWriter
	frame   []int16 // what is not a whole frame yet
	packet  []byte
	waiting int   // packets on the page that waits
	written int64 // samples of each channel
	encoded int64 // likewise
	preSkip int64 // samples at granuleRate
}

// NewOpusWriter begins a file. It gives ErrNoOpus without libopus. Close it, or it leaks.
func NewOpusWriter(w io.Writer, s OpusSettings) (*OpusWriter, error) {
	if !slices.Contains([]int{8000, 12000, 16000, 24000, 48000}, s.Rate) || s.Channels < 1 || s.Channels > 2 {
		return nil, fmt.Errorf("write Ogg Opus: no %d channels of %d Hz", s.Channels, s.Rate)
	}
	head := apartHead(s.Channels, s.Rate, 0)
	encoder, err := newEncoder(head, s.Rate, s.Bitrate, s.Complexity)
	if err != nil {
		return nil, fmt.Errorf("write Ogg Opus: %w", err)
	}
	o := &OpusWriter{OpusSettings: s, encoder: encoder, packet: make([]byte, 4096)}
	head.preSkip = encoder.lookahead() * granuleRate / s.Rate
	o.preSkip = int64(head.preSkip)
	var serial [4]byte
	rand.Read(serial[:])
	o.pages = pageWriter{w: w, serial: binary.LittleEndian.Uint32(serial[:])}
	for _, packet := range [][]byte{head.append(nil), appendTags(nil)} { // each on a page of its own (RFC 7845 §3)
		err := o.pages.put(packet, 0)
		if err == nil {
			err = o.pages.flush(0)
		}
		if err != nil {
			encoder.close()
			return nil, fmt.Errorf("write Ogg Opus: %w", err)
		}
	}
	return o, nil
}

func (o *OpusWriter) frameSize() int { return o.Rate / framesPerSecond * o.Channels }

// Write encodes samples, those of the channels in turn.
func (o *OpusWriter) Write(pcm []int16) error {
	o.written += int64(len(pcm) / o.Channels)
	size := o.frameSize()
	for len(o.frame)+len(pcm) >= size {
		n := size - len(o.frame)
		o.frame = append(o.frame, pcm[:n]...)
		pcm = pcm[n:]
		if err := o.encode(); err != nil {
			return err
		}
	}
	o.frame = append(o.frame, pcm...)
	return nil
}

func (o *OpusWriter) encode() error {
	packet, err := o.encoder.encode(o.packet, o.frame, o.Channels)
	o.frame = o.frame[:0]
	if err != nil {
		return fmt.Errorf("write Ogg Opus: %w", err)
	}
	if o.waiting == packetsPerPage {
		o.waiting = 0
		if err := o.pages.flush(0); err != nil {
			return fmt.Errorf("write Ogg Opus: %w", err)
		}
	}
	o.encoded += int64(o.Rate / framesPerSecond)
	o.waiting++
	if err := o.pages.put(packet, o.encoded*granuleRate/int64(o.Rate)); err != nil {
		return fmt.Errorf("write Ogg Opus: %w", err)
	}
	return nil
}

// Close encodes what is left and ends the file; the writer below stays open. The last position says where the sound ends
// within the last packet (RFC 7845 §4.4).
func (o *OpusWriter) Close() error {
	defer o.encoder.close()
	whole := o.written*granuleRate/int64(o.Rate) + o.preSkip
	for o.encoded*granuleRate/int64(o.Rate) < whole || o.encoded == 0 {
		o.frame = append(o.frame, make([]int16, o.frameSize()-len(o.frame))...)
		if err := o.encode(); err != nil {
			return err
		}
	}
	o.pages.granule = whole
	if err := o.pages.flush(pageLast); err != nil {
		return fmt.Errorf("write Ogg Opus: %w", err)
	}
	return nil
}
