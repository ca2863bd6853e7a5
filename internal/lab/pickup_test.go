package lab

import (
	"net/http"
	"slices"
	"testing"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/live"
)

func offersOf(d api.CallDetail) (all []string) {
	for _, o := range d.Offers {
		all = append(all, o.AgentName+" "+o.Result+" "+o.Reason)
	}
	return all
}

// TestPickUp: what rings at Ann is answered by Bob, who clicks on her; then by a desk phone that dials ** and her extension, and by *8. Ann
// has missed nothing, and who is too late is told so (BX-26).
func TestPickUp(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	bob.become("unavailable", "Break")
	at := "/agents/" + string(ann.Session.Agent.ID) + "/pick-up"
	if err := bob.Post(at); Status(err) != http.StatusConflict {
		t.Errorf("picking up what does not ring: %v", err)
	}
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	bob.Must("POST", at, nil, nil)
	bob.hearsOnly(callerVoice)
	hearsOnly(t, k, otherVoice)
	ann.Wait("nothing rings at Ann any more", func(p live.Snapshot) bool { return len(p.Me.Lines) == 0 && p.Me.Status == "available" })
	bob.do(ring.Call, "hangup")
	ended(t, k)
	want := []string{named(ann) + " canceled answered by " + named(bob)}
	if d := bob.Record(ring.Call); !slices.Equal(offersOf(d), want) || d.Disposition != "answered" {
		t.Errorf("the record says %s, offers %q", d.Disposition, offersOf(d))
	}

	phone := w.Phone(bob.User, farVoice)
	for i, dialled := range []string{"**" + ann.User.Extension, "*8"} {
		k := caller(t, n, w, sales, "+32470111222", callerVoice)
		ring = ann.rungAfter(ring)
		phone.Do("dial", "sip:"+dialled+"@"+w.SIP)
		phone.Tells("CALL_ESTABLISHED", i+1)
		hearsOnly(t, k, farVoice)
		phoneHears(t, phone, callerVoice)
		phone.Do("hangup", "")
		ended(t, k)
		if got := offersOf(bob.Record(ring.Call)); !slices.Equal(got, want) {
			t.Errorf("%s: offers %q", dialled, got)
		}
		ann.status("available")
	}
	phone.Do("dial", "sip:*8@"+w.SIP)
	phone.Tells("CALL_CLOSED", 3)
}
