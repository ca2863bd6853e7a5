package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/live"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// leading is a world with a number that leads to a router, which leads to Sales in working hours.
func leading(t *testing.T) (w *world, number, rangeID, router string) {
	w = newWorld(t)
	c := w.as("admin")
	r := read[store.Saved[settings.TimeRange]](t, c.post("/api/settings/time-ranges",
		`{"fields":{"time_range_name":"Office","timezone":"America/New_York","rows":[{"start_day_of_week":1,"end_day_of_week":5,"start_time":"09:00","end_time":"17:00"}]}}`))
	made := read[store.Saved[settings.TimeRouter]](t, c.post("/api/settings/time-routers", fmt.Sprintf(
		`{"fields":{"name":"Hours","entries":[{"name":"Open","time_range":%q,"destination":{"kind":"queue","target":%q}}],"default":{"kind":"hangup"}}}`, r.ID, w.queues["Sales"])))
	trunk := read[store.Saved[settings.Trunk]](t, c.post("/api/settings/trunks",
		`{"fields":{"name":"Carrier","kind":"address","networks":["192.0.2.0/24"],"proxy":"192.0.2.9"}}`))
	one := read[store.Saved[settings.Number]](t, c.post("/api/settings/numbers", fmt.Sprintf(
		`{"fields":{"phone_number":"+12025550100","trunk":%q,"destination":{"kind":"time_router","target":%q}}}`, trunk.ID, made.ID)))
	return w, one.ID, r.ID, made.ID
}

func TestRoutingGraph(t *testing.T) {
	w, number, _, _ := leading(t)
	at := call.Call{ID: "c1", Org: w.org, Direction: call.Inbound}
	w.doors.Live.CallChanged(time.Now(), at, []call.Event{call.Directed{Destination: dest.Destination{Kind: dest.Queue, Target: string(w.queues["Sales"])}}})
	type graph struct {
		Number string
		routing.Graph
	}
	g := read[graph](t, w.as("supervisor").get("/api/routing/numbers/"+number+"/graph"))
	if g.Number == "" || len(g.Nodes) != 3 || g.Nodes[0].Name != "Hours" || g.Nodes[1].Name != "Sales" || g.Nodes[1].Live != 1 || g.Edges[1].Label != "Open" {
		t.Errorf("graph %+v", g)
	}
	if all := read[[]led](t, w.as("supervisor").get("/api/routing/numbers")); len(all) != 1 || string(all[0].ID) != number || all[0].Label != "+12025550100" {
		t.Errorf("numbers %+v", all)
	}
	w.as("supervisor").get("/api/routing/numbers/gone/graph").problem(t, 404)
	w.as("ann").get("/api/routing/numbers/"+number+"/graph").problem(t, 403)
	warnings := read[[]routing.Warning](t, w.as("admin").get("/api/routing/warnings"))
	if len(warnings) == 0 || warnings[len(warnings)-1].Name != "Hours" || warnings[len(warnings)-1].Field != "default" {
		t.Errorf("warnings %+v", warnings)
	}
}

// TestRoutingGraphIsTold: who looks at where calls are hears over the socket of each that comes and ends.
func TestRoutingGraphIsTold(t *testing.T) {
	w, _, _, _ := leading(t)
	s := w.socket(w.token("supervisor"), "tab1")
	if p := s.snapshot(); p.Places != nil {
		t.Errorf("told without being asked: %v", p.Places)
	}
	s.say(`{"kind":"places","on":true}`)
	if p := s.snapshot(); p.Places == nil || len(p.Places) != 0 {
		t.Errorf("places before the first call: %v", p.Places)
	}
	sales := dest.Destination{Kind: dest.Queue, Target: string(w.queues["Sales"])}
	at := call.Call{ID: "c1", Org: w.org, Direction: call.Inbound}
	for _, want := range []int{1, 0} {
		w.doors.Live.CallChanged(time.Now(), at, []call.Event{call.Directed{Destination: sales}})
		var place live.Place
		check(t, json.Unmarshal(s.until("place").Data, &place))
		if place != (live.Place{Destination: sales, Live: want}) {
			t.Errorf("told %+v, not %d", place, want)
		}
		at.Stage = call.Ended
	}
}

func TestSimulate(t *testing.T) {
	w, _, _, router := leading(t)
	c := w.as("admin")
	ask := func(more string) routing.Account {
		return read[routing.Account](t, c.post("/api/routing/simulate", `{"number":"+12025550100","at":"2026-11-20T18:00"`+more+`}`))
	}
	a := ask("")
	if a.End.Kind != dest.Queue || a.Name != "Sales" || a.Scenes[1].Name != "Hours" || !strings.Contains(a.Scenes[1].Text, "Open") {
		t.Errorf("in working hours of New York: %+v", a)
	}
	path := "/api/settings/time-routers/" + router
	made := read[store.Saved[settings.TimeRouter]](t, c.get(path))
	made.Fields.Entries = nil
	check(t, w.doors.DB.Shelves().Routers.SaveDraft(w.ctx, store.Actor{User: w.users["admin"]}, router, made.Version, made.Fields))
	if a = ask(`,"drafts":true`); a.End.Kind != dest.Hangup {
		t.Errorf("as the draft has it: %+v", a)
	}
	if a = ask(`,"queues":{"` + string(w.queues["Sales"]) + `":{"waiting":0,"online":0,"available":0}}`); a.End.Kind != dest.Hangup || !strings.Contains(a.Why, "nobody") {
		t.Errorf("nobody there: %+v", a)
	}
	strange := c.post("/api/routing/simulate", `{"number":"+12025550100","at":"2026-11-20T18:00","keys":["1x"]}`)
	strange.problem(t, 422)
	if !strings.Contains(strange.body, "0-9, *, #") {
		t.Errorf("a key that no telephone has is refused with %s", strange.body)
	}
	w.as("supervisor").post("/api/routing/simulate", `{"number":"+12025550100","at":"2026-11-20T18:00"}`).problem(t, 403)
}

func TestScheduleTest(t *testing.T) {
	w, _, which, router := leading(t)
	c := w.as("admin")
	ask := func(body string) routing.Clock { return read[routing.Clock](t, c.post("/api/schedule/test", body)) }
	got := ask(fmt.Sprintf(`{"at":"2026-11-20T09:00","range":%q}`, which))
	if !got.Matches || got.Row != 1 || got.Zone != "America/New_York" || got.At.UTC().Hour() != 14 || got.Changes.UTC().Hour() != 22 {
		t.Errorf("Friday at nine: %+v", got)
	}
	if got = ask(fmt.Sprintf(`{"at":"2026-11-20T17:00","range":%q}`, which)); got.Matches {
		t.Errorf("Friday at five: %+v", got)
	}
	got = ask(fmt.Sprintf(`{"at":"2026-11-20T17:00","range":%q,"hours":{"timezone":"UTC","rows":[{},{}]}}`, which))
	if !got.Matches || got.Row != 1 || got.Zone != "UTC" || !got.Changes.IsZero() {
		t.Errorf("not stored yet: %+v", got)
	}
	if got = ask(fmt.Sprintf(`{"at":"2026-11-20T20:00","router":%q}`, router)); !got.Matches || got.Entry != "Open" || got.Number != 1 || got.Range != "Office" {
		t.Errorf("router: %+v", got)
	}
	c.post("/api/schedule/test", `{"at":"2026-11-20T20:00","router":"gone"}`).problem(t, 404)
	c.post("/api/schedule/test", `{"at":"2026-02-30T20:00","range":"`+which+`"}`).problem(t, 422)
	p := c.post("/api/schedule/test", `{"at":"2026-11-20T20:00","hours":{"rows":[{"start_date":"2026-02-30"}]}}`).problem(t, 422)
	if !strings.Contains(p.Detail, "hours.rows[0].start_date") {
		t.Errorf("a day that does not exist: %+v", p)
	}
	w.as("supervisor").post("/api/schedule/test", `{"at":"2026-11-20T20:00","range":"`+which+`"}`).problem(t, 403)
}

func TestCalendarOfRange(t *testing.T) {
	w := newWorld(t)
	feed := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = rw.Write([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20001225\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas\nEND:VEVENT\nEND:VCALENDAR\n"))
	}))
	defer feed.Close()
	c := w.as("admin")
	made := read[store.Saved[settings.TimeRange]](t, c.post("/api/settings/time-ranges", `{"fields":{"time_range_name":"Holidays","calendar":"`+feed.URL+`/x.ics"}}`))
	path := "/api/settings/time-ranges/" + made.ID + "/calendar"
	if got := read[store.Calendar](t, c.get(path)); got.ReadAt != nil {
		t.Errorf("before it was read: %+v", got)
	}
	if got := read[store.Calendar](t, c.post(path, "")); got.Failure != "" || got.Days.Spans[0].Name != "Christmas" {
		t.Errorf("read: %+v", got)
	}
	if got := read[store.Calendar](t, c.get(path)); got.ReadAt == nil || len(got.Days.Spans) == 0 {
		t.Errorf("after it was read: %+v", got)
	}
	christmas := fmt.Sprintf(`{"at":"%d-12-25T12:00","range":%q}`, time.Now().Year(), made.ID)
	if got := read[routing.Clock](t, c.post("/api/schedule/test", christmas)); !got.Matches || got.Day != "Christmas" {
		t.Errorf("at Christmas: %+v", got)
	}
	feed.Close()
	if got := read[store.Calendar](t, c.post(path, "")); !strings.Contains(got.Failure, "not reached") || len(got.Days.Spans) == 0 {
		t.Errorf("nobody there: %+v", got)
	}
	c.get("/api/settings/time-ranges/gone/calendar").problem(t, 404)
}
