package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

func organisationTable(db *DB) shelf[settings.Organisation] {
	return table[settings.Organisation, Organisation, *Organisation]{
		start: func(which string) *Organisation { return &Organisation{Record: Record[id.Org]{ID: id.Org(which)}} },
		read: func(_ context.Context, _ bun.IDB, row *Organisation) (Saved[settings.Organisation], error) {
			o, err := row.Settings()
			return savedOf(row.Record, o.Name, o), err
		},
		write: func(_ context.Context, _ bun.Tx, row *Organisation, o settings.Organisation) error {
			writeOrganisation(db, row, o)
			return nil
		},
	}
}

// Settings is the organisation as an administrator sees it: without the password of its mail server and the secret of webhooks.
func (row *Organisation) Settings() (settings.Organisation, error) {
	o, err := settings.Decode[settings.Organisation]([]byte(row.More))
	if err != nil {
		return o, err
	}
	o.Name, o.Country, o.Timezone, o.RingSeconds = row.Name, row.Country, row.Timezone, row.RingSeconds
	return o, nil
}

func writeOrganisation(db *DB, row *Organisation, o settings.Organisation) {
	if o.SMTP.Password != "" {
		row.SMTPSealed = db.Seal(o.SMTP.Password)
		o.SMTP.Password = ""
	}
	if o.WebhookSecret != "" {
		row.WebhookSealed = db.Seal(o.WebhookSecret)
		o.WebhookSecret = ""
	}
	row.Name, row.Country, row.Timezone, row.RingSeconds = o.Name, o.Country, o.Timezone, o.RingSeconds
	row.More = string(content(o))
}
