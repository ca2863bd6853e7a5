package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// VoiceDefault is how an agent's sessions begin when the agent has saved it (VC-1).
type VoiceDefault struct {
	bun.BaseModel `bun:"table:voice_defaults,alias:voice_default"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Agent         id.Agent  `bun:"agent_id" json:"-"`
	Mode          string    `bun:"mode" json:"mode"`     // web, call_me or call_in
	Number        string    `bun:"number" json:"number"` // of call_me: a number or an extension
	Persistent    bool      `bun:"persistent" json:"persistent"`
	UpdatedAt     time.Time `bun:"updated_at" json:"-"`
}

// SetVoiceDefault stores an agent's default; the last one wins.
func (db *DB) SetVoiceDefault(ctx context.Context, v VoiceDefault) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	v.Org, v.UpdatedAt = org, now()
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&v).On("CONFLICT (organisation, agent_id) DO UPDATE").
			Set("mode = EXCLUDED.mode, number = EXCLUDED.number, persistent = EXCLUDED.persistent, updated_at = EXCLUDED.updated_at").
			Exec(ctx)
		return err
	})
}

// VoiceDefault is what an agent has saved, or ErrNotFound.
func (db *DB) VoiceDefault(ctx context.Context, agent id.Agent) (VoiceDefault, error) {
	query, err := within[VoiceDefault](ctx, db.bun)
	if err != nil {
		return VoiceDefault{}, err
	}
	var v VoiceDefault
	if err := query.Model(&v).Where("agent_id = ?", agent).Scan(ctx); err != nil {
		return VoiceDefault{}, translate(err)
	}
	return v, nil
}
