package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// mostHops is when this world's plan gives up.
const mostHops = 8

// nextMove is what this world's plan says of where somebody is to be brought, which is mostly where they asked for.
func (w *world) nextMove(a FindNext) Signal {
	if a.Follow > 0 {
		return w.nextFollow(a)
	}
	switch s := w.next(a).(type) {
	case Unrouted:
		s.Move = a.Move
		return s
	case Routed:
		if s.Move = a.Move; a.Move > 0 && !w.oneIn(6) {
			s.Destination = a.To
		}
		if a.Move > 0 && a.To.Kind == dest.Agent && !w.oneIn(6) {
			s = Routed{Move: a.Move, Destination: a.To, Agent: id.Agent(a.To.Target), AgentName: a.To.Target, RingSeconds: 20}
		}
		if a.Move > 0 && (a.To.Kind == dest.Queue || a.To.Kind == dest.Menu) && !w.oneIn(6) {
			s.Queue, s.Menu, s.Agent, s.Mailbox, s.External, s.Away = nil, nil, "", nil, nil, ""
			if a.To.Kind == dest.Queue {
				s.Queue = w.queue()
			} else {
				s.Menu = w.menu()
			}
		}
		return s
	}
	return nil
}

func (w *world) planMove(a FindPlan) Signal {
	switch s := w.plan().(type) {
	case Planned:
		if s.Move = a.Move; a.Move > 0 && w.oneIn(4) {
			k := w.parking()
			s = Planned{Move: a.Move, Number: "700", Park: &k}
		}
		return s
	case Unplanned:
		s.Move = a.Move
		return s
	}
	return nil
}

// next is where this world's plan sends a call: anywhere, but not for ever.
func (w *world) next(a FindNext) Signal {
	r := Routed{Destination: dest.Destination{Kind: dest.Hangup}, Travel: a.Travel}
	r.Travel.Hops++
	r.Travel.MenusUntil = time.Time{}
	switch n := w.chance.IntN(12); {
	case a.Extension != "" && w.oneIn(2):
		return Unrouted{Cause: 1, Why: "nobody has this extension"}
	case w.oneIn(20):
		return Unrouted{Cause: tel.CauseTemporaryFailure, Why: "the system failed"}
	case r.Travel.Hops > mostHops || n == 0:
		r.Say = []prompt.Prompt{prompt.OfStandard(prompt.Apology)}
	case n == 1, n > 9:
		r.Destination, r.Queue = dest.Destination{Kind: dest.Queue, Target: "sales"}, w.queue()
	case n == 2:
		r.Destination, r.Agent, r.RingSeconds = dest.Destination{Kind: dest.Agent, Target: "bob"}, w.anyAgent(), 20
		r.FollowMe = w.followMe()
		if w.oneIn(3) {
			r.Forward = dest.Destination{Kind: dest.External, Target: "+3222123456"}
		}
		if w.oneIn(5) {
			r.Away = "do not disturb"
		}
	case n == 3, n == 4:
		r.Destination = dest.Destination{Kind: dest.Mailbox, Target: "box"}
		r.Mailbox = &Mailbox{ID: id.Mailbox("box"), Plan: &treatment.MailboxPlan{MaxSeconds: 20, Greetings: []prompt.Prompt{{Audio: "speak"}}}}
	case n == 5:
		r.Destination = dest.Destination{Kind: dest.External, Target: "+3222123456"}
		r.External = &Outside{To: "+3222123456", Ways: []Route{{Trunk: "t1"}, {Trunk: "t2"}}}
	default:
		r.Destination, r.Menu = dest.Destination{Kind: dest.Menu, Target: "main"}, w.menu()
		r.Travel.MenusUntil = w.now.Add(time.Minute)
	}
	if w.oneIn(4) {
		r.Say = append(r.Say, prompt.Prompt{Audio: "welcome"})
	}
	return r
}

func (w *world) menu() *treatment.MenuPlan {
	return &treatment.MenuPlan{
		Prompt: prompt.Prompt{Audio: "menu"}, Timeout: 1 + w.chance.IntN(5), Tries: 1 + w.chance.IntN(3), Extensions: w.oneIn(2),
		Options: []treatment.MenuOption{
			{Digits: "1", Destination: dest.Destination{Kind: dest.Queue, Target: "sales"}},
			{Digits: "12", Destination: dest.Destination{Kind: dest.Menu, Target: "main"}},
		},
		Default: dest.Destination{Kind: []dest.Kind{dest.Hangup, dest.Mailbox}[w.chance.IntN(2)]},
	}
}

// key is one that the caller presses.
func (w *world) key() Signal {
	return LegDigit{Leg: "trunk", Digit: tel.Digit([]byte{"1123*#A"[w.chance.IntN(7)]})}
}
