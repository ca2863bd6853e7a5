package live

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/station"
)

// moment is one change that a direct call brings to the picture.
type moment struct {
	call    call.Call
	events  []call.Event
	station *station.Station
	acd     []acd.Event
}

// directCall gives the changes of a direct call to Ann's desk phone from its first to its last.
func directCall(b *testing.B) []moment {
	var all []moment
	c, s := call.New("c1", org), station.New("ann", org)
	hear := func(signal call.Signal) {
		o, err := c.Handle(morning, signal)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, moment{call: c.Copy(), events: o.Events})
	}
	work := func(signals ...station.Signal) {
		for _, signal := range signals {
			if _, err := s.Handle(morning, signal); err != nil {
				b.Fatal(err)
			}
			picture := s.Copy()
			all = append(all, moment{station: &picture})
		}
	}
	work(station.Configure{Preferred: station.DeskPhone, Phone: "p1"}, station.PhoneRegistered{On: true}, station.DeskWork{On: true})
	all = nil
	hear(call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550105"})
	hear(call.Routed{Destination: dest.Destination{Kind: dest.Agent, Target: "ann"}, Agent: "ann", AgentName: "Ann Ash"})
	hear(call.Granted{Agent: "ann"})
	work(station.Ring{Call: "c1", Offer: "c1.d1", Direct: true, Seconds: 20}, station.LegRinging{Leg: "ann.s1"})
	hear(call.RingSeen{Agent: "ann", Offer: "c1.d1", Device: "desk_phone"})
	work(station.LegUp{Leg: "ann.s1"})
	hear(call.RingEnded{Agent: "ann", Offer: "c1.d1", Result: call.RingAnswered, Leg: "ann.s1", Device: "desk_phone"})
	all = append(all, moment{acd: []acd.Event{acd.StatusChanged{Agent: "ann", From: acd.Available, To: acd.OnCall, Call: "c1"}}})
	hear(call.LegAnswered{Leg: "trunk"})
	hear(call.LegEnded{Leg: "trunk", Cause: 16, ByPeer: true})
	work(station.Leave{Call: "c1", Cause: 16})
	all = append(all, moment{acd: []acd.Event{
		acd.Released{Call: "c1", Agent: "ann"}, acd.StatusChanged{Agent: "ann", From: acd.OnCall, To: acd.Available},
	}})
	hear(call.LegEnded{Leg: "ann.s1", Cause: 16})
	return all
}

// BenchmarkDirect measures what a direct call costs the picture, while nobody watches and while some do.
func BenchmarkDirect(b *testing.B) {
	for _, watchers := range []int{0, 1, 20} {
		b.Run(fmt.Sprint(watchers, "-watch"), func(b *testing.B) {
			w := newWorld(b)
			feeds := make([]*Feed, watchers)
			for n := range feeds {
				feeds[n] = w.hub.Subscribe(Viewer{Org: org, Agent: "bob", Role: "admin", Tab: id.Tab(fmt.Sprint(n))})
			}
			moments := directCall(b)
			b.ReportAllocs()
			for b.Loop() {
				for _, m := range moments {
					w.tell(m)
				}
				for _, f := range feeds {
					for m, ok := f.take(); ok; m, ok = f.take() {
						if _, err := m.Encode(); err != nil {
							b.Fatal(err)
						}
					}
				}
				w.hub.Tick(morning.Add(time.Minute))
			}
		})
	}
}

func (w *world) tell(m moment) {
	switch {
	case m.station != nil:
		w.hub.StationChanged(morning, *m.station)
	case m.acd != nil:
		w.hub.ACDChanged(morning, org, m.acd)
	default:
		w.hub.CallChanged(morning, m.call, m.events)
	}
}
