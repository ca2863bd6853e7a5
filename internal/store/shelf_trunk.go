package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

func trunkTable(db *DB) shelf[settings.Trunk] {
	return table[settings.Trunk, Trunk, *Trunk]{
		start: func(which string) *Trunk {
			row := NewTrunk("", TrunkByAddress)
			row.ID = id.Trunk(which)
			return &row
		},
		read: func(ctx context.Context, from bun.IDB, row *Trunk) (Saved[settings.Trunk], error) {
			if err := loadNetworksFrom(ctx, from, row); err != nil {
				return Saved[settings.Trunk]{}, err
			}
			t, err := row.Settings()
			return savedOf(row.Record, t.Name, t), err
		},
		write: func(_ context.Context, _ bun.Tx, row *Trunk, t settings.Trunk) error { return writeTrunk(db, row, t) },
		after: func(ctx context.Context, tx bun.Tx, row *Trunk, _ settings.Trunk) error {
			return storeNetworks(ctx, tx, row)
		},
	}
}

// Settings is the trunk as an administrator sees it: without its password.
func (row *Trunk) Settings() (settings.Trunk, error) {
	t, err := settings.Decode[settings.Trunk]([]byte(row.More))
	if err != nil {
		return t, err
	}
	t.Name, t.TrunkKind, t.Networks, t.Proxy, t.Transport, t.CA = row.Name, string(row.Kind), row.Networks, row.Proxy, row.Transport, row.CA
	t.Registrar, t.Username, t.AuthUser, t.FromUser, t.FromDomain = row.Registrar, row.Username, row.AuthUser, row.FromUser, row.FromDomain
	t.CallerID, t.PresentsAny, t.Outbound, t.Active = row.CallerID, row.PresentsAnyCallerID, row.Outbound, row.Active
	t.SRTP, t.Codecs, t.DTMF = string(row.SRTP), row.Codecs, string(row.DTMF)
	t.Prefixes, t.Position = row.Prefixes, row.Position
	return t, nil
}

func writeTrunk(db *DB, row *Trunk, t settings.Trunk) error {
	for _, network := range t.Networks {
		if _, err := ParseNetwork(network); err != nil {
			return &ProblemsError{[]settings.Problem{{Field: "networks", What: "cannot be read: " + err.Error()}}}
		}
	}
	if t.Password != "" {
		row.PasswordSealed = db.Seal(t.Password)
		t.Password = ""
	}
	row.Name, row.Kind, row.Networks, row.Proxy, row.Transport, row.CA = t.Name, TrunkKind(t.TrunkKind), t.Networks, t.Proxy, t.Transport, t.CA
	row.Registrar, row.Username, row.AuthUser, row.FromUser, row.FromDomain = t.Registrar, t.Username, t.AuthUser, t.FromUser, t.FromDomain
	row.CallerID, row.PresentsAnyCallerID, row.Outbound, row.Active = t.CallerID, t.PresentsAny, t.Outbound, t.Active
	row.SRTP, row.Codecs, row.DTMF = SRTP(t.SRTP), t.Codecs, DTMF(t.DTMF)
	row.Prefixes, row.Position = t.Prefixes, t.Position
	row.More = string(content(t))
	return row.complete()
}
