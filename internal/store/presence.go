package store

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/presence"
)

// presenceRow is where a user is, and what the user says instead of what the presence carries.
type presenceRow struct {
	bun.BaseModel `bun:"table:presences,alias:presence"`
	Org           id.Org          `bun:"organisation"`
	User          id.User         `bun:"user_id"`
	Presence      string          `bun:"presence"`
	Text          string          `bun:"said"`
	DoNotDisturb  presence.Switch `bun:"do_not_disturb"`
	Forwarding    string          `bun:"forwarding"`
	ForwardTo     string          `bun:"forward_to"`
	Devices       string          `bun:"devices"` // parted by commas
	Since         time.Time       `bun:"since"`
}

// SetPresence stores what a member of the context's organisation has picked; the last one wins.
func (db *DB) SetPresence(ctx context.Context, user id.User, own presence.Own) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		if _, err := findUser(ctx, tx, user); err != nil {
			return err
		}
		row := presenceRow{
			Org: org, User: user, Presence: own.Presence, Text: own.Text, DoNotDisturb: own.DoNotDisturb, Forwarding: own.Forwarding,
			ForwardTo: own.ForwardTo, Devices: strings.Join(own.Devices, ","), Since: own.Since,
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (organisation, user_id) DO UPDATE").
			Set("presence = EXCLUDED.presence, said = EXCLUDED.said, do_not_disturb = EXCLUDED.do_not_disturb").
			Set("forwarding = EXCLUDED.forwarding, forward_to = EXCLUDED.forward_to, devices = EXCLUDED.devices, since = EXCLUDED.since").
			Exec(ctx)
		return err
	})
}

// Presences is what the users of the context's organisation have picked; who has picked nothing is not among them.
func (db *DB) Presences(ctx context.Context) (map[id.User]presence.Own, error) {
	query, err := within[presenceRow](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	var rows []presenceRow
	if err := query.Model(&rows).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	all := make(map[id.User]presence.Own, len(rows))
	for _, row := range rows {
		own := presence.Own{Presence: row.Presence, Text: row.Text, Since: row.Since.UTC()}
		own.Overrides = presence.Overrides{DoNotDisturb: row.DoNotDisturb, Forwarding: row.Forwarding, ForwardTo: row.ForwardTo}
		if row.Devices != "" {
			own.Devices = strings.Split(row.Devices, ",")
		}
		all[row.User] = own
	}
	return all, nil
}

// Favourite is somebody whom a user calls often (PR-5).
type Favourite struct {
	bun.BaseModel `bun:"table:favourites,alias:favourite"`
	Org           id.Org    `bun:"organisation" json:"-"`
	User          id.User   `bun:"user_id" json:"-"`
	Kind          string    `bun:"kind" json:"kind" enum:"user,contact"`
	Target        string    `bun:"target" json:"id"`
	CreatedAt     time.Time `bun:"created_at" json:"-"`
}

// SetFavourite adds a user or a contact of the context's organisation to a member's favourites, or takes it out again.
func (db *DB) SetFavourite(ctx context.Context, f Favourite, on bool) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		org, err := OrgOf(ctx)
		if err != nil {
			return err
		}
		if _, err := findUser(ctx, tx, f.User); err != nil {
			return err
		}
		f.Org, f.CreatedAt = org, now()
		if !on {
			_, err := tx.NewDelete().Model(&f).Where("organisation = ?", org).Where("user_id = ?", f.User).
				Where("kind = ?", f.Kind).Where("target = ?", f.Target).Exec(ctx)
			return err
		}
		if err := db.favourable(ctx, tx, f); err != nil {
			return err
		}
		_, err = tx.NewInsert().Model(&f).On("CONFLICT DO NOTHING").Exec(ctx)
		return err
	})
}

// favourable tells whether there is what a favourite names: nil, or ErrNotFound.
func (db *DB) favourable(ctx context.Context, tx bun.Tx, f Favourite) error {
	if f.Kind == "user" {
		_, err := findUser(ctx, tx, id.User(f.Target))
		return err
	}
	_, err := db.Shelves().Contacts.rows.get(ctx, tx, f.Target)
	return err
}

// Favourites lists a user's, in the order in which they were added. A contact that was deleted since may be among them.
func (db *DB) Favourites(ctx context.Context, user id.User) ([]Favourite, error) {
	query, err := within[Favourite](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	all := []Favourite{}
	err = query.Model(&all).Where("user_id = ?", user).OrderExpr("created_at, kind, target").Scan(ctx)
	return all, translate(err)
}
