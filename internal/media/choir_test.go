package media

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"parley/internal/codec"
	"parley/internal/id"
)

// choir is legs in a room on a worker that the test runs, each singing one note; time passes as the test wants.
type choir struct {
	t       testing.TB
	w       *worker
	room    *Room
	singers map[id.Leg]*singer
	frames  int
}

type singer struct {
	leg     *Leg
	hertz   float64
	gain    float64 // of what it sings
	lose    func(frame int) bool
	encoder codec.Encoder
	decoder codec.Decoder
	sent    uint16
	got     []packet
	heard   []int16
}

// notes are so far apart that each is found beside the others.
var notes = []float64{400, 520, 680, 880, 1140, 1480, 1920, 2500, 600, 780, 1000}

// built has G.722 stand for Opus in a build without it.
func built(codecs []Codec) []Codec {
	codecs = slices.Clone(codecs)
	for i, one := range codecs {
		if !one.Available() {
			codecs[i] = G722
		}
	}
	return codecs
}

// newChoir has one singer for each codec: "a", "b", "c" …
func newChoir(t testing.TB, codecs ...Codec) *choir {
	t.Helper()
	codecs = built(codecs)
	w, ann, bob := bare(t)
	w.bury(ann)
	w.bury(bob)
	c := &choir{t: t, w: w, singers: map[id.Leg]*singer{}}
	e := w.engine
	e.workers, e.legs, e.disk = []*worker{w}, map[id.Leg]*Leg{}, newDisk(e)
	for i, one := range codecs {
		c.add(id.Leg(rune('a'+i)), one, notes[i%len(notes)])
	}
	c.room = e.OpenRoom("choir")
	t.Cleanup(func() {
		for _, s := range c.singers {
			w.bury(s.leg)
		}
	})
	return c
}

func (c *choir) add(name id.Leg, one Codec, hertz float64) {
	c.t.Helper()
	w := c.w
	l := newLeg(w.engine, name, nil)
	l.in, l.out, l.post = newRing(pipeBuffer), newRing(pipeBuffer), w.post
	l.at.Store(w)
	l.worker = w
	w.takeIn(l)
	w.engine.legs[name] = l
	s := &singer{leg: l, hertz: hertz, gain: 1}
	var err error
	if s.encoder, err = codec.NewEncoder(one, codec.Settings{}); err != nil {
		c.t.Fatal(err)
	}
	if s.decoder, err = codec.NewDecoder(one, 0); err != nil {
		c.t.Fatal(err)
	}
	c.singers[name] = s
	c.agree(name, Terms{Codec: one, PayloadType: typeOf(one), EventType: 101, Send: true, Receive: true})
}

func (c *choir) agree(name id.Leg, t Terms) {
	l := c.singers[name].leg
	l.agree(t.settled(), c.w.now)
	c.w.retune(l)
	c.w.schedule(l)
}

// arrange also carries the orders out.
func (c *choir) arrange(hearings ...Hearing) {
	c.room.Arrange(hearings)
	c.w.serveReady()
}

// sing lets all sing for so many frames of 20 ms, and keeps what each is sent.
func (c *choir) sing(n int) {
	for range n {
		for _, name := range slices.Sorted(maps.Keys(c.singers)) {
			c.singers[name].sing(c)
		}
		c.rest()
		c.frames++
	}
}

// rest lets a frame pass without a note.
func (c *choir) rest() {
	for range 4 {
		c.w.now += tick
		if c.w.now >= c.w.due {
			c.w.sendDue()
		}
	}
	for _, s := range c.singers {
		for _, p := range sentTo(s.leg) {
			s.got = append(s.got, p)
			if p.payloadType == s.leg.terms.PayloadType {
				s.heard = s.decoder.Decode(s.heard, p.payload)
			}
		}
	}
}

func (s *singer) sing(c *choir) {
	rate := s.encoder.Rate()
	n := rate / 50
	at := c.frames % 50 * n
	pcm := sineAt(rate, s.hertz, time.Second)[at : at+n]
	for i := range pcm {
		pcm[i] = int16(float64(pcm[i]) * s.gain * 0.5)
	}
	payload := s.encoder.Encode(nil, pcm)
	h := header{payloadType: s.leg.terms.PayloadType, ssrc: 1, sequence: s.sent, timestamp: uint32(c.frames) * uint32(clockOf(s.leg.terms.Codec)/50)}
	s.sent++
	if s.lose == nil || !s.lose(c.frames) {
		c.w.arrive(s.leg, rtpPacket(h, payload), loopbackAt(1))
	}
}

// forget drops what was heard so far.
func (c *choir) forget() {
	for _, s := range c.singers {
		s.heard, s.got = nil, nil
	}
}

// strength is how loud one singer is in the ears of another, of 1 for its full strength.
func (c *choir) strength(ear, voice id.Leg) float64 {
	s := c.singers[ear]
	pcm := s.heard[min(len(s.heard), s.decoder.Rate()/10):]
	return (Ear{Rate: s.decoder.Rate()}).Strength(pcm, c.singers[voice].hertz) / (4000. / 32768)
}

// hears is who hears whom: "a:bc b:a c:".
func (c *choir) hears() string {
	line := ""
	for _, ear := range slices.Sorted(maps.Keys(c.singers)) {
		line += fmt.Sprintf(" %s:", ear)
		for _, voice := range slices.Sorted(maps.Keys(c.singers)) {
			if c.strength(ear, voice) > 0.1 {
				line += string(voice)
			}
		}
	}
	return line[1:]
}

// check lets them sing for half a second and fails unless the right ones hear each other, each at its strength.
func (c *choir) check(what, want string) {
	c.t.Helper()
	c.sing(15)
	c.forget()
	c.sing(25)
	if got := c.hears(); got != want {
		c.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// all has every one of the legs hear all the others.
func all(legs ...id.Leg) []Hearing {
	hearings := make([]Hearing, len(legs))
	for i, l := range legs {
		hearings[i] = Hearing{Leg: l}
		for _, other := range legs {
			if other != l {
				hearings[i].Mix = append(hearings[i].Mix, Source{Leg: other})
			}
		}
	}
	return hearings
}
