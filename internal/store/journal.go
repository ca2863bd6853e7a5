package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// JournalEntry is the latest state of one live thing, from which it is restored after a crash. Writer.Save stores it.
type JournalEntry struct {
	bun.BaseModel `bun:"table:journal,alias:journal_entry"`
	Org           id.Org          `bun:"organisation" json:"-"`
	Address       string          `bun:"address" json:"address"` // "call/…", "leg/…", "station/…"
	Kind          string          `bun:"kind" json:"kind"`
	Version       int             `bun:"version" json:"version"` // of the form of State, so that a newer program can read it
	State         json.RawMessage `bun:"state" json:"state"`
	UpdatedAt     time.Time       `bun:"updated_at" json:"updated_at"`
}

// Journal is every entry of the organisation, by address.
func (db *DB) Journal(ctx context.Context) ([]JournalEntry, error) {
	return all[JournalEntry](ctx, db, "address")
}

func upsertJournal(ctx context.Context, tx bun.IDB, rows []JournalEntry) error {
	_, err := tx.NewInsert().Model(&rows).On("CONFLICT (organisation, address) DO UPDATE").
		Set("kind = EXCLUDED.kind, version = EXCLUDED.version, state = EXCLUDED.state, updated_at = EXCLUDED.updated_at").Exec(ctx)
	return err
}

func deleteJournal(ctx context.Context, tx bun.IDB, removed []journalKey) error {
	byOrg := map[id.Org][]string{}
	for _, key := range removed {
		byOrg[key.org] = append(byOrg[key.org], key.address)
	}
	for org, addresses := range byOrg {
		_, err := tx.NewDelete().Model((*JournalEntry)(nil)).
			Where("organisation = ?", org).Where("address IN (?)", bun.List(addresses)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}
