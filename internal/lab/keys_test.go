package lab

import (
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"parley/internal/dtmf"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

// keyTries is how often a key is pressed before a length that never fits is a fault: a stall of a busy machine, in which the
// sender's packets stay away, changes it.
const keyTries = 5

// held is one key as telephone-events, of so many packets of 20 ms, and the end three times (RFC 4733 §2.5.1).
func (p *telephone) held(key byte, packets int) (all []said) {
	code := event(key, 0, false)[0]
	units := p.codec.ClockRate() / 50
	for at := range packets {
		payload := []byte{code, 10, 0, 0}
		binary.BigEndian.PutUint16(payload[2:], uint16((at+1)*units))
		one := said{key: [][]byte{payload}, past: at}
		if at == packets-1 {
			payload[1] |= 0x80
			one.key = [][]byte{payload, payload, payload}
		}
		all = append(all, one)
	}
	return all
}

// sound cuts pcm, at the rate of the telephone's encoder, into pieces that it can say.
func (p *telephone) sound(pcm []int16) (all []said) {
	for n := p.encoder.Rate() / 50; len(pcm) >= n; pcm = pcm[n:] {
		all = append(all, said{pcm: pcm[:n]})
	}
	return all
}

// quiet is silence for a time.
func (p *telephone) quiet(d time.Duration) []said {
	return p.sound(make([]int16, int(d.Seconds()*float64(p.encoder.Rate()))))
}

// keyed is one key as it comes by telephone-events.
type keyed struct {
	digit  string
	lasts  time.Duration
	ends   int
	faults string // what is against RFC 4733
	units  uint16
	stamp  uint32
}

// keys puts together what it got of telephone-events.
func (p *telephone) keys() (all []keyed) {
	last := uint16(0)
	for _, packet := range p.packets() {
		step := packet.SequenceNumber - last
		last = packet.SequenceNumber
		if packet.PayloadType != eventPayload || len(packet.Payload) != 4 {
			continue
		}
		units, over := binary.BigEndian.Uint16(packet.Payload[2:]), packet.Payload[1]&0x80 != 0
		if len(all) == 0 || all[len(all)-1].stamp != packet.Timestamp {
			digit, _ := tel.DigitOf(packet.Payload[0])
			all = append(all, keyed{digit: string(digit), stamp: packet.Timestamp})
			if !packet.Marker {
				all[len(all)-1].faults += "no mark at its beginning; "
			}
		} else if k := all[len(all)-1]; packet.Marker || step != 1 || units < k.units || k.ends > 0 && (!over || units != k.units) {
			all[len(all)-1].faults += fmt.Sprintf("marked %v, %d packets on, %d after %d units, over %v; ", packet.Marker, step, units, k.units, over)
		}
		k := &all[len(all)-1]
		k.units, k.lasts = units, time.Duration(units)*time.Second/time.Duration(p.codec.ClockRate())
		if over {
			k.ends++
		}
	}
	return all
}

// keysHeard are the keys in the sound that it got.
func (p *telephone) keysHeard() (digits string) {
	p.t.Helper()
	d, err := dtmf.NewDetector(media.SampleRate)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, found := range d.Feed(append(p.heard(), make([]int16, media.SampleRate/10)...)) {
		if !found.Over {
			digits += string(found.Digit)
		}
	}
	return digits
}

// keysTold are the keys that the leg's owner was told of.
func (p *telephone) keysTold() (digits string) {
	for _, e := range p.events() {
		if pressed, is := e.(media.DigitPressed); is && pressed.Leg == p.name {
			digits += string(pressed.Digit)
		}
	}
	return digits
}

// TestKeysAreRelayed: a key held for 200 ms and one for 120 ms reach legs with events at the same clock, at another one, and
// without events as sound; alone with the one who presses, and in a conference.
func TestKeysAreRelayed(t *testing.T) {
	t.Parallel()
	g := gather(t)
	g.add("ann", media.PCMU, callerVoice, nil).hush(true)
	g.add("same clock", media.PCMA, agentVoice, encrypted).hush(true)
	g.add("other clock", media.Opus, otherVoice, nil).hush(true)
	g.add("no events", media.G722, 1933, func(p *telephone) { p.terms.EventType = 0 }).hush(true)
	for what, s := range map[string]scene{
		"ann alone":    {"same clock": {"ann"}, "other clock": {"ann"}, "no events": {"ann"}},
		"a conference": {"ann": {"no events"}, "same clock": {"ann", "no events"}, "other clock": {"ann", "no events"}, "no events": {"ann", "other clock"}},
	} {
		g.arrange(s)
		g.relays(what, what == "ann alone")
	}
}

// relays presses keys until all is as it should be; what no stall explains is never let pass. Exact is a relay that changes
// no length.
func (g *gathering) relays(what string, exact bool) {
	g.t.Helper()
	ann, other, deaf := g.phones["ann"], g.phones["other clock"], g.phones["no events"]
	for range keyTries {
		for _, p := range g.phones {
			p.forget()
		}
		all := append(ann.held('5', 10), ann.quiet(400*time.Millisecond)...)
		ann.say(append(append(all, ann.held('#', 6)...), ann.quiet(400*time.Millisecond)...))
		Eventually(g.t, what+": the keys arrive", func() bool {
			same, far := g.phones["same clock"].keys(), other.keys()
			return len(same) == 2 && same[1].ends == 3 && len(far) == 2 && far[1].ends == 3
		})
		if told := ann.keysTold(); told != "5#" {
			g.t.Errorf("%s: told is %q, not 5#", what, told)
		}
		fit := g.fits(what, "same clock", exact)
		fit = g.fits(what, "other clock", false) && fit
		if fit && Comes(time.Second, func() bool { return deaf.keysHeard() == "5#" }) {
			return
		}
	}
	g.t.Errorf("%s: after %d tries the keys are %+v, %+v, and %q as sound", what, keyTries, g.phones["same clock"].keys(), other.keys(), deaf.keysHeard())
}

// fits tells whether the keys that came to an ear have the length that they were held for.
func (g *gathering) fits(what string, ear id.Leg, exact bool) bool {
	g.t.Helper()
	all := g.phones[ear].keys()
	if len(all) != 2 || all[0].digit != "5" || all[1].digit != "#" || all[0].ends != 3 || all[1].ends != 3 || all[0].faults+all[1].faults != "" {
		g.t.Fatalf("%s: to %s come %+v", what, ear, all)
	}
	for i, want := range []time.Duration{200 * time.Millisecond, 120 * time.Millisecond} {
		off := all[i].lasts - want
		if exact && off != 0 {
			g.t.Errorf("%s: to %s the key %s lasts %v, not %v", what, ear, all[i].digit, all[i].lasts, want)
		}
		if off < 0 || off > 40*time.Millisecond {
			return false
		}
	}
	return true
}

// TestKeysAsSoundAreTold: of a far side of each codec that presses keys as sound the owner is told, key by key, and who hears
// it hears them.
func TestKeysAsSoundAreTold(t *testing.T) {
	t.Parallel()
	for n, c := range everyCodec {
		t.Run(c.codec.String(), func(t *testing.T) {
			g := gather(t)
			far := g.add("far", c.codec, c.voice, func(p *telephone) { p.terms.InBand, p.terms.EventType = true, 0 })
			near := g.add("near", everyCodec[(n+1)%4].codec, agentVoice, nil)
			far.hush(true)
			near.hush(true)
			g.arrange(scene{"far": {"near"}, "near": {"far"}})
			keys, err := dtmf.Append(nil, dtmf.Settings{Rate: far.encoder.Rate()}, "1", "5", "9", "#")
			if err != nil {
				t.Fatal(err)
			}
			for range keyTries {
				far.forget()
				near.forget()
				far.say(append(far.sound(keys), far.quiet(400*time.Millisecond)...))
				if Comes(2*time.Second, func() bool { return far.keysTold() == "159#" && near.keysHeard() == "159#" }) {
					return
				}
			}
			t.Errorf("after %d tries told is %q, and %q is heard", keyTries, far.keysTold(), near.keysHeard())
		})
	}
}
