package lab

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/store"
)

// park parks the other one and gives the slot.
func (a *agent) park(which id.Call) string {
	a.t.Helper()
	var out struct {
		Slot string `json:"slot"`
	}
	a.Must("POST", "/calls/"+string(which)+"/park", map[string]string{}, &out)
	return out.Slot
}

// parkedIn waits until the list of parked calls holds these slots and no others.
func (a *agent) parkedIn(slots ...string) []live.Parked {
	a.t.Helper()
	var found []live.Parked
	a.Wait("the list of parked calls", func(p live.Snapshot) bool {
		found = p.Parked
		return slices.EqualFunc(p.Parked, slots, func(k live.Parked, slot string) bool { return k.Slot == slot })
	})
	return found
}

func holds(d api.CallDetail) (all []string) {
	for _, h := range d.Holds {
		all = append(all, h.By+" "+h.Slot)
	}
	return all
}

// TestParkedCall: Ann hears the slot and parks her caller, who hears hold audio; of two who take the caller at once one wins. Bob parks
// the caller again by a transfer to 700, and a desk phone dials the slot; the recording has a gap where nobody was there (BX-25).
func TestParkedCall(t *testing.T) {
	t.Parallel()
	w, _, k, ann, bob, ring := company(t, carrier.Behaviour{})
	slot := ann.park(ring.Call)
	if slot != "701" {
		t.Fatalf("parked in %q", slot)
	}
	Eventually(t, "Ann hears the slot", func() bool { pcm := ann.last(300 * time.Millisecond); return only(pcm) && !Silent(pcm) })
	onHold(t, k)
	ann.status("wrap_up")
	one := bob.parkedIn("701")[0]
	if one.Call != ring.Call || one.Number != "+32470111222" || one.By != named(ann) {
		t.Errorf("the list says %+v", one)
	}
	onHold(t, k)

	refused := make(chan error, 2)
	for _, a := range []*agent{ann, bob} {
		go func() { refused <- a.Post("/parked/701/take") }()
	}
	first, second := <-refused, <-refused
	if first == nil {
		first, second = second, first
	}
	if second != nil || Status(first) != http.StatusConflict {
		t.Fatalf("of two who take the call one is told %v, the other %v", second, first)
	}
	winner, voice := bob, float64(otherVoice)
	talks := func(a *agent) bool {
		return slices.ContainsFunc(a.Picture().Me.Lines, func(l live.Line) bool { return l.State == "active" })
	}
	Eventually(t, "one of them has the caller", func() bool { return talks(ann) || talks(bob) })
	if talks(ann) {
		winner, voice = ann, agentVoice
	}
	winner.hearsOnly(callerVoice)
	hearsOnly(t, k, voice)
	ann.parkedIn()

	winner.move(ring.Call, "transfer", dest.External, "700", "")
	bob.parkedIn("701")
	onHold(t, k)
	cas, phone := atDesk(t, w, w.Person("supervisor", 0), farVoice)
	phone.Do("dial", "sip:701@"+w.SIP)
	phone.Tells("CALL_ESTABLISHED", 1)
	hearsOnly(t, k, farVoice)
	phoneHears(t, phone, callerVoice)
	if l := cas.line("active"); l.Call != ring.Call || l.Device != "desk_phone" {
		t.Errorf("the desk phone's line is %+v", l)
	}
	phone.Do("hangup", "")
	ended(t, k)
	phone.Do("dial", "sip:701@"+w.SIP) // nobody is there any more
	phone.Tells("CALL_CLOSED", 2)
	d := cas.Record(ring.Call)
	if got := holds(d); d.Disposition != "answered" || !slices.Equal(got, []string{named(ann) + " 701", named(winner) + " 701"}) {
		t.Errorf("the record says %s, held by %q", d.Disposition, got)
	}
	if gaps := d.Recordings[0].Gaps; len(gaps) < 2 || gaps[0].Kind != "hold" {
		t.Errorf("gaps %+v", gaps)
	}
}

// parksBriefly rings who has parked a call after 4 seconds, sooner than the settings allow.
func parksBriefly(ctx context.Context, db *store.DB) error {
	shelf := db.Shelves().Org
	all, err := shelf.All(ctx)
	if err != nil {
		return err
	}
	all[0].Fields.Dialing.ParkSeconds = 4
	_, err = shelf.Update(ctx, store.Actor{}, all[0].ID, all[0].Version, all[0].Fields)
	return err
}

// TestParkedCallReturns: nobody takes the caller, so Ann is rung by a call marked as one that returns; then she parks the caller
// again, does not answer, and the caller is at the front of the queue.
func TestParkedCallReturns(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: parksBriefly})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsOnly(t, k, agentVoice)
	ann.park(ring.Call)
	onHold(t, k)
	back := ann.rungAfter(ring)
	if back.Call != ring.Call || back.Slot != "701" {
		t.Errorf("what returns is %+v", back)
	}
	onHold(t, k)
	ann.answer(back)
	ann.hearsOnly(callerVoice)
	hearsOnly(t, k, agentVoice)
	ann.parkedIn()
	ann.park(ring.Call)
	ann.reject(ann.rungAfter(back))
	ann.Wait("the caller waits in the queue", func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Queues, func(q live.Queue) bool { return q.Waiting == 1 })
	})
	ann.parkedIn()
	k.HangUp()
	ended(t, k)
	if d := ann.Record(ring.Call); d.Disposition != "answered" {
		t.Errorf("the record says %s", d.Disposition)
	}
}
