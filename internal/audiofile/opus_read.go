package audiofile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
)

// OpusReader decodes an Ogg Opus file of one or two channels.
type OpusReader struct {
	head    opusHead
	decoder *decoder
	packets packets
	hertz   int
	pcm     []int16
	skip    int64 // samples of each channel that come before the sound
	decoded int64 // samples of each channel so far, with those
	whole   bool
}

// longestPacket is that of Opus, in parts of a second (RFC 6716 §3.1): 120 ms.
const longestPacket = 120

// OpenOpus begins to read. The samples come at rate: 8000, 12000, 16000, 24000 or 48000 Hz. The error is a Fault when the
// file is at fault. Close it, or it leaks.
func OpenOpus(r io.Reader, rate int) (*OpusReader, error) {
	if !slices.Contains([]int{8000, 12000, 16000, 24000, 48000}, rate) {
		return nil, fmt.Errorf("read Ogg Opus: not at %d Hz", rate)
	}
	o := &OpusReader{packets: packets{r: r}, hertz: rate}
	first, _, _, err := o.packets.next()
	if err != nil {
		return nil, damaged(err)
	}
	if o.head, err = readOpusHead(first); err != nil {
		return nil, err
	}
	tags, _, _, err := o.packets.next()
	if err != nil {
		return nil, damaged(err)
	}
	if len(tags) < 8 || string(tags[:8]) != "OpusTags" {
		return nil, opusFault("its second packet is no OpusTags")
	}
	if o.decoder, err = newDecoder(o.head, rate); err != nil {
		return nil, fmt.Errorf("read Ogg Opus: %w", err)
	}
	o.skip = int64(o.head.preSkip) * int64(rate) / granuleRate
	o.pcm = make([]int16, rate*longestPacket/1000*o.head.channels)
	return o, nil
}

func damaged(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return opusFault("it ends before its sound")
	case errors.Is(err, errPage), errors.Is(err, errPacket):
		return opusFault("%s", err)
	}
	return err
}

// Channels is 1 or 2.
func (o *OpusReader) Channels() int { return o.head.channels }

// Complete tells, after the last Next, whether the file was whole: one that was cut off has no last page.
func (o *OpusReader) Complete() bool { return o.whole }

// Next gives some samples, those of the channels in turn, valid until the next call; io.EOF after the last.
func (o *OpusReader) Next() ([]int16, error) {
	for {
		packet, granule, last, err := o.packets.next()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			return nil, damaged(err)
		}
		n, err := o.decoder.decode(o.pcm, packet)
		if err != nil {
			return nil, damaged(err)
		}
		before := o.decoded
		o.decoded += int64(n)
		o.whole = last
		from, to := max(0, min(o.skip-before, int64(n))), int64(n)
		if last && granule >= 0 {
			end := granule * int64(o.hertz) / granuleRate
			to = max(from, min(to, end-before))
		}
		if from < to {
			c := int64(o.head.channels)
			return o.pcm[from*c : to*c], nil
		}
	}
}

// Close lets go of the decoder; the reader below stays open.
func (o *OpusReader) Close() error {
	if o.decoder != nil {
		o.decoder.close()
	}
	return nil
}

// opusSource mixes an uploaded file to one channel.
type opusSource struct{ *OpusReader }

func openOpusSource(r *bufio.Reader) (source, error) {
	o, err := OpenOpus(r, granuleRate)
	if err != nil {
		return nil, err
	}
	return opusSource{o}, nil
}

func (s opusSource) rate() int { return s.hertz }

func (s opusSource) next(dst []int16) ([]int16, error) {
	pcm, err := s.Next()
	if s.Channels() == 1 {
		return append(dst, pcm...), err
	}
	for ; len(pcm) >= 2; pcm = pcm[2:] {
		dst = append(dst, int16((int(pcm[0])+int(pcm[1]))/2))
	}
	return dst, err
}
