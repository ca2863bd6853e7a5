package store

import (
	"context"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/prompt"
)

// Greeting is what a user leaves on other people's answering machines, under a name (VM-13).
type Greeting struct {
	bun.BaseModel `bun:"table:drop_greetings,alias:greeting"`
	Record[id.Greeting]
	User   id.User       `bun:"user_id" json:"user"`
	Name   string        `bun:"name" json:"name"` // unique per user
	Prompt prompt.Prompt `bun:"prompt" json:"prompt"`
}

// CreateGreeting stores a new greeting.
func (db *DB) CreateGreeting(ctx context.Context, greeting *Greeting) error {
	return create(ctx, db, greeting)
}

// UpdateGreeting stores a greeting, or gives a StaleError.
func (db *DB) UpdateGreeting(ctx context.Context, greeting *Greeting) error {
	return update(ctx, db, greeting, "user_id")
}

// Greeting is the greeting with this id, or ErrNotFound. It says whose it is.
func (db *DB) Greeting(ctx context.Context, greeting id.Greeting) (*Greeting, error) {
	return find[Greeting](ctx, db.bun, string(greeting))
}

// GreetingsOf is every greeting of a user, by name.
func (db *DB) GreetingsOf(ctx context.Context, user id.User) ([]Greeting, error) {
	return all[Greeting](ctx, db, "name", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("user_id = ?", user) })
}

// DeleteGreeting deletes a greeting.
func (db *DB) DeleteGreeting(ctx context.Context, greeting id.Greeting) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return remove[Greeting](ctx, tx, string(greeting)) })
}
