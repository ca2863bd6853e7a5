package lab

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/store"
)

// tied takes from everybody what switches may take away.
func tied(ctx context.Context, db *store.DB) error {
	users := db.Shelves().Users
	all, err := users.All(ctx)
	if err != nil {
		return err
	}
	for _, u := range all {
		u.Fields.Switches.RecordingControl, u.Fields.Switches.ManualDial = false, false
		if _, err := users.Update(ctx, store.Actor{}, u.ID, u.Version, u.Fields); err != nil {
			return err
		}
	}
	return nil
}

// TestWithoutSwitches: who has neither recording_control nor manual_dial sees no record key, is refused to record, and dials
// no number outside (PM-7, RC-2).
func TestWithoutSwitches(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: tied})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsTone(t, k, agentVoice)
	if l := ann.line("active"); l.CanRecord {
		t.Error("the line says that it may be recorded")
	}
	if err := ann.Post("/calls/" + string(ring.Call) + "/record/start"); Status(err) != http.StatusForbidden {
		t.Errorf("recording gave %v", err)
	}
	ann.do(ring.Call, "hangup")
	ended(t, k)
	ann.become("available", "")
	which := ann.dial("+12125550123")
	ann.Wait("the call is refused in words", func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Me.Lines, func(l live.Line) bool { return l.Call == which && strings.Contains(l.Reason, "Dial by hand") })
	})
}

// pausedOnly lets nobody dial outside by hand but who is unavailable.
func pausedOnly(ctx context.Context, db *store.DB) error {
	shelf := db.Shelves().Org
	org, err := shelf.All(ctx)
	if err != nil {
		return err
	}
	org[0].Fields.Dialing.HandUnavailable = true
	_, err = shelf.Update(ctx, store.Actor{}, org[0].ID, org[0].Version, org[0].Fields)
	return err
}

// TestDialOnlyWhileUnavailable: where the organisation wants it so, who is available is told to change the status first (CF-4).
func TestDialOnlyWhileUnavailable(t *testing.T) {
	t.Parallel()
	n, far := answering(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: pausedOnly})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	const number = "+12125550123"
	if d := ann.Record(ann.dial(number)); !strings.Contains(d.Reason, "only while you are unavailable") {
		t.Errorf("refused since %q", d.Reason)
	}
	ann.become("unavailable", "")
	which := ann.dial(number)
	if k := received(t, far); k.Called() != number {
		t.Errorf("the carrier was called at %s", k.Called())
	}
	ann.line("active")
	ann.do(which, "hangup")
}
