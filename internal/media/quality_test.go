package media

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/quality"
)

// samples are those that a leg was told of so far.
func (l *log) samples() (all []Sampled) {
	for _, e := range l.all() {
		if s, ok := e.(Sampled); ok {
			all = append(all, s)
		}
	}
	return all
}

// TestSampleTellsLoss has one packet in ten kept from an engine, which must measure that.
func TestSampleTellsLoss(t *testing.T) {
	e := openEngine(t, 1)
	var told log
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMU)
	a, b := ann.dial(e, "ann", told.hear), bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	dice := rand.New(rand.NewPCG(1, 2))
	now := time.Now()
	a.observe(now) // the first look: nothing yet
	for i := range 250 {
		if dice.IntN(10) == 0 {
			ann.next.sequence++
			ann.next.timestamp += 160
		} else {
			ann.say(sine(440, 20*time.Millisecond))
		}
		bob.say(sine(440, 20*time.Millisecond))
		if i%50 == 49 {
			eventually(t, "the packets are taken", func() bool { return b.Stats().PacketsIn == uint64(i+1) })
		}
	}
	eventually(t, "all is sent", func() bool { return a.Stats().PacketsOut == 250 })
	s := a.sample(now)
	if s.Here.Packets < 245 || s.Here.Loss < 6 || s.Here.Loss > 14 || s.Here.MOS > 4.2 {
		t.Errorf("here %v", s.Here)
	}
	if s.Here.Causes()&quality.Loss == 0 {
		t.Errorf("it suffers from %v", s.Here.Causes())
	}
	if s.Path == "" {
		t.Error("the path is not told")
	}
	if again := a.sample(now); again.Here.Packets != 0 || again.Path != s.Path {
		t.Errorf("nothing came since, and the sample says %+v", again)
	}
}

// TestSurveyTells hears samples and one-way audio from a leg in real time.
func TestSurveyTells(t *testing.T) {
	e := openEngine(t, 1)
	var told log
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMU)
	ann.dial(e, "ann", told.hear)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	bob.hum(440) // and ann says nothing
	eventually(t, "one-way audio is found", func() bool { return told.has(OneWay{Leg: "ann", Here: true}) })
	ann.hum(880)
	eventually(t, "it is over", func() bool { return told.has(OneWay{Leg: "ann"}) })
	eventually(t, "a sample comes", func() bool {
		for _, s := range told.samples() {
			if s.Here.Packets > 0 && s.Here.Loss == 0 && s.Here.MOS > 4 {
				return true
			}
		}
		return false
	})
}

// TestPathIsToldWhenItChanges hears of another way within a second or so, not with the next sample.
func TestPathIsToldWhenItChanges(t *testing.T) {
	e := openEngine(t, 1)
	var told log
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMA)
	ann.dial(e, "ann", told.hear)
	bob.dial(e, "bob", nil)
	r := e.OpenRoom("call")
	last := func() (path string) {
		for _, s := range told.samples() {
			path = s.Path
		}
		return path
	}
	r.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "the way from bob is told", func() bool { return last() == "PCMA/8k → PCMU/8k" })
	r.Arrange([]Hearing{{Leg: "ann"}, {Leg: "bob"}})
	began := time.Now()
	eventually(t, "that she hears nothing is told", func() bool { return last() == "nothing → PCMU/8k" })
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("it took %s", took)
	}
	n := len(told.samples())
	eventually(t, "two more looks", func() bool { return time.Since(began) > 3*time.Second })
	if more := told.samples()[n:]; len(more) > 0 {
		t.Errorf("nothing has changed, and it was told %+v", more)
	}
	if paths := r.Paths(); paths["ann"] != "nothing → PCMU/8k" || len(paths) != 2 {
		t.Errorf("the room tells %v", paths)
	}
}

// TestPlayedMakesSamplesWorse tells what only a browser knows: packets that came too late there, and its buffer.
func TestPlayedMakesSamplesWorse(t *testing.T) {
	_, ann, _ := bare(t)
	report := func(sent uint64, p Playout) quality.Sample {
		ann.sending.sequence = uint16(sent)
		ann.counted.packetsOut.Store(sent)
		ann.reported(Report{Highest: uint32(sent)})
		ann.Played(p)
		return ann.sample(time.Now()).There
	}
	report(100, Playout{Discarded: 5})
	plain := report(350, Playout{Discarded: 5})
	late := report(600, Playout{Discarded: 30, Buffer: 80 * time.Millisecond})
	if plain.Loss != 0 || late.Loss != 10 || late.Packets != 250 || late.MOS >= plain.MOS {
		t.Errorf("%v and then %v", plain, late)
	}
	if late.Delay != 100*time.Millisecond {
		t.Errorf("the delay is %s", late.Delay)
	}
	if back := report(850, Playout{Discarded: 2, Buffer: time.Hour}); back.Packets != 250 || back.Loss != 0 || back.Delay > 11*time.Second {
		t.Errorf("a page that lies makes %v", back)
	}
}

// TestDistant takes reports of a far side that loses packets, and of one that misses only what we never had.
func TestDistant(t *testing.T) {
	tests := []struct {
		name           string
		first, second  Report
		sequences      [2]uint16
		sent           [2]uint64
		expected, gone int64
	}{
		{"nothing lost", Report{Highest: 100}, Report{Highest: 350}, [2]uint16{110, 360}, [2]uint64{10, 260}, 250, 0},
		{"a tenth lost", Report{Highest: 100, Lost: 3}, Report{Highest: 350, Lost: 28}, [2]uint16{110, 360}, [2]uint64{10, 260}, 250, 25},
		{"holes of the source", Report{Highest: 100}, Report{Highest: 350, Lost: 25}, [2]uint16{110, 360}, [2]uint64{10, 235}, 225, 0},
		{"numbers wrap", Report{Highest: 65500}, Report{Highest: 65750}, [2]uint16{65510, 224}, [2]uint64{10, 260}, 250, 0},
		{"another stream", Report{Highest: 900}, Report{Highest: 350}, [2]uint16{910, 360}, [2]uint64{10, 260}, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var d distant
			d.take(test.first, test.sequences[0], test.sent[0])
			d.take(test.second, test.sequences[1], test.sent[1])
			if d.expected != test.expected || d.gone != test.gone {
				t.Errorf("%d expected and %d gone, want %d and %d", d.expected, d.gone, test.expected, test.gone)
			}
		})
	}
}

// TestGaugeCostsNoMemory looks at packets as a worker does.
func TestGaugeCostsNoMemory(t *testing.T) {
	_, ann, _ := bare(t)
	payload := Compress(PCMU, nil, make([]int16, 160))
	if n := testing.AllocsPerRun(100, func() {
		ann.gauge.arrive(ann.terms.Codec, holdsSound, payload)
		ann.reported(Report{Highest: 7, Lost: 1})
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
	if ann.gauge.sounding.Load() != 0 {
		t.Error("exact zero counts as sound")
	}
}

// TestReportsMakeSamples reads report blocks of a far side that loses a fifth of what it is sent.
func TestReportsMakeSamples(t *testing.T) {
	w, ann, _ := bare(t)
	report := func(lost, highest uint32) {
		block := make([]byte, 24)
		binary.BigEndian.PutUint32(block, ann.sending.ssrc)
		binary.BigEndian.PutUint32(block[4:], lost)
		binary.BigEndian.PutUint32(block[8:], highest)
		binary.BigEndian.PutUint32(block[12:], 80) // 10 ms
		w.readBlock(ann, block)
	}
	ann.sending.sequence = 1000
	ann.counted.packetsOut.Store(100)
	report(0, 990)
	ann.sending.sequence = 1250
	ann.counted.packetsOut.Store(350)
	report(50, 1240)
	if got := ann.gauge.reached.Load(); got != 340 {
		t.Errorf("%d packets reached the far side, want 340", got)
	}
	s := ann.sample(time.Now()).There
	if s.Packets != 250 || s.Loss != 20 || s.Jitter != 10*time.Millisecond || s.Direction != quality.To {
		t.Errorf("there %v", s)
	}
}
