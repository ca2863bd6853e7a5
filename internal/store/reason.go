package store

import (
	"context"

	"github.com/uptrace/bun"
)

// Reason says why an agent is unavailable (QU-16). "Auto pause" is the system's and not in the list.
type Reason struct {
	bun.BaseModel `bun:"table:reasons,alias:reason"`
	Record[string]
	Name     string `bun:"name" json:"name"`
	Position int    `bun:"position" json:"position"`
	Active   bool   `bun:"active" json:"active"`
}

var firstReasons = []string{"Break", "Lunch", "Meeting", "Training", "After-call work"}

// CreateReason stores a new reason.
func (db *DB) CreateReason(ctx context.Context, reason *Reason) error { return create(ctx, db, reason) }

// UpdateReason stores a reason, or gives a StaleError.
func (db *DB) UpdateReason(ctx context.Context, reason *Reason) error { return update(ctx, db, reason) }

// Reasons is the whole list in its order, inactive ones included.
func (db *DB) Reasons(ctx context.Context) ([]Reason, error) {
	return all[Reason](ctx, db, "reason.position, reason.name")
}
