package media

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/amd"
	"parley/internal/dtmf/voices"
	"parley/internal/tone"
)

// answered is what a called party says, and what it is.
type answered struct {
	text string
	want amd.Verdict
	beep bool // after it
}

var answers = []answered{
	{"Hello?", amd.Human, false}, {"Good morning, Miller speaking.", amd.Human, false}, {"Peter Baker, hello.", amd.Human, false},
	{"Smith and Sons, how can I help you?", amd.Human, false},
	{"Hello, this is Anna. I cannot come to the phone right now. Please leave a message after the tone.", amd.Machine, true},
	{"You have reached the voice mail of extension four one two. At the tone, please record your message.", amd.Machine, true},
	{"The person you are calling is not available at the moment. Please try again later, or leave a message.", amd.Machine, false},
}

// sound is the answer of a voice at WideRate, as of a line with some noise, and when its beep ends.
func (a answered) sound(t *testing.T, v voices.Voice) (pcm []int16, beepEnds time.Duration) {
	t.Helper()
	said, err := v.Say(t.Context(), a.text)
	if err != nil {
		t.Fatal(err)
	}
	loud := func(x int16) bool { return x > 250 || x < -250 }
	first, last := slices.IndexFunc(said, loud), len(said)
	for !loud(said[last-1]) {
		last--
	}
	narrow := slices.Concat(make([]int16, 3200), said[first:last], make([]int16, 4000))
	if a.beep {
		narrow = append(narrow, sine(1000, 400*time.Millisecond)...)
		beepEnds = timeOf(int64(len(narrow)))
	}
	narrow = append(narrow, make([]int16, 2*SampleRate)...)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range narrow {
		narrow[i] = clamp(int32(narrow[i]) + int32(random.NormFloat64()*40))
	}
	return atRate(narrow, SampleRate, WideRate), beepEnds
}

// findings are what a leg told of who answered.
func findings(l *Leg) (all []amd.Signal) {
	record := make([]byte, 200)
	for l.events != nil {
		n := l.events.take(record)
		if n < 1 {
			return all
		}
		if e, is := l.event(record[:n]).(AnswererHeard); is {
			all = append(all, e.Signal)
		}
	}
	return all
}

// TestAnswererIsFoundOnALeg lets people and machines answer on a leg of each codec, in a call that goes on meanwhile, and
// prints how often it is wrong.
func TestAnswererIsFoundOnALeg(t *testing.T) {
	type key struct {
		answer answered
		voice  voices.Voice
	}
	type made struct {
		pcm      []int16
		beepEnds time.Duration
	}
	said := map[key]made{}
	for _, a := range answers {
		for _, v := range voices.All()[:4] {
			pcm, beepEnds := a.sound(t, v)
			said[key{a, v}] = made{pcm, beepEnds}
		}
	}
	for _, one := range spoken() {
		t.Run(one.String(), func(t *testing.T) {
			var missedPeople, people, missedMachines, machines, missedBeeps, beeps, falseBeeps int
			for k, s := range said {
				a := k.answer
				verdict, beep, once := judge(answeredBy(t, one, s.pcm))
				if once != 1 {
					t.Errorf("%d verdicts on %q", once, a.text)
				}
				if a.want == amd.Human {
					people++
					missedPeople += count(verdict.Verdict != amd.Human)
				} else {
					machines++
					missedMachines += count(verdict.Verdict != amd.Machine)
				}
				if a.beep {
					beeps++
					missedBeeps += count((beep - s.beepEnds).Abs() > 150*time.Millisecond) // the jitter buffer is part of it
				} else {
					falseBeeps += count(beep > 0)
				}
				if verdict.Verdict != a.want {
					t.Logf("%s, %q: %v (%s) at %v", k.voice.Name, a.text, verdict.Verdict, verdict.Reason, verdict.At)
				}
			}
			t.Logf("%d of %d people and %d of %d machines missed, %d of %d beeps missed, %d false beeps",
				missedPeople, people, missedMachines, machines, missedBeeps, beeps, falseBeeps)
			if missedPeople > 1 || missedMachines > 1 || missedBeeps > 0 || falseBeeps > 0 {
				t.Error("too many are wrong")
			}
		})
	}
}

// answeredBy is what is found on a leg in a call when it sends a sound.
func answeredBy(t *testing.T, one Codec, wide []int16) []amd.Signal {
	c := newChoir(t, one, PCMU)
	c.arrange(Hearing{Leg: "a", From: "b", Detect: &amd.Settings{}}, Hearing{Leg: "b", From: "a"})
	c.singers["b"].gain = 0
	c.singSound("a", atRate(wide, WideRate, c.singers["a"].encoder.Rate()))
	return findings(c.singers["a"].leg)
}

// TestTonesOfTheNetworkAreNoBeep has an exchange's tones come from a leg that counts as answered: they are
// nobody's voice, either.
func TestTonesOfTheNetworkAreNoBeep(t *testing.T) {
	for _, country := range []string{"US", "DE", "GB", "FR"} {
		for _, kind := range []tone.Kind{tone.Ringback, tone.Busy, tone.Congestion} {
			period := tone.Of(kind, country).Sound(WideRate)
			pcm := slices.Repeat(period, 8*WideRate/len(period)+1)
			verdict, beep, _ := judge(answeredBy(t, PCMU, pcm))
			if beep > 0 || verdict.Verdict != amd.Unsure {
				t.Errorf("%v of %s: %v (%s), a beep at %v", kind, country, verdict.Verdict, verdict.Reason, beep)
			}
		}
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// judge sorts findings: the verdict, when the first beep ended, and how many verdicts came.
func judge(found []amd.Signal) (verdict amd.Signal, beep time.Duration, verdicts int) {
	for _, s := range found {
		switch {
		case s.Kind == amd.Decided:
			verdict = s
			verdicts++
		case s.Kind == amd.BeepEnded && beep == 0:
			beep = s.At
		}
	}
	return verdict, beep, verdicts
}

// TestDetectionGoesOnWithTheArrangements changes what is heard meanwhile: the same detection goes on, it ends when it is
// no longer wanted, and a call that did not ask has none.
func TestDetectionGoesOnWithTheArrangements(t *testing.T) {
	c := newChoir(t, PCMU, PCMU)
	a := c.singers["a"].leg
	c.singers["a"].gain, c.singers["b"].gain = 0, 0
	c.arrange(Hearing{Leg: "a", From: "b"}, Hearing{Leg: "b", From: "a"})
	c.sing(150)
	if a.voice != nil || len(findings(a)) != 0 {
		t.Fatal("something is detected although nobody asked")
	}
	limits := &amd.Settings{InitialSilence: 2 * time.Second}
	c.arrange(Hearing{Leg: "a", From: "b", Detect: limits}, Hearing{Leg: "b", From: "a"})
	first := a.answerer
	c.sing(75)
	c.arrange(Hearing{Leg: "a", Detect: &amd.Settings{InitialSilence: 2 * time.Second}}, Hearing{Leg: "b", From: "a"})
	if a.answerer != first || first == nil {
		t.Error("the detection began anew")
	}
	if path := a.entry(); !strings.Contains(path, "answering machine heard") {
		t.Errorf("the path is %s", path)
	}
	c.sing(30)
	got := findings(a)
	want := amd.Signal{Kind: amd.Decided, Verdict: amd.Unsure, Reason: amd.Silence, At: 2 * time.Second}
	if len(got) != 1 || got[0] != want {
		t.Errorf("told %+v, want %+v", got, want)
	}
	c.arrange(Hearing{Leg: "a", Detect: &amd.Settings{}}, Hearing{Leg: "b", From: "a"})
	if a.answerer == first {
		t.Error("other limits change nothing")
	}
	c.arrange(Hearing{Leg: "a", From: "b"}, Hearing{Leg: "b", From: "a"})
	c.sing(150)
	if a.answerer != nil || a.voice != nil || len(findings(a)) != 0 {
		t.Error("the detection does not end")
	}
}

// TestMachineOnASocket has a machine answer in real time, through sockets and workers.
func TestMachineOnASocket(t *testing.T) {
	e, heard := openEngine(t, 2), &log{}
	ann, bob := newPhone(t, PCMA), newPhone(t, PCMU)
	ann.dial(e, "ann", heard.hear)
	bob.dial(e, "bob", nil)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob", Detect: &amd.Settings{}}, {Leg: "bob", From: "ann"}})
	pcm, _ := answers[4].sound(t, voices.All()[0])
	ann.speak(atRate(pcm, WideRate, SampleRate))
	verdict, beep := amd.Signal{}, amd.Signal{}
	eventually(t, "the machine's beep is over", func() bool {
		for _, e := range heard.all() {
			switch a, is := e.(AnswererHeard); {
			case is && a.Kind == amd.Decided:
				verdict = a.Signal
			case is && a.Kind == amd.BeepEnded:
				beep = a.Signal
			}
		}
		return beep.At > 0
	})
	if verdict.Verdict != amd.Machine || verdict.Reason != amd.LongGreeting || math.Abs(beep.Hertz-1000) > 5 {
		t.Errorf("%v (%s), a beep of %.0f Hz", verdict.Verdict, verdict.Reason, beep.Hertz)
	}
}

// speak sends a sound in real time, and silence afterwards until the phone is closed.
func (p *phone) speak(pcm []int16) {
	n := p.codec.Rate() / 50
	p.gone.Go(func() {
		clock := time.NewTicker(frameTime)
		defer clock.Stop()
		for start, i := time.Now(), 0; ; {
			for ; time.Since(start) >= time.Duration(i)*frameTime; i++ {
				frame := make([]int16, n)
				copy(frame, pcm[min(len(pcm), i*n):])
				p.say(frame)
			}
			select {
			case <-clock.C:
			case <-p.stop:
				return
			}
		}
	})
}

// TestDetectionAllocatesNothing looks at frames of a leg that is listened to, in a wide codec.
func TestDetectionAllocatesNothing(t *testing.T) {
	l := newLoop(t, G722, PCMU)
	l.arrange(Hearing{Leg: "a", From: "b", Detect: &amd.Settings{}}, Hearing{Leg: "b", From: "a"})
	for range 100 {
		l.frame()
	}
	if n := testing.AllocsPerRun(400, l.frame); n != 0 {
		t.Errorf("%.2f allocations for each frame", n)
	}
}
