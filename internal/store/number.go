package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// Number is a number (DID) of the organisation and where its calls go (PN-1).
type Number struct {
	bun.BaseModel `bun:"table:numbers,alias:number"`
	Record[id.Number]
	PhoneNumber        tel.Number       `bun:"phone_number" json:"phone_number"` // unique per installation
	FriendlyName       string           `bun:"friendly_name" json:"friendly_name"`
	Trunk              id.Trunk         `bun:"trunk_id" json:"trunk"`
	Destination        dest.Destination `bun:"-" json:"destination"`
	DestinationKind    dest.Kind        `bun:"destination_kind" json:"-"`   // Destination as stored
	DestinationTarget  string           `bun:"destination_target" json:"-"` // Destination as stored
	MenuData           string           `bun:"menu_data" json:"menu_data"`
	MenuText           string           `bun:"menu_text" json:"menu_text"`
	Voice              bool             `bun:"voice" json:"voice"`
	SMS                bool             `bun:"sms" json:"sms"`
	MMS                bool             `bun:"mms" json:"mms"`
	DefaultPhoneNumber bool             `bun:"default_phone_number" json:"default_phone_number"` // one per organisation
	DialIn             bool             `bun:"dial_in" json:"dial_in"`                           // agents connect their voice here (VC-2)
	DeletionProtected  bool             `bun:"deletion_protected" json:"deletion_protected"`
	More               string           `bun:"more" json:"-"` // the rest, by Settings
}

// NewNumber has the defaults: voice on, leads to hangup, named as the number.
func NewNumber(number tel.Number, trunk id.Trunk) Number {
	return Number{PhoneNumber: number, FriendlyName: string(number), Trunk: trunk, Voice: true,
		Destination: dest.Destination{Kind: dest.Hangup}}
}

var _ interface {
	bun.BeforeAppendModelHook
	bun.AfterScanRowHook
} = (*Number)(nil)

// BeforeAppendModel is called by bun before the number is written.
func (n *Number) BeforeAppendModel(context.Context, bun.Query) error {
	n.DestinationKind, n.DestinationTarget = n.Destination.Kind, n.Destination.Target
	return nil
}

// AfterScanRow is called by bun when the number was read.
func (n *Number) AfterScanRow(context.Context) error {
	n.Destination = dest.Destination{Kind: n.DestinationKind, Target: n.DestinationTarget}
	return nil
}

// CreateNumber stores a new number; one known anywhere in the installation gives a TakenError. A new default number takes
// the mark from the old one.
func (db *DB) CreateNumber(ctx context.Context, number *Number) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := moveDefault(ctx, tx, number); err != nil {
			return err
		}
		return insert(ctx, tx, number)
	})
}

// UpdateNumber stores a number, or gives a StaleError or TakenError.
func (db *DB) UpdateNumber(ctx context.Context, number *Number) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := moveDefault(ctx, tx, number); err != nil {
			return err
		}
		return change(ctx, tx, number)
	})
}

func moveDefault(ctx context.Context, tx bun.IDB, number *Number) error {
	org, err := OrgOf(ctx)
	if err != nil || !number.DefaultPhoneNumber {
		return err
	}
	_, err = tx.NewUpdate().Model((*Number)(nil)).Set("default_phone_number = FALSE").Set("version = version + 1").
		Set("updated_at = ?", now()).Where("organisation = ?", org).Where("default_phone_number").Where("id <> ?", number.ID).Exec(ctx)
	return err
}

// Number is the number with this id, or ErrNotFound.
func (db *DB) Number(ctx context.Context, number id.Number) (*Number, error) {
	return find[Number](ctx, db.bun, string(number))
}

// Numbers lists the numbers, newest first.
func (db *DB) Numbers(ctx context.Context, r Range) (Page[Number], error) {
	return list[Number](ctx, db, r)
}

// AllNumbers is every number, for routing.
func (db *DB) AllNumbers(ctx context.Context) ([]Number, error) {
	return all[Number](ctx, db, "number.phone_number")
}

// DeleteNumber deletes a number that is not protected (ErrProtected) and no agent's default (InUseError).
func (db *DB) DeleteNumber(ctx context.Context, number id.Number) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Number](ctx, tx, string(number))
		if err != nil {
			return err
		}
		if row.DeletionProtected {
			return ErrProtected
		}
		if err := refuseInUse(ctx, tx, usersIn("agent", "agents", "extension", "default_number = ?", number)); err != nil {
			return err
		}
		return remove[Number](ctx, tx, string(number))
	})
}
