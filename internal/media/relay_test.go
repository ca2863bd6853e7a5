package media

import (
	"fmt"
	"math"
	"testing"
	"time"

	"parley/internal/id"
)

// checkContinuous fails when the packets of one stream do not go on as one stream.
func checkContinuous(t *testing.T, got []packet) {
	t.Helper()
	for i := 1; i < len(got); i++ {
		a, b := got[i-1], got[i]
		if b.ssrc != a.ssrc || b.sequence != a.sequence+1 {
			t.Fatalf("packet %d: ssrc %x sequence %d after ssrc %x sequence %d", i, b.ssrc, b.sequence, a.ssrc, a.sequence)
		}
		if step := int32(b.timestamp - a.timestamp); step < 0 || step == 0 && a.payloadType != 101 {
			t.Fatalf("packet %d: timestamp goes from %d to %d", i, a.timestamp, b.timestamp)
		}
	}
}

func TestRelayHearsEachOther(t *testing.T) {
	for _, c := range []struct{ a, b Codec }{{PCMU, PCMU}, {PCMA, PCMA}, {PCMU, PCMA}, {PCMA, PCMU}} {
		t.Run(fmt.Sprint(c.a, "-", c.b), func(t *testing.T) {
			e := openEngine(t, 2)
			ann, bob := newPhone(t, c.a), newPhone(t, c.b)
			ann.dial(e, "ann", nil)
			bob.dial(e, "bob", nil)
			room := e.OpenRoom("call")
			room.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
			ann.hum(440)
			bob.hum(700)
			eventually(t, "ann hears 700 Hz", func() bool { return ann.hears(700) })
			eventually(t, "bob hears 440 Hz", func() bool { return bob.hears(440) })
			if s := (Ear{}).Strength(ann.heard(10), 440); s > 0.005 {
				t.Errorf("ann hears herself: %.3f", s)
			}
			checkContinuous(t, ann.packets())
			checkContinuous(t, bob.packets())
		})
	}
}

func TestArrangeMovesBetweenRoomsAndPlays(t *testing.T) {
	e := openEngine(t, 2)
	heard := &log{}
	ann, bob, eve := newPhone(t, PCMU), newPhone(t, PCMA), newPhone(t, PCMU)
	annLeg := ann.dial(e, "ann", heard.hear)
	bob.dial(e, "bob", nil)
	eve.dial(e, "eve", nil)
	ann.hum(440)
	bob.hum(700)
	eve.hum(1000)
	first, second := e.OpenRoom("first"), e.OpenRoom("second")
	// The rooms stand on different workers, so that ann has to move.
	second.worker = e.workers[0]
	first.worker = e.workers[1]

	first.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "ann hears bob", func() bool { return ann.hears(700) })
	eventually(t, "bob hears ann", func() bool { return bob.hears(440) })

	music := &Play{Tag: "hold", Sounds: []*Sound{NewSound(sine(1500, 300*time.Millisecond))}, Loop: true}
	first.Arrange([]Hearing{{Leg: "ann", Play: music}, {Leg: "bob"}})
	eventually(t, "ann hears the music", func() bool { return ann.hears(1500) })

	second.Arrange([]Hearing{{Leg: "ann", From: "eve"}, {Leg: "eve", From: "ann"}})
	eventually(t, "ann hears eve", func() bool { return ann.hears(1000) })
	eventually(t, "eve hears ann", func() bool { return eve.hears(440) })
	if w := annLeg.home.Load(); w != second.worker {
		t.Errorf("ann did not move to the room's worker")
	}
	bob.forget()

	prompt := &Play{Tag: "prompt", Sounds: []*Sound{NewSound(sine(1500, 100*time.Millisecond)), NewSound(sine(1500, 150*time.Millisecond))}}
	second.Arrange([]Hearing{{Leg: "ann", Play: prompt}, {Leg: "eve", From: "ann"}})
	eventually(t, "the prompt ends", func() bool { return heard.has(PlayEnded{Leg: "ann", Tag: "prompt"}) })
	first.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "ann hears bob again", func() bool { return ann.hears(700) })
	checkContinuous(t, ann.packets())

	first.Arrange(nil)
	eventually(t, "ann hears nothing", func() bool {
		ann.forget()
		eve.say(sine(1000, 20*time.Millisecond))
		bob.say(sine(700, 20*time.Millisecond))
		return annLeg.Stats().PacketsIn > 0 && silentFor(ann, 100*time.Millisecond)
	})
}

func silentFor(p *phone, d time.Duration) bool {
	<-time.After(d)
	return len(p.packets()) == 0
}

func TestSourceThatMovesAwayFallsSilent(t *testing.T) {
	e := openEngine(t, 2)
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMU)
	ann.dial(e, "ann", nil)
	bob.dial(e, "bob", nil)
	bob.hum(700)
	first, second := e.OpenRoom("first"), e.OpenRoom("second")
	first.Arrange([]Hearing{{Leg: "ann", From: "bob"}})
	eventually(t, "ann hears bob", func() bool { return ann.hears(700) })
	second.Arrange([]Hearing{{Leg: "bob"}})
	eventually(t, "ann hears nothing", func() bool { ann.forget(); return silentFor(ann, 100*time.Millisecond) })
}

func TestPlayOfTheSameTagGoesOn(t *testing.T) {
	e := openEngine(t, 1)
	heard := &log{}
	ann := newPhone(t, PCMU)
	ann.dial(e, "ann", heard.hear)
	room := e.OpenRoom("call")
	// Half a second of 500 Hz, then 1500 Hz: a restart would bring the 500 Hz back.
	sounds := []*Sound{NewSound(sine(500, 500*time.Millisecond)), NewSound(sine(1500, 500*time.Millisecond))}
	play := func() []Hearing {
		return []Hearing{{Leg: "ann", Play: &Play{Tag: "greeting", Sounds: sounds}}}
	}
	room.Arrange(play())
	eventually(t, "half is played", func() bool { return len(ann.packets()) >= 26 })
	room.Arrange(play())
	eventually(t, "it ends", func() bool { return heard.has(PlayEnded{"ann", "greeting"}) })
	room.Arrange(play())
	eventually(t, "all of it arrives", func() bool { return len(ann.packets()) >= 50 })
	got := ann.packets()
	if len(got) != 50 {
		t.Errorf("played %d packets, want 50", len(got))
	}
	checkContinuous(t, got)
	if !got[0].marker || got[1].marker {
		t.Errorf("marker of the first packets is %v %v, want true false", got[0].marker, got[1].marker)
	}
	if hz, _ := (Ear{}).Dominant(ann.heard(20)); math.Abs(hz-1500) > 5 {
		t.Errorf("ends with %.0f Hz, want 1500", hz)
	}
}

func TestPipeToSocket(t *testing.T) {
	e := openEngine(t, 2)
	phone := newPhone(t, PCMA)
	phone.dial(e, "phone", nil)
	written := make(chan []byte, 1000)
	pipe, err := e.OpenPipe("browser", func(b []byte) { written <- append([]byte(nil), b...) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	pipe.Agree(Terms{Codec: PCMU, PayloadType: 0, EventType: 110, Send: true, Receive: true})
	room := e.OpenRoom("call")
	room.Arrange([]Hearing{{Leg: "phone", From: "browser"}, {Leg: "browser", From: "phone"}})
	phone.hum(440)
	var pcm []int16
	for len(pcm) < 3200 {
		_, payload, _ := parseRTP(<-written)
		pcm = Expand(PCMU, pcm, payload)
	}
	if hz, _ := (Ear{}).Dominant(pcm); math.Abs(hz-440) > 5 {
		t.Errorf("browser hears %.0f Hz, want 440", hz)
	}
	tone, h := sine(700, time.Second), header{ssrc: 7}
	clock := time.NewTicker(20 * time.Millisecond)
	defer clock.Stop()
	for i := 0; i < 50; i++ {
		<-clock.C
		b := make([]byte, headerSize)
		h.put(b)
		pipe.Receive(Compress(PCMU, b, tone[i*160:(i+1)*160]))
		h.sequence, h.timestamp = h.sequence+1, h.timestamp+160
	}
	eventually(t, "phone hears 700 Hz", func() bool { return phone.hears(700) })
	pipe.Close()
	pipe.Receive(make([]byte, 20))
}

// TestMovesUnderLoad has legs change rooms as fast as they can while packets flow, for the race detector.
func TestMovesUnderLoad(t *testing.T) {
	e := openEngine(t, 3)
	var names []id.Leg
	for i := range 6 {
		p := newPhone(t, PCMU)
		name := id.Leg(fmt.Sprint("leg", i))
		p.dial(e, name, nil)
		p.hum(400 + 100*float64(i))
		names = append(names, name)
	}
	rooms := []*Room{e.OpenRoom("a"), e.OpenRoom("b"), e.OpenRoom("c")}
	for i, r := range rooms {
		r.worker = e.workers[i]
	}
	for i := range 600 {
		a, b := names[i%6], names[(i*5+1)%6]
		rooms[i%3].Arrange([]Hearing{{Leg: a, From: b}, {Leg: b, From: a}})
	}
	last := newPhone(t, PCMA)
	last.dial(e, "last", nil)
	rooms[0].Arrange([]Hearing{{Leg: "last", From: names[3]}})
	eventually(t, "the last arrangement counts", func() bool { return last.hears(700) })
	for _, r := range rooms {
		r.Close()
	}
}

// TestFloodDoesNotStarveTheRest sends as fast as the machine can to one leg, which also brings the worker to its tick.
func TestFloodDoesNotStarveTheRest(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob, eve := newPhone(t, PCMU), newPhone(t, PCMU), newPhone(t, PCMU)
	ann.dial(e, "ann", nil)
	leg := bob.dial(e, "bob", nil)
	flooded := eve.dial(e, "eve", nil)
	eve.gone.Go(func() {
		frame := sine(1000, 20*time.Millisecond)
		for {
			select {
			case <-eve.stop:
				return
			default:
				eve.say(frame)
			}
		}
	})
	eventually(t, "the flood is taken", func() bool { return flooded.Stats().PacketsIn > 2000 })
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	bob.hum(700)
	eventually(t, "they talk", func() bool { return ann.hears(700) && bob.hears(440) })
	leg.SendDigit("1", 0)
	eventually(t, "a digit comes", func() bool { return len(digitsIn(bob.packets())) == 7 })
	eve.close()
	bob.forget()
	eventually(t, "they talk still", func() bool { return bob.hears(440) })
	checkContinuous(t, bob.packets())
}
