package lab

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/store"
)

// shortRings lets every queue ring for five seconds only.
func shortRings(ctx context.Context, db *store.DB) error {
	return eachQueue(ctx, db, func(q *store.Queue) { q.RingSeconds = 5 })
}

func eachQueue(ctx context.Context, db *store.DB, change func(*store.Queue)) error {
	all, err := db.AllQueues(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		change(&all[i])
		if err := db.UpdateQueue(ctx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

// results lists who was offered a call, and what came of it.
func results(d api.CallDetail) string {
	text := ""
	for _, o := range d.Offers {
		text += fmt.Sprintf("%s:%s ", o.AgentName, o.Result)
	}
	return text
}

// named is what the record calls a person.
func named(a *agent) string { return a.Session.User.Name }

// TestRejectedOfferGoesToAnotherAgent: the call returns to the front with its wait intact, rings the next agent, and
// comes back to the first one no sooner than after 30 s (QU-12).
func TestRejectedOfferGoesToAnotherAgent(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	first := ann.rung() // available for longer
	second := caller(t, n, w, support, "+32470111333", callerVoice)
	held := bob.rung()
	if held.Number != "+32470111333" {
		t.Fatalf("bob is rung by %s", held.Number)
	}
	ann.reject(first)
	rejected := time.Now()
	Eventually(t, "the ring ends at ann", func() bool { return len(ann.Picture().Me.Lines) == 0 })
	bob.answer(held)
	bob.line("active")
	Stays(t, time.Second, "ann is not rung by the call that she has rejected", ann.noLine)
	second.HangUp()
	bob.status("wrap_up")
	bob.Must(http.MethodPost, "/wrapup/end", nil, nil)
	again := bob.rung()
	if again.Call != first.Call {
		t.Fatalf("bob is rung by another call than the rejected one")
	}
	bob.answer(again)
	hearsTone(t, k, otherVoice, agentVoice)
	k.HangUp()
	d := bob.Record(first.Call)
	if got, want := results(d), named(ann)+":ignored "+named(bob)+":answered "; got != want {
		t.Errorf("offers %q, not %q", got, want)
	}
	if status := ann.Picture().Me.Status; status != "available" {
		t.Errorf("a reject made ann %s", status)
	}
	if d.QueueWaitSeconds < int(time.Since(rejected)/time.Second)-3 {
		t.Errorf("the wait of %d s lost what was before the reject", d.QueueWaitSeconds)
	}
}

// TestRejectedOfferReturnsAfterHalfAMinute: with nobody else, the same agent is offered the call again after 30 s.
func TestRejectedOfferReturnsAfterHalfAMinute(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.reject(ring)
	rejected := time.Now()
	Eventually(t, "the ring ends", ann.noLine)
	Within(t, 40*time.Second, "the call is offered again", func() bool { return !ann.noLine() })
	if after := time.Since(rejected); after < 29*time.Second {
		t.Errorf("it was offered again after %s", after)
	}
	again := ann.rung()
	if again.Offer == ring.Offer {
		t.Error("it is the same offer")
	}
	ann.answer(again)
	hearsTone(t, k, agentVoice)
}

// TestMissedOfferPausesTheAgent: the ring ends, the agent is unavailable with the reason "Auto pause", the caller is
// the first again (CF-3, VC-8).
func TestMissedOfferPausesTheAgent(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: shortRings})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	me := ann.status("unavailable")
	if me.Reason != "Auto pause" {
		t.Errorf("the reason is %q", me.Reason)
	}
	if rang := time.Since(ring.RingStartedAt); rang < 4*time.Second || rang > 8*time.Second {
		t.Errorf("it rang for %s, not 5 s", rang)
	}
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	bob.answer(bob.rung())
	hearsTone(t, k, otherVoice)
	k.HangUp()
	if got, want := results(bob.Record(ring.Call)), named(ann)+":missed "+named(bob)+":answered "; got != want {
		t.Errorf("offers %q, not %q", got, want)
	}
	boss := w.SignIn(w.Person("admin", 0)).Live("boss")
	queue := boss.Wait("the queue counts", func(p live.Snapshot) bool {
		return len(p.Queues) == 2 && p.Queues[0].Answered+p.Queues[1].Answered == 1
	})
	if missed := queue.Queues[0].Missed + queue.Queues[1].Missed; missed != 1 {
		t.Errorf("the dashboard counts %d missed offers", missed)
	}
}

// TestUnacknowledgedOfferRingsTheNextAgent: a page that does not acknowledge within 1.5 s is asleep and is passed over
// until it speaks again (CF-3, BX-54).
func TestUnacknowledgedOfferRingsTheNextAgent(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	ann.Mute(true)
	began := time.Now()
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := bob.rung()
	t.Logf("MEASURED frozen page passed over after %s", time.Since(began).Round(time.Millisecond))
	Within(t, Patience, "the light of the sleeping page is amber", func() bool { return ann.Picture().Me.Lights.CallRouting == "amber" })
	bob.answer(ring)
	hearsTone(t, k, otherVoice)
	next := caller(t, n, w, support, "+32470111333", callerVoice)
	reached(t, "the next call is answered by the queue", next.Answered())
	Stays(t, time.Second, "a sleeping page is not offered calls", ann.noLine)
	ann.Mute(false)
	within := 20 * time.Second // the probe comes every 15 s
	Within(t, within, "the page is awake after the probe", func() bool { return ann.Picture().Me.Lights.CallRouting == "green" })
	ann.answer(ann.rung())
	hearsTone(t, next, agentVoice)
	k.HangUp()
	d := bob.Record(ring.Call)
	if got, want := results(d), named(ann)+":not_acknowledged "+named(bob)+":answered "; got != want {
		t.Errorf("offers %q, not %q", got, want)
	}
	if !d.Offers[0].AcknowledgedAt.IsZero() {
		t.Error("the record says that the sleeping page acknowledged")
	}
}

// TestCallersAreServedInOrder: more callers than agents; each waits for its turn, and one who leaves is abandoned with
// its offer on record (BX-6).
func TestCallersAreServedInOrder(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	boss := w.SignIn(w.Person("admin", 0))
	screen := boss.Live("boss")
	calls := map[string]*carrier.Call{}
	numbers := []string{"+32470111001", "+32470111002", "+32470111003", "+32470111004"}
	for i, number := range numbers {
		calls[number] = caller(t, n, w, support, number, callerVoice)
		screen.Wait("one more waits", func(p live.Snapshot) bool { return len(p.Waiting) == i+1 })
	}
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	leaver := ann.rung()
	if leaver.Number != numbers[0] {
		t.Fatalf("%s comes first", leaver.Number)
	}
	calls[numbers[0]].HangUp() // while it rings
	calls[numbers[2]].HangUp() // while it waits
	ring := leaver
	for _, number := range []string{numbers[1], numbers[3]} {
		ring = ann.rungAfter(ring)
		if ring.Number != number {
			t.Fatalf("%s comes before %s", ring.Number, number)
		}
		ann.answer(ring)
		hearsTone(t, calls[number], agentVoice)
		calls[number].HangUp()
		ann.status("wrap_up")
		ann.Must(http.MethodPost, "/wrapup/end", nil, nil)
	}
	d := boss.Record(leaver.Call)
	if d.Disposition != "abandoned" || results(d) != named(ann)+":canceled " {
		t.Errorf("the caller who left while it rang: %s, offers %q", d.Disposition, results(d))
	}
	waited := boss.Record(boss.CallFrom(numbers[2]))
	if waited.Disposition != "abandoned" || len(waited.Offers) != 0 {
		t.Errorf("the caller who left while waiting: %s, offers %q", waited.Disposition, results(waited))
	}
	screen.Wait("the dashboard counts", func(p live.Snapshot) bool {
		for _, q := range p.Queues {
			if q.Name == "Support" {
				return q.Answered == 2 && q.Abandoned == 2 && q.Waiting == 0 && q.Offered == 4
			}
		}
		return false
	})
}

// TestOfferedToNobody: the record of a caller who gave up without a ring says why not, of every member (BX-6).
func TestOfferedToNobody(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	ann.become("unavailable", "Lunch")
	boss := w.SignIn(w.Person("admin", 0))
	screen := boss.Live("boss")
	k := caller(t, n, w, support, "+32470111222", callerVoice)
	screen.Wait("the caller waits", func(p live.Snapshot) bool { return len(p.Waiting) == 1 })
	k.HangUp()
	which := boss.CallFrom("+32470111222")
	Eventually(t, "the record says why", func() bool { return len(boss.Record(which).PassedOver) > 0 })
	d := boss.Record(which)
	if len(d.Offers) != 0 || len(d.PassedOver) != 1 || d.PassedOver[0].QueueName != "Support" {
		t.Fatalf("offers %q, passed over %+v", results(d), d.PassedOver)
	}
	for _, s := range d.PassedOver[0].Skipped {
		want := "device_offline"
		if s.AgentName == named(ann) {
			want = "status"
		}
		if s.Reason != want {
			t.Errorf("%s was passed over for %q, not %q", s.AgentName, s.Reason, want)
		}
	}
}
