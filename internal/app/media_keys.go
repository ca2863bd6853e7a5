package app

import (
	"context"
	"log/slog"
	"sync"

	"parley/internal/id"
	"parley/internal/store"
)

// mediaKeys holds the keys of the organisations at hand, since a recording that begins must not wait for the database.
type mediaKeys struct {
	db  *store.DB
	log *slog.Logger

	mu sync.Mutex
	of map[id.Org]held
}

// held is what was found when the keys were last read.
type held struct {
	keys store.MediaKeys
	err  error
}

func newMediaKeys(db *store.DB, log *slog.Logger) *mediaKeys {
	return &mediaKeys{db: db, log: log, of: map[id.Org]held{}}
}

// read takes up the keys of the context's organisation as they are stored now. That they cannot be read is logged when it
// begins; keys that were read before stay, since a database may be away for a while.
func (k *mediaKeys) read(ctx context.Context, org id.Org) (store.MediaKeys, error) {
	keys, err := k.db.MediaKeys(store.WithOrg(ctx, org))
	k.mu.Lock()
	defer k.mu.Unlock()
	before, known := k.of[org]
	if err == nil || !known || before.err != nil {
		k.of[org] = held{keys, err}
	}
	if err != nil && before.err == nil && ctx.Err() == nil {
		k.log.Error("keys for recordings not read", "org", org, "err", err)
	}
	return keys, err
}

// at gives the keys of an organisation as they were read last.
func (k *mediaKeys) at(org id.Org) (store.MediaKeys, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	h, known := k.of[org]
	if !known {
		return h.keys, store.ErrNotFound
	}
	return h.keys, h.err
}
