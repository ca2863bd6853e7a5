package lab

import (
	"context"
	"testing"

	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/store"
)

// toAnn leads the number of Sales to the first agent herself.
func toAnn(ctx context.Context, db *store.DB) error {
	shelves := db.Shelves()
	ann, err := withExtension(ctx, shelves, "102")
	if err != nil {
		return err
	}
	return leadTo(ctx, shelves, dest.Destination{Kind: dest.Agent, Target: ann.ID})
}

// TestCallWaiting: who hears whom when a second caller reaches an agent who talks, from the ring on her other line to the last word (SP-25).
func TestCallWaiting(t *testing.T) {
	t.Parallel()
	n := network(t, carrier.Config{})
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: toAnn})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	first := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsOnly(t, first, agentVoice)
	ann.hearsOnly(callerVoice)

	second := caller(t, n, w, sales, "+32470111333", otherVoice)
	waits := ann.rungAfter(ring)
	if waits.Line != 2 || waits.Number != "+32470111333" {
		t.Errorf("the second caller rings on line %d from %s", waits.Line, waits.Number)
	}
	ann.hearsOnly(callerVoice)
	ann.answer(waits)
	ann.second("active")
	ann.hearsOnly(otherVoice)
	hearsOnly(t, second, agentVoice)
	onHold(t, first)

	ann.do(ring.Call, "switch")
	ann.second("held")
	ann.hearsOnly(callerVoice)
	hearsOnly(t, first, agentVoice)
	onHold(t, second)

	ann.do(ring.Call, "hangup")
	ended(t, first)
	ann.hearsOnly(otherVoice)
	hearsOnly(t, second, agentVoice)
	ann.do(waits.Call, "hangup")
	ended(t, second)
	for _, which := range []id.Call{ring.Call, waits.Call} {
		if d := ann.Record(which); d.Disposition != "answered" {
			t.Errorf("call %s is %+v", which, d)
		}
	}
}
