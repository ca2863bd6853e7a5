package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
	"parley/internal/store"
)

// fields is the content of a record as a request holds it. What is not said has its default; the library's own defaults would
// replace a zero or a no that was said.
type fields[T settings.Record] struct{ is T }

// Schema is that of the record.
func (fields[T]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[T](), true, "")
}

// UnmarshalJSON reads what was said over the defaults.
func (f *fields[T]) UnmarshalJSON(text []byte) error {
	f.is = settings.New[T]()
	return json.NewDecoder(bytes.NewReader(text)).Decode(&f.is)
}

type (
	listInput struct {
		Text   string `query:"q" maxLength:"100" doc:"looked for in all fields"`
		Offset int    `query:"offset" minimum:"0" maximum:"1000000"`
		Limit  int    `query:"limit" minimum:"0" maximum:"200" doc:"0 means 100"`
		Sort   string `query:"sort" enum:",title,-title,created_at,-created_at,updated_at,-updated_at" doc:"empty: newest first"`
	}
	listOutput[T settings.Record] struct {
		Body store.Page[record[T]]
	}
	// record is a record with whether somebody has a draft of it.
	record[T settings.Record] struct {
		store.Saved[T]
		Draft bool `json:"draft,omitempty" doc:"there is a draft that is not published"`
	}
	recordInput struct {
		ID string `path:"id" maxLength:"100"`
	}
	recordOutput[T settings.Record] struct{ Body store.Saved[T] }
	createInput[T settings.Record]  struct {
		request
		Body struct {
			Fields fields[T] `json:"fields"`
		}
	}
	updateInput[T settings.Record] struct {
		request
		ID   string `path:"id" maxLength:"100"`
		Body struct {
			Version int       `json:"version" minimum:"1" doc:"that the change was made on"`
			Fields  fields[T] `json:"fields"`
			Confirm string    `json:"confirm,omitempty" maxLength:"50" doc:"the number itself, to lift its protection against deletion (PN-7)"`
		}
	}
	changeInput struct {
		request
		ID string `path:"id" maxLength:"100"`
	}
	usesOutput                        struct{ Body []store.Use }
	versionsOutput[T settings.Record] struct{ Body []store.RecordVersion[T] }
)

// records are the routes of one kind of record.
type records[T settings.Record] struct {
	d     *doors
	shelf store.Shelf[T]
	// guard refuses a record for what the rest of the organisation holds; nil when nothing can be wrong.
	guard func(ctx context.Context, which string, fields T) error
	// renamed makes the copy of a record one that can stand beside it.
	renamed func(fields T) T
	// filled adds what nobody has said and other records decide; nil: nothing.
	filled func(ctx context.Context, which string, fields *T) error
	// keyOf is what tells a line of an imported file from a record that is there; nil: records are not imported.
	keyOf func(fields T) string
	// retired is the record as it is kept when somebody deletes it; nil: it goes.
	retired func(fields T) T
	// welcomed is told of a record that somebody has just made; nil: nobody is.
	welcomed func(ctx context.Context, from *request, which string)
	drafted  bool // it is drafted, compared, published and rolled back (BX-10)
	fixed    bool // none is made or deleted
	// sees and edits are what a user must be permitted to; empty: to administrate.
	sees, edits access.Permission
}

func (d *doors) settingsRoutes(api huma.API) {
	s := d.DB.Shelves()
	add(api, "queues", records[settings.Queue]{d: d, shelf: s.Queues, renamed: copyQueue, drafted: true})
	add(api, "menus", records[settings.Menu]{d: d, shelf: s.Menus, renamed: copyMenu, drafted: true})
	add(api, "time-routers", records[settings.TimeRouter]{d: d, shelf: s.Routers, renamed: copyRouter, drafted: true})
	add(api, "time-ranges", records[settings.TimeRange]{d: d, shelf: s.Ranges, renamed: copyRange})
	add(api, "agents", records[settings.Agent]{d: d, shelf: s.Agents, guard: d.guardAgent, keyOf: settings.Agent.Title})
	add(api, "numbers", records[settings.Number]{d: d, shelf: s.Numbers, keyOf: settings.Number.Title})
	add(api, "trunks", records[settings.Trunk]{d: d, shelf: s.Trunks})
	add(api, "users", records[settings.User]{d: d, shelf: s.Users, guard: d.guardUser, keyOf: emailOf, welcomed: d.welcome})
	add(api, "mailboxes", records[settings.Mailbox]{d: d, shelf: s.Mailboxes, guard: d.guardMailbox, filled: d.fillMailbox})
	add(api, "classes", records[settings.Class]{d: d, shelf: s.Classes, renamed: copyClass})
	add(api, "groups", records[settings.Group]{d: d, shelf: s.Groups, renamed: copyGroup})
	add(api, "reasons", records[settings.Reason]{d: d, shelf: s.Reasons})
	add(api, "statuses", records[settings.Status]{d: d, shelf: s.Statuses, guard: d.guardStatus, retired: settings.Status.Retired})
	add(api, "outcomes", records[settings.Outcome]{d: d, shelf: s.Outcomes})
	add(api, "locations", records[settings.Location]{d: d, shelf: s.Locations})
	add(api, "addresses", records[settings.Address]{d: d, shelf: s.Addresses})
	add(api, "rates", records[settings.Rate]{d: d, shelf: s.Rates, keyOf: settings.Rate.Title})
	add(api, "presences", records[settings.Presence]{d: d, shelf: s.Presences, fixed: true})
	add(api, "contacts", records[settings.Contact]{
		d: d, shelf: s.Contacts, keyOf: settings.Contact.Title, sees: access.UseContacts, edits: access.EditContacts,
	})
	add(api, "tag-keys", records[settings.TagKey]{d: d, shelf: s.TagKeys})
	add(api, "paging-groups", records[settings.Paging]{d: d, shelf: s.Paging, guard: d.guardPaging})
	add(api, "transfer-numbers", records[settings.TransferNumber]{d: d, shelf: s.TransferNumbers})
	add(api, "campaigns", records[settings.Campaign]{d: d, shelf: s.Campaigns, sees: access.EditLeads, edits: access.EditLeads})
	add(api, "lead-lists", records[settings.LeadList]{d: d, shelf: s.LeadLists, sees: access.EditLeads, edits: access.EditLeads})
	d.numberRangeRoutes(api)
	d.organisationRoutes(api)
	d.auditRoutes(api)
}

// add registers the routes of a kind.
func add[T settings.Record](api huma.API, plural string, r records[T]) {
	path, name := "/settings/"+plural, strings.ReplaceAll(plural, "-", " ")
	sees, edits := cmp.Or(r.sees, access.Administrate), cmp.Or(r.edits, access.Administrate)
	route(api, http.MethodGet, path, sees, "List "+name, r.list)
	if !r.fixed {
		route(api, http.MethodPost, path, edits, "Make one of the "+name, r.create)
		route(api, http.MethodDelete, path+"/{id}", edits, "Delete one of the "+name, r.remove)
	}
	route(api, http.MethodGet, path+"/{id}", sees, "Read one of the "+name, r.read)
	route(api, http.MethodPut, path+"/{id}", edits, "Change one of the "+name, r.update)
	route(api, http.MethodGet, path+"/{id}/uses", edits, "What uses one of the "+name, r.uses)
	route(api, http.MethodGet, path+"/{id}/history", edits, "How one of the "+name+" was", r.history)
	if r.renamed != nil {
		route(api, http.MethodPost, path+"/{id}/copy", access.Administrate, "Copy one of the "+name, r.copy)
	}
	if r.keyOf != nil {
		importRoute(api, path, name, edits, r)
	}
	if r.drafted {
		draftRoutes(api, path, name, r)
	}
}

func actor(ctx context.Context, from *request) store.Actor {
	return store.Actor{User: who(ctx).user, IP: from.addr().String()}
}

func (r records[T]) list(ctx context.Context, q *listInput) (*listOutput[T], error) {
	page, err := r.shelf.List(in(ctx), store.Query{Range: store.Range{Offset: q.Offset, Limit: q.Limit}, Text: q.Text, Sort: q.Sort})
	if err != nil {
		return nil, r.d.refusal(err)
	}
	drafts, err := r.shelf.Drafts(in(ctx))
	if err != nil {
		return nil, r.d.refusal(err)
	}
	out := &listOutput[T]{Body: store.Page[record[T]]{Rows: []record[T]{}, Total: page.Total}}
	for _, row := range page.Rows {
		_, draft := drafts[row.ID]
		out.Body.Rows = append(out.Body.Rows, record[T]{row, draft})
	}
	return out, nil
}

func (r records[T]) read(ctx context.Context, q *recordInput) (*recordOutput[T], error) {
	row, err := r.shelf.Get(in(ctx), q.ID)
	return &recordOutput[T]{row}, r.d.refusal(err)
}

func (r records[T]) create(ctx context.Context, q *createInput[T]) (*recordOutput[T], error) {
	if err := r.guarded(ctx, "", &q.Body.Fields.is); err != nil {
		return nil, err
	}
	fields := settings.KeepReadOnly(settings.New[T](), q.Body.Fields.is)
	row, err := r.shelf.Create(in(ctx), actor(ctx, &q.request), fields)
	if err == nil && r.welcomed != nil {
		r.welcomed(ctx, &q.request, row.ID)
	}
	return r.done(ctx, row, err)
}

func (r records[T]) update(ctx context.Context, q *updateInput[T]) (*recordOutput[T], error) {
	if err := r.guarded(ctx, q.ID, &q.Body.Fields.is); err != nil {
		return nil, err
	}
	before, err := r.shelf.Get(in(ctx), q.ID)
	if err == nil {
		err = lifts(before.Fields, q.Body.Fields.is, q.Body.Confirm)
	}
	if err != nil {
		return nil, r.d.refusal(err)
	}
	fields := settings.KeepReadOnly(before.Fields, q.Body.Fields.is)
	row, err := r.shelf.Update(in(ctx), actor(ctx, &q.request), q.ID, q.Body.Version, fields)
	return r.done(ctx, row, err)
}

// lifts refuses to take the protection from a number that was not typed (PN-7).
func lifts(before, wanted settings.Record, typed string) error {
	was, isNumber := before.(settings.Number)
	if now, _ := wanted.(settings.Number); isNumber && was.DeletionProtected && !now.DeletionProtected && typed != was.PhoneNumber {
		return wrong("deletion_protected", "is lifted by typing the number, in confirm")
	}
	return nil
}

func (r records[T]) guarded(ctx context.Context, which string, fields *T) error {
	if r.filled != nil {
		if err := r.filled(in(ctx), which, fields); err != nil {
			return r.d.refusal(err)
		}
	}
	return r.d.refusal(r.check(ctx, which, *fields))
}

// check refuses a record for what the rest of the organisation holds.
func (r records[T]) check(ctx context.Context, which string, fields T) error {
	if r.guard == nil {
		return nil
	}
	return r.guard(in(ctx), which, fields)
}

// done makes a change act and gives the record as it is now.
func (r records[T]) done(ctx context.Context, row store.Saved[T], err error) (*recordOutput[T], error) {
	if err == nil {
		err = r.d.Changed(ctx, who(ctx).org)
	}
	if err != nil {
		return nil, r.d.refusal(err)
	}
	return &recordOutput[T]{row}, nil
}

func (r records[T]) remove(ctx context.Context, q *changeInput) (*struct{}, error) {
	err := r.takeAway(ctx, q)
	if err == nil {
		err = r.d.Changed(ctx, who(ctx).org)
	}
	return nil, r.d.refusal(err)
}

// takeAway deletes a record, or keeps it as one that is not used any more.
func (r records[T]) takeAway(ctx context.Context, q *changeInput) error {
	if r.retired == nil {
		return r.shelf.Delete(in(ctx), actor(ctx, &q.request), q.ID)
	}
	row, err := r.shelf.Get(in(ctx), q.ID)
	if err != nil {
		return err
	}
	_, err = r.shelf.Update(in(ctx), actor(ctx, &q.request), q.ID, row.Version, r.retired(row.Fields))
	return err
}

func (r records[T]) copy(ctx context.Context, q *changeInput) (*recordOutput[T], error) {
	row, err := r.shelf.Get(in(ctx), q.ID)
	if err != nil {
		return nil, r.d.refusal(err)
	}
	made, err := r.shelf.Create(in(ctx), actor(ctx, &q.request), r.renamed(row.Fields))
	return r.done(ctx, made, err)
}

func (r records[T]) uses(ctx context.Context, q *recordInput) (*usesOutput, error) {
	all, err := r.shelf.Uses(in(ctx), q.ID)
	return &usesOutput{all}, r.d.refusal(err)
}

func (r records[T]) history(ctx context.Context, q *recordInput) (*versionsOutput[T], error) {
	all, err := r.shelf.Versions(in(ctx), q.ID)
	return &versionsOutput[T]{all}, r.d.refusal(err)
}
