package lab

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/live"
	"parley/internal/prompt"
	"parley/internal/store"
	"parley/internal/tel"
)

// callsBack has the queues offer a callback after a second, and whisper to their agents; the number of Sales leads to its queue
// without a word.
func callsBack(customerFirst bool, whisper string) func(ctx context.Context, db *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		shelves := db.Shelves()
		queues, err := shelves.Queues.All(ctx)
		if err != nil {
			return err
		}
		for _, q := range queues {
			q.Fields.EntryGreeting, q.Fields.RecordingNotice, q.Fields.AnnouncePosition, q.Fields.AnnounceWait = prompt.Prompt{}, prompt.Prompt{}, false, false
			q.Fields.Callback.Enabled, q.Fields.Callback.OfferAfter, q.Fields.Callback.RetryDelay = true, 1, 30
			q.Fields.Callback.HoursOnly, q.Fields.Callback.CustomerFirst = false, customerFirst
			q.Fields.AgentWhisper = prompt.Prompt{Text: whisper}
			if _, err := shelves.Queues.Update(ctx, store.Actor{}, q.ID, q.Version, q.Fields); err != nil {
				return err
			}
			if q.Title == "Sales" {
				if err := leadTo(ctx, shelves, dest.Destination{Kind: dest.Queue, Target: q.ID}); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

const wanted = "+12025550199" // who wants to be called back

// books calls, takes the offer at the own number, and hangs up right after the last key.
func books(t *testing.T, n *carrier.Carrier, w *World, boss *agent) {
	t.Helper()
	k := caller(t, n, w, sales, wanted, callerVoice)
	reached(t, "the caller is answered", k.Answered())
	pressed := time.NewTicker(700 * time.Millisecond)
	defer pressed.Stop()
	for _, key := range []string{"", "", "1", "1", "#", "1"} {
		<-pressed.C
		press(t, k, key)
	}
	boss.Wait("the callback is kept", func(p live.Snapshot) bool { return pending(p) == 1 })
	k.HangUp()
}

// pending counts the callbacks that wait.
func pending(p live.Snapshot) (n int) {
	for _, q := range p.Queues {
		n += q.CallbacksPending
	}
	return n
}

// customers is a network whose customer answers, or is engaged as long as so is set.
func customers(t *testing.T, far chan *carrier.Call, engaged func() bool) *carrier.Carrier {
	return network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			if engaged != nil && engaged() {
				return carrier.Behaviour{Refuse: tel.CauseBusy}
			}
			return carrier.Behaviour{RingFor: 500 * time.Millisecond, Speak: Tone(otherVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	})
}

// TestCallback: a caller waits, takes the offer and hangs up. The program is restarted. When an agent comes to work, the agent's
// page rings for the callback, the customer is dialled, and both hear each other (QU-11, BX-3).
func TestCallback(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 4)
	n := customers(t, far, nil)
	w := Start(t, Setup{Prepare: callsBack(false, ""), Args: []string{"--demo-carrier", n.Addr().String()}})
	books(t, n, w, sitDown(t, w, w.Person("admin", 0)))
	w.Kill()
	w.Again()
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	ring := ann.rung()
	if ring.Number != wanted || ring.QueueName != "Sales" || ring.Callback == nil || ring.Callback.Attempt != 1 || time.Since(ring.Callback.Since) > time.Minute {
		t.Errorf("the ring says %+v, callback %+v", ring, ring.Callback)
	}
	ann.answer(ring)
	k := received(t, far)
	if k.Called() != wanted {
		t.Errorf("called back at %s", k.Called())
	}
	hearsTone(t, k, agentVoice, otherVoice)
	ann.hears(otherVoice, agentVoice)
	k.HangUp()
	ann.status("wrap_up")
	d := ann.Record(ring.Call)
	if d.CallType != "callback" || d.Disposition != "answered" || d.Callback == nil || d.Callback.Name != "Sales" || results(d) != named(ann)+":answered " {
		t.Errorf("the record says %+v, callback %+v, offers %s", d.CallRow, d.Callback, results(d))
	}
	ann.Wait("nothing pends", func(p live.Snapshot) bool { return pending(p) == 0 })
}

// TestCallbackBusy: an engaged customer is tried again after the delay, and the agent is free meanwhile.
func TestCallbackBusy(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 4)
	var tries atomic.Int32
	n := customers(t, far, func() bool { return tries.Add(1) == 1 })
	w := Start(t, Setup{Prepare: callsBack(false, ""), Args: []string{"--demo-carrier", n.Addr().String()}})
	books(t, n, w, sitDown(t, w, w.Person("admin", 0)))
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	first := ann.rung()
	ann.answer(first)
	received(t, far)
	ann.status("available")
	Eventually(t, "a callback that was tried once, and when it is tried again", func() bool {
		var list api.CallbackList
		ann.Must("GET", "/callbacks", nil, &list)
		return len(list.Callbacks) == 1 && list.Callbacks[0].Attempts == 1 && !list.Callbacks[0].RetryAt.IsZero() && list.Callbacks[0].Number == wanted
	})
	if d := ann.Record(first.Call); d.Disposition != "busy" {
		t.Errorf("the first attempt was %s", d.Disposition)
	}
	var again live.Line
	Within(t, 45*time.Second, "another attempt", func() bool {
		for _, l := range ann.Picture().Me.Lines {
			if l.State == "incoming" {
				again = l
			}
		}
		return again.Call != ""
	})
	if again.Callback == nil || again.Callback.Attempt != 2 {
		t.Errorf("the second ring says %+v", again.Callback)
	}
	ann.answer(again)
	hearsTone(t, received(t, far), agentVoice, otherVoice)
}

// TestCallbackCustomerFirst: the customer is dialled when an agent is free, and the agent rung when the customer has answered.
func TestCallbackCustomerFirst(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 4)
	n := customers(t, far, nil)
	w := Start(t, Setup{Prepare: callsBack(true, ""), Args: []string{"--demo-carrier", n.Addr().String()}})
	books(t, n, w, sitDown(t, w, w.Person("admin", 0)))
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := received(t, far)
	ring := ann.rung()
	ann.answer(ring)
	hearsTone(t, k, agentVoice, otherVoice)
	ann.hears(otherVoice, agentVoice)
	ann.do(ring.Call, "hangup")
	d := ann.Record(ring.Call)
	if d.CallType != "callback" || d.Disposition != "answered" || d.Callback == nil || d.Callback.Attempt != 1 {
		t.Errorf("the record says %+v, callback %+v", d.CallRow, d.Callback)
	}
}

// TestCallbackGivenUp: the agent who takes a callback hears what the queue whispers before the customer is dialled. A supervisor
// gives the callback up while the customer's telephone rings: it stops, the record says why, and the agent is free at once.
func TestCallbackGivenUp(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 1)
	n := network(t, carrier.Config{
		Answer:  func(string, string) carrier.Behaviour { return carrier.Behaviour{RingFor: time.Minute} },
		Arrived: func(k *carrier.Call) { far <- k },
	})
	w := Start(t, Setup{Prepare: callsBack(false, "A customer of Sales waits to be called back."), Args: []string{"--demo-carrier", n.Addr().String()}})
	boss := sitDown(t, w, w.Person("admin", 0))
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	var booked struct{ ID string }
	boss.Must("POST", "/callbacks", map[string]any{"queue": ann.Picture().Queues[0].ID, "number": wanted}, &booked)
	ring := ann.rung()
	ann.answer(ring)
	Eventually(t, "the agent hears the whisper", func() bool { return !Silent(ann.last(300 * time.Millisecond)) })
	select {
	case <-far:
		t.Error("the customer is dialled while the queue whispers")
	default:
	}
	k := received(t, far)
	boss.Must("DELETE", "/callbacks/"+booked.ID, nil, nil)
	if end := ended(t, k); !end.ByPeer {
		t.Errorf("the customer's telephone stopped by itself: %+v", end)
	}
	ann.status("available")
	if d := ann.Record(ring.Call); d.Disposition != "no_answer" || d.Reason != "the callback was given up" {
		t.Errorf("the record says %s, %q", d.Disposition, d.Reason)
	}
	boss.Wait("nothing pends", func(p live.Snapshot) bool { return pending(p) == 0 })
}
