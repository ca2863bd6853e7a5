package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"parley/internal/simulator"
)

type simCommand struct {
	Seed         uint64 `default:"1" help:"Chance begins here: the same seed gives the same run."`
	Interactions int    `default:"1000000" help:"Callers who enter a queue."`
	Agents       int    `default:"1000" help:"How many agents there are."`
	Queues       int    `default:"50" help:"How many queues there are."`
	Theory       bool   `help:"Compare waits with Erlang C and Erlang A instead, for loads of 0.5 to 0.95."`
	Transcripts  string `default:"transcripts" help:"Folder for the transcript of a broken promise, for 'parley replay'."`
}

// Run simulates and prints the result; a broken promise is an error.
func (c *simCommand) Run(ctx context.Context) error {
	debug.SetGCPercent(600) // little of it lives for long
	if c.Theory {
		return c.compare(ctx)
	}
	r, err := simulator.Run(ctx, simulator.Options{
		Seed: c.Seed, Interactions: c.Interactions, Agents: c.Agents, Queues: c.Queues, Transcripts: c.Transcripts,
	})
	if err != nil && r.Violations == 0 {
		return err
	}
	if out := json.NewEncoder(os.Stdout).Encode(r); out != nil {
		return out
	}
	if r.Violations > 0 && err == nil {
		err = fmt.Errorf("%w: %s", simulator.ErrBroken, r.Violation)
	}
	return err
}

// errTheory says that waits are not as theory has them.
var errTheory = errors.New("not as theory says")

// compare prints a line for each line of callers, and how many there were in all.
func (c *simCommand) compare(ctx context.Context) error {
	printed := json.NewEncoder(os.Stdout)
	sum := struct {
		Seed         uint64 `json:"seed"`
		Interactions int    `json:"interactions"`
		Violations   int    `json:"violations"` // lines that are not as theory says
	}{Seed: c.Seed}
	theories := simulator.Theories(c.Seed, max(10_000, c.Interactions/23)) // in twelve lines, of which some are longer
	for _, t := range theories {
		found, err := simulator.Compare(ctx, t)
		if err != nil {
			return err
		}
		if !found.Agrees() {
			sum.Violations++
		}
		sum.Interactions += t.Calls
		if err := printed.Encode(found); err != nil {
			return err
		}
	}
	if err := printed.Encode(sum); err != nil || sum.Violations == 0 {
		return err
	}
	return fmt.Errorf("%d of %d lines: %w", sum.Violations, len(theories), errTheory)
}
