package lab

import (
	"testing"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/settings"
)

// TestSpeedDial: Ann keeps a number outside and a colleague under two digits each. Dialled by the code from her desk phone they are
// called as if she had typed them; two digits under which there is nothing call nobody (BX-32).
func TestSpeedDial(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 1)
	n := network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{Speak: Tone(callerVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	})
	w := Start(t, Setup{Prepare: inEnglish, Args: []string{"--demo-carrier", n.Addr().String()}})
	ann, phone := atDesk(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	var own api.OwnSettings
	ann.Must("GET", "/settings/me", nil, &own)
	own.Fields.SpeedDials = []settings.SpeedDial{
		{Code: "01", Label: "Mobile", To: "+1 202 555 0180"}, {Code: "02", Label: "Bob", To: bob.User.Extension},
	}
	ann.Must("PUT", "/settings/me", map[string]any{"version": own.Version, "fields": own.Fields}, nil)

	phone.Do("dial", "sip:*001@"+w.SIP)
	phone.Tells("CALL_ESTABLISHED", 1)
	k := received(t, far)
	if k.Called() != string(carrier.NumberAnswers) || k.Caller() != sales {
		t.Errorf("the carrier was called at %s from %s", k.Called(), k.Caller())
	}
	phoneHears(t, phone, callerVoice)
	l := ann.line("active")
	k.HangUp()
	phone.Tells("CALL_CLOSED", 1)
	if d := ann.Record(l.Call); d.Direction != "outbound" || d.Disposition != "answered" || d.To != string(carrier.NumberAnswers) {
		t.Errorf("the record says %+v", d.CallRow)
	}
	ann.status("available")

	phone.Do("dial", "sip:*007@"+w.SIP) // nothing is there
	phone.Tells("CALL_CLOSED", 2)
	ann.status("available")

	phone.Do("dial", "sip:*002@"+w.SIP)
	ring := bob.rung()
	if ring.Direction != "internal" || ring.Number != ann.User.Extension {
		t.Errorf("bob is rung by %+v", ring)
	}
	bob.answer(ring)
	phoneHears(t, phone, otherVoice)
	bob.do(ring.Call, "hangup")
	phone.Tells("CALL_CLOSED", 3)
}
