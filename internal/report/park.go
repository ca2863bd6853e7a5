package report

import (
	"time"

	"parley/internal/call"
)

// parked tells of who was parked. It is a hold by the agent who parked them, of whom they hear nothing.
func (r *Record) parked(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.ParkBegan:
		entry.Agent, entry.Text = e.Agent, e.Slot
		r.Holds = append(r.Holds, Hold{Agent: e.Agent, Party: e.Party, Slot: e.Slot, Start: at})
		r.talk.hold(at, e.Party, true)
	case call.ParkRang:
		entry.Agent, entry.Text = e.Agent, e.Slot
	case call.ParkOver:
		entry.Agent, entry.Text, entry.Result = e.Agent, e.Slot, string(e.Result)
		for i := range r.Holds {
			if h := &r.Holds[i]; h.End.IsZero() && h.Slot == e.Slot {
				h.End, h.Seconds = at, seconds(at.Sub(h.Start))
				r.talk.hold(at, h.Party, false)
			}
		}
	case call.RetrieveFailed:
		entry.Agent, entry.Text = e.Agent, e.Why
	}
	r.TalkTimeSeconds = r.talk.seconds()
}
