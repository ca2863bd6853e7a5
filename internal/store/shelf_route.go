package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/routing"
	"parley/internal/settings"
)

// led refuses a record that would lead callers in an endless loop, or whose keys are an extension too.
func (s Shelf[T]) led(ctx context.Context, tx bun.Tx, which string, fields T) error {
	kind := fields.Kind()
	if kind != settings.KindMenu && kind != settings.KindTimeRouter && kind != settings.KindAgent {
		return nil
	}
	r, err := s.db.routes(ctx, tx)
	if err != nil {
		return err
	}
	if problems := routing.New(*r).Refusals(kind, which); len(problems) > 0 {
		return &ProblemsError{problems}
	}
	return nil
}

// Routes reads what leads the callers of the context's organisation. With drafts, records are as their drafts have them.
func (db *DB) Routes(ctx context.Context, drafts bool) (*routing.Records, error) {
	r, err := db.routes(ctx, db.bun)
	if err != nil || !drafts {
		return r, translate(err)
	}
	s := db.Shelves()
	for _, err := range []error{overlay(ctx, s.Menus, r.Menus), overlay(ctx, s.Routers, r.Routers), overlay(ctx, s.Queues, r.Queues)} {
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

func overlay[K ~string, T settings.Record](ctx context.Context, shelf Shelf[T], over map[K]T) error {
	drafts, err := shelf.Drafts(ctx)
	for which, d := range drafts {
		over[K(which)] = d.Fields
	}
	return err
}

func (db *DB) routes(ctx context.Context, from bun.IDB) (*routing.Records, error) {
	s, r := db.Shelves(), &routing.Records{}
	org, err := s.Org.rows.all(ctx, from)
	if err != nil {
		return nil, err
	}
	for _, one := range org {
		r.Org = one.Fields
	}
	for _, err := range []error{
		gather(ctx, from, s.Numbers, &r.Numbers), gather(ctx, from, s.Queues, &r.Queues), gather(ctx, from, s.Agents, &r.Agents),
		gather(ctx, from, s.Users, &r.Users), gather(ctx, from, s.Groups, &r.Groups), gather(ctx, from, s.Menus, &r.Menus),
		gather(ctx, from, s.Routers, &r.Routers), gather(ctx, from, s.Ranges, &r.Ranges), gather(ctx, from, s.Mailboxes, &r.Mailboxes),
		gather(ctx, from, s.Audio, &r.Audio),
	} {
		if err != nil {
			return nil, err
		}
	}
	r.Calendars, err = db.calendarDays(ctx, from)
	return r, err
}

func gather[K ~string, T settings.Record](ctx context.Context, from bun.IDB, shelf Shelf[T], into *map[K]T) error {
	all, err := shelf.rows.all(ctx, from)
	if err != nil {
		return err
	}
	*into = make(map[K]T, len(all))
	for _, one := range all {
		(*into)[K(one.ID)] = one.Fields
	}
	return nil
}
