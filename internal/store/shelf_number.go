package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/tel"
)

func numberTable() shelf[settings.Number] {
	return table[settings.Number, Number, *Number]{
		start: func(which string) *Number { return &Number{Record: Record[id.Number]{ID: id.Number(which)}} },
		read: func(_ context.Context, _ bun.IDB, row *Number) (Saved[settings.Number], error) {
			n, err := row.Settings()
			return savedOf(row.Record, n.PhoneNumber, n), err
		},
		write: func(_ context.Context, _ bun.Tx, row *Number, n settings.Number) error {
			writeNumber(row, n)
			return nil
		},
		before: func(_ context.Context, _ bun.Tx, row *Number) error {
			if row.DeletionProtected {
				return ErrProtected
			}
			return nil
		},
	}
}

// Settings is the number as an administrator sees it.
func (row *Number) Settings() (settings.Number, error) {
	n, err := settings.Decode[settings.Number]([]byte(row.More))
	if err != nil {
		return n, err
	}
	n.PhoneNumber, n.FriendlyName, n.Trunk, n.Destination = string(row.PhoneNumber), row.FriendlyName, string(row.Trunk), row.Destination
	n.MenuData, n.MenuText, n.Voice, n.SMS, n.MMS = row.MenuData, row.MenuText, row.Voice, row.SMS, row.MMS
	n.Default, n.DeletionProtected, n.DialIn = row.DefaultPhoneNumber, row.DeletionProtected, row.DialIn
	return n, nil
}

func writeNumber(row *Number, n settings.Number) {
	if n.FriendlyName == "" {
		n.FriendlyName = n.PhoneNumber
	}
	row.PhoneNumber, row.FriendlyName, row.Trunk, row.Destination = tel.Number(n.PhoneNumber), n.FriendlyName, id.Trunk(n.Trunk), n.Destination
	row.MenuData, row.MenuText, row.Voice, row.SMS, row.MMS = n.MenuData, n.MenuText, n.Voice, n.SMS, n.MMS
	row.DefaultPhoneNumber, row.DeletionProtected, row.DialIn = n.Default, n.DeletionProtected, n.DialIn
	row.More = string(content(n))
}
