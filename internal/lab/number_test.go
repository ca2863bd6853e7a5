package lab

import (
	"context"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/sounds"
	"parley/internal/store"
)

// mobile is the receiving number of the agents in these tests.
const mobile = "+12025550199"

// onMobile has every agent of the demo prefer a receiving number, and nothing else.
func onMobile(ctx context.Context, db *store.DB) error {
	agents, err := db.AllAgents(ctx)
	for i := range agents {
		a := &agents[i]
		a.PreferredDevice, a.RingStrategy, a.ReceivingNumber = store.ReceivingNumber, store.PreferredOnly, mobile
		if err == nil {
			err = db.UpdateAgent(ctx, a)
		}
	}
	return err
}

// mobiles is a network in which every number that is called answers with a voice and listens.
func mobiles(t *testing.T) (*carrier.Carrier, chan *carrier.Call) {
	far := make(chan *carrier.Call, 4)
	return network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{Speak: Tone(otherVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	}), far
}

// hearsBeep waits until a telephone is asked for a key, or is told that a call comes.
func hearsBeep(t *testing.T, k *carrier.Call) {
	t.Helper()
	listens(t, k, "the beep", 200*time.Millisecond, func(pcm []int16) bool { return HasTone(pcm, 880) || HasTone(pcm, 1175) })
}

// TestReceivingNumber: a queue's call rings a mobile through the trunk; only after key 1 do the two hear each other.
func TestReceivingNumber(t *testing.T) {
	t.Parallel()
	n, far := mobiles(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: onMobile})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	from := network(t, carrier.Config{})
	k := caller(t, from, w, support, "+32470111222", callerVoice)
	phone := received(t, far)
	if phone.Called() != mobile {
		t.Errorf("%s was called", phone.Called())
	}
	hearsBeep(t, phone)
	hearsSound(t, k, "music while the mobile is asked", inBox(t, sounds.HoldMusic))
	if pcm := k.Heard(300 * time.Millisecond); HasTone(pcm, otherVoice) {
		t.Error("the caller hears the mobile before key 1")
	}
	if err := phone.Press("1"); err != nil {
		t.Fatal(err)
	}
	hearsTone(t, k, otherVoice, callerVoice)
	hearsTone(t, phone, callerVoice, otherVoice)
	l := ann.line("active")
	if l.Device != "receiving_number" {
		t.Errorf("the line's device is %q", l.Device)
	}
	k.HangUp()
	<-phone.Ended()
	ann.status("wrap_up")
	d := ann.Record(l.Call)
	if len(d.Offers) != 1 || d.Offers[0].Device != "receiving_number" || d.Offers[0].Result != "answered" {
		t.Errorf("offers %+v", d.Offers)
	}
}

// TestVoicemailOfAReceivingNumber: what answers the mobile presses nothing, or another key. It never has the caller.
func TestVoicemailOfAReceivingNumber(t *testing.T) {
	t.Parallel()
	n, far := mobiles(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: func(ctx context.Context, db *store.DB) error {
		queues, err := db.AllQueues(ctx)
		for i := range queues {
			queues[i].RingSeconds = 6
			if err == nil {
				err = db.UpdateQueue(ctx, &queues[i])
			}
		}
		if err != nil {
			return err
		}
		return onMobile(ctx, db)
	}})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	from := network(t, carrier.Config{})
	k := caller(t, from, w, support, "+32470111222", callerVoice)
	phone := received(t, far)
	hearsBeep(t, phone)
	ended(t, phone)
	if pcm := phone.Heard(5 * time.Second); HasTone(pcm, callerVoice) {
		t.Error("the voicemail has heard the caller")
	}
	ann.status("unavailable")
	listens(t, k, "music all the while", 300*time.Millisecond, func(pcm []int16) bool {
		return !Silent(pcm) && media.Ear{}.Strength(pcm, otherVoice) < 0.02
	})
	ann.Wait("she is paused by the system", func(p live.Snapshot) bool { return p.Me.Reason == "Auto pause" })
	k.HangUp()
	if d := ann.Record(ann.CallFrom("+32470111222")); d.Offers[0].Result != "missed" {
		t.Errorf("offers %+v", d.Offers)
	}
}
