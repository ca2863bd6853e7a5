package call

import (
	"strconv"
	"strings"

	"parley/internal/dest"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// followMe is where an agent's calls ring besides: nowhere, mostly.
func (w *world) followMe() *FollowMe {
	if !w.follows && !w.oneIn(2) {
		return nil
	}
	f := &FollowMe{InOrder: w.oneIn(2)}
	for range 1 + w.chance.IntN(4) {
		to := dest.Destination{Kind: dest.External, Target: "+32470999888"}
		if w.oneIn(3) {
			to = dest.Destination{Kind: dest.Agent, Target: string(w.anyAgent())}
		}
		one := FollowTarget{To: to, Seconds: 5 + w.chance.IntN(15)}
		if w.oneIn(2) {
			one.Delay = w.chance.IntN(20)
		}
		f.Targets = append(f.Targets, one)
	}
	return f
}

// nextFollow is what the plan says of one of the numbers.
func (w *world) nextFollow(a FindNext) Signal {
	switch {
	case w.oneIn(8):
		return Unrouted{Follow: a.Follow, Cause: tel.CauseNotAllowed, Why: "your class of service does not allow it"}
	case w.oneIn(12):
		return Routed{Follow: a.Follow, Destination: a.To}
	case a.To.Kind == dest.Agent:
		r := Routed{Follow: a.Follow, Destination: a.To, Agent: w.anyAgent(), AgentName: "Somebody"}
		if w.oneIn(6) {
			r.Away = Undisturbed
		}
		return r
	}
	return Routed{
		Follow: a.Follow, Destination: a.To, Say: []prompt.Prompt{{Audio: "press one"}},
		External: &Outside{To: tel.Number(a.To.Target), Ways: []Route{{Trunk: "t1"}, {Trunk: "t2"}}},
	}
}

// followKeys are pressed by who has answered and is asked for a key: the right one, mostly.
func (w *world) followKeys(h Hearing) {
	if !strings.HasPrefix(h.Tag, FollowTag) || w.oneIn(3) {
		return
	}
	key := tel.Digit("1")
	if w.oneIn(4) {
		key = "2"
	}
	w.later(12, LegDigit{Leg: h.Leg, Digit: key})
}

// readFollowMe reads such as "order,+32470999888/20@5,agent:bob": each target, how long it rings, and after which delay.
func readFollowMe(text string) *FollowMe {
	f := &FollowMe{}
	for one := range strings.SplitSeq(text, ",") {
		if one == "order" {
			f.InOrder = true
			continue
		}
		where, delay, _ := strings.Cut(one, "@")
		to, seconds, _ := strings.Cut(where, "/")
		t := FollowTarget{To: dest.Destination{Kind: dest.External, Target: to}}
		if agent, is := strings.CutPrefix(to, "agent:"); is {
			t.To = dest.Destination{Kind: dest.Agent, Target: agent}
		}
		t.Delay, _ = strconv.Atoi(delay)
		t.Seconds, _ = strconv.Atoi(seconds)
		f.Targets = append(f.Targets, t)
	}
	return f
}
