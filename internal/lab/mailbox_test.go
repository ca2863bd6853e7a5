package lab

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
)

// ownMailbox leads the number of Sales to the first agent, whose telephones do not ring while she works at none: her mailbox answers.
// Callers speak ten seconds at most.
func ownMailbox(ctx context.Context, db *store.DB) error {
	shelves := db.Shelves()
	if err := inEnglish(ctx, db); err != nil {
		return err
	}
	ann, err := withExtension(ctx, shelves, "102")
	if err != nil {
		return err
	}
	ann.Fields.DirectWhenUnavailable = false
	if _, err := shelves.Agents.Update(ctx, store.Actor{}, ann.ID, ann.Version, ann.Fields); err != nil {
		return err
	}
	boxes, err := shelves.Mailboxes.All(ctx)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		if b.Fields.User != ann.Fields.User {
			continue
		}
		b.Fields.MaxSeconds = 10
		if _, err := shelves.Mailboxes.Update(ctx, store.Actor{}, b.ID, b.Version, b.Fields); err != nil {
			return err
		}
	}
	return leadTo(ctx, shelves, dest.Destination{Kind: dest.Agent, Target: ann.ID})
}

// withExtension is the agent with this extension.
func withExtension(ctx context.Context, shelves store.Shelves, extension string) (store.Saved[settings.Agent], error) {
	all, err := shelves.Agents.All(ctx)
	for _, a := range all {
		if a.Fields.Extension == extension {
			return a, err
		}
	}
	return store.Saved[settings.Agent]{}, errors.Join(err, fmt.Errorf("nobody has extension %s", extension))
}

// keys presses keys on the phone.
func (p *Phone) keys(all string) {
	p.t.Helper()
	for _, key := range all {
		p.Do("sndcode", string(key))
	}
}

// says waits until the phone hears a standard text.
func (p *Phone) says(text prompt.StandardText) {
	p.t.Helper()
	t, ok := p.t.(*testing.T)
	if !ok {
		p.t.Fatal("not in a test")
	}
	sound := inWords(t, prompt.OfStandard(text))
	Eventually(p.t, "the phone hears "+string(text), func() bool { return Likeness(p.Heard(300*time.Millisecond), sound) > 0.9 })
}

// hears waits until a tone is the loudest of what the phone hears: of one that was recorded and played again on a busy machine there
// may be gaps.
func (p *Phone) hears(hertz float64) {
	p.t.Helper()
	var loudest []string
	if !Comes(2*Patience, func() bool {
		found, strength := media.Ear{}.Dominant(p.Heard(200 * time.Millisecond))
		loudest = append(loudest, fmt.Sprintf("%.0f Hz %.3f", found, strength))
		return strength > faint && math.Abs(found-hertz) < 10
	}) {
		p.t.Fatalf("the phone does not hear %.0f Hz but %v", hertz, loudest[max(0, len(loudest)-40):])
	}
}

// holds waits until the mailbox holds so many messages, of which so many were heard.
func (c *Client) holds(all, heard int) {
	c.t.Helper()
	Eventually(c.t, fmt.Sprintf("%d messages, of which %d heard", all, heard), func() bool {
		list, n := messagesOf(c), 0
		for _, m := range list {
			if m.Listened {
				n++
			}
		}
		return len(list) == all && n == heard
	})
}

// TestMailboxByTelephone: a caller leaves a message. The owner's desk phone dials *97, keys the PIN and hears the caller's own tone; the
// message is heard at once and deleted at the end; by *98 the mailbox is found by its number (VM-5).
func TestMailboxByTelephone(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: ownMailbox})
	n := network(t, carrier.Config{})
	ann := w.SignIn(w.Person("agent", 0))
	var boxes []api.VoiceMailbox
	ann.Must("GET", "/voicemail/mailboxes", nil, &boxes)
	if len(boxes) != 1 || boxes[0].Number != ann.User.Extension {
		t.Fatalf("mailboxes %+v", boxes)
	}
	ann.Must("POST", fmt.Sprintf("/voicemail/mailboxes/%s/pin", boxes[0].ID), map[string]string{"pin": "314159"}, nil)
	k := caller(t, n, w, sales, "555", callerVoice) // a short number is soon said
	hearsSound(t, k, "what to do", inWords(t, prompt.OfStandard(prompt.LeaveMessage)))
	phone := w.Phone(ann.User, agentVoice)
	ended(t, k)
	ann.holds(1, 0)

	dial := func(code string) {
		t.Helper()
		phone.Do("dial", "sip:"+code+"@"+w.SIP)
		phone.says(prompt.MailAskPIN)
	}
	dial("*97")
	phone.keys("271828#")
	phone.says(prompt.MailWrong)
	phone.keys("314159#")
	phone.says(prompt.MailOneNew)
	phone.hears(callerVoice)
	ann.holds(1, 1)
	phone.says(prompt.MailKeys)
	phone.keys("7")
	phone.says(prompt.MailDeleted)
	ann.holds(1, 1) // until the end it can be kept after all
	phone.Do("hangup", "")
	ann.holds(0, 0)

	phone.Do("dial", "sip:*98@"+w.SIP)
	phone.says(prompt.MailAskBox)
	phone.keys(boxes[0].Number + "#")
	phone.says(prompt.MailAskPIN)
	phone.keys("314159#")
	phone.says(prompt.MailNone)
	phone.Do("hangup", "")
	for _, line := range w.Log() {
		if strings.Contains(line, "314159") || strings.Contains(line, "271828") {
			t.Errorf("a PIN is in the log: %s", line)
		}
	}
}

// messagesOf lists what a person may hear.
func messagesOf(c *Client) []api.VoiceMessage {
	var page store.Page[api.VoiceMessage]
	c.Must("GET", "/voicemail/messages", nil, &page)
	return page.Rows
}
