package callcontrol_test

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/report"
)

// rest checks the world when everybody has gone home.
func (w *world) rest() {
	calls, legs := w.x.Held()
	pages := 0
	w.l.mu.Lock()
	defer w.l.mu.Unlock()
	l := w.l
	for _, s := range l.stations {
		if s.Ring != nil || s.Line != nil {
			l.failed("%s still rings or has a line: %+v %+v", s.Agent, s.Ring, s.Line)
		}
		if s.Browser.Leg != "" {
			pages++
		}
	}
	if len(calls) > 0 || len(legs) > pages {
		l.failed("the exchange holds calls %v, and legs %v of %d pages", calls, legs, pages)
	}
	if repairs, violations := w.d.Counts(); repairs+violations > 0 {
		l.failed("%d times stuck work was put right: %+v; %d promises of the ACD broke", repairs, l.repaired, violations)
	}
	if open := w.wires.left(); len(open) > 0 {
		l.failed("legs never ended: %v", open)
	}
	if n := len(w.wires.refers); n > 0 {
		l.failed("telephones were not told what came of %d transfers", n)
	}
	for at := range l.journal {
		if at[:5] == "call/" {
			l.failed("%s is still in the journal", at)
		}
	}
	for _, at := range w.dir.Addresses() {
		if at[:5] == "call/" {
			l.failed("%s still has an owner", at)
		}
	}
	for offer, result := range l.offers {
		if result == "" {
			l.failed("offer %s has no result", offer)
		}
	}
	for which, a := range l.agents {
		if a.status == acd.OnCall {
			l.failed("%s is stuck on_call", which)
		}
	}
	if len(l.waiting) > 0 {
		l.failed("the ACD still holds %v", l.waiting)
	}
	if len(l.pending) > 0 || len(w.d.Pending(org)) > 0 {
		l.failed("callbacks pend still: %v, kept %v", l.pending, w.d.Pending(org))
	}
	for which, r := range w.sound.rooms {
		if !r.closed {
			l.failed("the room of call %s is open", which)
		}
	}
	parts := map[id.Agent][]span{}
	for which, r := range l.records {
		l.whole(which, r, parts)
	}
	for agent, all := range parts {
		if w.breaks { // an answer that crossed the ACD's panic may meet a ring, which the station refuses at once
			all = slices.DeleteFunc(all, func(s span) bool { return s.from.Equal(s.to) })
		}
		l.apart(agent, w.takesWaiting(agent), all)
	}
}

// span is a time in which an agent rang or talked.
type span struct {
	what     string
	from, to time.Time
	direct   bool // of a call for the agent
}

// apart checks that an agent never rang or talked twice at once, but for one direct call beside another of an agent who takes calls
// that wait (SP-25).
func (l *ledger) apart(agent id.Agent, waits bool, all []span) {
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	for i, now := range all {
		if waits && now.direct && now.from.Equal(now.to) {
			continue // both lines were in use
		}
		var open []span
		for _, before := range all[:i] {
			if now.from.Before(before.to) {
				open = append(open, before)
			}
		}
		if len(open) > 1 || len(open) == 1 && (!waits || !now.direct && !open[0].direct) {
			l.failed("%s: %+v, while %s began at %s", agent, open, now.what, now.from)
		}
		if len(open) == 1 && strings.HasPrefix(now.what, "part") {
			l.beside++
		}
	}
}

// rungDirectly tells whether an agent has answered a call for the agent alone.
func rungDirectly(r *report.Record, agent id.Agent) bool {
	return slices.ContainsFunc(r.Offers, func(o report.Offer) bool {
		return o.Agent == agent && o.Direct && o.Result == call.RingAnswered
	})
}

// tookIn tells whether an agent came from a call that was merged into this one.
func tookIn(r *report.Record, a report.AgentPart) bool {
	return slices.ContainsFunc(r.Merges, func(m report.Merge) bool { return !m.Into && m.At.Equal(a.Joined) })
}

// whole checks that a record is complete and consistent.
func (l *ledger) whole(which id.Call, r *report.Record, parts map[id.Agent][]span) {
	if l.finished[which] != 1 || r.EndedAt.IsZero() || r.Disposition == "" || r.CreatedAt.IsZero() {
		l.failed("call %s finished %d times: %+v", which, l.finished[which], r)
	}
	for _, o := range r.Offers {
		if o.Result == "" || o.EndedAt.Before(o.SentAt) {
			l.failed("call %s: offer without a result: %+v", which, o)
		}
		parts[o.Agent] = append(parts[o.Agent], span{"ring of " + string(which), o.SentAt, o.EndedAt, o.Direct})
	}
	for _, a := range r.Agents {
		if a.Placed && a.Joined.IsZero() {
			continue // nobody answered what this agent placed
		}
		if tookIn(r, a) {
			continue // and is in the other call until that one hands the agent over
		}
		if a.Left.IsZero() || a.Left.Before(a.Joined) {
			l.failed("call %s: %s never left: %+v", which, a.Agent, a)
		}
		parts[a.Agent] = append(parts[a.Agent], span{"part in " + string(which), a.Joined, a.Left, rungDirectly(r, a.Agent)})
	}
	for _, k := range r.Legs {
		if k.Left.IsZero() || k.Left.Before(k.Joined) {
			l.failed("call %s: leg never left: %+v", which, k)
		}
	}
	for _, k := range r.Recordings {
		if k.Status == "recording" {
			l.failed("call %s: recording %s never ended", which, k.ID)
		}
	}
	for _, q := range r.Queues {
		if q.Result == "" {
			l.failed("call %s: never left queue %s", which, q.Queue)
		}
	}
	total := int(r.EndedAt.Sub(r.CreatedAt) / time.Second)
	if r.TotalDurationSeconds != total || r.TalkTimeSeconds+r.QueueWaitSeconds > total+1 || (r.Disposition == call.Answered) == r.AnsweredAt.IsZero() {
		l.failed("call %s: seconds do not add up: %+v", which, r)
	}
}
