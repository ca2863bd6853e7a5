package store

import (
	"context"
	"strings"

	"parley/internal/settings"
)

// Named gives the ids of the records of a kind by what people call them, in lower case, and by their ids.
func (db *DB) Named(ctx context.Context, kind settings.Kind) (map[string]string, error) {
	if _, err := OrgOf(ctx); err != nil {
		return nil, err
	}
	named := map[string]string{}
	shelf, known := db.readers()[kind]
	if !known {
		return named, nil
	}
	all, err := shelf.records(ctx, db.bun)
	if err != nil {
		return nil, translate(err)
	}
	for _, r := range all {
		named[strings.ToLower(r.title)], named[strings.ToLower(r.Title())], named[r.id] = r.id, r.id, r.id
	}
	return named, nil
}
