package call

import (
	"slices"

	"parley/internal/id"
)

// toldWatch checks an event about a supervisor.
func (l *ledger) toldWatch(event Event) {
	switch e := event.(type) {
	case WatchAsked:
		l.watches++
		l.must(l.watches == 1, "two supervisors at once")
		l.began = false
	case WatchBegan:
		l.must(l.watches == 1 && !l.began && l.stations[e.Agent] == 1 && l.places[e.Agent] == 1, "%s watches without a line or a place", e.Agent)
		l.began = true
	case WatchChanged:
		l.must(l.watches == 1 && l.began, "the mode of nobody is changed")
		l.steps["watch "+string(e.Mode)]++
	case WatchOver:
		l.watches--
		l.must(l.watches == 0, "a watching over that had not begun")
		l.must(l.stations[e.Agent] == 0 && l.places[e.Agent] == 0, "%s watches no more and is held", e.Agent)
		if !l.began {
			l.must(e.Lasted == 0, "%s watched for %s before it began", e.Agent, e.Lasted)
			l.steps["watch missed"]++
		}
	}
}

// watched holds for a supervisor in a call: only while the watched agent talks, heard by those whom the mode says and on the tape only of a
// barge; and nobody else is heard more or less for it.
func (l *ledger) watched() {
	c := l.w.c
	w := c.Watching
	l.must((w != nil) == (l.watches == 1), "%d watchings are told and the call has %s", l.watches, show(w))
	var legs []id.Leg
	for _, p := range c.Parties {
		if p.Kind == Supervisor && p.State != Gone {
			legs = append(legs, p.Leg)
		}
	}
	if w == nil {
		l.must(len(legs) == 0, "a supervisor watches nobody")
		return
	}
	on := c.party(w.On)
	l.must(c.Stage == Active && on != nil && on.State == Joined, "%s is watched and talks to nobody", w.On)
	l.must((w.State == WatchOn) == (len(legs) == 1) && len(legs) < 2, "%s is %s with %d legs", w.Agent, w.State, len(legs))
	if len(legs) == 0 {
		return
	}
	for _, h := range c.Arranged {
		if h.From == legs[0] || slices.Contains(h.Mix, legs[0]) {
			p := c.find(func(p *Party) bool { return p.State != Gone && p.voice() == h.Leg })
			l.must(w.Mode == Coach && p.Agent == w.On || w.Mode == Barge && p.Side == on.Side, "%s hears %s who would %s", h.Leg, w.Agent, w.Mode)
			l.must(!p.Held, "%s is on hold and hears %s", h.Leg, w.Agent)
			l.steps["watch heard"]++
		}
	}
	if c.Tape != nil && c.Recording.ID != "" {
		l.must(w.Mode == Barge || !slices.Contains(c.Tape.Others, legs[0]), "%s is on the tape and would %s", w.Agent, w.Mode)
		l.must(!slices.Contains(c.Tape.Customer, legs[0]), "%s is on the customer's tape", w.Agent)
	}
}

// toldHelp checks an event about a request for help.
func (l *ledger) toldHelp(event Event) {
	switch e := event.(type) {
	case HelpAsked:
		l.helps++
		l.must(l.helps == 1, "two requests for help at once")
	case HelpOver:
		l.helps--
		l.must(l.helps == 0, "a request for help is over that had not begun")
		w := l.w.c.Watching
		l.must((e.Result == HelpAccepted) == (e.By != ""), "help is %s by %q", e.Result, e.By)
		l.must(e.Result != HelpAccepted || w != nil && w.Agent == e.By && w.On == e.Agent && w.Helps, "help is accepted by %s, who is not there", e.By)
		l.steps["help "+string(e.Result)]++
	}
}
