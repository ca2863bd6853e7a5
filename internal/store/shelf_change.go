package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// ProblemsError refuses a record for what its fields hold.
type ProblemsError struct{ Problems []settings.Problem }

func (e *ProblemsError) Error() string {
	return fmt.Sprintf("the field %s %s", e.Problems[0].Field, e.Problems[0].What)
}

// Is makes it an ErrInvalid.
func (e *ProblemsError) Is(target error) bool { return target == ErrInvalid }

// Create stores a new record. It gives a ProblemsError for fields that hold what cannot be, a TakenError for a name that is
// there already.
func (s Shelf[T]) Create(ctx context.Context, by Actor, fields T) (Saved[T], error) {
	return s.CreateAs(ctx, by, "", fields)
}

// CreateAs is Create with an id that the caller chose.
func (s Shelf[T]) CreateAs(ctx context.Context, by Actor, which string, fields T) (made Saved[T], err error) {
	err = s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		made, err = s.create(ctx, tx, by, which, fields)
		return err
	})
	return made, err
}

func (s Shelf[T]) create(ctx context.Context, tx bun.Tx, by Actor, which string, fields T) (made Saved[T], err error) {
	if fields, err = s.checked(ctx, tx, "", fields); err != nil {
		return made, err
	}
	if err := s.soleIs(ctx, tx, by, which, fields); err != nil {
		return made, err
	}
	if which, err = s.rows.insert(ctx, tx, which, fields); err != nil {
		return made, err
	}
	if err := s.led(ctx, tx, which, fields); err != nil {
		return made, err
	}
	if made, err = s.rows.get(ctx, tx, which); err != nil {
		return made, err
	}
	if err := s.note(ctx, tx, by, "created", nil, &made); err != nil {
		return made, err
	}
	return made, s.furnished(ctx, tx, by, &made)
}

// furnished gives an agent what belongs to one; other records need nothing.
func (s Shelf[T]) furnished(ctx context.Context, tx bun.Tx, by Actor, row *Saved[T]) error {
	if agent, is := any(row.Fields).(settings.Agent); is {
		return s.db.furnish(ctx, tx, by, row.Title, agent)
	}
	return nil
}

// Update stores fields in place of those of a version. It gives a StaleError whose Current is a Saved[T] when somebody else has
// stored it since, else what Create gives.
func (s Shelf[T]) Update(ctx context.Context, by Actor, which string, version int, fields T) (made Saved[T], err error) {
	err = s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		made, err = s.store(ctx, tx, by, "updated", which, version, fields)
		return err
	})
	return made, err
}

func (s Shelf[T]) store(ctx context.Context, tx bun.Tx, by Actor, action, which string, version int, fields T) (made Saved[T], err error) {
	before, err := s.rows.get(ctx, tx, which)
	if err != nil {
		return made, err
	}
	if before.Version != version {
		return made, &StaleError{Current: before}
	}
	if fields, err = s.checked(ctx, tx, which, fields); err != nil {
		return made, err
	}
	if err := s.soleIs(ctx, tx, by, which, fields); err != nil {
		return made, err
	}
	if err := s.rows.change(ctx, tx, which, version, fields); err != nil {
		return made, err
	}
	if err := s.led(ctx, tx, which, fields); err != nil {
		return made, err
	}
	if made, err = s.rows.get(ctx, tx, which); err != nil {
		return made, err
	}
	if err := s.note(ctx, tx, by, action, &before, &made); err != nil {
		return made, err
	}
	return made, s.furnished(ctx, tx, by, &made)
}

// Delete removes a record that no other refers to, else it gives an InUseError. An agent's personal mailbox goes with the agent.
func (s Shelf[T]) Delete(ctx context.Context, by Actor, which string) error {
	return s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return s.remove(ctx, tx, by, which) })
}

func (s Shelf[T]) remove(ctx context.Context, tx bun.Tx, by Actor, which string) error {
	before, err := s.rows.get(ctx, tx, which)
	if err != nil {
		return err
	}
	users, err := s.db.usersOf(ctx, tx, before.Fields.Kind(), which)
	if err != nil {
		return err
	}
	users = slices.DeleteFunc(users, func(u Use) bool { return u.ID == which }) // a menu whose key plays it again goes with its key
	if len(users) > 0 {
		return &InUseError{Users: users}
	}
	if err := s.rows.remove(ctx, tx, which); err != nil {
		return err
	}
	if err := s.dropDraft(ctx, tx, which); err != nil {
		return err
	}
	if err := s.note(ctx, tx, by, "deleted", &before, nil); err != nil {
		return err
	}
	if agent, is := any(before.Fields).(settings.Agent); is {
		return s.db.unfurnish(ctx, tx, by, id.User(agent.User))
	}
	return nil
}

// Uses lists the records that refer to this one.
func (s Shelf[T]) Uses(ctx context.Context, which string) ([]Use, error) {
	row, err := s.Get(ctx, which)
	if err != nil {
		return nil, err
	}
	users, err := s.db.usersOf(ctx, s.db.bun, row.Fields.Kind(), which)
	return users, translate(err)
}

// checked is the record as it is to be stored. It looks at the record by itself, at what it refers to, at its name, and at its mailboxes.
func (s Shelf[T]) checked(ctx context.Context, tx bun.IDB, which string, fields T) (T, error) {
	fields, problems := settings.Tidy(fields)
	problems = append(problems, fields.Check()...)
	for _, r := range fields.Refs() {
		there, err := s.db.has(ctx, tx, r)
		if err != nil {
			return fields, err
		}
		if !there {
			problems = append(problems, settings.Problem{Field: r.Field, What: fmt.Sprintf("names %s that does not exist", withArticle(r.Kind))})
		}
	}
	if len(problems) > 0 {
		return fields, &ProblemsError{problems}
	}
	if err := s.nameIsFree(ctx, tx, which, fields); err != nil {
		return fields, err
	}
	return fields, s.boxed(ctx, tx, which, fields)
}

// nameIsFree refuses the name of another record in other letters. Records without a table of their own are told apart by the database.
func (s Shelf[T]) nameIsFree(ctx context.Context, tx bun.IDB, which string, fields T) error {
	switch fields.Kind() {
	case settings.KindQueue, settings.KindTrunk, settings.KindReason:
	default:
		return nil
	}
	all, err := s.rows.all(ctx, tx)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != which && strings.EqualFold(other.Title, fields.Title()) {
			return &TakenError{Field: "name"}
		}
	}
	return nil
}

// sole is a record of which one has a mark that the others of its kind lose by it, such as the default class.
type sole[T any] interface {
	IsSole() bool
	Unmarked() T
}

// soleIs takes the mark from the others; that is a change of theirs, audited as any. It comes first, as the database
// keeps two from having it at once.
func (s Shelf[T]) soleIs(ctx context.Context, tx bun.Tx, by Actor, which string, fields T) error {
	mine, ok := any(fields).(sole[T])
	if !ok || !mine.IsSole() {
		return nil
	}
	all, err := s.rows.all(ctx, tx)
	if err != nil {
		return err
	}
	for _, other := range all {
		marked, _ := any(other.Fields).(sole[T])
		if other.ID == which || !marked.IsSole() {
			continue
		}
		if err := s.rows.change(ctx, tx, other.ID, other.Version, marked.Unmarked()); err != nil {
			return err
		}
		now, err := s.rows.get(ctx, tx, other.ID)
		if err != nil {
			return err
		}
		if err := s.note(ctx, tx, by, "updated", &other, &now); err != nil {
			return err
		}
	}
	return nil
}

// note keeps the version and audits the change.
func (s Shelf[T]) note(ctx context.Context, tx bun.Tx, by Actor, action string, before, after *Saved[T]) error {
	one := after
	if one == nil {
		one = before
	}
	entry := &AuditEntry{Actor: by.User, IP: by.IP, SubjectKind: string(one.Fields.Kind()), SubjectID: one.ID}
	entry.Action = words(one.Fields.Kind()) + " " + action
	if before != nil {
		entry.Before = content(before.Fields)
		if err := keepVersion(ctx, tx, by, before); err != nil { // it may come from before versions were kept
			return err
		}
	}
	if after != nil {
		entry.After = content(after.Fields)
		if err := keepVersion(ctx, tx, by, after); err != nil {
			return err
		}
	}
	return insertAudit(ctx, tx, entry)
}

// content is a record as JSON.
func content(record settings.Record) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(record); err != nil { // it is plain data
		panic(errors.Join(fmt.Errorf("encode %s", reflect.TypeOf(record)), err))
	}
	return bytes.TrimSpace(out.Bytes())
}

// withArticle is words with its article.
func withArticle(kind settings.Kind) string {
	text := words(kind)
	switch {
	case kind == settings.KindAudio:
		return "an audio file"
	case kind != settings.KindUser && strings.ContainsRune("aeiou", rune(text[0])):
		return "an " + text
	}
	return "a " + text
}

// words is a kind as people say it.
func words(kind settings.Kind) string {
	text := []byte(kind)
	for i := range text {
		if text[i] == '_' {
			text[i] = ' '
		}
	}
	return string(text)
}
