package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// Organisation is a tenant. Its own id is its organisation.
type Organisation struct {
	bun.BaseModel `bun:"table:organisations,alias:organisation_row"`
	Record[id.Org]
	Name        string `bun:"name" json:"name"`
	Country     string `bun:"country" json:"country"`           // ISO 3166-1 alpha-2; numbers without prefix are read as dialled there
	Timezone    string `bun:"timezone" json:"timezone"`         // IANA name
	RingSeconds int    `bun:"ring_seconds" json:"ring_seconds"` // how long a direct call rings
	More        string `bun:"more" json:"-"`                    // the rest, by Settings
	SMTPSealed  string `bun:"smtp_password_sealed" json:"-"`    // by DB.Seal
	// WebhookSealed is what webhooks are signed with, by DB.Seal; empty: they are not signed.
	WebhookSealed string `bun:"webhook_secret_sealed" json:"-"`
}

// NewOrganisation has the defaults: 20 s of ringing and the server's timezone.
func NewOrganisation(name, country string) Organisation {
	zone := time.Local.String()
	if zone == "Local" {
		zone = "UTC"
	}
	return Organisation{Name: name, Country: country, Timezone: zone, RingSeconds: 20}
}

// CreateOrganisation stores a new organisation with the initial list of reasons (QU-16). The context needs none.
func (db *DB) CreateOrganisation(ctx context.Context, org *Organisation) error {
	if org.ID == "" {
		org.ID = id.New[id.Org]()
	}
	return db.write(WithOrg(ctx, org.ID), func(ctx context.Context, tx bun.Tx) error {
		return insertOrganisation(ctx, tx, org)
	})
}

func insertOrganisation(ctx context.Context, tx bun.IDB, org *Organisation) error {
	if err := insert(ctx, tx, org); err != nil {
		return err
	}
	for i, name := range firstReasons {
		if err := insert(ctx, tx, &Reason{Name: name, Position: i + 1, Active: true}); err != nil {
			return err
		}
	}
	return nil
}

// Organisation is the context's organisation.
func (db *DB) Organisation(ctx context.Context) (*Organisation, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	return find[Organisation](ctx, db.bun, string(org))
}

// UpdateOrganisation stores the context's organisation, or gives a StaleError.
func (db *DB) UpdateOrganisation(ctx context.Context, org *Organisation) error {
	return update(ctx, db, org)
}
