package callcontrol_test

import (
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/report"
)

// TestSoundOfACallIsLogged ends a call; one line tells of each leg with sound, and none of a call without.
func TestSoundOfACallIsLogged(t *testing.T) {
	s := newShelf(t)
	var text strings.Builder
	s.Log = slog.New(slog.NewTextHandler(&text, nil))
	c := call.New("c", s.org)
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	s.CallEvents(c, at, []call.Event{
		call.Began{Direction: call.Inbound}, call.LegOpened{Leg: "trunk", Party: "c.p1", Device: "trunk"},
		call.LegOpened{Leg: "page", Party: "c.p2", Device: "browser"}, call.LegOpened{Leg: "silent", Party: "c.p3", Device: "desk_phone"},
		call.SoundPath{Leg: "trunk", Path: "opus/48k → 8k → PCMU/8k"},
		call.SoundSampled{Leg: "trunk", Here: call.Sample{Packets: 250, Loss: 10, Jitter: 30, RoundTrip: 80, MOS: 3}},
		call.SoundSampled{Leg: "trunk", Here: call.Sample{Packets: 250, Jitter: 10, RoundTrip: 60, MOS: 4.4}},
		call.SoundSampled{Leg: "page", There: call.Sample{Packets: 250, Loss: 1, Jitter: 2, MOS: 4.2}},
		call.Finished{Disposition: call.Answered, Cause: 16},
	})
	c.Stage = call.Ended
	s.CallSettled(c)
	want := `level=INFO msg="sound of the call" call=c leg1.id=trunk leg1.device=trunk leg1.path="opus/48k → 8k → PCMU/8k" ` +
		`leg1.from="MOS 3.70, least 3.00; loss 5.0 %, most 10.0 %; jitter 20 ms, most 30 ms; round trip 70 ms, most 80 ms" ` +
		`leg2.id=page leg2.device=browser leg2.to="MOS 4.20, least 4.20; loss 1.0 %, most 1.0 %; jitter 2 ms, most 2 ms"` + "\n"
	if _, line, _ := strings.Cut(text.String(), " "); line != want {
		t.Errorf("logged %q\nwant   %q", line, want)
	}
	text.Reset()
	unheard := call.New("d", s.org)
	s.CallEvents(unheard, at, []call.Event{call.Began{Direction: call.Inbound}, call.LegOpened{Leg: "trunk"}, call.Finished{}})
	unheard.Stage = call.Ended
	s.CallSettled(unheard)
	if text.Len() > 0 {
		t.Errorf("of a call without sound it says %s", text.String())
	}
}

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
		step(call.SoundSampled{Leg: "trunk", Here: call.Sample{Packets: 250, Loss: 10, MOS: 3}}, call.SoundPath{Leg: "trunk", Path: "PCMU"})
	}
	if n := samples(); n != 0 {
		t.Errorf("the record was written for samples alone: it has %d", n)
	}
	if events, err := s.db.CallEvents(s.ctx, "c"); err != nil || len(events) != 8 {
		t.Errorf("%d events, %v", len(events), err)
	}
	step(call.SoundJudged{Leg: "trunk", Direction: "from", Causes: "loss"})
	if n := samples(); n != 3 {
		t.Errorf("the record has %d samples, want 3", n)
	}
}
