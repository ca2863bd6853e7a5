package store

import (
	"context"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// chunk is how many rows one statement writes, so that a long backlog does not become one endless SQL text.
const chunk = 500

// rowCost is what a row takes in memory besides its texts, in bytes; a rough figure that bounds the backlog.
const rowCost = 300

type journalKey struct {
	org     id.Org
	address string
}

type statusKey struct {
	org     id.Org
	agent   id.Agent
	channel string
}

// batch is what waits to be written: of things that have a latest state only that, of things that happened all.
type batch struct {
	journal      map[journalKey]*JournalEntry // nil: remove it
	calls        map[id.Call]CallRow
	recordings   map[id.Recording]Recording
	statuses     map[statusKey]AgentStatus
	events       []CallEvent
	statusEvents []StatusEvent
	bytes        int
}

func newBatch() *batch {
	return &batch{
		journal: map[journalKey]*JournalEntry{}, calls: map[id.Call]CallRow{}, recordings: map[id.Recording]Recording{},
		statuses: map[statusKey]AgentStatus{},
	}
}

func (b *batch) rows() int {
	return len(b.journal) + len(b.calls) + len(b.recordings) + len(b.statuses) + len(b.events) + len(b.statusEvents)
}

func (b *batch) setJournal(key journalKey, entry *JournalEntry) {
	if old, known := b.journal[key]; known {
		b.bytes -= costOf(old)
	}
	b.journal[key] = entry
	b.bytes += costOf(entry)
}

func costOf(entry *JournalEntry) int {
	if entry == nil {
		return rowCost
	}
	return rowCost + len(entry.State)
}

func (b *batch) setCall(row CallRow) {
	if old, known := b.calls[row.ID]; known {
		b.bytes -= rowCost + len(old.Whole)
	}
	b.calls[row.ID] = row
	b.bytes += rowCost + len(row.Whole)
}

func (b *batch) setRecording(row Recording) {
	if _, known := b.recordings[row.ID]; !known {
		b.bytes += rowCost
	}
	b.recordings[row.ID] = row
}

func (b *batch) setStatus(row AgentStatus) {
	key := statusKey{row.Org, row.Agent, row.Channel}
	if _, known := b.statuses[key]; !known {
		b.bytes += rowCost
	}
	b.statuses[key] = row
}

func (b *batch) addEvent(row CallEvent) {
	b.events = append(b.events, row)
	b.bytes += rowCost + len(row.Content)
}

func (b *batch) addStatusEvent(row StatusEvent) {
	b.statusEvents = append(b.statusEvents, row)
	b.bytes += rowCost
}

// store writes everything in the transaction tx.
func (b *batch) store(ctx context.Context, tx bun.Tx) error {
	saved, removed := b.splitJournal()
	if err := inChunks(ctx, tx, saved, upsertJournal); err != nil {
		return err
	}
	if err := inChunks(ctx, tx, removed, deleteJournal); err != nil {
		return err
	}
	if err := inChunks(ctx, tx, b.events, insertCallEvents); err != nil {
		return err
	}
	if err := inChunks(ctx, tx, slices.Collect(maps.Values(b.calls)), upsertCalls); err != nil {
		return err
	}
	if err := inChunks(ctx, tx, slices.Collect(maps.Values(b.recordings)), upsertRecordings); err != nil {
		return err
	}
	if err := inChunks(ctx, tx, slices.Collect(maps.Values(b.statuses)), upsertStatuses); err != nil {
		return err
	}
	return inChunks(ctx, tx, b.statusEvents, insertStatusEvents)
}

func (b *batch) splitJournal() (saved []JournalEntry, removed []journalKey) {
	for key, entry := range b.journal {
		if entry == nil {
			removed = append(removed, key)
		} else {
			saved = append(saved, *entry)
		}
	}
	return saved, removed
}

func inChunks[T any](ctx context.Context, tx bun.IDB, rows []T, write func(context.Context, bun.IDB, []T) error) error {
	for part := range slices.Chunk(rows, chunk) {
		if err := write(ctx, tx, part); err != nil {
			return err
		}
	}
	return nil
}

// singles gives each row a batch of its own, so that one bad row can be found and left out.
func (b *batch) singles() []*batch {
	all := make([]*batch, 0, b.rows())
	add := func(put func(*batch)) {
		one := newBatch()
		put(one)
		all = append(all, one)
	}
	for key, entry := range b.journal {
		add(func(one *batch) { one.setJournal(key, entry) })
	}
	for _, row := range b.events {
		add(func(one *batch) { one.addEvent(row) })
	}
	for _, row := range b.calls {
		add(func(one *batch) { one.setCall(row) })
	}
	for _, row := range b.recordings {
		add(func(one *batch) { one.setRecording(row) })
	}
	for _, row := range b.statuses {
		add(func(one *batch) { one.setStatus(row) })
	}
	for _, row := range b.statusEvents {
		add(func(one *batch) { one.addStatusEvent(row) })
	}
	return all
}
