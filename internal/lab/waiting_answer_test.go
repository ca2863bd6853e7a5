package lab

import (
	"net/http"
	"testing"

	"parley/internal/carrier"
	"parley/internal/live"
)

// TestSupervisorAnswersOutOfOrder: of two who wait, a supervisor who is unavailable answers the second; both hear each other, an
// administrator who is a moment late is told, and the first keeps the place (MN-2).
func TestSupervisorAnswersOutOfOrder(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	sam := sitDown(t, w, w.Person("supervisor", 0))
	sam.start(agentVoice)
	sam.become("unavailable", "Meeting")
	boss := w.SignIn(w.Person("admin", 0))
	caller(t, n, w, support, "+32470111222", otherVoice)
	sam.Wait("one waits", func(p live.Snapshot) bool { return len(p.Waiting) == 1 && p.Waiting[0].Number == "+32470111222" })
	second := caller(t, n, w, support, "+32470111333", callerVoice)
	var at live.Waiting
	sam.Wait("the second waits", func(p live.Snapshot) bool {
		for _, c := range p.Waiting {
			if c.Number == "+32470111333" {
				at = c
			}
		}
		return at.Call != ""
	})
	sam.Must("POST", "/waiting/"+string(at.Call)+"/answer", nil, nil)
	ring := sam.rung()
	if ring.Call != at.Call {
		t.Fatalf("sam is rung by %+v, not by the second", ring)
	}
	if err := boss.Post("/waiting/" + string(at.Call) + "/answer"); Status(err) != http.StatusConflict {
		t.Errorf("an administrator who is late: %v", err)
	}
	sam.answer(ring)
	hearsTone(t, second, agentVoice, otherVoice)
	sam.hears(callerVoice)
	p := sam.Wait("the first waits on", func(p live.Snapshot) bool { return len(p.Waiting) == 1 })
	if p.Waiting[0].Number != "+32470111222" {
		t.Errorf("who waits on: %+v", p.Waiting)
	}
	second.HangUp()
	sam.status("wrap_up")
	if got, want := results(sam.Record(at.Call)), named(sam)+":answered "; got != want {
		t.Errorf("offers %q, not %q", got, want)
	}
}
