package lab

import (
	"testing"

	"parley/internal/live"
)

// TestIntercom: Ann speaks to Bob by intercom, whose desk phone answers by itself, and he to her, whose page does; nobody clicks, and both
// are heard. Who is in a call is left alone, and Ann is told so (BX-28).
func TestIntercom(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob, phone := atDeskWith(t, w, Model{Auto: true}, w.Person("agent", 1), otherVoice)
	which := ann.dial("*80" + bob.User.Extension)
	phone.Tells("CALL_ESTABLISHED", 1)
	ann.hearsOnly(otherVoice)
	phoneHears(t, phone, agentVoice)
	if l := bob.line("active"); !l.Intercom || l.Number != ann.User.Extension {
		t.Errorf("Bob's line is %+v", l)
	}
	sue := atWork(t, w, w.Person("supervisor", 0), callerVoice)
	busy := sue.dial("*80" + ann.User.Extension)
	if d := sue.Record(busy); d.Disposition != "busy" || d.Reason != "the agent is in another call" || d.CallType != "intercom" {
		t.Errorf("Sue's record says %+v", d.CallRow)
	}
	ann.hearsOnly(otherVoice)
	ann.do(which, "hangup")
	phone.Tells("CALL_CLOSED", 1)
	if d := ann.Record(which); d.Direction != "internal" || d.CallType != "intercom" || d.Disposition != "answered" || len(d.Recordings) > 0 {
		t.Errorf("the record says %+v", d.CallRow)
	}

	ann.status("available")
	phone.Do("dial", "sip:*80"+ann.User.Extension+"@"+w.SIP)
	phone.Tells("CALL_ESTABLISHED", 2)
	ann.hearsOnly(otherVoice)
	phoneHears(t, phone, agentVoice)
	if l := ann.line("active"); !l.Intercom || l.Device != "browser" {
		t.Errorf("Ann's line is %+v", l)
	}
	phone.Do("hangup", "")
	ann.Wait("Ann is free", func(p live.Snapshot) bool { return len(p.Me.Lines) == 0 && p.Me.Status == "available" })
}
