package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// change changes a record of the console as an administrator does.
func change[T settings.Record](w *world, shelf store.Shelf[T], which string, how func(*T)) {
	w.t.Helper()
	row, err := shelf.Get(w.ctx, which)
	check(w.t, err)
	how(&row.Fields)
	_, err = shelf.Update(w.ctx, store.Actor{}, which, row.Version, row.Fields)
	check(w.t, err)
	check(w.t, w.changed(w.ctx, w.org))
}

// TestPresence: a user picks where he or she is, and may say otherwise only what the organisation and the number plan allow
// (PR-2, PR-3, AG-8, PM-7).
func TestPresence(t *testing.T) {
	w := newWorld(t)
	ann, bobs := w.as("ann"), "203"
	own := read[OwnPresence](t, ann.get("/api/presence"))
	if own.Presence != "available" || len(own.Choices) != 11 || own.Active || !own.Overrides || own.Choices[6].Colour != "amber" {
		t.Errorf("at first %+v", own)
	}
	put := func(body string, want int, word string) {
		t.Helper()
		a := ann.do(http.MethodPut, "/api/presence", body)
		if a.status != want || word != "" && !strings.Contains(a.detail(t), word) {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	put(`{"presence":"in_a_meeting","text":"  until\n16:00 "}`, 204, "")
	own = read[OwnPresence](t, ann.get("/api/presence"))
	if own.Presence != "in_a_meeting" || own.Text != "until 16:00" || own.Since.IsZero() {
		t.Errorf("picked %+v", own)
	}
	since := own.Since
	put(fmt.Sprintf(`{"presence":"in_a_meeting","do_not_disturb":"on","forwarding":"always","forward_to":%q,"devices":["desk_phone"]}`, bobs), 204, "")
	own = read[OwnPresence](t, ann.get("/api/presence"))
	if own.DoNotDisturb != "on" || own.ForwardTo != bobs || len(own.Devices) != 1 || !own.Since.Equal(since) {
		t.Errorf("said otherwise %+v", own)
	}
	put(`{"presence":"asleep"}`, 422, "no such presence")
	put(`{"presence":"lunch","text":"`+strings.Repeat("é", 101)+`"}`, 422, "")
	put(`{"presence":"lunch","devices":["pager"]}`, 422, "")
	put(`{"presence":"lunch","forwarding":"always"}`, 422, "where your calls")
	put(`{"presence":"lunch","forwarding":"always","forward_to":"202"}`, 422, "your own extension")
	put(`{"presence":"lunch","forwarding":"always","forward_to":"299"}`, 422, "Nobody has")
	put(`{"presence":"lunch","forwarding":"always","forward_to":"+32470111222"}`, 403, "extensions only")
	s := w.doors.DB.Shelves()
	change(w, s.Org, string(w.org), func(o *settings.Organisation) { o.Dialing.ExternalForwarding = true })
	change(w, s.Users, string(w.users["ann"]), func(u *settings.User) { u.Switches.ExternalForwarding = true })
	put(`{"presence":"lunch","forwarding":"always","forward_to":"+32470111222"}`, 422, "cannot be forwarded there") // no trunk
	change(w, s.Org, string(w.org), func(o *settings.Organisation) { o.Presence.Overrides = false })
	put(`{"presence":"lunch","do_not_disturb":"on"}`, 403, "presences alone")
	if kept := w.doors.Sites.Picks(w.org)[w.users["ann"]]; kept.Presence != "in_a_meeting" {
		t.Errorf("a refusal changed it to %+v", kept)
	}
}

// TestPresencesAreFixed: administrators change what presences carry, and neither make nor delete one (PR-3).
func TestPresencesAreFixed(t *testing.T) {
	w := newWorld(t)
	admin := w.as("admin")
	all := read[store.Page[store.Saved[settings.Presence]]](t, admin.get("/api/settings/presences"))
	if all.Total != 11 {
		t.Fatalf("%d presences", all.Total)
	}
	a := admin.do(http.MethodPut, "/api/settings/presences/lunch", `{"version":1,"fields":{"name":"Siesta","effect":"unavailable","do_not_disturb":false}}`)
	if got := read[store.Saved[settings.Presence]](t, a); got.Title != "Siesta" || got.Version != 2 {
		t.Errorf("changed to %+v", got)
	}
	own := read[OwnPresence](t, w.as("ann").get("/api/presence"))
	if !strings.Contains(fmt.Sprint(own.Choices), "Siesta") {
		t.Errorf("choices %v", own.Choices)
	}
	for method, path := range map[string]string{http.MethodPost: "/api/settings/presences", http.MethodDelete: "/api/settings/presences/lunch"} {
		if a := admin.do(method, path, `{"fields":{"name":"Twelfth"}}`); a.status != http.StatusMethodNotAllowed && a.status != http.StatusNotFound {
			t.Errorf("%s: %d", method, a.status)
		}
	}
}

// TestContacts: everybody reads contacts, supervisors make and import them, and favourites are one's own (PR-5).
func TestContacts(t *testing.T) {
	w := newWorld(t)
	ann, supervisor := w.as("ann"), w.as("supervisor")
	eve := `{"fields":{"name":"Eve","company":"Acme","numbers":["+32470111222"]}}`
	if a := ann.post("/api/settings/contacts", eve); a.status != http.StatusForbidden {
		t.Errorf("an agent made a contact: %d", a.status)
	}
	made := read[store.Saved[settings.Contact]](t, supervisor.post("/api/settings/contacts", eve))
	if a := supervisor.post("/api/settings/contacts", `{"fields":{"name":"Zed","numbers":["0470"]}}`); a.status != 422 {
		t.Errorf("a number of no country: %d %s", a.status, a.body)
	}
	csv := "name,company,numbers,email\nEve,Acme,+32470111222;+3225550100,eve@example.org\nMallory,,+32470333444,\nBroken,,12,\n"
	a := supervisor.do(http.MethodPost, "/api/settings/contacts/import", csv, "Content-Type", "text/csv")
	if !strings.Contains(a.body, `"created":1,"updated":1`) || !strings.Contains(a.body, `"line":4`) {
		t.Errorf("imported: %d %s", a.status, a.body)
	}
	page := read[store.Page[store.Saved[settings.Contact]]](t, ann.get("/api/settings/contacts?q=0100"))
	if page.Total != 1 || len(page.Rows[0].Fields.Numbers) != 2 {
		t.Errorf("found %+v", page)
	}
	for _, path := range []string{"user/" + string(w.users["bob"]), "contact/" + made.ID} {
		if a := ann.do(http.MethodPut, "/api/favourites/"+path, ""); a.status != http.StatusNoContent {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	for path, want := range map[string]int{"user/nobody": 404, "contact/none": 404, "queue/x": 422} {
		if a := ann.do(http.MethodPut, "/api/favourites/"+path, ""); a.status != want {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	mine := read[Favourites](t, ann.get("/api/favourites"))
	if len(mine.Users) != 1 || id.User(mine.Users[0]) != w.users["bob"] || len(mine.Contacts) != 1 || mine.Contacts[0].Title != "Eve (Acme)" {
		t.Errorf("favourites %+v", mine)
	}
	if theirs := read[Favourites](t, supervisor.get("/api/favourites")); len(theirs.Users)+len(theirs.Contacts) != 0 {
		t.Errorf("somebody else's favourites %+v", theirs)
	}
	if a := supervisor.do(http.MethodDelete, "/api/settings/contacts/"+made.ID, ""); a.status != http.StatusNoContent {
		t.Errorf("deleted: %d %s", a.status, a.body)
	}
	ann.do(http.MethodDelete, "/api/favourites/user/"+string(w.users["bob"]), "")
	if mine = read[Favourites](t, ann.get("/api/favourites")); len(mine.Users)+len(mine.Contacts) != 0 {
		t.Errorf("favourites left %+v", mine)
	}
}
