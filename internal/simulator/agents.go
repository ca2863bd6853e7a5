package simulator

import (
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// act is an agent who does something, now and again, as long as callers come.
func (w *world) act(a id.Agent) {
	if w.left == 0 {
		return
	}
	w.later(rounded+w.within(200), func() { w.act(a) })
	switch n := w.rng.IntN(100); {
	case n < 45:
		w.tell(acd.SetStatus{Agent: a, Status: acd.Available})
	case n < 51:
		w.tell(acd.SetStatus{Agent: a, Status: acd.Unavailable, Reason: []string{"Lunch", "Break"}[w.rng.IntN(2)]})
	case n < 54:
		w.tell(acd.DeviceDown{Agent: a, Trigger: acd.AutoDisconnect})
		w.later(w.within(20), func() { w.tell(acd.DeviceUp{Agent: a}) })
	case n < 58:
		w.tell(acd.DeviceUp{Agent: a})
	case n < 61:
		w.tell(acd.DeviceAsleep{Agent: a})
		w.later(w.within(20), func() { w.tell(acd.DeviceAwake{Agent: a}) })
	case n < 68:
		w.tell(acd.EndWrap{Agent: a})
	case n < 74:
		w.tell(acd.ExtendWrap{Agent: a})
	case n < 86:
		if mine := w.queues[a]; len(mine) > 0 {
			w.tell(acd.Toggle{Agent: a, Queue: mine[w.rng.IntN(len(mine))], On: w.chance(85)})
		}
	case n < 88:
		w.tell(acd.SetPriority{Call: id.Call(fmt.Sprint("c", 1+w.rng.IntN(w.made+1))), Priority: 1 + w.rng.IntN(10)})
	case n < 90:
		w.offHours(a)
	case n < 95:
		w.tell(acd.Reserve{Call: w.fresh("d"), Agent: a, Purpose: []acd.Purpose{acd.Direct, acd.Outbound}[w.rng.IntN(2)]})
	default:
		w.nonsense(a)
	}
}

// offHours ends an agent's schedule for a while.
func (w *world) offHours(a id.Agent) {
	for _, open := range []bool{false, true} {
		s := acd.Hours{Agent: a, Open: open}
		w.later(w.within(30), func() {
			w.company.hours(s)
			w.tell(s)
		})
	}
}

// nonsense is a signal about what is not there.
func (w *world) nonsense(a id.Agent) {
	all := []acd.Signal{
		acd.OfferEnded{Call: "c1", Offer: "c1.o0", Result: acd.Answered}, acd.OfferEnded{Call: "nobody", Offer: "x", Result: acd.Missed},
		acd.Leave{Call: "nobody", Result: acd.LeftTimeout}, acd.Release{Call: "nobody", Agent: a}, acd.Release{Call: "c1", Agent: "nobody"},
		acd.Reserve{Call: "x1", Agent: "nobody", Purpose: acd.Direct}, acd.TimeUp{Timer: "offer/c1/c1.o0"}, acd.TimeUp{Timer: "wrap/nobody"},
		acd.Enqueue{Call: "nobody", Queue: "nowhere"}, acd.Toggle{Agent: a, Queue: "nowhere", On: true},
	}
	w.tell(all[w.rng.IntN(len(all))])
}

// reconfigure tells a configuration that lacks or changes something, and the whole one a little later.
func (w *world) reconfigure() {
	if w.left == 0 {
		return
	}
	w.later(5*time.Minute+w.within(600), w.reconfigure)
	changed := w.company.changed(w.rng)
	w.tell(changed)
	w.later(w.within(30), func() {
		w.tell(w.company.configure())
		for _, a := range w.company.agents {
			if missing(changed, a.ID) {
				w.tell(acd.DeviceUp{Agent: a.ID}) // the station of an agent who is back says so again
			}
		}
	})
}

func missing(c acd.Configure, which id.Agent) bool {
	for _, a := range c.Agents {
		if a.ID == which {
			return false
		}
	}
	return true
}
