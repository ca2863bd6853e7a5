package api

import (
	"context"
	"strconv"

	"parley/internal/settings"
)

// firstShared is where the numbers begin that shared mailboxes get by themselves.
const firstShared = 800

// guardMailbox keeps digits apart by which mailboxes are reached.
func (d *doors) guardMailbox(ctx context.Context, which string, m settings.Mailbox) error {
	taken, err := d.mailboxNumbers(ctx, which, m.User)
	if err == nil && m.Number != "" && taken[m.Number] != "" {
		return wrong("voicemail_mailbox_id", "is the number of %s already", taken[m.Number])
	}
	return err
}

// fillMailbox gives a shared mailbox the next number that is free; a personal one has the extension of its user.
func (d *doors) fillMailbox(ctx context.Context, which string, m *settings.Mailbox) error {
	if m.Number != "" || m.Personal() {
		return nil
	}
	taken, err := d.mailboxNumbers(ctx, which, m.User)
	if err != nil {
		return err
	}
	n := firstShared
	for taken[strconv.Itoa(n)] != "" {
		n++
	}
	m.Number = strconv.Itoa(n)
	return nil
}

// mailboxNumbers are the digits by which other mailboxes are reached, and the extensions of other users, with whose they are.
func (d *doors) mailboxNumbers(ctx context.Context, which, user string) (map[string]string, error) {
	taken := map[string]string{}
	agents, err := d.DB.Shelves().Agents.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range agents {
		if user == "" || a.Fields.User != user {
			taken[a.Fields.Extension] = "an agent"
		}
	}
	boxes, err := d.DB.Shelves().Mailboxes.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range boxes {
		if b.ID != which && b.Fields.Number != "" {
			taken[b.Fields.Number] = "the mailbox " + b.Title
		}
	}
	return taken, nil
}
