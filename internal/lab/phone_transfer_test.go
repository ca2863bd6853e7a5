package lab

import (
	"testing"

	"parley/internal/carrier"
)

// TestDeskPhoneTransfers: Ann sends her caller on to Bob's extension by the transfer key of her telephone, and the screens say the same
// as if she had used the page.
func TestDeskPhoneTransfers(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann, phone := atDesk(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	phone.Tells("CALL_INCOMING", 1)
	phone.Do("accept", "")
	phone.Tells("CALL_ESTABLISHED", 1)
	hearsTone(t, k, agentVoice, callerVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)

	phone.Do("transfer", "sip:"+bob.User.Extension+"@"+w.SIP)
	offered := bob.rung()
	if offered.Call != ring.Call || offered.BroughtBy != named(ann) {
		t.Errorf("Bob is rung by %+v", offered)
	}
	phone.Tells("CALL_CLOSED", 1)
	ann.status("wrap_up")
	bob.answer(offered)
	bob.hears(callerVoice, otherVoice)
	hearsOnly(t, k, otherVoice)
	bob.do(ring.Call, "hangup")
	ended(t, k)
	got := transfers(bob.Record(ring.Call))
	if len(got) != 1 || got[0] != "cold "+named(ann)+" → "+named(bob)+" completed " {
		t.Errorf("the record says %q", got)
	}
}
