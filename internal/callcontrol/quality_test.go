package callcontrol_test

import (
	"encoding/json"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/report"
)

// TestKeeperOfSamples stores each sample as an event, but writes the record only with the next event of another kind.
func TestKeeperOfSamples(t *testing.T) {
	s := newShelf(t)
	c := call.New("c", s.org)
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	step := func(events ...call.Event) {
		at = at.Add(5 * time.Second)
		s.CallEvents(c, at, events)
		s.CallSettled(c)
	}
	samples := func() int {
		var r report.Record
		if err := json.Unmarshal(s.row().Whole, &r); err != nil {
			t.Fatal(err)
		}
		if len(r.Legs) != 1 || r.Legs[0].From == nil {
			return 0
		}
		return r.Legs[0].From.Samples
	}
	step(call.Began{Direction: call.Inbound}, call.LegOpened{Leg: "trunk", Party: "c.p1"})
	for range 3 {
		step(call.SoundSampled{Leg: "trunk", Here: call.Sample{Packets: 250, Loss: 10, MOS: 3}})
	}
	if n := samples(); n != 0 {
		t.Errorf("the record was written for samples alone: it has %d", n)
	}
	if events, err := s.db.CallEvents(s.ctx, "c"); err != nil || len(events) != 5 {
		t.Errorf("%d events, %v", len(events), err)
	}
	step(call.SoundJudged{Leg: "trunk", Direction: "from", Causes: "loss"})
	if n := samples(); n != 3 {
		t.Errorf("the record has %d samples, want 3", n)
	}
}
