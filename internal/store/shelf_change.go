package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"

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
		if err := s.check(ctx, tx, fields); err != nil {
			return err
		}
		if which, err = s.rows.insert(ctx, tx, which, fields); err != nil {
			return err
		}
		if err := s.soleIs(ctx, tx, which, fields); err != nil {
			return err
		}
		if err := s.led(ctx, tx, which, fields); err != nil {
			return err
		}
		made, err = s.rows.get(ctx, tx, which)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, by, "created", nil, &made)
	})
	return made, err
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
	if err := s.check(ctx, tx, fields); err != nil {
		return made, err
	}
	if err := s.rows.change(ctx, tx, which, version, fields); err != nil {
		return made, err
	}
	if err := s.soleIs(ctx, tx, which, fields); err != nil {
		return made, err
	}
	if err := s.led(ctx, tx, which, fields); err != nil {
		return made, err
	}
	if made, err = s.rows.get(ctx, tx, which); err != nil {
		return made, err
	}
	return made, s.note(ctx, tx, by, action, &before, &made)
}

// Delete removes a record that no other refers to, else it gives an InUseError.
func (s Shelf[T]) Delete(ctx context.Context, by Actor, which string) error {
	return s.db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		before, err := s.rows.get(ctx, tx, which)
		if err != nil {
			return err
		}
		users, err := s.db.usersOf(ctx, tx, before.Fields.Kind(), which)
		if err != nil {
			return err
		}
		if len(users) > 0 {
			return &InUseError{Users: users}
		}
		if err := s.rows.remove(ctx, tx, which); err != nil {
			return err
		}
		if err := s.dropDraft(ctx, tx, which); err != nil {
			return err
		}
		return s.note(ctx, tx, by, "deleted", &before, nil)
	})
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

// check looks at the record by itself and at what it refers to.
func (s Shelf[T]) check(ctx context.Context, tx bun.IDB, fields T) error {
	problems := fields.Check()
	for _, r := range fields.Refs() {
		there, err := s.db.has(ctx, tx, r)
		if err != nil {
			return err
		}
		if !there {
			problems = append(problems, settings.Problem{Field: r.Field, What: fmt.Sprintf("names a %s that does not exist", words(r.Kind))})
		}
	}
	if len(problems) > 0 {
		return &ProblemsError{problems}
	}
	return nil
}

// sole is a record of which one has a mark that the others of its kind lose by it, such as the default class.
type sole[T any] interface {
	IsSole() bool
	Unmarked() T
}

func (s Shelf[T]) soleIs(ctx context.Context, tx bun.Tx, which string, fields T) error {
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
