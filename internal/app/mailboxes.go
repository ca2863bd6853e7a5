package app

import (
	"bytes"
	"context"

	"parley/internal/id"
	"parley/internal/sounds"
	"parley/internal/treatment"
)

// mailboxes is what calls consult about mailboxes, which are opened after them.
type mailboxes struct{ *App }

func (m mailboxes) Open(ctx context.Context, org id.Org, c treatment.Consult, digits, pin string) treatment.Told {
	return m.voicemail.Open(ctx, org, c, digits, pin)
}

func (m mailboxes) ChangePIN(ctx context.Context, org id.Org, which id.Mailbox, pin string) treatment.Told {
	return m.voicemail.ChangePIN(ctx, org, which, pin)
}

func (m mailboxes) Consult(ctx context.Context, org id.Org, c treatment.Consult) treatment.Told {
	return m.voicemail.Consult(ctx, org, c)
}

// keep has a sound of any rate found by a name, until there is no more room for it.
func (l *library) keep(name string, s sounds.Sound) error {
	made, err := decodeSound(bytes.NewReader(s.Encode()))
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if name = "sound/" + name; l.made.get(name) == nil {
		l.made.put(name, made)
	}
	return nil
}
