package lab

import (
	"context"
	"fmt"
	"testing"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/prompt"
	"parley/internal/store"
)

// openToCallers is ownMailbox, but the number of Support leads to the messages in mailboxes.
func openToCallers(ctx context.Context, db *store.DB) error {
	if err := ownMailbox(ctx, db); err != nil {
		return err
	}
	shelf := db.Shelves().Numbers
	numbers, err := shelf.All(ctx)
	for _, n := range numbers {
		if n.Fields.PhoneNumber == support && err == nil {
			n.Fields.Destination = dest.Destination{Kind: dest.External, Target: dest.AnyMailbox}
			_, err = shelf.Update(ctx, store.Actor{}, n.ID, n.Version, n.Fields)
		}
	}
	return err
}

// TestMailboxFromOutside: somebody calls a number of the company from any telephone, keys mailbox and PIN and hears a message. Who guesses
// PINs is hung up on after three, and after five the mailbox is locked, for the right PIN too (VM-5, BX-15).
func TestMailboxFromOutside(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: openToCallers})
	n := network(t, carrier.Config{})
	ann := w.SignIn(w.Person("agent", 0))
	var boxes []api.VoiceMailbox
	ann.Must("GET", "/voicemail/mailboxes", nil, &boxes)
	ann.Must("POST", fmt.Sprintf("/voicemail/mailboxes/%s/pin", boxes[0].ID), map[string]string{"pin": "314159"}, nil)
	left := caller(t, n, w, sales, "555", callerVoice)
	hearsSound(t, left, "what to do", inWords(t, prompt.OfStandard(prompt.LeaveMessage)))
	ended(t, left)
	ann.holds(1, 0)

	says := func(k *carrier.Call, text prompt.StandardText) {
		t.Helper()
		hearsSound(t, k, string(text), inWords(t, prompt.OfStandard(text)))
	}
	asks := func() *carrier.Call {
		t.Helper()
		k := place(t, n, w, support, "+32470111222", carrier.Behaviour{Listen: true})
		says(k, prompt.MailAskBox)
		press(t, k, boxes[0].Number+"#")
		says(k, prompt.MailAskPIN)
		return k
	}
	k := asks()
	press(t, k, "314159#")
	says(k, prompt.MailOneNew)
	hearsTone(t, k, callerVoice)
	says(k, prompt.MailKeys)
	k.HangUp()
	ann.holds(1, 1)

	guesses := func(k *carrier.Call) { // twice wrong, with the third still to come
		for range 2 {
			press(t, k, "271828#")
			says(k, prompt.MailWrong)
			says(k, prompt.MailAskBox)
			press(t, k, boxes[0].Number+"#")
			says(k, prompt.MailAskPIN)
		}
	}
	k = asks()
	guesses(k)
	press(t, k, "271828#")
	ended(t, k)
	k = asks()
	guesses(k)
	press(t, k, "314159#")
	says(k, prompt.MailLocked)
	ended(t, k)
	ann.holds(1, 1)
}
