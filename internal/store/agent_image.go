package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// agentImage is the picture of an agent (AG-7).
type agentImage struct {
	bun.BaseModel `bun:"table:agent_images,alias:agent_image"`
	Org           id.Org    `bun:"organisation"`
	Agent         id.Agent  `bun:"agent"`
	Picture       string    `bun:"picture"` // JPEG in base64
	Tag           string    `bun:"tag"`
	UpdatedAt     time.Time `bun:"updated_at"`
}

// SetAgentImage stores the picture of an agent of the context's organisation, a JPEG; an empty one takes it away.
func (db *DB) SetAgentImage(ctx context.Context, agent id.Agent, jpeg []byte) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		query, err := within[Agent](ctx, tx)
		if err != nil {
			return err
		}
		found := Agent{}
		if err := query.Model(&found).Where("agent.id = ?", agent).Scan(ctx); err != nil {
			return translate(err)
		}
		sum := sha256.Sum256(jpeg)
		row := agentImage{
			Org: found.Org, Agent: agent, Picture: base64.StdEncoding.EncodeToString(jpeg), Tag: hex.EncodeToString(sum[:8]), UpdatedAt: now(),
		}
		if len(jpeg) == 0 {
			_, err := tx.NewDelete().Model(&row).Where("organisation = ?", row.Org).Where("agent = ?", agent).Exec(ctx)
			return err
		}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (organisation, agent) DO UPDATE").
			Set("picture = EXCLUDED.picture, tag = EXCLUDED.tag, updated_at = EXCLUDED.updated_at").Exec(ctx)
		return err
	})
}

// AgentImage is the picture of an agent of the context's organisation, a JPEG, and its tag; or ErrNotFound.
func (db *DB) AgentImage(ctx context.Context, agent id.Agent) (jpeg []byte, tag string, err error) {
	query, err := within[agentImage](ctx, db.bun)
	if err != nil {
		return nil, "", err
	}
	row := agentImage{}
	if err := query.Model(&row).Where("agent = ?", agent).Scan(ctx); err != nil {
		return nil, "", translate(err)
	}
	jpeg, err = base64.StdEncoding.DecodeString(row.Picture)
	return jpeg, row.Tag, err
}

// AgentImages are the tags of the pictures in the context's organisation, by agent; a tag changes with the picture.
func (db *DB) AgentImages(ctx context.Context) (map[id.Agent]string, error) {
	query, err := within[agentImage](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	var rows []agentImage
	if err := query.Model(&rows).Column("agent", "tag").Scan(ctx); err != nil {
		return nil, translate(err)
	}
	tags := make(map[id.Agent]string, len(rows))
	for _, row := range rows {
		tags[row.Agent] = row.Tag
	}
	return tags, nil
}
