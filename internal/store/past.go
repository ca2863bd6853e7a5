package store

import (
	"context"
	"slices"
	"sync"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// past remembers what is stored already, so that it need not be stored or removed again. What it forgets costs a statement
// that changes nothing, so it may forget, but never remember wrongly.
type past struct {
	mu       sync.Mutex
	recalled bool                    // the journal that an earlier program left was read
	journal  map[journalKey]struct{} // every address that the database may hold
	parts    map[id.Call]parts       // of calls that still run
}

type parts struct {
	queues []CallQueue
	agents []CallAgent
	tags   []string
}

// recallJournal learns once which addresses an earlier program has left.
func (db *DB) recallJournal(ctx context.Context, tx bun.Tx) error {
	db.past.mu.Lock()
	recalled := db.past.recalled
	db.past.mu.Unlock()
	if recalled {
		return nil
	}
	var left []JournalEntry
	if err := tx.NewSelect().Model(&left).Column("organisation", "address").Scan(ctx); err != nil {
		return err
	}
	for _, entry := range left {
		db.past.saved(journalKey{entry.Org, entry.Address})
	}
	db.past.mu.Lock()
	defer db.past.mu.Unlock()
	db.past.recalled = true
	return nil
}

// saved says that the journal may hold an entry of this key.
func (p *past) saved(key journalKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.journal == nil {
		p.journal = map[journalKey]struct{}{}
	}
	p.journal[key] = struct{}{}
}

// holds tells whether the journal may hold an entry of this key.
func (p *past) holds(key journalKey) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, there := p.journal[key]
	return there
}

// newParts lists the queues and agents of the calls that have others than when they were last stored.
func (p *past) newParts(calls []CallRow) (queues, agents []callPart) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range calls {
		row := &calls[i]
		old := p.parts[row.ID]
		if !slices.EqualFunc(old.queues, row.Queues, func(a, b CallQueue) bool { return a.ID == b.ID }) {
			for _, queue := range row.Queues {
				queues = append(queues, callPart{row.Org, row.ID, string(queue.ID)})
			}
		}
		if !slices.EqualFunc(old.agents, row.Agents, func(a, b CallAgent) bool { return a.ID == b.ID }) {
			for _, agent := range row.Agents {
				agents = append(agents, callPart{row.Org, row.ID, string(agent.ID)})
			}
		}
	}
	return queues, agents
}

// stored learns that the batch is in the database.
func (p *past) stored(b *batch) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, entry := range b.journal {
		if entry == nil || entry == passing {
			delete(p.journal, key)
		}
	}
	for i := range b.calls {
		row := &b.calls[i]
		call := row.ID
		switch {
		case row.Status == "ended":
			delete(p.parts, call)
		case len(row.Queues)+len(row.Agents)+len(row.tags) > 0:
			if p.parts == nil {
				p.parts = map[id.Call]parts{}
			}
			p.parts[call] = parts{row.Queues, row.Agents, row.tags}
		}
	}
}
