package media

import (
	"fmt"
	"math"
	"testing"
	"time"

	"parley/internal/codec"
)

// spoken are the codecs of this build.
func spoken() (all []Codec) {
	for _, c := range []Codec{PCMU, PCMA, G722, Opus} {
		if c.Available() {
			all = append(all, c)
		}
	}
	return all
}

func TestAnyCodecHearsAnyOther(t *testing.T) {
	for _, a := range spoken() {
		for _, b := range spoken() {
			t.Run(fmt.Sprint(a, "-", b), func(t *testing.T) {
				t.Parallel()
				e := openEngine(t, 2)
				ann, bob := newPhone(t, a), newPhone(t, b)
				ann.dial(e, "ann", nil)
				leg := bob.dial(e, "bob", nil)
				room := e.OpenRoom("call")
				room.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
				ann.hum(440)
				bob.hum(700)
				eventually(t, "ann hears 700 Hz", func() bool { return ann.hears(700) })
				eventually(t, "bob hears 440 Hz", func() bool { return bob.hears(440) })
				if s := (Ear{Rate: a.Rate()}).Strength(ann.heard(10), 440); s > 0.005 {
					t.Errorf("ann hears herself: %.3f", s)
				}
				checkContinuous(t, ann.packets())
				checkContinuous(t, bob.packets())
				checkFrames(t, bob, 20*time.Millisecond)
				t.Log(leg.Path())
			})
		}
	}
}

// checkFrames fails when timestamps do not go on by the length of a packet.
func checkFrames(t *testing.T, p *phone, length time.Duration) {
	t.Helper()
	got, units := p.packets(), uint32(unitsIn(int64(length), clockOf(p.codec)))
	for i := 1; i < len(got); i++ {
		if step := got[i].timestamp - got[i-1].timestamp; step != units {
			t.Fatalf("packet %d comes %d units after the one before, want %d", i, step, units)
		}
	}
}

func TestPacketsAreAsLongAsAgreed(t *testing.T) {
	for _, c := range spoken() {
		for _, ptime := range []int{10, 30, 40, 60} {
			t.Run(fmt.Sprint(c, "/", ptime), func(t *testing.T) {
				t.Parallel()
				e := openEngine(t, 1)
				ann, bob := newPhone(t, PCMU), newPhone(t, c)
				ann.dial(e, "ann", nil)
				leg := bob.dial(e, "bob", nil)
				terms := bob.terms()
				terms.Ptime = time.Duration(ptime) * time.Millisecond
				leg.Agree(terms)
				e.OpenRoom("call").Arrange([]Hearing{{Leg: "bob", Mix: []Source{{Leg: "ann", Gain: 0.5}}}})
				ann.hum(440)
				eventually(t, "bob hears", func() bool {
					pcm := bob.heard(40)
					hertz, _ := Ear{Rate: c.Rate()}.Dominant(pcm)
					return len(pcm) > c.Rate()/5 && math.Abs(hertz-440) < 5
				})
				checkFrames(t, bob, terms.settled().Ptime)
			})
		}
	}
}

func TestWideSoundStaysWide(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob := newPhone(t, G722), newPhone(t, built([]Codec{Opus})[0])
	ann.dial(e, "ann", nil)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(6000)
	eventually(t, "6 kHz come through", func() bool { return bob.hears(6000) })
}

func TestPlayInEveryCodec(t *testing.T) {
	for _, c := range spoken() {
		t.Run(c.String(), func(t *testing.T) {
			e, heard := openEngine(t, 1), &log{}
			ann := newPhone(t, c)
			ann.dial(e, "ann", heard.hear)
			room := e.OpenRoom("call")
			room.Arrange([]Hearing{{Leg: "ann", Play: &Play{Tag: "prompt", Sounds: []*Sound{NewSound(sine(500, 250*time.Millisecond)), NewSound(sine(500, 250*time.Millisecond))}}}})
			eventually(t, "she hears it", func() bool { return ann.hears(500) })
			eventually(t, "it ends", func() bool { return heard.has(PlayEnded{"ann", "prompt"}) })
			if n := len(ann.packets()); n < 24 || n > 26 {
				t.Errorf("half a second came in %d packets", n)
			}
			checkContinuous(t, ann.packets())
		})
	}
}

func TestCodecChangesInTheCall(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMU)
	ann.dial(e, "ann", nil)
	leg := bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	eventually(t, "before", func() bool { return bob.hears(440) })
	for _, c := range append(spoken(), PCMU) {
		bob.mu.Lock()
		bob.codec = c
		bob.mu.Unlock()
		leg.Agree(bob.terms())
		bob.forget()
		eventually(t, "in "+c.String(), func() bool { return bob.hears(440) })
	}
}

func TestConcealmentOverLoss(t *testing.T) {
	if !codec.G722.Available() {
		t.Fatal("G.722 is in every build")
	}
	for _, c := range spoken() {
		t.Run(c.String(), func(t *testing.T) {
			w, ann, bob := bare(t)
			ann.terms.Codec, ann.terms.PayloadType = c, typeOf(c)
			ann.sending.run(clockOf(c))
			other := G722
			if c == G722 {
				other = PCMA
			}
			bob.terms.Codec, bob.terms.PayloadType = other, typeOf(other)
			w.retune(ann)
			w.retune(bob)
			pcm := feed20(t, w, ann, bob, 100, func(i int) bool { return i%10 == 7 })
			steady := pcm[len(pcm)/2:]
			if s := (Ear{Rate: other.Rate()}).Strength(steady, 400); s < 0.15 {
				t.Errorf("with 10 %% loss a tone of 0.24 has %.3f", s)
			}
		})
	}
}

// feed20 lets ann hum 400 Hz on a worker whose time the test moves, without the packets that are lost, and is what bob
// hears.
func feed20(t *testing.T, w *worker, ann, bob *Leg, packets int, lost func(i int) bool) []int16 {
	t.Helper()
	encoder, err := codec.NewEncoder(ann.terms.Codec, codec.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	decoder, err := codec.NewDecoder(bob.terms.Codec, 0)
	if err != nil {
		t.Fatal(err)
	}
	c, n := ann.terms.Codec, ann.terms.Codec.Rate()/50
	tone := sineAt(c.Rate(), 400, time.Second)
	var pcm []int16
	for i := range packets {
		at := i % 50 * n
		payload := encoder.Encode(nil, tone[at:at+n])
		h := header{payloadType: typeOf(c), ssrc: 1, sequence: uint16(i), timestamp: uint32(i * c.ClockRate() / 50)}
		if !lost(i) {
			w.arrive(ann, rtpPacket(h, payload), loopbackAt(1))
		}
		for range 4 {
			w.now += tick
			if w.now >= w.due {
				w.sendDue()
			}
		}
		for _, p := range sentTo(bob) {
			pcm = decoder.Decode(pcm, p.payload)
		}
	}
	return pcm
}

// TestMusicIsWrittenOnce has two legs wait with the same music: once it is pressed, neither has a writer at work.
func TestMusicIsWrittenOnce(t *testing.T) {
	for _, one := range spoken() {
		t.Run(one.String(), func(t *testing.T) {
			c := newChoir(t, one, one)
			sound := NewSound(sine(1000, 500*time.Millisecond))
			sound.encode()
			sound.pressed(one)
			eventually(t, "it is pressed", func() bool { return companded(one) || sound.pressed(one) != nil })
			play := func() *Play { return &Play{Tag: "hold", Sounds: []*Sound{sound}, Loop: true} }
			c.arrange(Hearing{Leg: "a", Play: play()}, Hearing{Leg: "b", Play: play()})
			c.sing(200)
			for _, s := range c.singers {
				checkContinuous(t, s.got)
				hertz, strength := Ear{Rate: s.decoder.Rate()}.Dominant(s.heard)
				if math.Abs(hertz-1000) > 5 || math.Abs(strength-8000./32768) > 0.04 || len(s.got) < 198 {
					t.Errorf("hears %.0f Hz of %.3f in %d packets", hertz, strength, len(s.got))
				}
				if s.leg.encoder != nil {
					t.Error("a leg writes for itself")
				}
			}
		})
	}
}

// TestSilenceIsNotSent has a leg of Opus that wants no silence, between two stretches of sound.
func TestSilenceIsNotSent(t *testing.T) {
	if !Opus.Available() {
		return
	}
	c := newChoir(t, G722, Opus)
	c.agree("b", Terms{Codec: Opus, PayloadType: 111, Send: true, Receive: true, Coding: Coding{DTX: true}})
	c.arrange(Hearing{Leg: "b", From: "a"})
	c.sing(50)
	before := len(c.singers["b"].got)
	c.singers["a"].gain = 0
	c.sing(100)
	if n := len(c.singers["b"].got) - before; n > 40 {
		t.Errorf("%d packets for 100 frames of silence", n)
	}
	c.singers["a"].gain = 1
	c.sing(20)
	got := c.singers["b"].got
	checkContinuous(t, got)
	if units := got[len(got)-1].timestamp - got[0].timestamp; units < 165*960 || units > 172*960 {
		t.Errorf("time passed by %d units, want %d", units, 169*960)
	}
}

// FuzzVoice has a stranger's payloads decoded, in every codec.
func FuzzVoice(f *testing.F) {
	f.Add(byte(0), []byte{1, 2, 3}, []byte{})
	f.Add(byte(2), []byte{0xFF}, make([]byte, 1400))
	f.Add(byte(3), []byte{0x03, 0xFF, 0, 0}, []byte{0xFC})
	f.Fuzz(func(t *testing.T, which byte, first, second []byte) {
		one := spoken()[int(which)%len(spoken())]
		c := newChoir(t, one, PCMU, G722)
		c.arrange(all("a", "b", "c")...)
		s := c.singers["a"]
		for i, payload := range [][]byte{first, second, first} {
			h := header{payloadType: typeOf(one), ssrc: 1, sequence: uint16(2 * i), timestamp: uint32(i) * uint32(clockOf(one)/50)}
			c.w.arrive(s.leg, rtpPacket(h, payload[:min(len(payload), packetSize-headerSize)]), loopbackAt(1))
			c.rest()
		}
		for range 10 {
			c.rest()
		}
	})
}
