package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// farNumber is the number at the other end of a call, in the words of the index calls_number.
const farNumber = "(CASE WHEN direction = 'outbound' THEN to_number ELSE from_number END)"

// LastAgent is the agent with whom a customer has talked last (QU-5), or ErrNotFound.
func (db *DB) LastAgent(ctx context.Context, customer id.Customer) (id.Agent, error) {
	agent, _, err := db.lastAgent(ctx, "customer_id = ?", customer)
	return agent, err
}

// LastAgentByNumber is the agent with whom a caller who is in no customer's record has talked last (QU-5), or ErrNotFound. The
// numbers are the forms in which calls may name the one; each is asked for by itself, as the index serves one at a time.
func (db *DB) LastAgentByNumber(ctx context.Context, numbers ...tel.Number) (last id.Agent, err error) {
	if _, err := OrgOf(ctx); err != nil {
		return "", err
	}
	var latest time.Time
	for _, n := range numbers {
		agent, at, err := db.lastAgent(ctx, "customer_id IS NULL AND "+farNumber+" = ?", n)
		switch {
		case err != nil && !errors.Is(err, ErrNotFound):
			return "", err
		case err == nil && (last == "" || at.After(latest)):
			last, latest = agent, at
		}
	}
	if last == "" {
		return "", ErrNotFound
	}
	return last, nil
}

// lastAgent is who answered last of those who took part in the latest answered call of a kind, and when that call came.
func (db *DB) lastAgent(ctx context.Context, kind string, arg any) (agent id.Agent, at time.Time, err error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return "", at, err
	}
	var text string
	err = db.bun.NewSelect().TableExpr("calls").Column("agents", "arrived_at").Where("organisation = ?", org).Where(kind, arg).
		Where("answered_at IS NOT NULL").Order("arrived_at DESC").Limit(1).Scan(ctx, &text, &at)
	if err != nil {
		return "", at, translate(err)
	}
	var agents []CallAgent
	if err := json.Unmarshal([]byte(text), &agents); err != nil {
		return "", at, errors.Join(ErrNotFound, err)
	}
	for _, a := range slices.Backward(agents) {
		if a.Answered {
			return a.ID, at, nil
		}
	}
	return "", at, ErrNotFound
}
