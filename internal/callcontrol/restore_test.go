package callcontrol_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/sip"
	"parley/internal/station"
)

// talk brings a call to a conversation with ann that is recorded.
func talk(t *testing.T) (h *house) {
	h = newHouse(t)
	h.dir.Enter(owner.At("station", id.Agent("ann")), quietBox{})
	h.planned = call.Routed{Queue: &call.Queue{ID: "q", Record: true}}
	h.begin("a", "leg-a")
	h.post("a", call.LegAnswered{Leg: "leg-a"})
	h.post("a", call.Offered{Offer: "o1", Agent: "ann"})
	h.post("a", call.RingEnded{Agent: "ann", Offer: "o1", Result: call.RingAnswered, Leg: "leg-ann", Device: "browser"})
	h.mustDo("record a.r1")
	return h
}

// quietBox is a station that a test plays by hand.
type quietBox struct{}

func (quietBox) PostAny(any) error                 { return nil }
func (quietBox) AskAny(context.Context, any) error { return nil }

func TestRestore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := talk(t)
		before.settle()
		r, err := callcontrol.Decode("call", 1, before.l.journal["call/a"])
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(before.l.calls["a"])
		if got, _ := json.Marshal(r.Call); string(got) != string(want) {
			t.Errorf("restored\n%s\nnot\n%s", got, want)
		}
		h := newHouse(t)
		h.l.records, h.l.calls = before.l.records, before.l.calls
		if err := h.TakeUp(r.Call); err != nil {
			t.Fatal(err)
		}
		h.mustDo("take up a.r1")
		h.mustDo("stop a.r1")
		if live, _, _, _ := h.Counts(); live != 1 {
			t.Fatal("the call did not wait for its recording")
		}
		h.post("a", call.RecordingStopped{Recording: "a.r1", Duration: time.Second, Bytes: 100, Failure: callcontrol.Interrupted})
		if got := h.finished("a"); got != callcontrol.Interrupted {
			t.Errorf("reason %q", got)
		}
		rec := h.l.records["a"]
		if rec.Disposition != call.Answered || len(rec.Recordings) != 1 || rec.Recordings[0].Status != "available" || rec.Recordings[0].Failure != callcontrol.Interrupted {
			t.Errorf("record %+v", rec)
		}
		if live, begun, ended, _ := h.Counts(); live != 0 || begun != 1 || ended != 1 {
			t.Errorf("%d live, %d begun, %d ended", live, begun, ended)
		}
	})
}

// TestRestoreOfAnEndingCall takes up a call that had ended and waited for last words only.
func TestRestoreOfAnEndingCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := talk(t)
		before.post("a", call.HangUp{Agent: "ann"})
		before.settle()
		r, err := callcontrol.Decode("call", 1, before.l.journal["call/a"])
		if err != nil || r.Call.Stage != call.Ended || r.Call.Ended() {
			t.Fatalf("%v %+v", err, r.Call)
		}
		h := newHouse(t)
		h.l.records, h.l.finished = before.l.records, before.l.finished
		if err := h.TakeUp(r.Call); err != nil {
			t.Fatal(err)
		}
		h.mustDo("stop a.r1")
		h.post("a", call.RecordingStopped{Recording: "a.r1", Bytes: 1})
		if got := h.finished("a"); got != "" {
			t.Errorf("reason %q of a call that had ended well", got)
		}
		if live, _, _, _ := h.Counts(); live != 0 {
			t.Error("the call is still there")
		}
	})
}

func TestRestoreOfACallThatWasOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.l.journal["call/a"] = []byte("{}")
		if err := h.TakeUp(&call.Call{ID: "a", Org: org, Stage: call.Ended}); err != nil {
			t.Fatal(err)
		}
		if h.l.journal["call/a"] != nil {
			t.Error("it stays in the journal for ever")
		}
		if live, _, _, _ := h.Counts(); live != 0 {
			t.Error("it has an owner")
		}
	})
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name, kind, state, want string
		version                 int
	}{
		{"another version", "call", `{}`, "version 7", 7},
		{"another kind", "queue", `{}`, `kind "queue"`, 1},
		{"no leg", "leg", `{}`, "has no name", 1},
		{"no JSON", "call", `{`, "cannot be read", 1},
		{"no call", "call", `{}`, "has no name", 1},
		{"no station", "station", `{}`, "nobody's", 1},
		{"no JSON of a station", "station", `[]`, "cannot be read", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := callcontrol.Decode(c.kind, c.version, []byte(c.state))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "%!") {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestDrain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.Arrived(sip.Incoming{Leg: "leg-a", Org: org, Trunk: "t"})
		synctest.Wait()
		empty := h.Drain()
		h.Arrived(sip.Incoming{Leg: "late", Org: org, Trunk: "t"})
		h.mustDo("end late")
		if _, err := h.Dial(org, "ann", "101", "", false); !errors.Is(err, callcontrol.ErrDraining) {
			t.Errorf("dialled: %v", err)
		}
		if !h.Draining() {
			t.Error("not draining")
		}
		h.CloseCalls("the system was stopped")
		h.mustDo("end leg-a")
		select {
		case <-empty:
			t.Error("empty while a leg is still open")
		default:
		}
		stored := false
		h.l.settles = func() {
			select {
			case <-empty:
				t.Error("empty before the call is stored: whoever stops now loses its end")
			default:
				stored = true
			}
		}
		h.Happened("leg-a", sip.Ended{Cause: 41})
		synctest.Wait()
		<-empty
		<-h.Drain()
		if !stored {
			t.Error("the call was not stored")
		}
	})
}

func TestStanding(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := talk(t)
		entered := h.l.calls["a"].EnteredAt
		h.Seats([]callcontrol.Seat{{Agent: "ann", Org: org}, {Agent: "bob", Org: org}})
		h.EnterBrowser("bob", "leg-bob")
		if err := h.AskStation(context.Background(), "bob", station.Start{Tab: "t", Leg: "leg-bob"}); err != nil {
			t.Fatal(err)
		}
		h.TellStation("bob", station.LegUp{Leg: "leg-bob"})
		h.planned = call.Routed{Queue: &call.Queue{ID: "q", Priority: 2}}
		h.begin("b", "leg-b")
		h.post("b", call.LegAnswered{Leg: "leg-b"})
		h.dir.Enter(owner.At("station", id.Agent("cid")), quietBox{})
		h.planned = call.Routed{Agent: "cid"}
		h.begin("c", "leg-c")
		got := h.Standing(org)
		want := []acd.Signal{
			acd.DeviceUp{Agent: "bob"}, acd.Occupy{Call: "a", Agent: "ann", Queue: "q"}, acd.Reserve{Call: "c", Agent: "cid", Purpose: acd.Direct},
			acd.Enqueue{Call: "b", Queue: "q", Priority: 2, EnteredAt: entered, Resumed: true},
		}
		if !equal(got, want) {
			t.Errorf("standing\n%+v\nnot\n%+v", got, want)
		}
		h.post("c", call.Granted{Agent: "cid"}) // it rings now
		want[2] = acd.Reserve{Call: "c", Agent: "cid", Purpose: acd.Direct, Resumed: true}
		if again := h.Standing(org); !equal(again, want) {
			t.Errorf("standing\n%+v\nnot\n%+v", again, want)
		}
		if other := h.Standing("other"); len(other) > 0 {
			t.Errorf("another organisation stands for %+v", other)
		}
	})
}

func equal(a, b []acd.Signal) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// TestAnotherOrganisation asks about a call that belongs to somebody else.
func TestAnotherOrganisation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := talk(t)
		ctx := context.Background()
		if err := h.AskCall(ctx, "other", "a", call.Close{}); !errors.Is(err, callcontrol.ErrNoCall) {
			t.Errorf("another organisation: %v", err)
		}
		if err := h.AskCall(ctx, org, "nobody", call.HangUp{Agent: "ann"}); !errors.Is(err, callcontrol.ErrNoCall) {
			t.Errorf("no such call: %v", err)
		}
		if err := h.AskCall(ctx, org, "a", call.Hold{Agent: "ann"}); err != nil {
			t.Error(err)
		}
	})
}
