package report

import (
	"slices"
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// Listen is one supervisor's time in one mode in the call (MN-4).
type Listen struct {
	Agent   id.Agent       `json:"agent"` // the supervisor's own
	On      id.Agent       `json:"on"`    // who was watched
	Mode    call.WatchMode `json:"mode"`
	Start   time.Time      `json:"start"`
	End     time.Time      `json:"end,omitzero"`
	Seconds int            `json:"seconds"`
}

// aside takes what the conversation's own story leaves out, and tells whether an event was of that: keys, which tell nothing without a name
// and of which a stranger may press a great many, and a supervisor's part, of which Listens tells.
func (r *Record) aside(at time.Time, event call.Event, entry *Entry) bool {
	switch e := event.(type) {
	case call.DigitHeard:
		return true
	case call.LegOpened:
		return e.Beside
	case call.LegClosed:
		return !slices.ContainsFunc(r.Legs, func(l Leg) bool { return l.Leg == e.Leg })
	case call.WatchAsked, call.WatchBegan, call.WatchChanged, call.WatchOver:
		if r.listened(at, event, entry) {
			r.note(*entry)
		}
		return true
	case call.HelpAsked:
		entry.Agent, entry.Text = e.Agent, e.Note
		r.note(*entry)
		return true
	case call.HelpOver:
		entry.Agent, entry.On, entry.Result = e.Agent, e.By, string(e.Result)
		r.note(*entry)
		return true
	}
	return false
}

// listened keeps who heard the call besides those in it; false of a supervisor who asked and did not come.
func (r *Record) listened(at time.Time, event call.Event, entry *Entry) bool {
	switch e := event.(type) {
	case call.WatchBegan:
		r.listen(at, Listen{Agent: e.Agent, On: e.On, Mode: e.Mode}, entry)
	case call.WatchChanged:
		r.endListen(at)
		r.listen(at, Listen{Agent: e.Agent, On: e.On, Mode: e.Mode}, entry)
	case call.WatchOver:
		entry.Agent, entry.Result = e.Agent, string(e.Mode)
		return r.endListen(at)
	default:
		return false
	}
	return true
}

func (r *Record) listen(at time.Time, l Listen, entry *Entry) {
	l.Start = at
	r.Listens = append(r.Listens, l)
	entry.Agent, entry.On, entry.Result = l.Agent, l.On, string(l.Mode)
}

// endListen ends the time that is open; false when there is none.
func (r *Record) endListen(at time.Time) bool {
	n := len(r.Listens)
	if n == 0 || !r.Listens[n-1].End.IsZero() {
		return false
	}
	l := &r.Listens[n-1]
	l.End, l.Seconds = at, seconds(at.Sub(l.Start))
	return true
}
