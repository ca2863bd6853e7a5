package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// ClassEntry is an entry of the audit of classes of service (CS-6). Entries are never changed.
type ClassEntry struct {
	bun.BaseModel `bun:"table:class_audit,alias:class_entry"`
	ID            string     `bun:"id,pk" json:"id"`
	Org           id.Org     `bun:"organisation" json:"-"`
	At            time.Time  `bun:"at" json:"time"`
	Action        string     `bun:"action" json:"action"` // dialing.LogAction
	Agent         id.Agent   `bun:"agent_id" json:"agent"`
	Supervisor    id.User    `bun:"supervisor" json:"supervisor,omitempty"` // empty for blocked and timeout
	Destination   tel.Number `bun:"destination" json:"destination"`
	ClassID       string     `bun:"class_id" json:"class_id,omitempty"`
	ClassName     string     `bun:"class_name" json:"class_name"`
	Rule          string     `bun:"rule" json:"rule_triggered"` // dialing.Rule
}

// ClassAudit adds an entry; id and time are given here.
func (db *DB) ClassAudit(ctx context.Context, entry *ClassEntry) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	entry.ID, entry.Org, entry.At = id.New[string](), org, now()
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(entry).Exec(ctx)
		return err
	})
}

// ClassFilter narrows the audit of classes; zero fields do not.
type ClassFilter struct {
	Since  time.Time
	Agents []id.Agent
	Action string
}

// ClassEntries lists the audit of classes, newest first.
func (db *DB) ClassEntries(ctx context.Context, f ClassFilter, r Range) (Page[ClassEntry], error) {
	return listBy[ClassEntry](ctx, db, r, "at", func(q *bun.SelectQuery) *bun.SelectQuery {
		q = between(q, "at", f.Since, time.Time{})
		if f.Agents != nil {
			q = q.Where("agent_id IN (?)", bun.List(append(f.Agents, "")))
		}
		if f.Action != "" {
			q = q.Where("action = ?", f.Action)
		}
		return q
	})
}

// DialingLock keeps an agent from dialling out (BX-15).
type DialingLock struct {
	bun.BaseModel `bun:"table:dialing_locks,alias:dialing_lock"`
	Org           id.Org    `bun:"organisation,pk" json:"-"`
	Agent         id.Agent  `bun:"agent_id,pk" json:"agent"`
	At            time.Time `bun:"at" json:"at"`
	Reason        string    `bun:"reason" json:"reason"`
}

// SetDialingLock locks an agent; a lock that is there already stays.
func (db *DB) SetDialingLock(ctx context.Context, lock DialingLock) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	lock.Org = org
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&lock).On("CONFLICT DO NOTHING").Exec(ctx)
		return err
	})
}

// DeleteDialingLock unlocks an agent; one who is not locked is no error.
func (db *DB) DeleteDialingLock(ctx context.Context, agent id.Agent) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*DialingLock)(nil)).Where("organisation = ?", org).Where("agent_id = ?", agent).Exec(ctx)
		return err
	})
}

// DialingLocks lists the locked agents.
func (db *DB) DialingLocks(ctx context.Context) ([]DialingLock, error) {
	return all[DialingLock](ctx, db, "at, agent_id")
}

// EmergencyCall says who dialled an emergency number and which of our numbers was shown (BX-13).
type EmergencyCall struct {
	bun.BaseModel `bun:"table:emergency_calls,alias:emergency_call"`
	Org           id.Org     `bun:"organisation,pk" json:"-"`
	Shown         tel.Number `bun:"shown,pk" json:"shown"`
	Agent         id.Agent   `bun:"agent_id" json:"agent"`
	Dialled       tel.Number `bun:"dialled" json:"dialled"`
	At            time.Time  `bun:"at" json:"at"`
}

// SetEmergencyCall stores the latest emergency call by which a number was shown.
func (db *DB) SetEmergencyCall(ctx context.Context, c EmergencyCall) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	c.Org = org
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&c).On("CONFLICT (organisation, shown) DO UPDATE").
			Set("agent_id = EXCLUDED.agent_id, dialled = EXCLUDED.dialled, at = EXCLUDED.at").Exec(ctx)
		return err
	})
}

// EmergencyCalls lists the emergency calls since a moment, one for each number that was shown.
func (db *DB) EmergencyCalls(ctx context.Context, since time.Time) ([]EmergencyCall, error) {
	return all[EmergencyCall](ctx, db, "at", func(q *bun.SelectQuery) *bun.SelectQuery { return between(q, "at", since, time.Time{}) })
}
