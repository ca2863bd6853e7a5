package store

import (
	"context"
	"slices"
	"time"

	"parley/internal/id"
)

// Writer takes what must be stored for one organisation and never waits: it is written behind by its GroupCommit. Its
// methods may be called from any goroutine; the values they are given must not be changed afterwards.
type Writer struct {
	group *GroupCommit
	org   id.Org
}

// Writer is the writer of an organisation.
func (g *GroupCommit) Writer(org id.Org) *Writer { return &Writer{group: g, org: org} }

// Save stores the state of a live thing as JSON, in place of its former one. Version is that of the state's form.
func (w *Writer) Save(address, kind string, version int, state []byte) {
	entry := JournalEntry{Org: w.org, Address: address, Kind: kind, Version: version, State: state, UpdatedAt: now()}
	w.group.add(func(b *batch) { b.saveJournal(entry) })
}

// Remove forgets a live thing that has ended.
func (w *Writer) Remove(address string) {
	w.group.add(func(b *batch) { b.setJournal(journalKey{w.org, address}, nil) })
}

// Event stores one thing that happened in a call, as JSON; content may be empty. A seq that is already stored is left as it is.
func (w *Writer) Event(call id.Call, seq int, at time.Time, kind string, content []byte) {
	row := CallEvent{Org: w.org, Call: call, Seq: seq, At: at, Kind: kind}
	if len(content) > 0 {
		row.Content = slices.Clone(content)
	}
	w.group.add(func(b *batch) { b.addEvent(row) })
}

// Record stores the record of a call as it is now.
func (w *Writer) Record(row CallRow) {
	row.Org, row.Version, row.UpdatedAt = w.org, 1, now()
	row.CreatedAt = row.UpdatedAt
	row.SearchText = row.searchable()
	w.group.add(func(b *batch) { b.setCall(row) })
}

// Recording stores a recording as it is now.
func (w *Writer) Recording(row Recording) {
	row.Org, row.Version, row.UpdatedAt = w.org, 1, now()
	row.CreatedAt = row.UpdatedAt
	w.group.add(func(b *batch) { b.setRecording(row) })
}

// AgentStatus stores the status that an agent has now.
func (w *Writer) AgentStatus(row AgentStatus) {
	row.Org = w.org
	w.group.add(func(b *batch) { b.setStatus(row) })
}

// StatusEvent stores a change of an agent's status; an empty id is given one.
func (w *Writer) StatusEvent(row StatusEvent) {
	row.Org = w.org
	if row.ID == "" {
		row.ID = id.New[string]()
	}
	w.group.add(func(b *batch) { b.addStatusEvent(row) })
}

// Flush waits until everything given before, by any writer of the group, is stored.
func (w *Writer) Flush(ctx context.Context) error { return w.group.Flush(ctx) }
