package store

import (
	"context"
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
	if b := w.group.lend(); b != nil {
		b.saveJournal(entry)
		w.group.given()
	}
}

// Remove forgets a live thing that has ended.
func (w *Writer) Remove(address string) {
	if b := w.group.lend(); b != nil {
		b.setJournal(journalKey{w.org, address}, nil)
		w.group.given()
	}
}

// Events stores things that happened in a call, one or more in the order of their seq, of which the caller gives Seq, At,
// Kind and Content, which is JSON or empty. They are copied into one row. A seq that is already stored is left as it is.
func (w *Writer) Events(call id.Call, events []CallEvent) {
	if len(events) == 0 {
		return
	}
	row := severalRow(w.org, call, events)
	if b := w.group.lend(); b != nil {
		b.addEvent(row)
		w.group.given()
	}
}

// Record stores the record of a call as it is now.
func (w *Writer) Record(row CallRow) {
	row.Org, row.Version, row.UpdatedAt = w.org, 1, now()
	row.CreatedAt = row.UpdatedAt
	row.SearchText, row.HasSamples, row.tags = row.searchable(), row.sampled(), row.queueTags()
	if b := w.group.lend(); b != nil {
		b.setCall(&row)
		w.group.given()
	}
}

// Recording stores a recording as it is now.
func (w *Writer) Recording(row Recording) {
	row.Org, row.Version, row.UpdatedAt = w.org, 1, now()
	row.CreatedAt = row.UpdatedAt
	if b := w.group.lend(); b != nil {
		b.setRecording(row)
		w.group.given()
	}
}

// Message stores what a caller has left; one of that id that is there already stays as it is.
func (w *Writer) Message(row Message) {
	row.Org, row.Version, row.UpdatedAt = w.org, 1, now()
	row.CreatedAt = row.UpdatedAt
	row.SearchText = row.searchable()
	if b := w.group.lend(); b != nil {
		b.addMessage(&row)
		w.group.given()
	}
}

// Job stores work to be done; one of that kind and subject that waits already stays as it is.
func (w *Writer) Job(row Job) {
	row.Org = w.org
	row.begin()
	if b := w.group.lend(); b != nil {
		b.addJob(&row)
		w.group.given()
	}
}

// AgentStatus stores the status that an agent has now.
func (w *Writer) AgentStatus(row AgentStatus) {
	row.Org = w.org
	if b := w.group.lend(); b != nil {
		b.setStatus(row)
		w.group.given()
	}
}

// Outcome stores what came of a call, in place of what the same agent said before.
func (w *Writer) Outcome(row CallOutcome) {
	row.Org = w.org
	if b := w.group.lend(); b != nil {
		b.setOutcome(&row)
		w.group.given()
	}
}

// LeadAttempt stores that a call counts for a lead, in place of the one that it counted for before. A lead that is gone is passed over.
func (w *Writer) LeadAttempt(row LeadAttempt) {
	row.Org = w.org
	if b := w.group.lend(); b != nil {
		b.setAttempt(&row)
		w.group.given()
	}
}

// NotesOver makes the notes of a call final, if there are any: no agent has it in hand any more (CH-9).
func (w *Writer) NotesOver(call id.Call, at time.Time) {
	if b := w.group.lend(); b != nil {
		b.addPutDown(putDown{w.org, call, at})
		w.group.given()
	}
}

// StatusEvent stores a change of an agent's status; an empty id is given one.
func (w *Writer) StatusEvent(row StatusEvent) {
	row.Org = w.org
	if row.ID == "" {
		row.ID = id.New[string]()
	}
	if b := w.group.lend(); b != nil {
		b.addStatusEvent(&row)
		w.group.given()
	}
}

// Flush waits until everything given before, by any writer of the group, is stored.
func (w *Writer) Flush(ctx context.Context) error { return w.group.Flush(ctx) }
