package media

import (
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"parley/internal/dtmf"
	"parley/internal/id"
)

// press has a leg send a digit as telephone-event, a packet each 20 ms, and then its end three times.
func (c *choir) press(name id.Leg, event byte, length time.Duration) {
	s := c.singers[name]
	t := s.leg.terms
	h := header{marker: true, payloadType: t.EventType, ssrc: 1, timestamp: uint32(c.frames) * uint32(clockOf(t.Codec)/50)}
	before := int64(0)
	send := func(units int64, over bool) {
		h.sequence = s.sent
		s.sent++
		payload := []byte{event, 10, 0, 0}
		if over {
			payload[1] |= 0x80
		}
		binary.BigEndian.PutUint16(payload[2:], uint16(units-before))
		c.w.arrive(s.leg, rtpPacket(h, payload), loopbackAt(1))
		h.marker = false
	}
	n := int(length / frameTime)
	for i := 1; i <= n; i++ {
		units := unitsIn(int64(i)*int64(frameTime), int64(t.EventClock))
		for units-before > maxSegment {
			send(before+maxSegment, false)
			before += maxSegment
			h.timestamp += uint32(segment(t))
		}
		send(units, false)
		if i == n {
			send(units, true)
			send(units, true)
			send(units, true)
		}
		c.rest()
		c.frames++
	}
}

// keyed is the digits in what a leg was sent, as events or as sound, and how long each event lasts.
func (c *choir) keyed(name id.Leg) (digits string, lengths []time.Duration) {
	s := c.singers[name]
	var k keying
	for _, p := range s.got {
		if p.payloadType != s.leg.terms.EventType || s.leg.terms.EventType == 0 {
			continue
		}
		length := binary.BigEndian.Uint16(p.payload[2:])
		if k.begins(p.header, p.payload[0], length, segment(s.leg.terms)) {
			digits += string(digitNames[p.payload[0]])
			lengths = append(lengths, 0)
		}
		lengths[len(lengths)-1] = time.Duration((k.before + int64(k.length)) * int64(time.Second) / int64(s.leg.terms.EventClock))
	}
	detector, err := dtmf.NewDetector(s.decoder.Rate())
	if err != nil {
		c.t.Fatal(err)
	}
	for _, found := range detector.Feed(s.heard) {
		if !found.Over {
			digits += string(found.Digit)
		}
	}
	return digits, lengths
}

func TestDigitsCrossClocks(t *testing.T) {
	kinds := map[string]Terms{
		"PCMU/8000": {Codec: PCMU, EventType: 101}, "opus/48000": {Codec: Opus, EventType: 101}, "opus/8000": {Codec: Opus, EventType: 101, EventClock: 8000},
		"G722/16000": {Codec: G722, EventType: 101, EventClock: 16000}, "G722/8000": {Codec: G722, EventType: 101},
	}
	for from, a := range kinds {
		for to, b := range kinds {
			if !a.Codec.Available() || !b.Codec.Available() {
				continue
			}
			t.Run(from+"-"+to, func(t *testing.T) {
				c := newChoir(t, a.Codec, b.Codec)
				for name, terms := range map[id.Leg]Terms{"a": a, "b": b} {
					terms.PayloadType, terms.Send, terms.Receive = typeOf(terms.Codec), true, true
					c.agree(name, terms)
				}
				c.arrange(Hearing{Leg: "b", From: "a"})
				c.singers["a"].gain = 0
				c.sing(10)
				c.press("a", 5, 200*time.Millisecond)
				c.sing(10)
				c.press("a", 11, 3*time.Second)
				c.sing(10)
				digits, lengths := c.keyed("b")
				if digits != "5#" {
					t.Fatalf("b is told %q, want 5#", digits)
				}
				for i, want := range []time.Duration{200 * time.Millisecond, 3 * time.Second} {
					if off := lengths[i] - want; off < -20*time.Millisecond || off > 40*time.Millisecond {
						t.Errorf("digit %d lasts %v, want %v", i, lengths[i], want)
					}
				}
			})
		}
	}
}

func TestDigitsReachLegsWithoutEventsAsSound(t *testing.T) {
	for _, to := range spoken() {
		t.Run(to.String(), func(t *testing.T) {
			c := newChoir(t, PCMU, to)
			c.agree("b", Terms{Codec: to, PayloadType: typeOf(to), Send: true, Receive: true})
			c.arrange(Hearing{Leg: "b", From: "a"}, Hearing{Leg: "a", From: "b"})
			c.singers["a"].gain = 0
			c.sing(10)
			for _, event := range []byte{1, 12, 10, 9} {
				c.press("a", event, 120*time.Millisecond)
				c.sing(10)
			}
			if digits, _ := c.keyed("b"); digits != "1A*9" {
				t.Errorf("b hears %q, want 1A*9", digits)
			}
			c.singers["b"].leg.SendDigit("7", 80*time.Millisecond)
			c.w.serveReady()
			c.sing(20)
			if digits, _ := c.keyed("b"); digits != "1A*97" {
				t.Errorf("b hears %q, want 1A*97", digits)
			}
		})
	}
}

func TestDigitsInTheSoundAreTold(t *testing.T) {
	for _, from := range spoken() {
		t.Run(from.String(), func(t *testing.T) {
			c := newChoir(t, from, PCMU)
			c.agree("a", Terms{Codec: from, PayloadType: typeOf(from), InBand: true, Send: true, Receive: true})
			c.singSound("a", dialled(t, from.Rate(), "159#"))
			if said := reports(c.singers["a"].leg); said != "159#" {
				t.Errorf("told %q, want 159#", said)
			}
		})
	}
}

// dialled is the sound of digits, with half a second of silence after them.
func dialled(t *testing.T, rate int, digits string) []int16 {
	t.Helper()
	var pcm []int16
	for _, d := range digits {
		var err error
		pcm, err = dtmf.Append(pcm, dtmf.Settings{Rate: rate}, digitNames[indexOf(d)])
		if err != nil {
			t.Fatal(err)
		}
	}
	return append(pcm, make([]int16, rate/2)...)
}

func indexOf(d rune) int {
	for i, name := range digitNames {
		if string(name) == string(d) {
			return i
		}
	}
	return 0
}

// singSound has one leg send a sound.
func (c *choir) singSound(name id.Leg, pcm []int16) {
	s := c.singers[name]
	n := s.encoder.Rate() / 50
	for ; len(pcm) >= n; pcm = pcm[n:] {
		h := header{payloadType: s.leg.terms.PayloadType, ssrc: 1, sequence: s.sent, timestamp: uint32(c.frames) * uint32(clockOf(s.leg.terms.Codec)/50)}
		s.sent++
		if payload := s.encoder.Encode(nil, pcm[:n]); s.lose == nil || !s.lose(c.frames) {
			c.w.arrive(s.leg, rtpPacket(h, payload), loopbackAt(1))
		}
		c.rest()
		c.frames++
	}
}

// TestNothingIsLeftOfKeyedDigits removes a card number, as events and as sound, from a listener of each kind, from a
// mix and from the recorder.
func TestNothingIsLeftOfKeyedDigits(t *testing.T) {
	for _, inBand := range []bool{false, true} {
		for _, conference := range []bool{false, true} {
			t.Run(fmt.Sprint("in band ", inBand, ", conference ", conference), func(t *testing.T) {
				c := newChoir(t, PCMU, PCMU, G722)
				for _, s := range c.singers {
					s.gain = 0
				}
				recorded := newTap(0)
				c.singers["a"].leg.taps = append(c.singers["a"].leg.taps, recorded)
				hearings := []Hearing{{Leg: "a", From: "b", Keyed: true}, {Leg: "b", From: "a"}, {Leg: "c", From: "a"}}
				if conference {
					hearings = all("a", "b", "c")
					hearings[0].Keyed = true
				}
				c.arrange(hearings...)
				c.sing(10)
				if inBand {
					c.singSound("a", dialled(t, 8000, "4111"))
				} else {
					c.press("a", 4, 100*time.Millisecond)
					c.sing(10)
				}
				for _, name := range []id.Leg{"b", "c"} {
					if digits, _ := c.keyed(name); digits != "" {
						t.Errorf("%s hears %q", name, digits)
					}
					if level := (Ear{}).Level(c.singers[name].heard); level > 0.0005 {
						t.Errorf("%s hears a remnant of %.5f", name, level)
					}
				}
				rec := &recorder{taps: []*tap{recorded}}
				rec.advance(c.w.now)
				var pcm []int16
				for at := 0; at < len(rec.buffer); at += frameSize {
					pcm = append(pcm, int16(binary.LittleEndian.Uint16(rec.buffer[at:])))
				}
				if level := (Ear{}).Level(pcm); level > 0.0005 || len(pcm) == 0 {
					t.Errorf("the recorder has a remnant of %.5f in %d samples", level, len(pcm))
				}
				if !inBand {
					return
				}
				c.arrange(Hearing{Leg: "b", From: "a"})
				c.sing(5)
				c.forget()
				c.singSound("a", dialled(t, 8000, "4"))
				if digits, _ := c.keyed("b"); digits != "4" {
					t.Errorf("afterwards b hears %q, want 4", digits)
				}
			})
		}
	}
}
