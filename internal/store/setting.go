package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

type setting struct {
	bun.BaseModel `bun:"table:settings,alias:setting"`
	Org           id.Org    `bun:"organisation,pk"`
	Name          string    `bun:"name,pk"`
	Value         string    `bun:"value"`
	UpdatedAt     time.Time `bun:"updated_at"`
}

// Setting is one setting of the organisation, or ErrNotFound.
func (db *DB) Setting(ctx context.Context, name string) (string, error) {
	query, err := within[setting](ctx, db.bun)
	if err != nil {
		return "", err
	}
	row := new(setting)
	if err := query.Model(row).Where("name = ?", name).Scan(ctx); err != nil {
		return "", translate(err)
	}
	return row.Value, nil
}

// Settings is every setting of the organisation by name.
func (db *DB) Settings(ctx context.Context) (map[string]string, error) {
	rows, err := all[setting](ctx, db, "name")
	if err != nil {
		return nil, err
	}
	settings := map[string]string{}
	for _, row := range rows {
		settings[row.Name] = row.Value
	}
	return settings, nil
}

// SetSetting stores one setting; the last writer wins.
func (db *DB) SetSetting(ctx context.Context, name, value string) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	row := &setting{Org: org, Name: name, Value: value, UpdatedAt: now()}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(row).On("CONFLICT (organisation, name) DO UPDATE").
			Set("value = EXCLUDED.value, updated_at = EXCLUDED.updated_at").Exec(ctx)
		return err
	})
}
