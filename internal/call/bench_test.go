package call

import (
	"encoding/json"
	"testing"

	"parley/internal/dest"
)

// direct are the signals of a call from a trunk to an agent's desk phone, from the first to the last.
func direct() []Signal {
	return []Signal{
		Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550105"},
		Routed{Number: "n1", Label: "line", Destination: dest.Destination{Kind: dest.Agent, Target: "ann"}, Agent: "ann", AgentName: "Ann", RingSeconds: 25},
		Granted{Agent: "ann"},
		RingSeen{Agent: "ann", Offer: "c.d1", Device: onPhone},
		RingEnded{Agent: "ann", Offer: "c.d1", Result: RingAnswered, Leg: "ann.s1", Device: onPhone},
		LegAnswered{Leg: "trunk"},
		LegEnded{Leg: "trunk", Cause: 16, ByPeer: true},
		LegEnded{Leg: "ann.s1", Cause: 16},
	}
}

// BenchmarkDirect measures every decision of a direct call, from its first signal to its end.
func BenchmarkDirect(b *testing.B) {
	signals := direct()
	b.ReportAllocs()
	for b.Loop() {
		c := New("c", "acme")
		for _, s := range signals {
			if _, err := c.Handle(epoch, s); err != nil {
				b.Fatal(err)
			}
		}
		if !c.Ended() {
			b.Fatal("the call has not ended")
		}
	}
}

// BenchmarkCopy measures what giving the state of a conversation to somebody else costs.
func BenchmarkCopy(b *testing.B) {
	c := New("c", "acme")
	for _, s := range direct()[:6] {
		if _, err := c.Handle(epoch, s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if d := c.Copy(); len(d.Parties) != 2 {
			b.Fatal("parties are missing")
		}
	}
}

// BenchmarkEncode measures the writing of a call's state, and of all its events, as JSON.
func BenchmarkEncode(b *testing.B) {
	c, events := New("c", "acme"), []Event{}
	for _, s := range direct() {
		o, err := c.Handle(epoch, s)
		if err != nil {
			b.Fatal(err)
		}
		events = append(events, o.Events...)
	}
	b.Run("state", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(c); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("events", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, e := range events {
				if _, _, err := Events.Encode(e); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(len(events)), "events")
	})
}
