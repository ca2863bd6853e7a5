package media

import (
	"fmt"
	"math"
	"testing"
	"time"

	"parley/internal/codec"
	"parley/internal/id"
)

// hush has a leg pause: it says how loud it is there, and then nothing for so many frames.
func (c *choir) hush(name id.Leg, level byte, n int) {
	s := c.singers[name]
	t := s.leg.terms
	h := header{payloadType: comfortNoise, ssrc: 1, sequence: s.sent, timestamp: uint32(c.frames) * uint32(clockOf(t.Codec)/50)}
	s.sent++
	c.w.arrive(s.leg, rtpPacket(h, []byte{level, 0x80, 0x80}), loopbackAt(1)) // two coefficients of a flat spectrum
	for range n {
		c.rest()
		c.frames++
	}
}

// sings lets one leg alone sing.
func (c *choir) sings(name id.Leg, n int) {
	for range n {
		c.singers[name].sing(c)
		c.rest()
		c.frames++
	}
}

func decibels(level float64) float64 { return 20 * math.Log10(max(level, 1e-9)) }

// TestPauseIsAsLoudAsTheFarSideSays has a leg pause before it ever spoke and between two words, whether its packets were
// forwarded before or decoded: all the while the other side is sent sound, as loud as the comfort noise says (RFC 3389).
func TestPauseIsAsLoudAsTheFarSideSays(t *testing.T) {
	for _, from := range []Codec{PCMU, PCMA, G722} {
		for _, to := range spoken() {
			t.Run(fmt.Sprint(from, "-", to), func(t *testing.T) {
				c := newChoir(t, from, to)
				c.arrange(Hearing{Leg: "b", From: "a"})
				b := c.singers["b"]
				for i, level := range []byte{50, 40, 60} {
					c.hush("a", level, 15)
					c.forget()
					c.hush("a", level, 60)
					if n := len(b.got); n < 59 {
						t.Errorf("pause %d: %d packets for 60 frames", i, n)
					}
					pcm := b.heard[len(b.heard)/3:]
					if got := decibels(Ear{Rate: b.decoder.Rate()}.Level(pcm)); math.Abs(got+float64(level)) > 4 { // a codec of few bits leaves the highest of a noise out
						t.Errorf("pause %d sounds at %.1f dB, want -%d", i, got, level)
					}
					checkContinuous(t, b.got)
					c.sings("a", 15)
					c.forget()
					c.sings("a", 25)
					if c.strength("b", "a") < 0.9 {
						t.Errorf("after pause %d the voice has %.2f of its strength", i, c.strength("b", "a"))
					}
				}
				c.hush("a", 0, 40)
				if got := decibels(Ear{Rate: b.decoder.Rate()}.Level(b.heard[len(b.heard)*4/5:])); got > -27 {
					t.Errorf("noise of full scale is believed: %.1f dB", got)
				}
			})
		}
	}
}

// TestOpusPauses has the far side of an Opus leg send nothing while it is silent: the other side is sent sound all the
// same, without an edge, and the voice is there again after the pause.
func TestOpusPauses(t *testing.T) {
	if !Opus.Available() {
		return
	}
	c := newChoir(t, Opus, PCMU)
	encoder, err := codec.NewEncoder(Opus, codec.Settings{DTX: true})
	if err != nil {
		t.Fatal(err)
	}
	c.singers["a"].encoder = encoder
	c.arrange(Hearing{Leg: "b", From: "a"})
	a, b := c.singers["a"], c.singers["b"]
	c.sings("a", 50)
	for range 3 {
		a.gain = 0
		sent := a.sent
		c.singsWithoutEmpty("a", 20)
		c.forget()
		sent = a.sent - sent
		before := a.sent
		c.singsWithoutEmpty("a", 100)
		if n := a.sent - before; n > 30 {
			t.Fatalf("the far side sends %d packets for 100 frames of silence, %d before", n, sent)
		}
		if len(b.got) < 98 {
			t.Errorf("%d packets for 100 frames of a pause", len(b.got))
		}
		if level := (Ear{}).Level(b.heard); level > 0.003 {
			t.Errorf("the pause sounds at %.4f", level)
		}
		checkContinuous(t, b.got)
		a.gain = 1
		c.singsWithoutEmpty("a", 15)
		c.forget()
		c.singsWithoutEmpty("a", 25)
		if c.strength("b", "a") < 0.9 {
			t.Errorf("after the pause the voice has %.2f of its strength", c.strength("b", "a"))
		}
	}
}

// singsWithoutEmpty is sings by an encoder that may have nothing to send for a frame.
func (c *choir) singsWithoutEmpty(name id.Leg, n int) {
	s := c.singers[name]
	rate := s.encoder.Rate()
	for range n {
		at := c.frames % 50 * (rate / 50)
		pcm := sineAt(rate, s.hertz, time.Second)[at : at+rate/50]
		for i := range pcm {
			pcm[i] = int16(float64(pcm[i]) * s.gain * 0.5)
		}
		payload := s.encoder.Encode(nil, pcm)
		if len(payload) > 0 {
			h := header{payloadType: s.leg.terms.PayloadType, ssrc: 1, sequence: s.sent, timestamp: uint32(c.frames) * uint32(clockOf(s.leg.terms.Codec)/50)}
			s.sent++
			c.w.arrive(s.leg, rtpPacket(h, payload), loopbackAt(1))
		}
		c.rest()
		c.frames++
	}
}
