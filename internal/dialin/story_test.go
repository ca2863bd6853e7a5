package dialin

import (
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/story"
)

// TestStories tells each story in testdata to a call and compares what it does.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tell) }

var show = story.Printer(nil)

func tell(t *testing.T, text string) string {
	d := New("in")
	s := &story.Story[Signal, Outcome]{T: t, Signals: Signals, Handle: d.Handle, TimeUp: func(timer string) Signal { return TimeUp{Timer: timer} }}
	s.Carry = func(out Outcome) {
		for _, a := range out.Actions {
			heed(&s.Timers, s.Now, a)
			s.Write("do   %s", show(a))
		}
	}
	return s.Tell(text)
}

func heed(timers *story.Alarms, now time.Time, action Action) {
	switch a := action.(type) {
	case SetTimer:
		timers.Set(a.Timer, now.Add(a.After))
	case StopTimer:
		timers.Stop(a.Timer)
	}
}

// TestAnyOrder gives calls signals in any order: each ends once, in one way, within its time, and says nothing after it.
func TestAnyOrder(t *testing.T) {
	ends := map[string]int{}
	for seed := range uint64(2000) {
		chance := rand.New(rand.NewPCG(seed, 3))
		d, over := New("in"), ""
		all := []Signal{
			Begin{}, LegUp{}, KeyPressed{}, KeyPressed{}, FieldDone{}, FieldDone{}, Checked{Verdict: Unfit}, Checked{Verdict: Fits, Agent: "ann"},
			Checked{Verdict: Fits}, Checked{Verdict: Locked}, Said{}, TimeUp{keyTimer}, TimeUp{"other"},
		}
		for n := range 200 {
			s := all[chance.IntN(len(all))]
			if n == 199 {
				s = TimeUp{lifeTimer}
			}
			if n == 0 {
				s = Begin{}
			}
			story.SameWord(t.Fatalf, Signals, s)
			out, err := d.Handle(time.Time{}, s)
			if err != nil || over != "" && len(out.Actions) > 0 {
				t.Fatalf("seed %d: %v after %q: %v", seed, out.Actions, over, err)
			}
			for _, a := range out.Actions {
				story.SameWord(t.Fatalf, Actions, a)
				switch a.(type) {
				case Pass, End:
					over += show(a)
				}
			}
		}
		if !d.Ended() {
			t.Fatalf("seed %d: it goes on", seed)
		}
		ends[over]++
	}
	if len(ends) != 2 {
		t.Errorf("ended as %v", ends)
	}
	if _, err := New("in").Handle(time.Time{}, nil); err == nil {
		t.Error("no signal was understood")
	}
}
