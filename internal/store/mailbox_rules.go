package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"parley/internal/settings"
)

// Fits tells what Create (without an id) or Update would refuse of the fields for what they refer to; it stores nothing.
func (s Shelf[T]) Fits(ctx context.Context, which string, fields T) error {
	_, err := s.checked(ctx, s.db.bun, which, fields)
	return translate(err)
}

// boxed refuses a record, however it comes to be stored, that leads elsewhere than unanswered direct calls to a personal mailbox (VM-9),
// that names mailboxes of the wrong type as an agent's, and a mailbox by which a user would have two personal ones or an agent none (VM-2).
func (s Shelf[T]) boxed(ctx context.Context, from bun.IDB, which string, fields T) error {
	problems, err := s.db.misled(ctx, from, fields)
	if box, is := any(fields).(settings.Mailbox); is && err == nil {
		problems, err = s.db.misboxed(ctx, from, which, box)
	}
	if err == nil && len(problems) > 0 {
		return &ProblemsError{problems}
	}
	return err
}

// misled looks at the mailboxes that a record names.
func (db *DB) misled(ctx context.Context, from bun.IDB, r settings.Record) (problems []settings.Problem, err error) {
	agent, isAgent := r.(settings.Agent)
	for _, ref := range r.Refs() {
		if ref.Kind != settings.KindMailbox {
			continue
		}
		box, err := db.mailboxes().rows.get(ctx, from, ref.ID)
		if err != nil {
			return nil, err
		}
		personal := box.Fields.Personal()
		switch {
		case isAgent && ref.Field == "personal_mailbox":
			if !personal || box.Fields.User != agent.User {
				problems = append(problems, settings.Problem{Field: ref.Field, What: "must be a personal mailbox of the agent's user"})
			}
		case personal:
			what := fmt.Sprintf("names the personal mailbox %s, which takes only unanswered direct calls to its agent: "+
				"name the agent, or a shared mailbox", box.Title)
			problems = append(problems, settings.Problem{Field: ref.Field, What: what})
		}
	}
	return problems, nil
}

// misboxed looks at a mailbox beside the others, and at what leads to it as it is stored now.
func (db *DB) misboxed(ctx context.Context, from bun.IDB, which string, box settings.Mailbox) ([]settings.Problem, error) {
	all, err := db.mailboxes().rows.all(ctx, from)
	if err != nil {
		return nil, err
	}
	for _, o := range all {
		if o.ID != which && box.Personal() && o.Fields.Personal() && o.Fields.User == box.User {
			return []settings.Problem{{Field: "user", What: "has a personal mailbox already: " + o.Title}}, nil
		}
	}
	var problems []settings.Problem
	if at := slices.IndexFunc(all, func(o Saved[settings.Mailbox]) bool { return o.ID == which }); at >= 0 { // none is a new one
		var users []Use
		users, err = db.usersOf(ctx, from, settings.KindMailbox, which)
		problems = leftAlone(all[at].Fields, box, users)
	}
	return problems, err
}

// leftAlone says what a change of a mailbox would do to those who use it: a shared one that something leads to stays shared, and that of
// an agent stays the agent's.
func leftAlone(before, after settings.Mailbox, users []Use) []settings.Problem {
	for _, u := range users {
		name := cmp.Or(u.Name, u.Kind)
		switch {
		case !before.Personal() && after.Personal():
			return []settings.Problem{{Field: "voicemail_mailbox_type", What: fmt.Sprintf("must stay shared: %s leads to it", name)}}
		case u.Kind != string(settings.KindAgent) || !before.Personal():
		case !after.Personal():
			return []settings.Problem{{Field: "voicemail_mailbox_type", What: fmt.Sprintf("must stay agent: it is the personal one of %s", name)}}
		case after.User != before.User:
			return []settings.Problem{{Field: "user", What: fmt.Sprintf("must stay who it is: it is the personal one of %s", name)}}
		}
	}
	return nil
}
