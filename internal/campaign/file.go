package campaign

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/tel"
)

// MaxLines is how many leads one file may hold.
const MaxLines = 5000

// The longest texts of a lead, in characters, and how many fields of its own it may have.
const (
	MaxName      = 100
	MaxFieldName = 50
	MaxField     = 500
	MaxFields    = 50
)

// Row is a lead as a line of a file holds it.
type Row struct {
	FirstName, LastName, Timezone string
	Phones                        []Phone
	Status                        Status            // empty: new
	Data                          map[string]string // what the other columns hold, by their names
}

// LineProblem says why a line was not taken; the first line of a file, which names the columns, is 1.
type LineProblem struct {
	Line int
	Why  string
}

// File is what a file holds: leads to take, lines that cannot be taken, and lines whose number is in the list already.
type File struct {
	Rows    []Row
	Refused []LineProblem
	Skipped []LineProblem
}

// Read takes leads out of a CSV file whose first line names the columns: first_name, last_name, phone (and phone_2 to phone_10),
// timezone, status; what other columns hold becomes data. Numbers without country code are of country (ISO 3166). Known tells whether a number
// is in the list already.
func Read(text []byte, country string, known func(tel.Number) bool) File {
	f := &reading{country: country, known: known, seen: map[tel.Number]int{}}
	lines := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	lines.FieldsPerRecord, lines.TrimLeadingSpace = -1, true
	columns, err := lines.Read()
	if why := f.head(columns, err); why != "" {
		f.refuse(1, why)
		return f.File
	}
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return f.File
		}
		if err != nil {
			f.refuse(lineOf(err), "the line is no CSV: look at its quotes; what follows was not read")
			return f.File
		}
		line, _ := lines.FieldPos(0)
		if len(f.Rows) == MaxLines {
			f.refuse(line, fmt.Sprintf("a file holds at most %d leads: put the rest into another one", MaxLines))
			return f.File
		}
		f.line(line, cells)
	}
}

type reading struct {
	File
	country string
	known   func(tel.Number) bool
	columns []string
	seen    map[tel.Number]int // the line in which a number stands
}

func lineOf(err error) int {
	if told := (*csv.ParseError)(nil); errors.As(err, &told) {
		return told.StartLine
	}
	return 1
}

func (f *reading) refuse(line int, why string) { f.Refused = append(f.Refused, LineProblem{line, why}) }

// head takes the names of the columns, or says what is wrong with them.
func (f *reading) head(columns []string, err error) string {
	if err != nil || len(columns) == 0 {
		return "the file has no line that names the columns"
	}
	phone, own := false, 0
	for _, c := range columns {
		name := strings.TrimSpace(c)
		if utf8.RuneCountInString(name) > MaxFieldName {
			return fmt.Sprintf("the name of a column has at most %d characters", MaxFieldName)
		}
		key := strings.ToLower(name)
		switch {
		case name == "":
			return "a column has no name"
		case isPhone(key):
			phone = true
		case !slices.Contains([]string{"first_name", "last_name", "timezone", "status"}, key):
			own++
			key = name
		}
		for _, before := range f.columns {
			if strings.EqualFold(before, key) {
				return "the column " + name + " stands there twice"
			}
		}
		f.columns = append(f.columns, key)
	}
	switch {
	case !phone:
		return "no column is named phone"
	case own > MaxFields:
		return fmt.Sprintf("at most %d columns of your own are kept", MaxFields)
	}
	return ""
}

// isPhone tells whether a column holds a number: phone, phone_2 to phone_10.
func isPhone(column string) bool {
	if column == "phone" {
		return true
	}
	var n int
	_, err := fmt.Sscanf(column, "phone_%d", &n)
	return err == nil && column == fmt.Sprintf("phone_%d", n) && n >= 2 && n <= MaxPhones
}

// line takes a lead, or says why not.
func (f *reading) line(line int, cells []string) {
	row := Row{Data: map[string]string{}}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if i >= len(f.columns) {
			f.refuse(line, "the line has more cells than there are columns")
			return
		}
		if why := row.take(f.columns[i], cell, f.country); why != "" {
			f.refuse(line, why)
			return
		}
	}
	if why := row.Check(); why != "" {
		f.refuse(line, why)
		return
	}
	for _, p := range row.Phones {
		if before, twice := f.seen[p.Number]; twice {
			f.Skipped = append(f.Skipped, LineProblem{line, fmt.Sprintf("the number %s stands in line %d too", p.Number, before)})
			return
		}
		if f.known(p.Number) {
			f.Skipped = append(f.Skipped, LineProblem{line, "the number " + string(p.Number) + " is in this list already"})
			return
		}
	}
	for _, p := range row.Phones {
		f.seen[p.Number] = line
	}
	f.Rows = append(f.Rows, row)
}

// take puts a cell where its column belongs.
func (r *Row) take(column, cell, country string) string {
	switch {
	case column == "first_name":
		r.FirstName = cell
	case column == "last_name":
		r.LastName = cell
	case column == "timezone":
		r.Timezone = cell
	case column == "status":
		r.Status = Status(strings.ToLower(cell))
	case isPhone(column):
		number, why := Number(cell, country)
		if why != "" {
			return why
		}
		for _, p := range r.Phones {
			if p.Number == number {
				return ""
			}
		}
		r.Phones = append(r.Phones, Phone{Number: number})
	default:
		r.Data[column] = cell
	}
	return ""
}

// Number is a number as a lead has it, with its country code; why says what is wrong with what was given.
func Number(given, country string) (number tel.Number, why string) {
	number, err := tel.ParseNumber(given, country)
	if err != nil || tel.NatureOf(number, country).Short {
		return "", fmt.Sprintf("the number %q is no telephone number", given)
	}
	return number, ""
}

// Check says what is wrong with a lead; empty: nothing.
func (r *Row) Check() string {
	switch {
	case len(r.Phones) == 0:
		return "there is no number to call"
	case len(r.Phones) > MaxPhones:
		return fmt.Sprintf("a lead has at most %d numbers", MaxPhones)
	case r.Status != "" && !r.Status.Valid():
		return fmt.Sprintf("the status %q is none: a lead is new, open, callback, completed or dnc", r.Status)
	case len(r.Data) > MaxFields:
		return fmt.Sprintf("a lead has at most %d fields of data", MaxFields)
	case utf8.RuneCountInString(r.FirstName) > MaxName || utf8.RuneCountInString(r.LastName) > MaxName:
		return fmt.Sprintf("a name has at most %d characters", MaxName)
	}
	if r.Timezone != "" {
		if _, err := time.LoadLocation(r.Timezone); err != nil || r.Timezone == "Local" {
			return fmt.Sprintf("the timezone %q is none: give its name, such as Europe/Brussels", r.Timezone)
		}
	}
	for name, value := range r.Data {
		if utf8.RuneCountInString(name) > MaxFieldName || utf8.RuneCountInString(value) > MaxField {
			return fmt.Sprintf("a field has a name of at most %d characters and a value of at most %d", MaxFieldName, MaxField)
		}
	}
	return ""
}
