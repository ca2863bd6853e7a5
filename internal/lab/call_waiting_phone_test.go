package lab

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/carrier"
	"parley/internal/id"
	"parley/internal/media"
)

// phoneSpeaks waits until a phone with several calls hears a voice in one of them, and nobody in the others. Of a call that was on hold
// baresip 1.0.0 keeps no sound any more, though it plays it.
func phoneSpeaks(t *testing.T, p *Phone, hertz float64, others ...float64) {
	t.Helper()
	hears := func() bool {
		heard := 0
		for _, pcm := range p.HeardByCall(300 * time.Millisecond) {
			switch {
			case OnlyTone(pcm, hertz, others...):
				heard++
			case HasTone(pcm, others...):
				return false
			}
		}
		return heard == 1
	}
	if !Comes(Patience, hears) {
		told := ""
		for _, pcm := range p.HeardByCall(300 * time.Millisecond) {
			tone, strength := media.Ear{}.Dominant(pcm)
			told += fmt.Sprintf(" %.0f Hz (%.3f), level %.4f;", tone, strength, media.Ear{}.Level(pcm))
		}
		t.Fatalf("the phone does not hear %.0f Hz in one call and nobody else, but%s", hertz, told)
	}
}

// TestCallWaitingAtDeskPhone: a second caller reaches an agent who talks on a desk phone. The phone is called a second time, holds the
// first call as it answers the other, and changes from one to the other by its keys: who hears whom at each step, until both have hung
// up (SP-25).
func TestCallWaitingAtDeskPhone(t *testing.T) {
	t.Parallel()
	n := network(t, carrier.Config{})
	w := Start(t, Setup{Prepare: toAnn})
	ann, phone := atDesk(t, w, w.Person("agent", 0), agentVoice)
	first := caller(t, n, w, support, "+32470111222", callerVoice)
	ring := ann.rung()
	phone.Tells("CALL_INCOMING", 1)
	phone.Do("accept", "")
	hearsOnly(t, first, agentVoice)
	phoneSpeaks(t, phone, callerVoice, otherVoice)

	second := caller(t, n, w, sales, "+32470111333", otherVoice)
	waits := ann.rungAfter(ring)
	if waits.Line != 2 || waits.Number != "+32470111333" {
		t.Errorf("the second caller rings on line %d from %s", waits.Line, waits.Number)
	}
	phone.Tells("CALL_INCOMING", 2)
	phoneSpeaks(t, phone, callerVoice, otherVoice)
	phone.Do("accept", "")
	ann.second("active")
	hearsOnly(t, second, agentVoice)
	phoneSpeaks(t, phone, otherVoice, callerVoice)
	onHold(t, first)

	third := caller(t, n, w, sales, "+32470111444", otherVoice)
	listens(t, third, "the greeting of a mailbox", 300*time.Millisecond, func(pcm []int16) bool { return only(pcm) && !Silent(pcm) })
	third.HangUp()
	if n := len(ann.Picture().Me.Lines); n != 2 {
		t.Errorf("%d calls are on the page", n)
	}
	if err := ann.Post("/calls/" + string(ring.Call) + "/switch"); Status(err) != 409 || !strings.Contains(err.Error(), "by its keys") {
		t.Errorf("the page switches for the phone: %v", err)
	}

	phone.Do("hold", "")
	phone.Do("line", "1")
	phone.Do("resume", "")
	ann.second("held")
	hearsOnly(t, first, agentVoice)
	onHold(t, second)

	phone.Do("hangup", "")
	ended(t, first)
	onHold(t, second)
	phone.Do("resume", "")
	hearsOnly(t, second, agentVoice)
	ann.do(waits.Call, "hangup")
	ended(t, second)
	phone.Tells("CALL_CLOSED", 2)
	ann.status("wrap_up")
	for _, which := range []id.Call{ring.Call, waits.Call} {
		if d := ann.Record(which); d.Disposition != "answered" {
			t.Errorf("call %s is %+v", which, d)
		}
	}
}

// TestPhoneJoinsItsTwoCalls: Ann has two callers on her telephone, one on each line, and joins them by its transfer key (RFC 5589 §7). Her
// class of service forbids it at first, and both calls go on; then the two talk with each other, and she is free (SP-15, BX-33, TR-6).
func TestPhoneJoinsItsTwoCalls(t *testing.T) {
	t.Parallel()
	n := network(t, carrier.Config{})
	w := Start(t, Setup{Prepare: toAnn})
	ann, phone := keysAt(t, w, w.Person("agent", 0))
	first := caller(t, n, w, sales, "+32470111222", callerVoice)
	one := phone.taken()
	older := ann.line("active")
	one.holds("sendonly")
	second := caller(t, n, w, sales, "+32470111333", otherVoice)
	ann.second("active")
	two := phone.latest(one)
	onHold(t, first)

	if got := two.refers("100", one); code(got) != 202 {
		t.Errorf("REFER is answered %s", got)
	}
	phone.tells("SIP/2.0 100 Trying")
	phone.tells("SIP/2.0 603 " + string(call.ErrOutsideForbidden))
	onHold(t, first)
	if lines := ann.Picture().Me.Lines; len(lines) != 2 {
		t.Errorf("%d calls are on the page", len(lines))
	}
	w.SignIn(w.Person("admin", 0)).Must("POST", "/settings/classes", map[string]any{
		"fields": map[string]any{"name": "Standard", "default_flag": true, "leave_outside_parties": true},
	}, nil)
	if got := two.refers("100", one); code(got) != 202 {
		t.Errorf("REFER is answered %s", got)
	}
	phone.tells("SIP/2.0 200 OK")
	one.over()
	two.over()
	hearsOnly(t, first, otherVoice)
	hearsOnly(t, second, callerVoice)
	ann.status("available")
	first.HangUp()
	ended(t, second)
	if got := transfers(ann.Record(older.Call)); len(got) != 1 || got[0] != "warm "+named(ann)+" → +32470111333 completed " {
		t.Errorf("the record says %q", got)
	}
}
