package lab

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"parley/internal/carrier"
	"parley/internal/dialing"
	"parley/internal/live"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tel"
)

// way is a trunk of the world, to a network.
func way(ctx context.Context, db *store.DB, name string, to *carrier.Carrier, change func(*settings.Trunk)) error {
	t := settings.New[settings.Trunk]()
	t.Name, t.TrunkKind, t.Proxy, t.Networks = name, "address", to.Addr().String(), []string{"127.0.0.0/8"}
	change(&t)
	_, err := db.Shelves().Trunks.Create(ctx, store.Actor{}, t)
	return err
}

// class makes the default class of service.
func class(ctx context.Context, db *store.DB, change func(*settings.Class)) error {
	c := settings.New[settings.Class]()
	c.Name, c.Default = "Office", true
	change(&c)
	_, err := db.Shelves().Classes.Create(ctx, store.Actor{}, c)
	return err
}

// answering is a network whose people answer with a tone, and the calls that reach it.
func answering(t *testing.T) (*carrier.Carrier, chan *carrier.Call) {
	far := make(chan *carrier.Call, 4)
	return network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{Speak: Tone(callerVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	}), far
}

// TestTrunkFailsOver: the first trunk answers 503, the second carries the call, with its own form of numbers and its own
// caller ID, of which the agent is told (BX-33, PN-11).
func TestTrunkFailsOver(t *testing.T) {
	t.Parallel()
	broken := network(t, carrier.Config{Answer: func(string, string) carrier.Behaviour {
		return carrier.Behaviour{Refuse: tel.CauseTemporaryFailure}
	}})
	good, far := answering(t)
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		if err := way(ctx, db, "Main", broken, func(*settings.Trunk) {}); err != nil {
			return err
		}
		return way(ctx, db, "Spare", good, func(t *settings.Trunk) {
			t.Position, t.NumberFormat, t.PresentsAny, t.CallerID = 1, "digits", false, "+12025550199"
		})
	}})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	which := a.dial("(202) 555-0180")
	k := received(t, far)
	if k.Called() != "12025550180" || k.Caller() != "12025550199" {
		t.Errorf("the carrier was called at %s from %s", k.Called(), k.Caller())
	}
	if l := a.line("active"); l.Notice != "trunk Spare may not show the number that was chosen: it shows +1 202-555-0199" {
		t.Errorf("the agent is told %q", l.Notice)
	}
	a.hears(callerVoice, agentVoice)
	hearsTone(t, k, agentVoice, callerVoice)
	k.HangUp()
	d := a.Record(which)
	told := ""
	for _, e := range d.Timeline {
		if e.Kind == "rerouted" {
			told = fmt.Sprint(e.Params)
		}
	}
	if d.Disposition != "answered" || d.From != "+12025550199" || !strings.Contains(told, "Main: a temporary failure, try again (SIP 503)") {
		t.Errorf("the record says %+v, %q", d.CallRow, told)
	}
}

// TestEmergencyCall: neither the class nor a full trunk keeps an agent from an emergency number; a call gives way. Who calls
// the number back that was shown reaches the agent, whatever else it leads to (BX-13).
func TestEmergencyCall(t *testing.T) {
	t.Parallel()
	n, far := answering(t)
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		if err := class(ctx, db, func(c *settings.Class) { c.OutboundEnabled = false }); err != nil {
			return err
		}
		return way(ctx, db, "Main", n, func(t *settings.Trunk) { t.MaxChannels = 1 })
	}})
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	caller(t, n, w, support, "+32470111222", callerVoice)
	busy := bob.rung()
	bob.answer(busy)
	bob.line("active")
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	blocked := ann.dial("+12025550180")
	if d := ann.Record(blocked); d.Reason != "the class of service Office allows no outbound calls" {
		t.Errorf("an ordinary call failed since %q", d.Reason)
	}
	which := ann.dial("911")
	k := received(t, far)
	if k.Called() != "911" || k.Caller() != sales {
		t.Errorf("called %s from %s", k.Called(), k.Caller())
	}
	ann.line("active")
	ann.hears(callerVoice, agentVoice)
	if d := bob.Record(busy.Call); d.Disposition != "answered" || d.Reason != "the line was needed for an emergency call" {
		t.Errorf("the call that gave way: %s, %q", d.Disposition, d.Reason)
	}
	k.HangUp()
	ann.Record(which)
	ann.status("available")
	caller(t, n, w, sales, "+12025550911", callerVoice)
	if ring := ann.rung(); ring.Number != "+12025550911" || ring.QueueName != "" {
		t.Errorf("the call back rings as %+v", ring)
	}
}

// TestOverrideApproved: the agent asks, the supervisor sees it on the socket and allows one call (CS-5).
func TestOverrideApproved(t *testing.T) {
	t.Parallel()
	n, far := answering(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	ann, sue := atWork(t, w, w.Person("agent", 0), agentVoice), sitDown(t, w, w.Person("supervisor", 0))
	const number = "+3225550100"
	blocked := ann.dial(number)
	if d := ann.Record(blocked); d.Reason != "the class of service Standard allows no calls to this country" {
		t.Errorf("blocked since %q", d.Reason)
	}
	ann.Must("POST", "/overrides", map[string]string{"to": number, "note": "an order"}, nil)
	seen := sue.Wait("the request", func(p live.Snapshot) bool { return len(p.Overrides) == 1 }).Overrides[0]
	if seen.Number != number || seen.Note != "an order" || seen.AgentName != named(ann) {
		t.Errorf("the supervisor sees %+v", seen)
	}
	if err := sue.Post("/overrides/" + seen.ID + "/approve"); err != nil {
		t.Fatal(err)
	}
	ann.Wait("the approval", func(p live.Snapshot) bool {
		return len(p.Overrides) == 1 && p.Overrides[0].State == dialing.OverrideApproved
	})
	which := ann.dial(number)
	if k := received(t, far); k.Called() != number {
		t.Errorf("the carrier was called at %s", k.Called())
	}
	ann.line("active")
	ann.do(which, "hangup")
	ann.status("available")
	if d := ann.Record(ann.dial(number)); d.Reason != "the class of service Standard allows no calls to this country" {
		t.Errorf("a second call: %q", d.Reason)
	}
	var audit struct {
		Items []struct{ Action string }
	}
	Eventually(t, "the audit is complete", func() bool {
		sue.Must("GET", "/class-of-service/audit", nil, &audit)
		return fmt.Sprint(audit.Items) == "[{blocked} {override_approved} {override_requested} {blocked}]"
	})
}
