package lab

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/prompt"
	"parley/internal/store"
)

// callingOut is ownMailbox, whose owner may call who has left a message (BX-15).
func callingOut(ctx context.Context, db *store.DB) error {
	if err := ownMailbox(ctx, db); err != nil {
		return err
	}
	shelf := db.Shelves().Org
	org, err := shelf.All(ctx)
	if err != nil {
		return err
	}
	org[0].Fields.Dialing.MailboxCallOut = true
	_, err = shelf.Update(ctx, store.Actor{}, org[0].ID, org[0].Version, org[0].Fields)
	return err
}

// opens dials *97 and keys the PIN.
func (p *Phone) opens(w *World, pin string) {
	p.t.Helper()
	p.Do("dial", "sip:*97@"+w.SIP)
	p.says(prompt.MailAskPIN)
	p.keys(pin + "#")
}

// TestMailboxKeptByTelephone: the owner gives the mailbox another PIN and a greeting by desk phone. The next caller hears the owner's own
// voice and leaves a message; by the new PIN the owner hears it and has the caller called back (VM-5, VM-7).
func TestMailboxKeptByTelephone(t *testing.T) {
	t.Parallel()
	n, far := answering(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: callingOut})
	ann := w.SignIn(w.Person("agent", 0))
	var boxes []api.VoiceMailbox
	ann.Must("GET", "/voicemail/mailboxes", nil, &boxes)
	ann.Must("POST", fmt.Sprintf("/voicemail/mailboxes/%s/pin", boxes[0].ID), map[string]string{"pin": "314159"}, nil)
	phone := w.Phone(ann.User, agentVoice)
	phone.opens(w, "314159")
	phone.says(prompt.MailNone)
	phone.keys("2")
	phone.says(prompt.MailNewPIN)
	phone.keys("161803#")
	phone.says(prompt.MailPINAgain)
	phone.keys("161803#")
	phone.says(prompt.MailPINSaved)
	greets(t, phone)
	ann.Must("GET", "/voicemail/mailboxes", nil, &boxes)
	if len(boxes) != 1 || boxes[0].Greeting.Audio == "" {
		t.Errorf("mailboxes %+v", boxes)
	}
	phone.Do("hangup", "")

	const number = "+12025550180"
	k := caller(t, network(t, carrier.Config{}), w, sales, number, callerVoice)
	hearsTone(t, k, agentVoice, callerVoice)
	ended(t, k)
	ann.holds(1, 0)
	phone.opens(w, "314159")
	phone.says(prompt.MailWrong)
	phone.keys("161803#")
	phone.says(prompt.MailOneNew)
	phone.hears(callerVoice)
	phone.says(prompt.MailCallKey)
	phone.keys("8")
	if back := received(t, far); back.Called() != number {
		t.Errorf("%s was called back", back.Called())
	}
	phone.hears(callerVoice)
	phone.Do("hangup", "")
	ann.holds(1, 1)
}

// greets speaks a greeting after the tone, hears it and keeps it.
func greets(t *testing.T, phone *Phone) {
	t.Helper()
	phone.keys("1")
	phone.says(prompt.MailSpeak)
	Eventually(t, "the tone", func() bool {
		pcm := phone.Heard(200 * time.Millisecond)
		return HasTone(pcm, 880) || HasTone(pcm, 1175)
	})
	phone.hearsNothing(2 * time.Second)
	phone.keys("#")
	phone.hears(agentVoice)
	phone.says(prompt.MailKeep)
	phone.keys("1")
	phone.says(prompt.MailSaved)
}

// hearsNothing waits until nothing at all has come to the phone for so long.
func (p *Phone) hearsNothing(how time.Duration) {
	p.t.Helper()
	last, since := p.Heard(time.Second), time.Now()
	Eventually(p.t, "nothing comes to the phone", func() bool {
		now := p.Heard(time.Second)
		if !slices.Equal(now, last) {
			last, since = now, time.Now()
		}
		return time.Since(since) > how
	})
}
