package media

import (
	"time"

	"parley/internal/resample"
)

// Play is sound for one leg: its sounds one after the other, without a gap.
type Play struct {
	Tag    string   // names the play: an arrangement with the same Tag lets it go on; its first 200 bytes count
	Sounds []*Sound // played in this order
	Loop   bool     // begin anew at the end, until another arrangement
}

// loopTick is how finely the moments lie at which plays begin that go on for long: few wake-ups do for all who wait.
const loopTick = 2 * tick

// play is a Play under way; it belongs to the leg's worker.
type play struct {
	tag      []byte
	sounds   []*Sound
	loop     bool
	rate     int    // WideRate when one of its sounds has it
	index    int    // which sound
	offset   int    // samples of it played, at SampleRate
	source   uint32 // the play's number, as an SSRC
	sequence uint16
	stamp    uint32
	due      int64
	ended    bool
	resized  *resample.Resampler // to the rate of a leg that hears samples
}

// name is the part of the tag that counts.
func (p *Play) name() string { return p.Tag[:min(len(p.Tag), 200)] }

// rate is the highest that one of the sounds has.
func (p *Play) rate() int {
	rate := SampleRate
	for _, s := range p.Sounds {
		if s != nil && s.length > 0 {
			rate = max(rate, s.Rate())
		}
	}
	return rate
}

// encode makes the sounds ready for every codec; it may take a while for those that were never played.
func (p *Play) encode() {
	if p == nil {
		return
	}
	for _, s := range p.Sounds {
		if s != nil {
			s.encode()
		}
	}
}

// newPlay prepares a play: every codec that a worker may ask for is made here.
func newPlay(p *Play) *play {
	if p == nil {
		return nil
	}
	p.encode()
	made := &play{tag: []byte(p.name()), loop: p.Loop, rate: p.rate()}
	for _, s := range p.Sounds {
		if s != nil && s.length > 0 {
			made.sounds = append(made.sounds, s)
		}
	}
	if made.rate == WideRate {
		for _, s := range made.sounds {
			s.widen()
		}
	}
	return made
}

// fill copies the next samples to frame, silence after the end; more is false when nothing was left to play.
func (p *play) fill(frame []byte, c Codec) (more bool) {
	at := 0
	for at < len(frame) && p.turn() {
		n := copy(frame[at:], p.sounds[p.index].in(c)[p.offset:])
		p.offset += n
		at += n
	}
	for i := at; i < len(frame); i++ {
		frame[i] = c.Silence()
	}
	return at > 0
}

// samples appends the next 20 ms at a rate, silence after the end; more is as for fill.
func (p *play) samples(dst []int16, rate int) (sound []int16, more bool) {
	var taken [WideRate / frames]int16
	from := min(rate, p.rate)
	frame, fold := taken[:from/int(frames)], from/SampleRate
	at := 0
	for at < len(frame) && p.turn() {
		n := copy(frame[at:], p.sounds[p.index].at(from)[p.offset*fold:])
		p.offset += n / fold
		at += n
	}
	if rate == from {
		return append(dst, frame...), at > 0
	}
	if p.resized == nil || p.resized.From() != from || p.resized.To() != rate {
		resized, err := resample.New(from, rate)
		if err != nil {
			return dst, at > 0
		}
		p.resized = resized
	}
	return p.resized.Resample(dst, frame), at > 0
}

// addPlay adds the next frame of l's play to what it hears already, which is nil for nothing.
func (w *worker) addPlay(l *Leg, scratch, heard []int16) []int16 {
	p := l.play
	sound, more := p.samples(w.studio.tone[:0], l.rate)
	if !more {
		p.ended = !p.loop
		if p.ended {
			l.tell(toldPlayEnded, p.tag)
		}
		return heard
	}
	n := min(len(sound), len(scratch))
	if heard == nil {
		copy(scratch, sound[:n])
		clear(scratch[n:])
		return scratch
	}
	for i, x := range heard[:n] {
		scratch[i] = clamp(int32(x) + int32(sound[i]))
	}
	return scratch
}

// turn goes to the sound that comes next; it is false at the end of a play without loop.
func (p *play) turn() bool {
	if p.index < len(p.sounds) && p.offset >= p.sounds[p.index].length {
		p.index, p.offset = p.index+1, 0
	}
	if p.index >= len(p.sounds) && p.loop {
		p.index = 0
	}
	return p.index < len(p.sounds)
}

// maxBehind is how far a player may be late and still catch up; beyond, the clock starts anew.
const maxBehind = int64(100 * time.Millisecond)

// sendPlay sends the frames of l's play that are due. While the leg may not send, the play's time passes all the same;
// before the first Agree it waits.
func (w *worker) sendPlay(l *Leg) {
	p, frame := l.play, 20*time.Millisecond
	if l.agreed {
		frame = l.terms.Ptime
	}
	if w.now-p.due > maxBehind {
		p.due = w.now
	}
	for p.due <= w.now && !p.ended {
		p.due += int64(frame)
		if l.agreed {
			w.sendFrame(l, int(samplesIn(frame)))
		}
	}
}

func (w *worker) sendFrame(l *Leg, samples int) {
	p := l.play
	c := l.terms.Codec
	if !companded(c) {
		c = PCMU
	}
	if !p.fill(w.out[headerSize:headerSize+samples], c) {
		p.ended = !p.loop
		if p.ended {
			l.tell(toldPlayEnded, p.tag)
		}
		return
	}
	h := header{sequence: p.sequence, timestamp: p.stamp, ssrc: p.source}
	p.sequence++
	p.stamp += uint32(samples)
	if !l.maySend() || l.keys.active() {
		l.sending.skip(nil, h)
		return
	}
	out, ok := l.sending.follow(nil, h, false, w.now)
	if !ok {
		return
	}
	l.sending.length = uint32(samples)
	out.payloadType = l.terms.PayloadType
	out.put(w.out[:])
	w.send(l, samples)
}
