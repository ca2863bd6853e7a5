package dialing

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/story"
	"parley/internal/tel"
)

// TestStories tells each story in testdata to a guard and compares what it does and tells. "caps" sets caps of the user,
// "organisation" those of all, "trunk" those of each trunk, "bursts" what locks; "past" is a call before the guard began.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", tellGuard) }

func tellGuard(t *testing.T, text string) string {
	g := NewGuard()
	s := &story.Story[GuardSignal, GuardOutcome]{T: t, Signals: GuardSignals, Handle: g.Handle, Read: readGuard}
	s.TimeUp = func(timer string) GuardSignal { return TimeUp{Timer: timer} }
	s.Carry = func(out GuardOutcome) {
		for _, a := range out.Actions {
			switch a := a.(type) {
			case SetTimer:
				s.Timers.Set(a.Timer, s.Now.Add(a.After))
			case StopTimer:
				s.Timers.Stop(a.Timer)
			}
			s.Write("do   %s", showGuard(a))
		}
		for _, e := range out.Events {
			s.Write("tell %s", showGuard(e))
		}
	}
	tolls := StandardTolls()
	bounds := func(b *Bounds) func(string) {
		return func(rest string) {
			*b = Bounds{}
			s.Fill(b, rest)
			s.Carry(mustHandle(t, g, s.Now, Configure{Tolls: tolls}))
		}
	}
	s.Lines = map[string]func(string){
		"caps": bounds(&tolls.User), "organisation": bounds(&tolls.Organisation), "trunk": bounds(&tolls.Trunk),
		"past": func(rest string) {
			p := Past{}
			s.Fill(&p, rest)
			s.Carry(mustHandle(t, g, s.Now, Seed{Past: []Past{p}}))
		},
		"rate": func(rest string) {
			r := Rate{}
			s.Fill(&r, rest)
			tolls.Rates = append(tolls.Rates, r)
			s.Carry(mustHandle(t, g, s.Now, Configure{Tolls: tolls}))
		},
		"was-locked": func(rest string) {
			s.Carry(mustHandle(t, g, s.Now, Seed{Locks: []Lock{{Agent: id.Agent(rest), Why: "of what was before"}}}))
		},
	}
	return s.Tell(text)
}

func mustHandle(t *testing.T, g *Guard, now time.Time, s GuardSignal) GuardOutcome {
	t.Helper()
	out, err := g.Handle(now, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readGuard(field any, text string) any {
	if _, is := field.(ClassName); is {
		return ClassName{ID: "c-" + text, Name: text}
	}
	return nil
}

var showGuard = story.Printer(func(v any) string {
	switch v := v.(type) {
	case *Refusal:
		return fmt.Sprintf("%q", v.Why)
	case ClassName:
		return v.Name
	}
	return ""
})

// TestGuardForgets: what is older than a day takes no memory, however many calls there are.
func TestGuardForgets(t *testing.T) {
	g := NewGuard()
	g.tolls.User = Bounds{}
	for i := range 10 * day {
		now := story.Start.Add(time.Duration(i) * time.Minute)
		which := id.Call(fmt.Sprint(i))
		number := tel.Number(fmt.Sprintf("+32%03d5550100", i%1000))
		mustHandle(t, g, now, Ask{Ticket: "t", Call: which, Agent: "ann", Number: number, Trunks: []id.Trunk{"t1"}, International: true})
		mustHandle(t, g, now, Over{Call: which})
	}
	if len(g.spent.running) != 0 || len(g.bursts) > 2*g.tolls.BurstMinutes {
		t.Errorf("%d calls run, %d bursts are watched", len(g.spent.running), len(g.bursts))
	}
	for key, all := range g.spent.minutes {
		if len(all) > 2*day {
			t.Errorf("%s: %d minutes are kept", key, len(all))
		}
	}
}
