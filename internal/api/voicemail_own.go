package api

import (
	"context"
	"crypto/rand"
	"math/big"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/store"
	"parley/internal/voicemail"
)

type (
	greetingInput struct {
		request
		ID   id.Mailbox `path:"id" maxLength:"100"`
		Body struct {
			Version  int           `json:"version" minimum:"1" doc:"of the mailbox that the change was made on"`
			Greeting prompt.Prompt `json:"greeting" doc:"empty: the standard text"`
		}
	}
	pinInput struct {
		request
		ID   id.Mailbox `path:"id" maxLength:"100"`
		Body struct {
			PIN string `json:"pin,omitempty" pattern:"^([0-9]{6,10})?$" doc:"6 to 10 digits; empty: a random one"`
		}
	}
	pinOutput struct {
		Body struct {
			PIN string `json:"pin"`
		}
	}
)

// ownMailbox is a mailbox whose greeting and PIN the viewer may change: the own one, or any as an administrator.
func (d *doors) ownMailbox(ctx context.Context, which id.Mailbox) (voicemail.Box, error) {
	b, err := d.Voicemail.Box(who(ctx).org, which)
	if err != nil {
		return b, err
	}
	if p := person(ctx); !b.OwnedBy(p) && !p.Admin {
		return b, huma.Error403Forbidden("Only the owner of a mailbox and administrators may change it.")
	}
	return b, nil
}

func (d *doors) setGreeting(ctx context.Context, i *greetingInput) (*struct{}, error) {
	b, err := d.ownMailbox(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	if err := d.guardPrompt(ctx, "greeting", i.Body.Greeting); err != nil {
		return nil, d.refusal(err)
	}
	fields := b.Mailbox
	fields.Prompt = i.Body.Greeting
	_, err = d.DB.Shelves().Mailboxes.Update(in(ctx), actor(ctx, &i.request), string(b.ID), i.Body.Version, fields)
	if err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.refusal(d.Changed(ctx, who(ctx).org))
}

// guardPrompt refuses a prompt that says too much, or with a file of somebody else's private library (AU-5).
func (d *doors) guardPrompt(ctx context.Context, field string, p prompt.Prompt) error {
	switch {
	case len([]rune(p.Text)) > prompt.MaxText:
		return wrong(field, "must have at most %d characters of text", prompt.MaxText)
	case p.Kind != "" || p.Value != "":
		return wrong(field, "must be a file or a text")
	case p.Audio == "":
		return nil
	}
	audio, err := d.DB.Shelves().Audio.Get(in(ctx), p.Audio)
	if err != nil {
		return wrong(field, "names a file that is not in the library")
	}
	if owner := audio.Fields.Owner; owner != "" && owner != string(who(ctx).user) && who(ctx).role != access.Admin {
		return wrong(field, "names a file that is not in the library")
	}
	return nil
}

func (d *doors) setPIN(ctx context.Context, i *pinInput) (*pinOutput, error) {
	b, err := d.ownMailbox(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	pin := i.Body.PIN
	if pin == "" {
		if pin, err = randomPIN(&b); err != nil {
			return nil, d.refusal(err)
		}
	}
	if b.Forbids(pin) {
		return nil, d.refusal(wrong("pin", "must not be the extension or the number of the mailbox"))
	}
	if err := d.DB.SetMailboxPIN(in(ctx), b.ID, pin); err != nil {
		return nil, d.refusal(err)
	}
	entry := store.AuditEntry{
		Actor: who(ctx).user, IP: i.addr().String(), Action: "mailbox PIN changed", SubjectKind: "mailbox", SubjectID: string(b.ID),
	}
	if err := d.DB.Audit(in(ctx), &entry); err != nil {
		return nil, d.refusal(err)
	}
	out := &pinOutput{}
	out.Body.PIN = pin
	return out, nil
}

// randomPIN makes one of six digits.
func randomPIN(b *voicemail.Box) (string, error) {
	for {
		pin := make([]byte, 6)
		for i := range pin {
			digit, err := rand.Int(rand.Reader, big.NewInt(10))
			if err != nil {
				return "", err
			}
			pin[i] = byte('0' + digit.Int64())
		}
		if !b.Forbids(string(pin)) {
			return string(pin), nil
		}
	}
}
