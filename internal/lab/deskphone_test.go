package lab

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/live"
)

// atDesk is an agent whose device is a desk phone: the page is open but not started.
func atDesk(t *testing.T, w *World, u User, hertz int) (*agent, *Phone) {
	t.Helper()
	return atDeskWith(t, w, Model{}, u, hertz)
}

func atDeskWith(t *testing.T, w *World, m Model, u User, hertz int) (*agent, *Phone) {
	t.Helper()
	a := sitDown(t, w, u)
	p := w.PhoneOf(m, u, hertz)
	a.Wait("the desk phone is registered", func(p live.Snapshot) bool { return p.Me.Desk.Registered })
	a.Must("POST", "/station/desk", map[string]bool{"on": true}, nil)
	a.Wait("the desk phone is the device", func(p live.Snapshot) bool { return p.Me.Desk.Working && p.Me.Lights.CallRouting == "green" })
	a.become("available", "")
	return a, p
}

func phoneHears(t *testing.T, p *Phone, hertz float64, others ...float64) {
	t.Helper()
	Eventually(t, fmt.Sprintf("the phone hears %.0f Hz", hertz), func() bool { return OnlyTone(p.Heard(300*time.Millisecond), hertz, others...) })
}

// TestDeskPhone: baresip registers with digest, is the agent's device, is rung by a queue and talks.
func TestDeskPhone(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann, phone := atDesk(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	phone.Tells("CALL_INCOMING", 1)
	phone.Do("accept", "")
	phone.Tells("CALL_ESTABLISHED", 1)
	hearsTone(t, k, agentVoice, callerVoice)
	phoneHears(t, phone, callerVoice)
	if l := ann.line("active"); l.Device != "desk_phone" {
		t.Errorf("the line's device is %q", l.Device)
	}
	ann.do(ring.Call, "hold") // from the page, though the voice is the phone's
	hearsSound(t, k, "music while held", inBox(t, "hold_music"))
	ann.do(ring.Call, "resume")
	hearsTone(t, k, agentVoice, callerVoice)
	phone.Do("hangup", "")
	ended(t, k)
	ann.status("wrap_up")
	d := ann.Record(ring.Call)
	if len(d.Offers) != 1 || d.Offers[0].Device != "desk_phone" || d.Offers[0].Result != "answered" || d.Offers[0].AcknowledgedAt.IsZero() {
		t.Errorf("offers %+v", d.Offers)
	}
	ann.Must("POST", "/station/desk", map[string]bool{"on": false}, nil)
	ann.status("offline")
}

// TestDeskPhoneCalls: outbound through the trunk, and to an extension.
func TestDeskPhoneCalls(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 1)
	n := network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{Speak: Tone(callerVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	})
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	ann, phone := atDesk(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)

	phone.Do("dial", "sip:+12025550180@"+w.SIP)
	phone.Tells("CALL_ESTABLISHED", 1)
	k := received(t, far)
	if k.Called() != string(carrier.NumberAnswers) || k.Caller() != sales {
		t.Errorf("the carrier was called at %s from %s", k.Called(), k.Caller())
	}
	hearsTone(t, k, agentVoice)
	phoneHears(t, phone, callerVoice)
	l := ann.line("active")
	k.HangUp()
	phone.Tells("CALL_CLOSED", 1)
	if d := ann.Record(l.Call); d.Direction != "outbound" || d.Disposition != "answered" {
		t.Errorf("the record says %s, %s", d.Direction, d.Disposition)
	}

	ann.status("available")
	phone.Do("dial", fmt.Sprintf("sip:%s@%s", bob.User.Extension, w.SIP))
	ring := bob.rung()
	if ring.Direction != "internal" || ring.Number != ann.User.Extension {
		t.Errorf("bob is rung by %+v", ring)
	}
	bob.answer(ring)
	phone.Tells("CALL_ESTABLISHED", 2)
	bob.hears(agentVoice, otherVoice)
	phoneHears(t, phone, otherVoice)
	bob.do(ring.Call, "hangup")
	phone.Tells("CALL_CLOSED", 2)
	if d := bob.Record(ring.Call); d.Direction != "internal" || d.Disposition != "answered" || d.From != ann.User.Extension {
		t.Errorf("the record says %+v", d.CallRow)
	}
}

// received waits for a call that reaches a network.
func received(t *testing.T, from chan *carrier.Call) *carrier.Call {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), Patience)
	defer cancel()
	select {
	case k := <-from:
		return k
	case <-ctx.Done():
		t.Fatal("no call reached the carrier")
		return nil
	}
}
