package lab

import (
	"context"
	"testing"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/station"
	"parley/internal/store"
	"parley/internal/tel"
)

// connected waits until the voice path by telephone stands as it should.
func (a *agent) connected(state station.PathState) {
	a.t.Helper()
	a.Wait("the voice path is "+string(state), func(p live.Snapshot) bool { return p.Me.Voice != nil && p.Me.Voice.Path == state })
}

// arrives lets a customer call the queue, and checks by ears that exactly the two who should hear each other.
func (a *agent) arrives(t *testing.T, w *World, phone *carrier.Call, from string, hertz int) {
	t.Helper()
	k := caller(t, network(t, carrier.Config{}), w, support, from, hertz)
	hearsTone(t, k, otherVoice, float64(hertz))
	hearsTone(t, phone, float64(hertz), otherVoice)
	l := a.line("active")
	if l.Number != from {
		t.Errorf("the line is with %s", l.Number)
	}
	k.HangUp()
	a.status("wrap_up")
	a.Must("POST", "/wrapup/end", nil, nil)
	a.status("available")
}

// TestPersistentCallMe: the agent's phone is called once; two customers come to it one after the other, by a beep and without
// Answer. When the agent hangs the phone up, the path is lost, and the next call pauses the agent.
func TestPersistentCallMe(t *testing.T) {
	t.Parallel()
	n, far := mobiles(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	ann := sitDown(t, w, w.Person("agent", 0))
	ann.Must("POST", "/station/voice", api.VoiceChoice{Mode: station.ByCallMe, Number: "(202) 555-0199", Persistent: true}, nil)
	phone := received(t, far)
	if phone.Called() != mobile {
		t.Errorf("%s was called", phone.Called())
	}
	ann.connected(station.PathUp)
	ann.become("available", "")
	ann.arrives(t, w, phone, "+32470111222", callerVoice)
	ann.arrives(t, w, phone, "+32470111223", agentVoice)
	phone.HangUp()
	ann.connected(station.PathLost)
	k := caller(t, network(t, carrier.Config{}), w, support, "+32470111224", callerVoice)
	ann.Wait("the agent is paused", func(p live.Snapshot) bool { return p.Me.Reason == "Auto pause" })
	ann.Must("POST", "/station/voice", api.VoiceChoice{Mode: station.ByCallMe, Number: "+12025550199", Persistent: true}, nil)
	phone = received(t, far)
	ann.connected(station.PathUp)
	ann.become("available", "")
	hearsBeep(t, phone)
	hearsTone(t, phone, callerVoice, otherVoice)
	ann.do(ann.line("active").Call, "hangup")
	ended(t, k)
	ann.Must("POST", "/station/voice/stop", map[string]bool{}, nil)
	ended(t, phone)
	ann.status("offline")
}

// dialInHere makes the number of Sales one that agents dial in on.
func dialInHere(ctx context.Context, db *store.DB) error {
	all, err := db.AllNumbers(ctx)
	for i := range all {
		if err == nil && string(all[i].PhoneNumber) == sales {
			all[i].DialIn = true
			err = db.UpdateNumber(ctx, &all[i])
		}
	}
	return err
}

// TestCallIn: an agent dials in, keys id and PIN, and takes and places calls on that line.
func TestCallIn(t *testing.T) {
	t.Parallel()
	n, far := mobiles(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: dialInHere})
	ann := sitDown(t, w, w.Person("agent", 0))
	var ticket api.VoiceTicket
	ann.Must("POST", "/station/voice", api.VoiceChoice{Mode: station.ByCallIn}, &ticket)
	ann.connected(station.PathAwaited)
	if len(ticket.DialIn) != 1 || string(ticket.DialIn[0]) != sales {
		t.Fatalf("ticket %+v", ticket)
	}
	phone := caller(t, network(t, carrier.Config{}), w, sales, "+32470555666", otherVoice)
	hearsBeep(t, phone)
	for _, key := range ticket.AgentID + "#" + ticket.PIN {
		if err := phone.Press(tel.Digit(string(key))); err != nil {
			t.Fatal(err)
		}
	}
	ann.connected(station.PathUp)
	ann.become("available", "")
	ann.arrives(t, w, phone, "+32470111222", callerVoice)
	which := ann.dial("+12025550180") // on the same line
	k := received(t, far)
	hearsTone(t, k, otherVoice)
	ann.do(which, "hangup")
	ended(t, k)
	phone.HangUp()
	ann.connected(station.PathLost)
}
