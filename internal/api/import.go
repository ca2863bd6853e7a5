package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
	"parley/internal/store"
)

// maxImport is how many lines one file may have.
const maxImport = 5000

type (
	importInput struct {
		request
		DryRun  bool   `query:"dry_run" doc:"only tells what would happen"`
		RawBody []byte `contentType:"text/csv"`
	}
	// LineProblem says what is wrong with a line of an imported file; the first is 1, which names the columns.
	LineProblem struct {
		Line    int    `json:"line"`
		Problem string `json:"problem"`
	}
	importOutput struct {
		Body struct {
			Created int           `json:"created"`
			Updated int           `json:"updated"`
			Rows    []LineProblem `json:"rows" doc:"the lines that cannot be taken"`
		}
	}
)

// importRoute registers the import of records from a CSV file whose first line names fields. A line whose key is there already
// changes that record.
func importRoute[T settings.Record](api huma.API, path, name string, edits access.Permission, r records[T]) {
	op := operation(http.MethodPost, path+"/import", edits, "Take "+name+" from a CSV file")
	schemas := api.OpenAPI().Components.Schemas
	huma.Register(api, op, func(ctx context.Context, q *importInput) (*importOutput, error) {
		run := &importing[T]{records: r, schemas: schemas, named: map[settings.Kind]map[string]string{}}
		run.schema = schemas.Schema(reflect.TypeFor[T](), true, "")
		if err := run.taken(ctx, q); err != nil {
			return nil, r.d.refusal(err)
		}
		return &run.out, nil
	})
}

func emailOf(u settings.User) string { return store.CleanEmail(u.Email) }

// importing is one import.
type importing[T settings.Record] struct {
	records[T]
	schemas huma.Registry
	schema  *huma.Schema
	named   map[settings.Kind]map[string]string
	there   map[string]store.Saved[T] // by key, in lower case
	seen    map[string]bool
	out     importOutput
}

func (i *importing[T]) wrong(line int, what string) {
	i.out.Body.Rows = append(i.out.Body.Rows, LineProblem{line, spoken(what)})
}

// taken is file, and makes what was taken act, also where other lines were refused.
func (i *importing[T]) taken(ctx context.Context, q *importInput) error {
	err := i.file(ctx, q)
	if !q.DryRun && i.out.Body.Created+i.out.Body.Updated > 0 {
		err = errors.Join(err, i.d.Changed(ctx, who(ctx).org))
	}
	return err
}

func (i *importing[T]) file(ctx context.Context, q *importInput) error {
	i.there, i.seen, i.out.Body.Rows = map[string]store.Saved[T]{}, map[string]bool{}, []LineProblem{}
	all, err := i.shelf.All(in(ctx))
	if err != nil {
		return err
	}
	for _, one := range all {
		i.there[i.keyOf(one.Fields)] = one
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(q.RawBody, []byte("\xef\xbb\xbf"))))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	columns, readable := nextLine(reader)
	if !readable || columns == nil {
		i.wrong(1, "the file has no line that names the columns")
		return nil
	}
	if unknown := i.unknown(columns); unknown != "" {
		i.wrong(1, fmt.Sprintf("there is no field %q", unknown))
		return nil
	}
	for line := 2; ; line++ {
		cells, readable := nextLine(reader)
		switch {
		case readable && cells == nil:
			return nil
		case !readable || line > maxImport+1:
			i.wrong(line, "the line cannot be read, or the file has more than 5000")
			return nil
		}
		if err := i.line(ctx, q, line, columns, cells); err != nil {
			return err
		}
	}
}

// nextLine gives the cells of the next line, none at the end of the file; false for a line that is no CSV.
func nextLine(r *csv.Reader) (cells []string, readable bool) {
	cells, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, true
	}
	return cells, err == nil
}

func (i *importing[T]) unknown(columns []string) string {
	s := i.resolved(i.schema)
	for _, c := range columns {
		if s.Properties[strings.TrimSpace(c)] == nil {
			return c
		}
	}
	return ""
}

func (i *importing[T]) resolved(s *huma.Schema) *huma.Schema { return followed(i.schemas, s) }

// line takes one line, or says what is wrong with it.
func (i *importing[T]) line(ctx context.Context, q *importInput, line int, columns, cells []string) error {
	values := map[string]any{}
	for n, cell := range cells {
		if n >= len(columns) || strings.TrimSpace(cell) == "" {
			continue
		}
		name := strings.TrimSpace(columns[n])
		value, what, err := i.value(ctx, i.resolved(i.schema).Properties[name], strings.TrimSpace(cell))
		if err != nil {
			return err
		}
		if what != "" {
			i.wrong(line, "the field "+name+" "+what)
			return nil
		}
		values[name] = value
	}
	fields, before, what := i.fields(values)
	if what == "" {
		what = i.refused(fields)
	}
	if what == "" && i.seen[i.keyOf(fields)] {
		what = fmt.Sprintf("%s stands in an earlier line too", i.keyOf(fields))
	}
	if what != "" {
		i.wrong(line, what)
		return nil
	}
	i.seen[i.keyOf(fields)] = true
	return i.keep(ctx, q, line, fields, before)
}

// fields lays the values over the record that is there, or over the defaults.
func (i *importing[T]) fields(values map[string]any) (fields T, before *store.Saved[T], what string) {
	fields = settings.New[T]()
	text, err := json.Marshal(values)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	if err != nil {
		return fields, nil, "the values do not fit their fields"
	}
	if one, ok := i.there[i.keyOf(fields)]; ok && i.keyOf(fields) != "" {
		fields = one.Fields
		if err := json.Unmarshal(text, &fields); err != nil {
			return fields, nil, "the values do not fit their fields"
		}
		return fields, &one, ""
	}
	return fields, nil, ""
}

// refused is what the ranges and rules of the record say against it.
func (i *importing[T]) refused(fields T) string {
	text, err := json.Marshal(fields)
	if err != nil {
		return err.Error()
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return err.Error()
	}
	found := &huma.ValidateResult{}
	huma.Validate(i.schemas, i.schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, plain, found)
	if len(found.Errors) > 0 {
		one := huma.ErrorDetail{Message: found.Errors[0].Error()}
		if told, ok := found.Errors[0].(huma.ErrorDetailer); ok {
			one = *told.ErrorDetail()
		}
		return "the field " + one.Location + " " + wholeRange(field(i.schemas, i.schema, one.Location), one.Message)
	}
	if problems := fields.Check(); len(problems) > 0 {
		return "the field " + problems[0].Field + " " + problems[0].What
	}
	return ""
}

func (i *importing[T]) keep(ctx context.Context, q *importInput, line int, fields T, before *store.Saved[T]) error {
	which := ""
	if before != nil {
		which = before.ID
	}
	err := i.check(ctx, which, fields)
	if before != nil && err == nil {
		err = lifts(before.Fields, fields, "")
	}
	switch {
	case err != nil:
	case q.DryRun:
		err = i.shelf.Fits(in(ctx), which, fields)
	default:
		if before != nil {
			_, err = i.shelf.Update(in(ctx), actor(ctx, &q.request), before.ID, before.Version, fields)
		} else {
			var made store.Saved[T]
			made, err = i.shelf.Create(in(ctx), actor(ctx, &q.request), fields)
			if err == nil && i.welcomed != nil {
				i.welcomed(ctx, &q.request, made.ID)
			}
		}
	}
	if told := recordRefusal(err); told != nil {
		i.wrong(line, told.Error())
		return nil
	}
	if err != nil {
		return err
	}
	if before != nil {
		i.out.Body.Updated++
	} else {
		i.out.Body.Created++
	}
	return nil
}
