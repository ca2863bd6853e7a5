package lab

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/sounds"
	"parley/internal/store"
)

// TestOutboundCall: dial pad to answer, both tones, record by the agent's wish, hang-up from the far side.
func TestOutboundCall(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 1)
	n := network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{RingFor: time.Second, Speak: Tone(callerVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	})
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	var from []struct {
		Number    string `json:"number"`
		IsDefault bool   `json:"is_default"`
	}
	a.Must("GET", "/caller-ids", nil, &from)
	if len(from) < 2 || !from[0].IsDefault || from[0].Number != sales {
		t.Errorf("the From list is %+v", from)
	}
	var out struct {
		ID string `json:"id"`
	}
	a.Must("POST", "/calls", map[string]any{"to": "(202) 555-0180", "from": support, "tab": a.tab}, &out)
	k := received(t, far)
	if k.Called() != "+12025550180" || k.Caller() != support {
		t.Errorf("the carrier was called at %s from %s", k.Called(), k.Caller())
	}
	a.line("dialling")
	Eventually(t, "the agent hears ringback", func() bool {
		pcm := a.last(300 * time.Millisecond)
		return media.Ear{}.Strength(pcm, 440) > 0.05 && media.Ear{}.Strength(pcm, 480) > 0.05
	})
	a.line("active")
	a.hears(callerVoice, agentVoice, 480)
	hearsTone(t, k, agentVoice, callerVoice)
	l := a.line("active")
	a.do(l.Call, "hold")
	listens(t, k, "music", 300*time.Millisecond, func(pcm []int16) bool { return !Silent(pcm) && media.Ear{}.Strength(pcm, agentVoice) < 0.02 })
	a.do(l.Call, "resume")
	hearsTone(t, k, agentVoice)
	k.HangUp()
	a.line("ended")
	a.status("available")
	d := a.Record(l.Call)
	if d.Direction != "outbound" || d.Disposition != "answered" || d.From != support || d.To != "+12025550180" || len(d.Holds) != 1 {
		t.Errorf("the record says %+v, holds %+v", d.CallRow, d.Holds)
	}
}

// TestOutboundResults: what the numbers of the carrier in the box do, in words on the line and in the record.
func TestOutboundResults(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	tests := []struct {
		number, disposition, reason string
	}{
		{"+12025550181", "busy", "busy"},
		{"+12025550183", "no_answer", "the call was declined"},
		{"+12025550184", "failed", "the number does not exist"},
		{"+12025550187", "failed", "a temporary failure, try again"},
		{"0999", "failed", ""}, // no extension, no number
	}
	for _, test := range tests {
		which := a.dial(test.number)
		a.Wait("the line ends", func(p live.Snapshot) bool {
			return len(p.Me.Lines) == 1 && p.Me.Lines[0].Call == which && p.Me.Lines[0].State == "ended"
		})
		l := a.line("ended")
		d := a.Record(which)
		t.Logf("%s: %s, on the line %q, code %d", test.number, d.Disposition, l.Reason, d.Code)
		if d.Disposition != test.disposition || l.Reason == "" || test.reason != "" && l.Reason != test.reason || d.Reason != l.Reason {
			t.Errorf("%s: %s, on the line %q, in the record %q", test.number, d.Disposition, l.Reason, d.Reason)
		}
		a.status("available")
	}
}

// TestOutboundWithoutAnswer: the agent hangs up while it rings.
func TestOutboundWithoutAnswer(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	which := a.dial("+12025550182")
	Eventually(t, "ringback", func() bool { return media.Ear{}.Strength(a.last(300*time.Millisecond), 440) > 0.05 })
	a.do(which, "hangup")
	a.line("ended")
	a.status("available")
	d := a.Record(which)
	if d.Disposition != "no_answer" {
		t.Errorf("the record says %s, %q", d.Disposition, d.Reason)
	}
	Eventually(t, "the agent hears nothing any more", func() bool { return Silent(a.last(200 * time.Millisecond)) })
}

// TestOutboundEarlyMedia: the announcement before a refusal is heard, and no ringback over it.
func TestOutboundEarlyMedia(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	which := a.dial("+12025550185")
	said := inBox(t, sounds.CarrierUnknown)
	best := 0.0
	Eventually(t, "the announcement", func() bool {
		best = max(best, Likeness(a.last(300*time.Millisecond), said))
		return best > 0.97
	})
	a.line("ended")
	if d := a.Record(which); d.Disposition != "failed" || d.Reason != "the number does not exist" {
		t.Errorf("the record says %s, %q", d.Disposition, d.Reason)
	}
}

// bobTakesOneCall lets those who do not reach Bob hear so, and leave nothing.
func bobTakesOneCall(ctx context.Context, db *store.DB) error {
	bob, err := withExtension(ctx, db.Shelves(), "103")
	if err != nil {
		return err
	}
	bob.Fields.Voicemail, bob.Fields.CallWaiting = false, false
	_, err = db.Shelves().Agents.Update(ctx, store.Actor{}, bob.ID, bob.Version, bob.Fields)
	return err
}

// TestExtensionToExtension: a call between two browsers, both ways, then to one who is engaged, and takes neither a second call nor messages.
func TestExtensionToExtension(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: bobTakesOneCall})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	which := ann.dial(bob.User.Extension)
	ring := bob.rung()
	if ring.Call != which || ring.Direction != "internal" || ring.Name != named(ann) {
		t.Errorf("bob is rung by %+v", ring)
	}
	bob.answer(ring)
	ann.hears(otherVoice, agentVoice)
	bob.hears(agentVoice, otherVoice)
	third := atWork(t, w, w.Person("supervisor", 0), callerVoice)
	refused := third.dial(bob.User.Extension)
	if d := third.Record(refused); d.Disposition != "busy" || d.Reason != "the agent is in another call" {
		t.Errorf("calling one who talks: %s, %q", d.Disposition, d.Reason)
	}
	if err := third.Do("POST", fmt.Sprintf("/calls/%s/hangup", which), nil, nil); Status(err) != 409 {
		t.Errorf("hanging up others' call gave %v", err)
	}
	bob.do(which, "hangup")
	ann.line("ended")
	for _, one := range []*agent{ann, bob} {
		one.status("available") // a call between agents has no wrap-up (SP-20)
	}
	d := ann.Record(which)
	if d.Direction != "internal" || d.Disposition != "answered" || d.From != ann.User.Extension || d.To != bob.User.Extension {
		t.Errorf("the record says %+v", d.CallRow)
	}
}
