package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// CallNote is what agents have written of a call (CH-9). Version 0 is a call of which nothing was written.
type CallNote struct {
	bun.BaseModel `bun:"table:call_notes,alias:call_note"`
	Org           id.Org    `bun:"organisation,pk" json:"-"`
	Call          id.Call   `bun:"call_id,pk" json:"call"`
	Text          string    `bun:"note" json:"text"`
	Version       int       `bun:"version" json:"version"`
	Author        id.User   `bun:"author" json:"author"`                                     // who wrote it last
	UpdatedAt     time.Time `bun:"updated_at" json:"updated_at"`                             // by that author
	FinalizedAt   time.Time `bun:"finalized_at,nullzero" json:"notes_finalized_at,omitzero"` // zero while an agent has the call in hand
}

// CallNoteEdit is a text that was replaced: one that was final, or that somebody else had written.
type CallNoteEdit struct {
	bun.BaseModel `bun:"table:call_note_edits,alias:call_note_edit"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Call          id.Call   `bun:"call_id" json:"call"`
	Version       int       `bun:"version" json:"version"` // of the text before
	Before        string    `bun:"note" json:"before"`
	Author        id.User   `bun:"author" json:"author"` // of the text before
	Editor        id.User   `bun:"editor" json:"editor"`
	At            time.Time `bun:"at" json:"at"`
}

// CallNote is what was written of a call. Ask for the Call first: that checks who may see it.
func (db *DB) CallNote(ctx context.Context, call id.Call) (CallNote, error) {
	return callNote(ctx, db.bun, call)
}

func callNote(ctx context.Context, from bun.IDB, call id.Call) (CallNote, error) {
	query, err := within[CallNote](ctx, from)
	if err != nil {
		return CallNote{}, err
	}
	rows := []CallNote{}
	err = translate(query.Model(&rows).Where("call_id = ?", call).Scan(ctx))
	if err != nil || len(rows) == 0 {
		return CallNote{Call: call}, err
	}
	return rows[0], nil
}

// CallNoteEdits lists the texts of a call's notes that were replaced, the latest first.
func (db *DB) CallNoteEdits(ctx context.Context, call id.Call) ([]CallNoteEdit, error) {
	return all[CallNoteEdit](ctx, db, "version DESC", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("call_id = ?", call) })
}

// WriteCallNote stores a new text in place of the version that note names, or gives a StaleError with the CallNote that stands
// there. The text before is kept when it was final or another's. InHand: an agent still has the call, so the text is not final.
func (db *DB) WriteCallNote(ctx context.Context, note *CallNote, inHand bool) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		before, err := callNote(ctx, tx, note.Call)
		if err != nil {
			return err
		}
		switch {
		case before.Version != note.Version:
			return &StaleError{Current: before}
		case before.Version > 0 && before.Text == note.Text:
			*note = before
			return nil
		}
		next := CallNote{
			Org: org, Call: note.Call, Text: note.Text, Version: before.Version + 1, Author: note.Author, UpdatedAt: now(),
			FinalizedAt: before.FinalizedAt,
		}
		switch {
		case inHand:
			next.FinalizedAt = time.Time{}
		case next.FinalizedAt.IsZero():
			next.FinalizedAt = next.UpdatedAt
		}
		if err := replaceNote(ctx, tx, &before, &next); err != nil {
			return err
		}
		*note = next
		return nil
	})
}

// replaceNote puts one text in the place of another. Of two who do so at once on PostgreSQL, the second meets no row of that
// version any more.
func replaceNote(ctx context.Context, tx bun.Tx, before, next *CallNote) error {
	stale := func() error {
		current, err := callNote(ctx, tx, next.Call)
		if err != nil {
			return err
		}
		return &StaleError{Current: current}
	}
	if before.Version == 0 {
		result, err := tx.NewInsert().Model(next).On("CONFLICT DO NOTHING").Exec(ctx)
		if err != nil {
			return err
		}
		return refuseNone(result, stale)
	}
	result, err := tx.NewUpdate().Model(next).WherePK().Where("version = ?", before.Version).Exec(ctx)
	if err == nil {
		err = refuseNone(result, stale)
	}
	if err != nil || before.FinalizedAt.IsZero() && before.Author == next.Author {
		return err
	}
	_, err = tx.NewInsert().Model(&CallNoteEdit{
		Org: next.Org, Call: next.Call, Version: before.Version, Before: before.Text, Author: before.Author, Editor: next.Author, At: next.UpdatedAt,
	}).Exec(ctx)
	return err
}

// FinalizeCallNote makes the notes of a call final, if there are any and they are not yet.
func (db *DB) FinalizeCallNote(ctx context.Context, call id.Call, at time.Time) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		return finalizeNotes(ctx, tx, []putDown{{org, call, at}})
	})
}

// FinalizeCallNotes makes all notes final: when the program starts, nobody has a call in hand.
func (db *DB) FinalizeCallNotes(ctx context.Context, at time.Time) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*CallNote)(nil)).Set("finalized_at = ?", at.UTC().Truncate(time.Microsecond)).
			Where("organisation = ?", org).Where("finalized_at IS NULL").Exec(ctx)
		return err
	})
}

// putDown is a call that no agent has in hand any more, and since when.
type putDown struct {
	org  id.Org
	call id.Call
	at   time.Time
}

func finalizeNotes(ctx context.Context, tx bun.Tx, rows []putDown) error {
	for _, row := range rows {
		_, err := tx.NewUpdate().Model((*CallNote)(nil)).Set("finalized_at = ?", row.at.UTC().Truncate(time.Microsecond)).
			Where("organisation = ?", row.org).Where("call_id = ?", row.call).Where("finalized_at IS NULL").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}
