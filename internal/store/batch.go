package store

import (
	"context"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// rowCost is what a row takes in memory besides its texts, in bytes; a rough figure that bounds the backlog.
const rowCost = 300

type journalKey struct {
	org     id.Org
	address string
}

// passing stands for a journal entry that was saved and then removed within one batch.
var passing = &JournalEntry{}

type statusKey struct {
	org     id.Org
	agent   id.Agent
	channel string
}

// batch is what waits to be written: of things that have a latest state only that, of things that happened all.
type batch struct {
	journal      map[journalKey]*JournalEntry // nil: remove it; passing: it came and went
	calls        []CallRow
	callAt       map[id.Call]int // where the latest of a call is among calls
	recordings   map[id.Recording]Recording
	statuses     map[statusKey]AgentStatus
	outcomes     map[outcomeKey]CallOutcome
	attempts     map[attemptKey]LeadAttempt
	events       []eventRow
	statusEvents []StatusEvent
	messages     []Message
	jobs         []Job
	callbacks    map[callbackKey]*Callback // nil: remove it
	putDowns     []putDown
	bytes        int
}

func newBatch() *batch {
	return &batch{
		journal: map[journalKey]*JournalEntry{}, callAt: map[id.Call]int{}, recordings: map[id.Recording]Recording{},
		statuses: map[statusKey]AgentStatus{}, outcomes: map[outcomeKey]CallOutcome{}, attempts: map[attemptKey]LeadAttempt{},
	}
}

func (b *batch) rows() int {
	return len(b.journal) + len(b.calls) + len(b.recordings) + len(b.statuses) + len(b.events) + len(b.statusEvents) + len(b.messages) + len(b.jobs) +
		len(b.outcomes) + len(b.callbacks) + len(b.putDowns) + len(b.attempts)
}

// saveJournal copies the entry's state, into the memory of the state that it replaces if there is one: a call saves itself
// many times in one batch.
func (b *batch) saveJournal(entry JournalEntry) {
	key := journalKey{entry.Org, entry.Address}
	old := b.journal[key]
	if old == nil || old == passing {
		entry.State = slices.Clone(entry.State)
		b.setJournal(key, &entry)
		return
	}
	b.bytes += len(entry.State) - len(old.State)
	entry.State = append(old.State[:0], entry.State...)
	*old = entry
}

func (b *batch) setJournal(key journalKey, entry *JournalEntry) {
	if old, known := b.journal[key]; known {
		b.bytes -= costOf(old)
		if old != nil && entry == nil {
			entry = passing
		}
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

func (b *batch) setCall(row *CallRow) {
	b.bytes += rowCost + len(row.Whole)
	if at, known := b.callAt[row.ID]; known {
		b.bytes -= rowCost + len(b.calls[at].Whole)
		b.calls[at] = *row
		return
	}
	b.callAt[row.ID] = len(b.calls)
	b.calls = append(b.calls, *row)
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

func (b *batch) setOutcome(row *CallOutcome) {
	b.outcomes[outcomeKey{row.Org, row.Call, row.Agent}] = *row
	b.bytes += rowCost
}

func (b *batch) addEvent(row eventRow) {
	b.events = append(b.events, row)
	b.bytes += rowCost + len(row.content)
}

func (b *batch) addStatusEvent(row *StatusEvent) {
	b.statusEvents = append(b.statusEvents, *row)
	b.bytes += rowCost
}

func (b *batch) addMessage(row *Message) {
	b.messages = append(b.messages, *row)
	b.bytes += rowCost
}

func (b *batch) addJob(row *Job) {
	b.jobs = append(b.jobs, *row)
	b.bytes += rowCost + len(row.Content)
}

func (b *batch) addPutDown(row putDown) {
	b.putDowns = append(b.putDowns, row)
	b.bytes += rowCost
}

// store writes everything in the transaction tx.
func (b *batch) store(ctx context.Context, db *DB, tx bun.Tx) error {
	if err := db.recallJournal(ctx, tx); err != nil {
		return err
	}
	saved, removed := b.splitJournal(&db.past)
	queues, agents := db.past.newParts(b.calls)
	callbacks, over := b.splitCallbacks()
	for _, step := range []func() error{
		func() error { return run(ctx, db, tx, upsertJournal, saved) },
		func() error { return run(ctx, db, tx, deleteJournal, removed) },
		func() error { return run(ctx, db, tx, insertCallEvents, b.events) },
		func() error { return run(ctx, db, tx, upsertCalls, b.calls) },
		func() error { return run(ctx, db, tx, insertCallQueues, queues) },
		func() error { return run(ctx, db, tx, insertCallAgents, agents) },
		func() error { return run(ctx, db, tx, insertQueueTags, db.past.newTags(b.calls)) },
		func() error { return run(ctx, db, tx, upsertRecordings, slices.Collect(maps.Values(b.recordings))) },
		func() error { return run(ctx, db, tx, upsertStatuses, slices.Collect(maps.Values(b.statuses))) },
		func() error { return run(ctx, db, tx, insertStatusEvents, b.statusEvents) },
		func() error { return run(ctx, db, tx, upsertOutcomes, slices.Collect(maps.Values(b.outcomes))) },
		func() error { return b.countLeads(ctx, tx) },
		func() error { return run(ctx, db, tx, insertMessages, b.messages) },
		func() error { return run(ctx, db, tx, insertJobs, b.jobs) },
		func() error { return run(ctx, db, tx, upsertCallbacks, callbacks) },
		func() error { return run(ctx, db, tx, deleteCallbacks, over) },
		func() error { return finalizeNotes(ctx, tx, b.putDowns) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// splitJournal leaves out the removal of what is not in the database, such as a call that came and went while it waited.
func (b *batch) splitJournal(past *past) (saved []JournalEntry, removed []journalKey) {
	for key, entry := range b.journal {
		switch {
		case entry != nil && entry != passing:
			past.saved(key) // even if the transaction fails: it may have been stored all the same
			saved = append(saved, *entry)
		case past.holds(key):
			removed = append(removed, key)
		}
	}
	return saved, removed
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
	for i := range b.calls {
		add(func(one *batch) { one.setCall(&b.calls[i]) })
	}
	for _, row := range b.recordings {
		add(func(one *batch) { one.setRecording(row) })
	}
	for _, row := range b.statuses {
		add(func(one *batch) { one.setStatus(row) })
	}
	for _, row := range b.outcomes {
		add(func(one *batch) { one.setOutcome(&row) })
	}
	for _, row := range b.attempts {
		add(func(one *batch) { one.setAttempt(&row) })
	}
	for i := range b.statusEvents {
		add(func(one *batch) { one.addStatusEvent(&b.statusEvents[i]) })
	}
	for i := range b.messages {
		add(func(one *batch) { one.addMessage(&b.messages[i]) })
	}
	for i := range b.jobs {
		add(func(one *batch) { one.addJob(&b.jobs[i]) })
	}
	for _, row := range b.putDowns {
		add(func(one *batch) { one.addPutDown(row) })
	}
	for key, row := range b.callbacks {
		add(func(one *batch) { one.setCallback(key, row) })
	}
	return all
}
