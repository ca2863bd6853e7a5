package lab

import (
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/live"
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

// atKeys is Ann, with a telephone that transfers by its keys and a caller on it, and Bob at work beside her.
func atKeys(t *testing.T) (k *carrier.Call, ann, bob *agent, phone *keyPhone, first *keyCall, line live.Line) {
	t.Helper()
	w := Start(t, Setup{})
	n := network(t, carrier.Config{})
	ann, phone = keysAt(t, w, w.Person("agent", 0))
	k = caller(t, n, w, sales, "+32470111222", callerVoice)
	first = phone.taken()
	line = ann.line("active")
	bob = atWork(t, w, w.Person("agent", 1), otherVoice)
	return k, ann, bob, phone, first, line
}

// TestPhoneTransferRefused: what the class of service forbids, and what is no call of hers, is refused in words, and she keeps the
// caller; the same holds for a second call from the telephone.
func TestPhoneTransferRefused(t *testing.T) {
	t.Parallel()
	k, ann, bob, phone, first, line := atKeys(t)
	const forbidden = "the class of service Standard allows no calls to this country"
	if got := first.refers("+3225550100", nil); code(got) != 202 {
		t.Errorf("REFER is answered %s", got)
	}
	phone.tells("SIP/2.0 100 Trying")
	phone.tells("SIP/2.0 403 " + forbidden)
	ann.failed(forbidden)
	stranger := &keyCall{id: "nobody's", tag: "1", other: "2"}
	if got := first.refers("202", stranger); code(got) != 202 {
		t.Errorf("REFER with an unknown dialog is answered %s", got)
	}
	phone.tells("SIP/2.0 481 ")
	if got := phone.dial("+3225550100").answered(); got != 403 {
		t.Errorf("a second call is answered %d", got)
	}
	ann.line("active")
	bob.become("unavailable", "Break")
	first.refers(bob.User.Extension, nil)
	phone.tells("SIP/2.0 480 the agent is not available")
	ann.do(line.Call, "hangup")
	first.over()
	ended(t, k)
}

// TestPhoneTransfersTwoCalls: Ann holds her caller on the telephone and calls Bob there: her page shows line 2, the caller hears music.
// She changes lines by the telephone's keys, and joins the two (RFC 5589 §7).
func TestPhoneTransfersTwoCalls(t *testing.T) {
	t.Parallel()
	k, ann, bob, phone, first, line := atKeys(t)
	first.holds("sendonly")
	second := phone.dial(bob.User.Extension)
	offered := bob.rung()
	ann.second("dialling")
	onHold(t, k)
	bob.answer(offered)
	if got := second.answered(); got != 200 {
		t.Fatalf("the second call is answered %d", got)
	}
	ann.second("active")
	onHold(t, k)
	second.holds("sendonly")
	first.holds("sendrecv")
	ann.second("held")
	Eventually(t, "Bob hears music", func() bool { pcm := bob.last(300 * time.Millisecond); return only(pcm) && !Silent(pcm) })
	first.holds("sendonly")
	second.holds("sendrecv")
	ann.second("active")
	onHold(t, k)
	if got := second.refers(line.Number, first); code(got) != 202 {
		t.Errorf("REFER is answered %s", got)
	}
	phone.tells("SIP/2.0 200 OK")
	first.over()
	second.over()
	bob.hears(callerVoice, otherVoice)
	hearsOnly(t, k, otherVoice)
	ann.status("wrap_up")
	bob.do(line.Call, "hangup")
	ended(t, k)
	if got := transfers(bob.Record(line.Call)); len(got) != 1 || got[0] != "warm "+named(ann)+" → "+named(bob)+" completed " {
		t.Errorf("the record says %q", got)
	}
}

// TestPhoneTakesItsPlace: the telephone goes on with its call through another INVITE with Replaces (RFC 3891): the old connection is
// ended, and nobody else hears of it.
func TestPhoneTakesItsPlace(t *testing.T) {
	t.Parallel()
	k, ann, _, phone, first, line := atKeys(t)
	replaces := "Replaces: " + first.id + ";to-tag=" + first.other + ";from-tag=" + first.tag
	again := phone.dial("100", "Require: replaces", replaces)
	if got := again.answered(); got != 200 {
		t.Fatalf("the INVITE is answered %d", got)
	}
	first.over()
	if l := ann.line("active"); l.Call != line.Call {
		t.Errorf("the line is %+v", l)
	}
	if got := phone.dial("100", replaces).answered(); got != 481 && got != 603 {
		t.Errorf("a call that is over is answered %d", got)
	}
	ann.do(line.Call, "hangup")
	again.over()
	ended(t, k)
}
