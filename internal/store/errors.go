package store

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// What a person can cause; test with errors.Is.
var (
	ErrNotFound       = errors.New("not found")
	ErrStale          = errors.New("changed by someone else meanwhile")       // see StaleError
	ErrTaken          = errors.New("already taken")                           // see TakenError
	ErrInUse          = errors.New("in use")                                  // see InUseError
	ErrUnknownRef     = errors.New("refers to something that does not exist") // of this organisation
	ErrProtected      = errors.New("protected against deletion")              // PN-7
	ErrNoOrganisation = errors.New("store was asked without naming an organisation")
)

// StaleError refuses an update that was made on an old version. Current is the record as it is now, of the same type as
// the one that was to be stored.
type StaleError struct{ Current any }

func (e *StaleError) Error() string        { return ErrStale.Error() }
func (e *StaleError) Is(target error) bool { return target == ErrStale }

// TakenError refuses a value that must be unique. Field is the column that clashes, such as "name" or "extension".
type TakenError struct{ Field string }

func (e *TakenError) Error() string        { return e.Field + " is " + ErrTaken.Error() }
func (e *TakenError) Is(target error) bool { return target == ErrTaken }

// Use is a record that uses another one.
type Use struct {
	Kind string `json:"kind"` // "number", "queue", "agent"
	ID   string `json:"id"`
	Name string `json:"name"`
}

// InUseError refuses to delete a record that others use.
type InUseError struct {
	Users []Use `json:"users"`
}

func (e *InUseError) Error() string {
	names := make([]string, len(e.Users))
	for i, u := range e.Users {
		names[i] = u.Kind + " " + u.Name
	}
	return ErrInUse.Error() + " by " + strings.Join(names, ", ")
}

func (e *InUseError) Is(target error) bool { return target == ErrInUse }

// Result codes of SQLite (sqlite.org/rescode.html) and SQLSTATEs of PostgreSQL (appendix A of its manual).
const (
	sqliteConstraint = 19 // the low byte of every constraint's code
	sqliteTooBig     = 18
	sqliteMismatch   = 20
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	sqliteForeignKey = 787
	pgUnique         = "23505"
	pgForeignKey     = "23503"
)

// translate turns what the databases say into the errors above.
func translate(err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case errors.As(err, &lite):
		return translateSQLite(lite)
	case errors.As(err, &pg):
		return translatePostgres(pg)
	}
	return err
}

func translateSQLite(err *sqlite.Error) error {
	switch err.Code() {
	case sqliteUnique, sqlitePrimaryKey:
		return &TakenError{Field: lastColumn(err.Error())}
	case sqliteForeignKey:
		return fmt.Errorf("%w: %w", ErrUnknownRef, err)
	}
	return err
}

func translatePostgres(err *pgconn.PgError) error {
	switch err.Code {
	case pgUnique:
		return &TakenError{Field: lastColumn(err.Detail)}
	case pgForeignKey:
		return fmt.Errorf("%w: %w", ErrUnknownRef, err)
	}
	return err
}

// SQLite: "UNIQUE constraint failed: queues.organisation, queues.name (2067)". PostgreSQL: "Key (organisation, name)=(…) already exists."
var columnList = regexp.MustCompile(`UNIQUE constraint failed: ([\w., ]+)|Key \(([\w", ]+)\)=`)

func lastColumn(message string) string {
	found := columnList.FindStringSubmatch(message)
	if found == nil {
		return "value"
	}
	list := strings.Split(strings.TrimSpace(found[1]+found[2]), ", ")
	column := list[len(list)-1]
	return strings.Trim(column[strings.LastIndexByte(column, '.')+1:], `" `)
}

// isPermanent tells whether the same row would be refused again: what it holds is at fault, not the database.
func isPermanent(err error) bool {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case errors.Is(err, ErrTaken), errors.Is(err, ErrUnknownRef):
		return true
	case errors.As(err, &lite):
		low := lite.Code() & 0xff
		return low == sqliteConstraint || low == sqliteTooBig || low == sqliteMismatch
	case errors.As(err, &pg):
		return strings.HasPrefix(pg.Code, "22") || strings.HasPrefix(pg.Code, "23")
	}
	return false
}
