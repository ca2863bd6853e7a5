package store

import (
	"context"
	"net/netip"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// Whereabouts is where a user of a softphone is while the page comes from a network (BX-14): at a location of the company, or at an
// address of the user's own. A network that was only seen has no ConfirmedAt, and neither of them.
type Whereabouts struct {
	bun.BaseModel `bun:"table:whereabouts,alias:whereabouts"`
	Org           id.Org       `bun:"organisation,pk"`
	User          id.User      `bun:"user_id,pk"`
	Network       string       `bun:"network,pk"`
	Location      string       `bun:"location_id"`
	Address       tel.Location `bun:"address,type:text"`
	ConfirmedAt   time.Time    `bun:"confirmed_at,nullzero"`
	SeenAt        time.Time    `bun:"seen_at"` // when the user last started there
}

// NetworkOf is the network that an address is taken to be in: the first 24 bits of IPv4, 56 of IPv6, which is what sites and homes get.
func NetworkOf(a netip.Addr) string {
	bits := 56
	if a = a.Unmap(); a.Is4() {
		bits = 24
	}
	network, err := a.WithZone("").Prefix(bits)
	if err != nil || !network.IsValid() {
		return ""
	}
	return network.String()
}

// Whereabouts gives where a user is in a network, with no ConfirmedAt where the user has not said.
func (db *DB) Whereabouts(ctx context.Context, user id.User, network string) (Whereabouts, error) {
	return db.whereabouts(ctx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("user_id = ?", user).Where("network = ?", network)
	})
}

// LatestWhereabouts gives where a user is who started last: the network that was seen last.
func (db *DB) LatestWhereabouts(ctx context.Context, user id.User) (Whereabouts, error) {
	return db.whereabouts(ctx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("user_id = ?", user) })
}

func (db *DB) whereabouts(ctx context.Context, which narrow) (Whereabouts, error) {
	rows, err := all[Whereabouts](ctx, db, "seen_at DESC", which, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Limit(1) })
	if err != nil || len(rows) == 0 {
		return Whereabouts{}, err
	}
	return rows[0], nil
}

// SeeWhereabouts notes that a user starts in a network now.
func (db *DB) SeeWhereabouts(ctx context.Context, user id.User, network string) error {
	return db.keepWhereabouts(ctx, &Whereabouts{User: user, Network: network}, "seen_at")
}

// ConfirmWhereabouts keeps what a user says of a network, now.
func (db *DB) ConfirmWhereabouts(ctx context.Context, w *Whereabouts) error {
	w.ConfirmedAt = now()
	return db.keepWhereabouts(ctx, w, "seen_at", "location_id", "address", "confirmed_at")
}

func (db *DB) keepWhereabouts(ctx context.Context, w *Whereabouts, columns ...string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	w.Org, w.SeenAt = org, now()
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := findUser(ctx, tx, w.User); err != nil {
			return err
		}
		insert := tx.NewInsert().Model(w).On("CONFLICT (organisation, user_id, network) DO UPDATE")
		for _, c := range columns {
			insert = insert.Set("? = EXCLUDED.?", bun.Ident(c), bun.Ident(c))
		}
		_, err := insert.Exec(ctx)
		return err
	})
}
