package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
)

// CallNotes is what agents have written of a call (CH-9).
type CallNotes struct {
	Text        string         `json:"text"`
	Version     int            `json:"version" doc:"to be named when the text is changed; 0: nothing was written yet"`
	Author      id.User        `json:"author,omitempty" doc:"who wrote it last"`
	AuthorName  string         `json:"author_name,omitempty"`
	UpdatedAt   time.Time      `json:"updated_at,omitzero"`
	FinalizedAt time.Time      `json:"notes_finalized_at,omitzero" doc:"absent while an agent is in the call or wraps it up"`
	Edits       []CallNoteEdit `json:"edits" doc:"texts that were replaced, the latest first"`
}

// CallNoteEdit is a text that was replaced: one that was final, or that somebody else had written.
type CallNoteEdit struct {
	At         time.Time `json:"at"`
	Editor     id.User   `json:"editor"`
	EditorName string    `json:"editor_name,omitempty"`
	Before     string    `json:"before" doc:"the text before"`
	Author     id.User   `json:"author" doc:"whose text it was"`
	AuthorName string    `json:"author_name,omitempty"`
}

type (
	notesInput struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Body struct {
			Version int    `json:"version" minimum:"0" doc:"of the text that was changed"`
			Text    string `json:"text" maxLength:"20000"`
		}
	}
	notesOutput struct{ Body CallNotes }
)

func (d *doors) callNoteRoutes(api huma.API) {
	route(api, http.MethodGet, "/calls/{id}/notes", access.ReadCalls, "What agents wrote of a call, with what was replaced", d.showNotes)
	route(api, http.MethodPut, "/calls/{id}/notes", access.ReadCalls, "Write the notes of a call", d.writeNotes)
}

// mayNote says why the viewer has nothing to do with a call, nil when it is in the viewer's scope or hands. The record of a
// call that has just begun may not be stored yet.
func (d *doors) mayNote(ctx context.Context, which id.Call) error {
	if a := who(ctx).agent; a != nil && d.Dispatch.HandOf(who(ctx).org, a.ID) == which {
		return nil
	}
	_, err := d.DB.Call(in(ctx), which, d.scope(ctx))
	return err
}

func (d *doors) showNotes(ctx context.Context, i *callInput) (*notesOutput, error) {
	if err := d.mayNote(ctx, i.ID); err != nil {
		return nil, d.refusal(err)
	}
	note, err := d.DB.CallNote(in(ctx), i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.notesOf(ctx, &note)
}

// writeNotes stores a text. Who wrote on an old version is told, with the text that stands there.
func (d *doors) writeNotes(ctx context.Context, i *notesInput) (*notesOutput, error) {
	if err := d.mayNote(ctx, i.ID); err != nil {
		return nil, d.refusal(err)
	}
	org := who(ctx).org
	inHand := d.Dispatch.InHand(org, i.ID)
	note := store.CallNote{Call: i.ID, Text: i.Body.Text, Version: i.Body.Version, Author: who(ctx).user}
	err := d.DB.WriteCallNote(in(ctx), &note, inHand)
	if stale := (*store.StaleError)(nil); errors.As(err, &stale) {
		return nil, d.notesOvertaken(ctx, stale)
	}
	if err == nil && inHand && !d.Dispatch.InHand(org, i.ID) { // its wrap-up has ended while this was stored
		if err = d.DB.FinalizeCallNote(in(ctx), i.ID, note.UpdatedAt); err == nil {
			note, err = d.DB.CallNote(in(ctx), i.ID)
		}
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.notesOf(ctx, &note)
}

func (d *doors) notesOf(ctx context.Context, note *store.CallNote) (*notesOutput, error) {
	edits, err := d.DB.CallNoteEdits(in(ctx), note.Call)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &notesOutput{CallNotes{
		Text: note.Text, Version: note.Version, Author: note.Author, AuthorName: d.userName(ctx, note.Author),
		UpdatedAt: note.UpdatedAt, FinalizedAt: note.FinalizedAt, Edits: []CallNoteEdit{},
	}}
	for _, e := range edits {
		out.Body.Edits = append(out.Body.Edits, CallNoteEdit{
			At: e.At, Editor: e.Editor, EditorName: d.userName(ctx, e.Editor), Before: e.Before,
			Author: e.Author, AuthorName: d.userName(ctx, e.Author),
		})
	}
	return out, nil
}

func (d *doors) notesOvertaken(ctx context.Context, stale *store.StaleError) error {
	now, is := stale.Current.(store.CallNote)
	if !is {
		return d.refusal(stale)
	}
	notes, err := d.notesOf(ctx, &now)
	if err != nil {
		return err
	}
	by := cmp.Or(notes.Body.AuthorName, "Somebody else")
	p := conflict(by + " has written these notes meanwhile. Compare both texts and save again.")
	p.Current = notes.Body
	return p
}

// addNotes puts what was written of a call into its record.
func (d *doors) addNotes(ctx context.Context, c *CallDetail) error {
	note, err := d.DB.CallNote(in(ctx), c.ID)
	c.Notes, c.NotesFinalizedAt = note.Text, note.FinalizedAt
	return err
}
