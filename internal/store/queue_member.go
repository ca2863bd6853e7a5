package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// QueueMember is an agent who may be offered a queue's interactions; Position orders them, from 1.
type QueueMember struct {
	bun.BaseModel `bun:"table:queue_members,alias:queue_member"`
	Org           id.Org   `bun:"organisation" json:"-"`
	Queue         id.Queue `bun:"queue_id" json:"queue"`
	Agent         id.Agent `bun:"agent_id" json:"agent"`
	Position      int      `bun:"position" json:"position"`
}

// SetQueueMembers makes exactly these agents the members of the queue, in this order.
func (db *DB) SetQueueMembers(ctx context.Context, queue id.Queue, agents []id.Agent) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Queue](ctx, tx, string(queue))
		if err != nil {
			return err
		}
		return setMembers(ctx, tx, row, agents)
	})
}

func setMembers(ctx context.Context, tx bun.Tx, row *Queue, agents []id.Agent) error {
	_, err := tx.NewDelete().Model((*QueueMember)(nil)).Where("queue_id = ?", row.ID).Where("organisation = ?", row.Org).Exec(ctx)
	if err != nil {
		return err
	}
	members := []QueueMember{}
	for i, agent := range agents {
		if !slices.Contains(agents[:i], agent) {
			members = append(members, QueueMember{Org: row.Org, Queue: row.ID, Agent: agent, Position: len(members) + 1})
		}
	}
	if len(members) == 0 {
		return nil
	}
	_, err = tx.NewInsert().Model(&members).Exec(ctx)
	return err
}

// QueueMembers is every membership of every queue, by queue and position.
func (db *DB) QueueMembers(ctx context.Context) ([]QueueMember, error) {
	return all[QueueMember](ctx, db, "queue_id, position")
}

// QueueToggle remembers whether a queue delivers to an agent now (QU-13). Where there is none, it does.
type QueueToggle struct {
	bun.BaseModel `bun:"table:agent_queue_toggles,alias:agent_queue_toggle"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Agent         id.Agent  `bun:"agent_id" json:"agent"`
	Queue         id.Queue  `bun:"queue_id" json:"queue"`
	Delivers      bool      `bun:"delivers" json:"delivers"`
	UpdatedAt     time.Time `bun:"updated_at" json:"updated_at"`
}

// SetQueueToggle stores whether the queue delivers to the agent.
func (db *DB) SetQueueToggle(ctx context.Context, agent id.Agent, queue id.Queue, delivers bool) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	row := &QueueToggle{Org: org, Agent: agent, Queue: queue, Delivers: delivers, UpdatedAt: now()}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(row).On("CONFLICT (agent_id, queue_id) DO UPDATE").
			Set("delivers = EXCLUDED.delivers, updated_at = EXCLUDED.updated_at").
			Where("agent_queue_toggle.organisation = EXCLUDED.organisation").Exec(ctx)
		return err
	})
}

// QueueToggles is every toggle of the organisation.
func (db *DB) QueueToggles(ctx context.Context) ([]QueueToggle, error) {
	return all[QueueToggle](ctx, db, "agent_id, queue_id")
}
