package call

import "strings"

// toldRing checks an event about a ring against those that are open.
func (l *ledger) toldRing(event Event) {
	switch e := event.(type) {
	case RingBegan:
		l.must(l.rings[e.Offer] == "", "a ring in a ring")
		l.rings[e.Offer] = e.Agent
		l.most = max(l.most, len(l.rings))
	case RingOver:
		if strings.HasPrefix(e.Why, ringAnsweredBy) {
			l.steps["picked up"]++
		}
		l.must(l.rings[e.Offer] == e.Agent, "a ring over that had not begun: %s", e.Offer)
		l.must((e.Result == RingAnswered) == (l.w.c.party(e.Agent) != nil), "%s is %s and in the call, or is not", e.Agent, e.Result)
		delete(l.rings, e.Offer)
	case AnsweredLate:
		l.must(l.stations[e.Agent] == 0 && l.w.c.party(e.Agent) == nil, "%s was too late and is here", e.Agent)
	}
}

// ringing holds for the rings that are open: each was told, and the stage says whether there is one.
func (l *ledger) ringing() {
	c := l.w.c
	told := len(c.Rings)
	for _, r := range c.Rings {
		if r.Watch {
			told--
			l.must(l.stations[r.Agent] == 1 && c.Watching != nil && c.Watching.Agent == r.Agent, "a ring for no supervisor: %s", show(r))
			continue
		}
		l.must(l.rings[r.Offer] == r.Agent && l.stations[r.Agent] == 1, "a ring without its event or its station: %s", show(r))
		l.must(r.Direct || c.waitsThere() && c.Stage == Active || (c.Waiting || c.attempting()) && c.Stage == Ringing, "%s is rung, and the stage is %s", r.Agent, c.Stage)
	}
	l.must(len(l.rings) == told, "%d rings are told and %d open", len(l.rings), told)
	l.must(!c.Waiting || len(c.Rings) > 0 || c.Stage == Queued, "nobody is rung, and the stage is %s", c.Stage)
}
