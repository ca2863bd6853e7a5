package media

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/amd"
	"parley/internal/id"
)

func TestConferenceHearsAllButItself(t *testing.T) {
	for _, codecs := range [][]Codec{
		{PCMU, PCMU, PCMU}, {PCMU, PCMA, G722, G722}, spoken(), {Opus, Opus, Opus}, {PCMU, PCMA, PCMU, PCMA, PCMU},
	} {
		t.Run(fmt.Sprintf("%v", codecs), func(t *testing.T) {
			c := newChoir(t, codecs...)
			var legs []id.Leg
			for i := range codecs {
				legs = append(legs, id.Leg(rune('a'+i)))
			}
			c.arrange(all(legs...)...)
			c.sing(15)
			c.forget()
			c.sing(40)
			for _, ear := range legs {
				for _, voice := range legs {
					got, want := c.strength(ear, voice), 1.0
					if ear == voice {
						want = 0
					}
					if math.Abs(got-want) > 0.12 {
						t.Errorf("%s hears %s at %.2f of its strength, want %.0f", ear, voice, got, want)
					}
				}
				checkContinuous(t, c.singers[ear].got)
			}
			if len(c.room.mixes) != 1 {
				t.Errorf("%d mixes are made, want one for all", len(c.room.mixes))
			}
		})
	}
}

// TestScenes is every way in which a supervisor, a colleague or a customer may be heard; x is the customer, a the agent.
func TestScenes(t *testing.T) {
	s := func(legs ...id.Leg) (all []Source) {
		for _, l := range legs {
			all = append(all, Source{Leg: l})
		}
		return all
	}
	for _, scene := range []struct {
		name     string
		hearings []Hearing
		want     string
	}{
		{"two talk", []Hearing{{Leg: "a", From: "b"}, {Leg: "b", From: "a"}}, "a:b b:a c: d:"},
		{"c listens", []Hearing{{Leg: "a", From: "b"}, {Leg: "b", From: "a"}, {Leg: "c", Mix: s("a", "b")}}, "a:b b:a c:ab d:"},
		{"c coaches a", []Hearing{{Leg: "a", Mix: s("b", "c")}, {Leg: "b", From: "a"}, {Leg: "c", Mix: s("a", "b")}}, "a:bc b:a c:ab d:"},
		{"c barges in", all("a", "b", "c"), "a:bc b:ac c:ab d:"},
		{"c barges in, d listens", append(all("a", "b", "c"), Hearing{Leg: "d", Mix: s("a", "b", "c")}), "a:bc b:ac c:ab d:abc"},
		{"c is muted", []Hearing{{Leg: "a", From: "b"}, {Leg: "b", From: "a"}, {Leg: "c", Mix: s("a", "b")}}, "a:b b:a c:ab d:"},
		{"b is held by three", all("a", "c", "d"), "a:cd b: c:ad d:ac"},
		{"d coaches a in a conference", []Hearing{
			{Leg: "a", Mix: s("b", "c", "d")}, {Leg: "b", Mix: s("a", "c")}, {Leg: "c", Mix: s("a", "b")}, {Leg: "d", Mix: s("a", "b", "c")},
		}, "a:bcd b:ac c:ab d:abc"},
		{"all talk", all("a", "b", "c", "d"), "a:bcd b:acd c:abd d:abc"},
	} {
		t.Run(scene.name, func(t *testing.T) {
			for _, codecs := range [][]Codec{{PCMU, PCMU, PCMU, PCMU}, {PCMA, PCMU, G722, G722}} {
				c := newChoir(t, codecs...)
				c.arrange(scene.hearings...)
				c.check(fmt.Sprintf("%v", codecs), scene.want)
			}
		})
	}
}

func TestMembersComeAndGoWithoutAClick(t *testing.T) {
	c := newChoir(t, PCMU, PCMU, PCMU, G722)
	two := []Hearing{{Leg: "a", From: "b"}, {Leg: "b", From: "a"}}
	steps := []struct {
		name     string
		hearings []Hearing
		want     string
	}{
		{"three", all("a", "b", "c"), "a:bc b:ac c:ab d:"},
		{"d joins", all("a", "b", "c", "d"), "a:bcd b:acd c:abd d:abc"},
		{"b is muted", []Hearing{
			{Leg: "a", Mix: []Source{{Leg: "c"}, {Leg: "d"}}}, {Leg: "b", Mix: []Source{{Leg: "a"}, {Leg: "c"}, {Leg: "d"}}},
			{Leg: "c", Mix: []Source{{Leg: "a"}, {Leg: "d"}}}, {Leg: "d", Mix: []Source{{Leg: "a"}, {Leg: "c"}}},
		}, "a:cd b:acd c:ad d:ac"},
		{"b is back", all("a", "b", "c", "d"), "a:bcd b:acd c:abd d:abc"},
		{"d leaves", all("a", "b", "c"), "a:bc b:ac c:ab d:"},
		{"c leaves", two, "a:b b:a c: d:"},
		{"c is back", all("a", "b", "c"), "a:bc b:ac c:ab d:"},
	}
	var got []packet
	for _, step := range steps {
		c.arrange(step.hearings...)
		c.check(step.name, step.want)
		got = append(got, c.singers["a"].got...)
	}
	if len(got) < 100 {
		t.Fatalf("a got %d packets", len(got))
	}
}

// TestChangeIsSmooth mutes a loud voice in the middle of a wave, and looks at the steps between samples.
func TestChangeIsSmooth(t *testing.T) {
	for i := range 7 {
		c := newChoir(t, PCMU, PCMU, PCMU)
		c.singers["b"].hertz, c.singers["c"].gain = 410, 0
		c.arrange(all("a", "b", "c")...)
		c.sing(20 + i)
		c.arrange(Hearing{Leg: "a", Mix: []Source{{Leg: "c"}, {Leg: "b", Gain: 0.001}}}, Hearing{Leg: "b", Mix: []Source{{Leg: "a"}, {Leg: "c"}}})
		c.sing(10)
		pcm := c.singers["a"].heard
		steepest := 0
		for i := 1; i < len(pcm); i++ {
			steepest = max(steepest, int(math.Abs(float64(pcm[i])-float64(pcm[i-1]))))
		}
		if limit := 1290 + 500; steepest > limit {
			t.Errorf("a step of %d between two samples; the voice itself has %d", steepest, limit)
		}
		checkContinuous(t, c.singers["a"].got)
	}
}

func TestAnnouncementOverTheCall(t *testing.T) {
	beep := func() *Play { return &Play{Tag: "beep", Sounds: []*Sound{NewSound(sine(3000, 2*time.Second))}} }
	for _, c := range []struct {
		name     string
		hearings []Hearing
		want     string
		beeps    string
	}{
		{"over two", []Hearing{{Leg: "a", From: "b", Play: beep(), Over: true}, {Leg: "b", From: "a"}}, "a:b b:a c:", "a"},
		{"over three", []Hearing{{Leg: "a", Mix: []Source{{Leg: "b"}, {Leg: "c"}}, Play: beep(), Over: true}, {Leg: "b", Mix: []Source{{Leg: "a"}, {Leg: "c"}}, Play: beep(), Over: true}, {Leg: "c", Mix: []Source{{Leg: "a"}, {Leg: "b"}}}}, "a:bc b:ac c:ab", "ab"},
		{"instead", []Hearing{{Leg: "a", From: "b", Play: beep()}, {Leg: "b", From: "a"}}, "a: b:a c:", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, codecs := range [][]Codec{{PCMU, PCMU, PCMU}, {G722, PCMA, G722}} {
				choir := newChoir(t, codecs...)
				choir.arrange(c.hearings...)
				choir.check(fmt.Sprintf("%v", codecs), c.want)
				beeps := ""
				for _, name := range []id.Leg{"a", "b", "c"} {
					s := choir.singers[name]
					if (Ear{Rate: s.decoder.Rate()}).Strength(s.heard, 3000) > 0.1 {
						beeps += string(name)
					}
				}
				if beeps != c.beeps {
					t.Errorf("the beep reaches %q, want %q", beeps, c.beeps)
				}
			}
		})
	}
}

func TestGains(t *testing.T) {
	c := newChoir(t, PCMU, PCMU, PCMU)
	c.arrange(Hearing{Leg: "a", Mix: []Source{{Leg: "b", Gain: 0.25}, {Leg: "c", Gain: 2}}})
	c.sing(10)
	c.forget()
	c.sing(30)
	if b, x := c.strength("a", "b"), c.strength("a", "c"); math.Abs(b-0.25) > 0.03 || math.Abs(x-2) > 0.1 {
		t.Errorf("b sounds at %.2f and c at %.2f, want 0.25 and 2", b, x)
	}
}

func TestTalkIsTold(t *testing.T) {
	c := newChoir(t, PCMU, PCMU, PCMU)
	c.singers["b"].gain, c.singers["c"].gain = 0, 0.001
	c.arrange(all("a", "b", "c")...)
	c.sing(50)
	told := func(name id.Leg) string {
		said, record := "", make([]byte, 100)
		l := c.singers[name].leg
		for l.events != nil {
			n := l.events.take(record)
			if n < 1 {
				break
			}
			if e, is := l.event(record[:n]).(Talking); is {
				said += map[bool]string{true: "+", false: "-"}[e.On]
			}
		}
		return said
	}
	c.singers["a"].gain, c.singers["b"].gain = 0, 1
	c.sing(60)
	c.singers["b"].gain = 0
	c.sing(3)
	c.singers["b"].gain = 1
	c.sing(10)
	if a, b, quiet := told("a"), told("b"), told("c"); a != "+-" || b != "+" || quiet != "" {
		t.Errorf("a %q, b %q, c %q, want +-, + and nothing", a, b, quiet)
	}
	c.arrange(Hearing{Leg: "a", From: "b"}, Hearing{Leg: "b", From: "a"})
	if b := told("b"); b != "-" {
		t.Errorf("out of the mix b is %q, want -", b)
	}
}

func TestPathIsTold(t *testing.T) {
	c := newChoir(t, PCMU, G722, PCMA)
	c.arrange(Hearing{Leg: "a", From: "b"}, Hearing{Leg: "b", From: "a"})
	c.sing(10)
	for name, want := range map[id.Leg]string{
		"a": "G722/16k → jitter 0 ms → 8k → PCMU/8k", "b": "PCMU/8k → jitter 0 ms → 8k → G722 of 8k", "c": "nothing → PCMA/8k",
	} {
		got := c.singers[name].leg.Path()
		if i := strings.Index(got, "jitter "); i >= 0 {
			got = got[:i+7] + "0" + got[i+7+strings.Index(got[i+7:], " ms"):]
		}
		if got != want {
			t.Errorf("path of %s: %s, want %s", name, got, want)
		}
	}
	c.arrange(all("a", "b", "c")...)
	c.sing(1)
	if path := c.room.String(); !strings.Contains(path, "mix of 3 at 8k without self") || strings.Count(path, "\n") != 2 {
		t.Errorf("the room says %s", path)
	}
}

// TestEveryStageIsTold has a play, a mix, what is listened for, what is removed and a recording in one call.
func TestEveryStageIsTold(t *testing.T) {
	c := newChoir(t, PCMU, G722, PCMA)
	c.agree("a", Terms{Codec: PCMU, InBand: true, Send: true, Receive: true})
	music := &Play{Tag: "hold:default", Sounds: []*Sound{NewWideSound(twoNotes())}, Loop: true}
	c.arrange(Hearing{Leg: "a", Mix: []Source{{Leg: "b"}, {Leg: "c", Gain: 0.5}}, Keyed: true},
		Hearing{Leg: "b", From: "a", Detect: &amd.Settings{}}, Hearing{Leg: "c", Play: music})
	c.room.Record(Recording{ID: "r1", Path: t.TempDir() + "/r1", Customer: []id.Leg{"a"}, Others: []id.Leg{"b", "c"}})
	c.w.serveReady()
	c.sing(10)
	told := c.room.String()
	for _, stage := range []string{
		"c hears play hold:default at 16k in a loop → PCMA/8k",
		"a hears mix of 2 at 8k without self (b: G722/16k → jitter ", "→ answering machine heard → recorded; c: PCMA/8k → jitter ", "×0.5) → PCMU/8k",
		"→ 8k → digits removed → digits heard → recorded → G722 of 8k",
		"recording r1 takes [a: PCMU] on channel 0 [b: G722; c: PCMA] on channel 1 → timed, losses made up → 8k",
	} {
		if !strings.Contains(told, stage) {
			t.Errorf("%q is not told in\n%s", stage, told)
		}
	}
	c.room.Close()
	if told := c.room.String(); told != "" {
		t.Errorf("the closed room says %s", told)
	}
}

// TestWideMembersHearWide has two wide members and a narrow one in a conference: the wide ones hear each other above
// 4 kHz, the narrow one what fits, and all hear it.
func TestWideMembersHearWide(t *testing.T) {
	for _, codecs := range [][]Codec{{G722, G722, PCMU}, {Opus, G722, PCMA}, {Opus, Opus, Opus}} {
		t.Run(fmt.Sprintf("%v", codecs), func(t *testing.T) {
			c := newChoir(t, codecs...)
			c.singers["a"].hertz, c.singers["b"].hertz, c.singers["c"].hertz = 6000, 5200, 900
			c.arrange(all("a", "b", "c")...)
			c.sing(15)
			c.forget()
			c.sing(40)
			for _, pair := range [][2]id.Leg{{"a", "b"}, {"b", "a"}, {"a", "c"}, {"b", "c"}} {
				if got := c.strength(pair[0], pair[1]); math.Abs(got-1) > 0.3 {
					t.Errorf("%s hears %s at %.2f of its strength", pair[0], pair[1], got)
				}
			}
			narrow := c.singers["c"]
			if ear := (Ear{}); codecs[2].Rate() == SampleRate && (ear.Strength(narrow.heard, 2000) > 0.004 || ear.Strength(narrow.heard, 2800) > 0.004) {
				t.Error("what is above 4 kHz folds into the narrow member's sound")
			}
		})
	}
}

// TestMixesMoveUnderLoad has legs of all codecs change between rooms on different workers, alone, in pairs and in
// conferences, as fast as they can while packets flow, for the race detector.
func TestMixesMoveUnderLoad(t *testing.T) {
	e := openEngine(t, 3)
	var names []id.Leg
	var legs []*Leg
	var phones []*phone
	for i := range 8 {
		p := newPhone(t, spoken()[i%len(spoken())])
		name := id.Leg(fmt.Sprint("leg", i))
		legs = append(legs, p.dial(e, name, nil))
		p.hum(400 + 150*float64(i))
		names, phones = append(names, name), append(phones, p)
	}
	rooms := []*Room{e.OpenRoom("a"), e.OpenRoom("b"), e.OpenRoom("c")}
	for i, r := range rooms {
		r.worker = e.workers[i]
	}
	for i := range 400 {
		var some []id.Leg
		for k := range 2 + i%4 {
			some = append(some, names[(i*3+k*(1+i%2))%8])
		}
		slices.Sort(some)
		hearings := all(slices.Compact(some)...)
		hearings[0].Keyed = i%7 == 0
		rooms[i%3].Arrange(hearings)
		if i%10 == 0 {
			legs[i%8].Agree(phones[i%8].terms())
			_ = rooms[(i+1)%3].String()
		}
	}
	rooms[0].Arrange(all(names[0], names[2], names[5]))
	eventually(t, "the last arrangement counts", func() bool {
		pcm := phones[2].heard(25)
		ear := Ear{Rate: phones[2].codec.Rate()}
		return len(pcm) > 0 && ear.Strength(pcm, 400) > 0.05 && ear.Strength(pcm, 400+150*5) > 0.05 && ear.Strength(pcm, 700) < 0.02
	})
	for _, r := range rooms {
		r.Close()
	}
}
