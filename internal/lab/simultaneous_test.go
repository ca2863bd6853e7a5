package lab

import (
	"context"
	"strings"
	"testing"

	"parley/internal/acd"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/store"
)

// allAtOnce lets every queue ring all its members at once, and deliver to all of them.
func allAtOnce(ctx context.Context, db *store.DB) error {
	off, err := db.QueueToggles(ctx)
	if err != nil {
		return err
	}
	for _, o := range off {
		if err := db.SetQueueToggle(ctx, o.Agent, o.Queue, true); err != nil {
			return err
		}
	}
	return eachQueue(ctx, db, func(q *store.Queue) { q.Strategy = string(acd.Simultaneous) })
}

// TestFirstAnswerWins rings two desk phones and a browser at once: the phone that answers has the call, the other one is
// canceled as answered elsewhere, the browser's ring ends, and who lost is free for the next call (QU-5, QU-19).
func TestFirstAnswerWins(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: allAtOnce})
	n := network(t, carrier.Config{})
	ann, first := atDesk(t, w, w.Person("agent", 0), agentVoice)
	bob, second := atDesk(t, w, w.Person("agent", 1), otherVoice)
	cem := atWork(t, w, w.Person("supervisor", 0), otherVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	if at := cem.rung(); at.Call != ring.Call || bob.rung().Call != ring.Call {
		t.Errorf("the three are not rung by the same call: %+v", at)
	}
	first.Tells("CALL_INCOMING", 1)
	second.Tells("CALL_INCOMING", 1)
	second.Do("accept", "")
	second.Tells("CALL_ESTABLISHED", 1)
	first.Tells("CALL_CLOSED", 1)
	Eventually(t, "the rings end at ann and cem", func() bool { return ann.noLine() && cem.noLine() })
	hearsTone(t, k, otherVoice, callerVoice)
	phoneHears(t, second, callerVoice)
	ann.status("available")
	cem.status("available")

	next := caller(t, n, w, support, "+32470111333", callerVoice) // rings those who lost, at once
	again := ann.rung()
	if again.Number != "+32470111333" || cem.rung().Call != again.Call {
		t.Errorf("ann is rung by %+v", again)
	}
	next.HangUp() // both stop
	first.Tells("CALL_CLOSED", 2)
	Eventually(t, "the rings end at ann and cem again", func() bool { return ann.noLine() && cem.noLine() })

	k.HangUp()
	bob.status("wrap_up")
	d := bob.Record(ring.Call)
	for _, o := range d.Offers {
		won := o.AgentName == named(bob)
		if want := map[bool]string{true: "answered", false: "canceled"}[won]; o.Result != want || strings.Contains(o.Reason, "another agent") == won {
			t.Errorf("%s: %s, %q", o.AgentName, o.Result, o.Reason)
		}
	}
	if len(d.Offers) != 3 {
		t.Errorf("offers %+v", d.Offers)
	}
	for _, o := range ann.Record(again.Call).Offers {
		if o.Result != "canceled" || o.Reason != "the caller left" {
			t.Errorf("%s: %s, %q", o.AgentName, o.Result, o.Reason)
		}
	}
	cem.Wait("nobody waits", func(p live.Snapshot) bool { return p.Me.Status == "available" })
}
