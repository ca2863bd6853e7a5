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
	entries, err := all[JournalEntry](ctx, db, "address")
	for _, entry := range entries {
		db.past.saved(journalKey{entry.Org, entry.Address})
	}
	return entries, err
}

var upsertJournal = &statement[JournalEntry]{
	name:    "upsert journal",
	head:    "INSERT INTO journal (organisation, address, kind, version, state, updated_at) VALUES",
	columns: 6,
	tail: " ON CONFLICT (organisation, address) DO UPDATE SET" +
		" kind = EXCLUDED.kind, version = EXCLUDED.version, state = EXCLUDED.state, updated_at = EXCLUDED.updated_at",
	bind: func(v *values, row *JournalEntry) {
		v.texts(string(row.Org), row.Address, row.Kind)
		v.add(row.Version)
		v.json(row.State)
		v.time(row.UpdatedAt)
	},
}

var deleteJournal = &statement[journalKey]{
	name:    "delete journal",
	head:    "DELETE FROM journal WHERE (organisation, address) IN (VALUES",
	columns: 2,
	tail:    ")",
	bind:    func(v *values, row *journalKey) { v.texts(string(row.org), row.address) },
}
