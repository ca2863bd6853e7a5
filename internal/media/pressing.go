package media

import (
	"sync/atomic"

	"parley/internal/codec"
)

// pressing is a sound written once in a codec that remembers, a packet for each 20 ms, for all who hear it in a loop.
type pressing struct {
	begun   atomic.Bool
	packets atomic.Pointer[[][]byte]
}

// pressed is the sound's packets in a codec; nil while they are not ready, which this call sees to. Making them takes a
// while: some 50 µs for each packet of Opus.
func (s *Sound) pressed(c Codec) [][]byte {
	var p *pressing
	switch c {
	case G722:
		p = &s.wide
	case Opus:
		p = &s.opus
	default:
		return nil
	}
	if made := p.packets.Load(); made != nil {
		return *made
	}
	if !p.begun.Swap(true) {
		go s.press(c, p)
	}
	return nil
}

func (s *Sound) press(c Codec, p *pressing) {
	encoder, err := codec.NewEncoder(c, codec.Settings{Rate: s.Rate()})
	if err != nil {
		return // each listener's own pen says so
	}
	defer closeCoder(encoder)
	var packets [][]byte
	pcm, length := s.at(s.Rate()), s.Rate()/int(frames)
	for at := 0; at < len(pcm); at += length {
		frame := make([]int16, length)
		shade(frame[:copy(frame, pcm[at:])], at == 0, len(pcm)-at, length)
		packets = append(packets, encoder.Encode(nil, frame))
	}
	p.packets.Store(&packets)
}

// shade fades a frame in at the beginning of a sound and out at its end, which leaves a frame of silence: a decoder that
// comes from the end must know as little as the one that the first packet was written for, or a pure tone gets loud.
func shade(frame []int16, first bool, left, length int) {
	for i := range frame {
		gain := length
		if first {
			gain = i
		}
		gain = min(gain, max(0, left-i-length))
		frame[i] = int16(int(frame[i]) * gain / length)
	}
}

const frameSamples = int(SampleRate / frames) // at SampleRate

// speakPressed sends the next packet of a play that begins anew at its end, as it stands in the pressing; done is false
// where the leg needs one of its own.
func (w *worker) speakPressed(l *Leg) (done bool) {
	p := l.play
	if p == nil || !p.loop || len(l.feeds) > 0 || !l.shares() || !p.turn() {
		return false
	}
	packets := p.sounds[p.index].pressed(l.terms.Codec)
	if packets == nil {
		return false
	}
	i := p.offset / frameSamples
	p.offset = min((i+1)*frameSamples, p.sounds[p.index].length)
	l.edge = 0
	w.sendMade(l, copy(w.out[headerSize:], packets[i]), frameTime)
	return true
}
