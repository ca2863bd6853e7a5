package store

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// mailboxes is the shelf of mailboxes.
func (db *DB) mailboxes() Shelf[settings.Mailbox] { return db.Shelves().Mailboxes }

// FurnishAgents gives every agent of the context's organisation who has no personal mailbox one: those who come from before agents got
// it by themselves (VM-2). It changes nothing when it is called again.
func (db *DB) FurnishAgents(ctx context.Context) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		all, err := db.Shelves().Agents.rows.all(ctx, tx)
		if err != nil {
			return err
		}
		boxes, err := db.mailboxes().rows.all(ctx, tx)
		if err != nil {
			return err
		}
		for i := range all {
			if personalOf(boxes, all[i].Fields.User) != "" {
				continue
			}
			if err := db.furnish(ctx, tx, Actor{}, all[i].Title, all[i].Fields); err != nil {
				return err
			}
		}
		return nil
	})
}

// furnish gives an agent, by the name that people know, a personal mailbox with the defaults of table Mailbox, unless there is one
// (VM-2): it is reached by the extension, its notices would go to the user, and nobody knows its PIN.
func (db *DB) furnish(ctx context.Context, tx bun.Tx, by Actor, name string, agent settings.Agent) error {
	boxes, err := db.mailboxes().rows.all(ctx, tx)
	if err != nil || personalOf(boxes, agent.User) != "" {
		return err
	}
	box := settings.New[settings.Mailbox]()
	box.User, box.Name = agent.User, freeName(boxes, name, agent.Extension)
	_, err = db.mailboxes().create(ctx, tx, by, "", box)
	return err
}

// personalOf is the mailbox that is the user's own, empty when there is none; of several, which earlier versions could store, it is the
// one that routing takes.
func personalOf(boxes []Saved[settings.Mailbox], user string) string {
	own := ""
	for _, b := range boxes {
		if b.Fields.Personal() && b.Fields.User == user && (own == "" || b.ID < own) {
			own = b.ID
		}
	}
	return own
}

// freeName is what a new mailbox of somebody is called: as the person, with the extension where there is a mailbox of that name.
func freeName(boxes []Saved[settings.Mailbox], name, extension string) string {
	const most = 50 // letters, as the field has it
	letters := []rune(strings.TrimSpace(name))
	name = strings.TrimSpace(string(letters[:min(len(letters), most-1-len(extension))]))
	if name == "" {
		return extension
	}
	if slices.ContainsFunc(boxes, func(b Saved[settings.Mailbox]) bool { return strings.EqualFold(b.Title, name) }) {
		return name + " " + extension
	}
	return name
}

// ownersOf are the agents whose personal mailbox this is, though they do not name it.
func (db *DB) ownersOf(ctx context.Context, from bun.IDB, which string) ([]Use, error) {
	boxes, err := db.mailboxes().rows.all(ctx, from)
	if err != nil {
		return nil, err
	}
	agents, err := db.Shelves().Agents.rows.all(ctx, from)
	if err != nil {
		return nil, err
	}
	var owners []Use
	for _, a := range agents {
		if a.Fields.PersonalMailbox == "" && personalOf(boxes, a.Fields.User) == which {
			owners = append(owners, Use{Kind: string(settings.KindAgent), ID: a.ID, Name: a.Title})
		}
	}
	return owners, nil
}

// unfurnish deletes the personal mailbox of an agent who was deleted. One that holds messages, or that something leads to from before
// that was refused, stays the user's, so that administrators hear what was left there; it is deleted by hand.
func (db *DB) unfurnish(ctx context.Context, tx bun.Tx, by Actor, user id.User) error {
	boxes, err := db.mailboxes().rows.all(ctx, tx)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		if !b.Fields.Personal() || b.Fields.User != string(user) {
			continue
		}
		needed, err := db.mailboxNeeded(ctx, tx, b.ID)
		if err == nil && !needed {
			err = db.mailboxes().remove(ctx, tx, by, b.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) mailboxNeeded(ctx context.Context, tx bun.Tx, which string) (bool, error) {
	users, err := db.usersOf(ctx, tx, settings.KindMailbox, which)
	if err != nil || len(users) > 0 {
		return true, err
	}
	query, err := within[Message](ctx, tx)
	if err != nil {
		return true, err
	}
	return query.Model((*Message)(nil)).Where("mailbox_id = ?", which).Exists(ctx)
}
