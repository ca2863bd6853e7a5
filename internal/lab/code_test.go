package lab

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
)

// coded has the phone dial a code; it hears one of these, and the call ends.
func coded(t *testing.T, w *World, p *Phone, code string, says ...prompt.Prompt) {
	t.Helper()
	before := p.count("CALL_CLOSED")
	p.Do("dial", "sip:"+code+"@"+w.SIP)
	p.Tells("CALL_CLOSED", before+1)
	Eventually(t, "the phone has heard what "+code+" does", func() bool {
		return slices.ContainsFunc(says, func(one prompt.Prompt) bool { return p.heardAnywhere(inWords(t, one)) })
	})
}

// heardAnywhere tells whether a sound was among what the phone heard last.
func (p *Phone) heardAnywhere(sound *media.Sound) bool {
	for pcm := range slices.Chunk(p.Heard(3*time.Second), media.SampleRate*3/10) {
		if Likeness(pcm, sound) > 0.9 {
			return true
		}
	}
	return false
}

func (p *Phone) count(event string) (n int) {
	for _, e := range p.Events() {
		if e.Type == event {
			n++
		}
	}
	return n
}

// TestFeatureCodes: what Ann dials on her desk phone is said, holds, and shows on her page and on a colleague's keys; what she says on the
// page shows on the keys too. *69 calls who called her last (BX-31, BX-32).
func TestFeatureCodes(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: inEnglish})
	ann := sitDown(t, w, w.Person("agent", 0))
	phone := w.Phone(ann.User, agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	quiet := plugIn(t, w, bob.User, nil).watches("*78" + ann.User.Extension)
	page := func(what string, want bool) {
		t.Helper()
		ann.Wait(what, func(p live.Snapshot) bool { return p.Presence.DoNotDisturb == want })
	}

	coded(t, w, phone, "*78", prompt.OfStandard(prompt.CodeQuiet))
	page("do not disturb on the page", true)
	quiet.went("terminated confirmed")
	coded(t, w, phone, "*79", prompt.OfStandard(prompt.CodeQuietOff))
	page("no more", false)
	quiet.went("terminated confirmed terminated")
	ann.Must("PUT", "/presence", map[string]any{"presence": "available", "do_not_disturb": "on"}, nil)
	quiet.went("terminated confirmed terminated confirmed")
	ann.Must("PUT", "/presence", map[string]any{"presence": "available"}, nil)

	forwarded := func(how, to string) {
		t.Helper()
		var own api.OwnPresence
		if ann.Must("GET", "/presence", nil, &own); own.Forwarding != how || own.ForwardTo != to {
			t.Errorf("calls are forwarded %q to %q, not %q to %q", own.Forwarding, own.ForwardTo, how, to)
		}
	}
	coded(t, w, phone, "*72"+bob.User.Extension, prompt.OfStandard(prompt.CodeForward), prompt.OfDigits(bob.User.Extension))
	forwarded("always", bob.User.Extension)
	coded(t, w, phone, "*73", prompt.OfStandard(prompt.CodeForwardOff))
	forwarded("", "")
	before := phone.count("CALL_CLOSED")
	phone.Do("dial", "sip:*72"+ann.User.Extension+"@"+w.SIP)
	phone.Tells("CALL_CLOSED", before+1)
	forwarded("", "") // nobody forwards to the own extension

	coded(t, w, phone, "*45", prompt.OfStandard(prompt.CodeAvailable)) // and begins work
	ann.status("available")
	coded(t, w, phone, "*45", prompt.OfStandard(prompt.CodePause))
	ann.status("unavailable")

	called := bob.dial(ann.User.Extension)
	phone.Tells("CALL_INCOMING", 1)
	bob.do(called, "hangup")
	phone.Tells("CALL_CLOSED", before+4)
	bob.Record(called) // it is stored
	phone.Do("dial", "sip:*69@"+w.SIP)
	if ring := bob.rung(); ring.Number != ann.User.Extension {
		t.Errorf("Bob is called by %+v", ring)
	}
}

// TestQueueSwitchedByCode: a number behind the code switches one queue off and on again for who dials it, on the page and on the keys of
// the phone too (BX-31, QU-13).
func TestQueueSwitchedByCode(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: numberedQueues})
	ann := sitDown(t, w, w.Person("agent", 0))
	phone := w.Phone(ann.User, agentVoice)
	key := plugIn(t, w, ann.User, nil).watches("*451")
	key.went("confirmed")

	coded(t, w, phone, "*451", prompt.OfStandard(prompt.CodeQueueOff))
	ann.Wait("a queue of Ann's that does not deliver", func(p live.Snapshot) bool {
		return len(p.Me.Off) == 1 && slices.Contains(p.Me.Queues, p.Me.Off[0])
	})
	key.went("confirmed terminated")
	coded(t, w, phone, "*451", prompt.OfStandard(prompt.CodeQueueOn))
	ann.Wait("all deliver again", func(p live.Snapshot) bool { return len(p.Me.Off) == 0 })
	key.went("confirmed terminated confirmed")
}

// numberedQueues gives the first queue the number 1 behind the code for availability.
func numberedQueues(ctx context.Context, db *store.DB) error {
	if err := inEnglish(ctx, db); err != nil {
		return err
	}
	queues, err := db.Shelves().Queues.All(ctx)
	if err != nil {
		return err
	}
	shelf := db.Shelves().Org
	org, err := shelf.All(ctx)
	if err != nil {
		return err
	}
	org[0].Fields.Codes.Queues = []settings.QueueCode{{Number: "1", Queue: queues[0].ID}}
	_, err = shelf.Update(ctx, store.Actor{}, org[0].ID, org[0].Version, org[0].Fields)
	return err
}
