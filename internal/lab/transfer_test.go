package lab

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/tel"
)

const farVoice = 1613

var allVoices = []float64{callerVoice, agentVoice, otherVoice, farVoice}

// only tells whether exactly these voices are in a sound.
func only(pcm []int16, voices ...float64) bool {
	for _, v := range allVoices {
		if HasTone(pcm, v) != slices.Contains(voices, v) {
			return false
		}
	}
	return true
}

// hearsOnly waits until the agent hears these voices and none of the others.
func (a *agent) hearsOnly(voices ...float64) {
	a.t.Helper()
	Eventually(a.t, "the agent hears exactly those voices", func() bool { return only(a.last(300*time.Millisecond), voices...) })
}

func hearsOnly(t *testing.T, k *carrier.Call, voices ...float64) {
	t.Helper()
	listens(t, k, "exactly those voices", 300*time.Millisecond, func(pcm []int16) bool { return only(pcm, voices...) })
}

// onHold waits until the one who was called hears hold audio and nobody.
func onHold(t *testing.T, k *carrier.Call) {
	t.Helper()
	listens(t, k, "hold audio", 300*time.Millisecond, func(pcm []int16) bool { return only(pcm) && !Silent(pcm) })
}

// move asks for a transfer, or a call on line 2.
func (a *agent) move(which id.Call, how string, kind dest.Kind, target, notes string) {
	a.t.Helper()
	a.Must("POST", "/calls/"+string(which)+"/"+how, map[string]any{"to": map[string]string{"kind": string(kind), "target": target}, "notes": notes}, nil)
}

// second waits until line 2 is in a state.
func (a *agent) second(state string) {
	a.t.Helper()
	a.Wait("line 2 "+state, func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Me.Lines, func(l live.Line) bool { return l.Line == 2 && l.State == state })
	})
}

// others waits until so many are in the call with the agent.
func (a *agent) others(n int) live.Line {
	a.t.Helper()
	var found live.Line
	a.Wait("so many others in the call", func(p live.Snapshot) bool {
		for _, l := range p.Me.Lines {
			if l.Line == 1 && l.State == "active" && len(l.Parties) == n+1 {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

func transfers(d api.CallDetail) (all []string) {
	for _, t := range d.Transfers {
		all = append(all, t.Type+" "+t.By+" → "+t.To+" "+string(t.Result)+" "+t.Reason)
	}
	return all
}

// engaged is Ann with a caller of Sales, who hear each other.
func engaged(t *testing.T, w *World, n *carrier.Carrier) (ann *agent, k *carrier.Call, ring live.Line) {
	t.Helper()
	ann = atWork(t, w, w.Person("agent", 0), agentVoice)
	k = caller(t, n, w, sales, "+32470111222", callerVoice)
	ring = ann.rung()
	ann.answer(ring)
	hearsOnly(t, k, agentVoice)
	return ann, k, ring
}

// company is a caller with Ann, Bob at work beside her, and a network in which somebody answers.
func company(t *testing.T, answer carrier.Behaviour) (w *World, far chan *carrier.Call, k *carrier.Call, ann, bob *agent, ring live.Line) {
	t.Helper()
	far = make(chan *carrier.Call, 3)
	n := network(t, carrier.Config{
		Answer:  func(string, string) carrier.Behaviour { return answer },
		Arrived: func(k *carrier.Call) { far <- k },
	})
	w = Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	ann, k, ring = engaged(t, w, n)
	bob = atWork(t, w, w.Person("agent", 1), otherVoice)
	return w, far, k, ann, bob, ring
}

// TestWarmTransfer: who hears whom at every step, from the first word to Bob until he has the caller (TR-3, TR-4, TR-9, TR-10).
func TestWarmTransfer(t *testing.T) {
	t.Parallel()
	_, _, k, ann, bob, ring := company(t, carrier.Behaviour{})
	ann.move(ring.Call, "consult", dest.Agent, string(bob.Session.Agent.ID), "wants a refund")
	offered := bob.rung()
	if offered.BroughtBy != named(ann) || offered.Notes != "wants a refund" {
		t.Errorf("Bob is rung by %q with %q", offered.BroughtBy, offered.Notes)
	}
	ann.second("dialling")
	onHold(t, k)
	bob.answer(offered)
	ann.second("active")
	ann.hearsOnly(otherVoice)
	bob.hearsOnly(agentVoice)
	onHold(t, k)
	ann.do(ring.Call, "consult/swap")
	ann.second("held")
	ann.hearsOnly(callerVoice)
	hearsOnly(t, k, agentVoice)
	ann.do(ring.Call, "consult/swap")
	ann.hearsOnly(otherVoice)
	ann.do(ring.Call, "consult/complete")
	bob.hearsOnly(callerVoice)
	hearsOnly(t, k, otherVoice)
	ann.status("wrap_up")
	if l := bob.line("active"); l.Number != "+32470111222" || l.BroughtBy != named(ann) {
		t.Errorf("Bob's line is %+v", l)
	}
	bob.talks(500 * time.Millisecond)
	bob.do(ring.Call, "hangup")
	ended(t, k)
	bob.status("wrap_up")
	d := bob.Record(ring.Call)
	if got := transfers(d); len(got) != 1 || got[0] != "warm "+named(ann)+" → "+named(bob)+" completed " {
		t.Errorf("the record says %q", got)
	}
	pcm := audio(t, bob, d.Recordings[0].ID)
	for channel, voices := range [][]float64{{callerVoice}, {agentVoice, otherVoice}} {
		for _, v := range allVoices {
			if heard := HasTone(pcm[channel], v); heard && !slices.Contains(voices, v) {
				t.Errorf("channel %d holds %v", channel, v)
			}
		}
	}
	if last := pcm[1][len(pcm[1])-media.SampleRate/3:]; !only(last, otherVoice) {
		t.Error("the recording does not end with Bob's voice")
	}
}

// TestWarmTransferFails: Bob declines, and then a number is engaged: the caller is back with Ann, who is told why.
func TestWarmTransferFails(t *testing.T) {
	t.Parallel()
	_, far, k, ann, bob, ring := company(t, carrier.Behaviour{Refuse: tel.CauseBusy})
	ann.move(ring.Call, "consult", dest.Agent, string(bob.Session.Agent.ID), "")
	bob.reject(bob.rung())
	ann.failed("the call was declined")
	hearsOnly(t, k, agentVoice)
	ann.hearsOnly(callerVoice)
	ann.move(ring.Call, "consult", dest.External, "0470 99 88 77", "")
	received(t, far)
	ann.failed("busy")
	hearsOnly(t, k, agentVoice)
	bob.become("unavailable", "Break")
	ann.move(ring.Call, "transfer", dest.Agent, string(bob.Session.Agent.ID), "")
	ann.failed("the agent is not available")
	hearsOnly(t, k, agentVoice)
	if err := ann.Post("/calls/" + string(ring.Call) + "/consult/merge"); Status(err) != http.StatusConflict {
		t.Errorf("merging with nobody: %v", err)
	}
	ann.do(ring.Call, "hangup")
	ended(t, k)
	if got := transfers(ann.Record(ring.Call)); len(got) != 3 {
		t.Errorf("the record says %q", got)
	}
}

// failed waits until the agent is told why a transfer failed.
func (a *agent) failed(why string) {
	a.t.Helper()
	a.Wait("told: "+why, func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Me.Lines, func(l live.Line) bool {
			return l.Transfer != nil && l.Transfer.State == "failed" && l.Transfer.Why == why
		})
	})
}

// TestColdTransfer: Ann is gone at once; Bob does not take it, so she has the caller back; then a queue gets it (TR-2).
func TestColdTransfer(t *testing.T) {
	t.Parallel()
	_, _, k, ann, bob, ring := company(t, carrier.Behaviour{})
	ann.move(ring.Call, "transfer", dest.Agent, string(bob.Session.Agent.ID), "order 17")
	offered := bob.rung()
	ann.status("wrap_up")
	bob.reject(offered)
	back := ann.rung()
	if back.Call != ring.Call || back.BroughtBy != "" {
		t.Errorf("Ann is rung by %+v", back)
	}
	ann.answer(back)
	hearsOnly(t, k, agentVoice)
	var to struct{ Queues, Menus, Mailboxes []api.Named }
	ann.Must("GET", "/call-destinations", nil, &to)
	queue := slices.IndexFunc(to.Queues, func(q api.Named) bool { return q.Name == "Support" })
	if queue < 0 || len(to.Mailboxes) == 0 {
		t.Fatalf("the destinations are %+v", to)
	}
	bob.status("available")
	ann.move(ring.Call, "transfer", dest.Queue, to.Queues[queue].ID, "")
	taken := bob.rung()
	if taken.QueueName != "Support" {
		t.Errorf("Bob is rung for %+v", taken)
	}
	bob.answer(taken)
	hearsOnly(t, k, otherVoice)
	bob.hearsOnly(callerVoice)
	k.HangUp()
	bob.line("ended")
	d := bob.Record(ring.Call)
	if got := transfers(d); len(got) != 2 || got[0] != "cold "+named(ann)+" → "+named(bob)+" failed the call was declined" || got[1] != "cold "+named(ann)+" → Support completed " {
		t.Errorf("the record says %q", got)
	}
}

// TestConference: four in a call, each heard by all others; one held, one removed, Ann leaves, the rest talk on (TR-5, TR-6).
func TestConference(t *testing.T) {
	t.Parallel()
	_, far, k, ann, bob, ring := company(t, carrier.Behaviour{Speak: Tone(farVoice), Loop: true, Listen: true})
	ann.move(ring.Call, "consult", dest.External, "0470 99 88 77", "")
	f := received(t, far)
	ann.second("active")
	ann.hearsOnly(farVoice)
	hearsOnly(t, f, agentVoice)
	ann.do(ring.Call, "consult/merge")
	ann.others(2)
	ann.hearsOnly(callerVoice, farVoice)
	hearsOnly(t, k, agentVoice, farVoice)
	hearsOnly(t, f, agentVoice, callerVoice)
	ann.move(ring.Call, "consult", dest.Agent, string(bob.Session.Agent.ID), "")
	bob.answer(bob.rung())
	ann.hearsOnly(otherVoice)
	hearsOnly(t, k, farVoice) // they talk on meanwhile
	ann.do(ring.Call, "consult/merge")
	l := ann.others(3)
	ann.hearsOnly(callerVoice, farVoice, otherVoice)
	bob.Wait("Bob sees who talks", func(p live.Snapshot) bool {
		return len(p.Me.Lines) == 1 && !slices.ContainsFunc(p.Me.Lines[0].Parties, func(p live.LineParty) bool { return !p.Talks })
	})
	bob.hearsOnly(callerVoice, farVoice, agentVoice)
	outside := l.Parties[slices.IndexFunc(l.Parties, func(p live.LineParty) bool { return p.Kind == "external" })]
	ann.do(ring.Call, "parties/"+string(outside.ID)+"/hold")
	onHold(t, f)
	bob.hearsOnly(callerVoice, agentVoice)
	ann.do(ring.Call, "parties/"+string(outside.ID)+"/resume")
	ann.do(ring.Call, "parties/"+string(outside.ID)+"/mute")
	hearsOnly(t, f, agentVoice, callerVoice, otherVoice)
	bob.hearsOnly(callerVoice, agentVoice)
	ann.do(ring.Call, "hold") // she goes, and they talk on
	bob.hearsOnly(callerVoice)
	ann.do(ring.Call, "resume")
	ann.do(ring.Call, "parties/"+string(outside.ID)+"/remove")
	ended(t, f)
	ann.do(ring.Call, "hangup")
	bob.hearsOnly(callerVoice)
	hearsOnly(t, k, otherVoice)
	bob.do(ring.Call, "end")
	ended(t, k)
}

// TestOutsideAlone: an agent leaves two outside parties to each other only when sure, and when the class of service allows it (TR-6).
func TestOutsideAlone(t *testing.T) {
	t.Parallel()
	w, far, k, ann, _, ring := company(t, carrier.Behaviour{Speak: Tone(farVoice), Loop: true, Listen: true})
	ann.move(ring.Call, "consult", dest.External, "0470 99 88 77", "")
	f := received(t, far)
	ann.second("active")
	ann.do(ring.Call, "consult/merge")
	ann.others(2)
	leave := func(how, refused string) {
		t.Helper()
		err := ann.Post("/calls/" + string(ring.Call) + "/hangup" + how)
		if err == nil || !strings.Contains(err.Error(), refused) {
			t.Errorf("hanging up%s: %v, want %q", how, err, refused)
		}
	}
	leave("?sure=true", "class of service does not let")
	w.SignIn(w.Person("admin", 0)).Must("POST", "/settings/classes", map[string]any{
		"fields": map[string]any{"name": "Standard", "default_flag": true, "leave_outside_parties": true},
	}, nil)
	leave("", "confirm that they may talk on")
	ann.do(ring.Call, "hangup?sure=true")
	hearsOnly(t, k, farVoice)
	hearsOnly(t, f, callerVoice)
	ann.status("wrap_up")
}

// TestTransferToManagedNumber: Ann finds the number of the garage in the managed pool and transfers to it. She is free at once, the two talk, and the
// record names where the caller went (TR-2, TR-7).
func TestTransferToManagedNumber(t *testing.T) {
	t.Parallel()
	w, far, k, ann, _, ring := company(t, carrier.Behaviour{Speak: Tone(farVoice), Loop: true, Listen: true})
	const garage = "+12025550188"
	w.SignIn(w.Person("admin", 0)).Must("POST", "/settings/transfer-numbers", map[string]any{
		"fields": map[string]any{"name": "Garage", "number": garage},
	}, nil)
	var to struct{ Numbers []api.NamedNumber }
	ann.Must("GET", "/call-destinations", nil, &to)
	if want := (api.NamedNumber{Name: "Garage", Number: garage}); len(to.Numbers) != 1 || to.Numbers[0] != want {
		t.Fatalf("the numbers are %+v", to.Numbers)
	}
	ann.move(ring.Call, "transfer", dest.External, string(to.Numbers[0].Number), "")
	f := received(t, far)
	if f.Called() != garage {
		t.Errorf("%s was called", f.Called())
	}
	ann.status("wrap_up")
	hearsOnly(t, k, farVoice)
	hearsOnly(t, f, callerVoice)
	k.HangUp()
	ended(t, f)
	if got := transfers(ann.Record(ring.Call)); len(got) != 1 || got[0] != "cold "+named(ann)+" → "+garage+" completed " {
		t.Errorf("the record says %q", got)
	}
}
