package api

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// worked is Ann's Monday: signed in at 8, a call from 10:00 to 10:20, the work after it, lunch from 12 on; Bob was signed in
// from 9 to 10 and took nothing.
func (w *world) worked() {
	w.t.Helper()
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 16, hour, minute, 0, 0, time.UTC) }
	effect := map[string]string{"available": "available", "on_call": "busy", "wrap_up": "busy"}
	turn := func(agent string, when time.Time, from, to, trigger, custom string, before time.Duration) {
		e := store.StatusEvent{
			ID: id.New[string](), Agent: w.agents[agent], AgentKind: "human", Channel: "voice", PreviousStatus: from, NewStatus: to,
			PreviousEffect: "unavailable", NewEffect: "unavailable", CustomName: custom, Seconds: int(before / time.Second), Trigger: trigger, At: when,
		}
		if effect[from] != "" {
			e.PreviousEffect = effect[from]
		}
		if effect[to] != "" {
			e.NewEffect = effect[to]
		}
		if trigger == "manual" {
			e.Actor = w.users[agent]
		}
		commit.Writer(w.org).StatusEvent(e)
	}
	turn("ann", at(8, 0), "offline", "available", "manual", "", 12*time.Hour)
	turn("ann", at(10, 0), "available", "on_call", "system", "", 2*time.Hour)
	turn("ann", at(10, 20), "on_call", "wrap_up", "system", "", 20*time.Minute)
	turn("ann", at(10, 30), "wrap_up", "available", "system", "", 10*time.Minute)
	turn("ann", at(12, 0), "available", "unavailable", "manual", "Lunch", 90*time.Minute)
	turn("ann", at(13, 0), "unavailable", "offline", "auto_disconnect", "", time.Hour)
	turn("bob", at(9, 0), "offline", "available", "manual", "", 12*time.Hour)
	turn("bob", at(10, 0), "available", "offline", "manual", "", time.Hour)
	row := store.CallRow{Direction: "inbound", Status: "ended", From: "+32470111222", CustomerName: "Elena", ArrivedAt: at(9, 59),
		AnsweredAt: at(10, 0), EndedAt: at(10, 20), Queues: []store.CallQueue{}, Agents: []store.CallAgent{
			{ID: w.agents["ann"], Name: "Ann", Answered: true, JoinedAt: at(10, 0), LeftAt: at(10, 20)},
			{ID: w.agents["bob"], Name: "Bob", Missed: 1, MissedAt: at(9, 59).Add(30 * time.Second)},
		}}
	row.ID = "c1"
	commit.Writer(w.org).Record(row)
	check(w.t, commit.Close(w.ctx))
}

const onMonday = "?from=2026-11-16&to=2026-11-16"

func TestWorkSummary(t *testing.T) {
	w := newWorld(t)
	w.worked()
	s := read[WorkSummary](t, w.as("admin").get("/api/workforce/summary"+onMonday))
	if s.TotalAgents != 2 || *s.AverageAvailablePct != 90 || s.Timezone != "UTC" || len(s.Statuses) != 4 {
		t.Fatalf("%+v", s)
	}
	ann, bob := s.Agents[0], s.Agents[1]
	if ann.AgentName != "Ann Ash" || ann.Tracked != 5*3600 || ann.Available != 4*3600 || ann.Unavailable != 3600 || *ann.AvailabilityPct != 80 ||
		ann.Taken != 1 || ann.AverageHandleSeconds != 1800 || ann.Statuses[2].Custom != "Lunch" {
		t.Errorf("Ann %+v", ann)
	}
	if bob.Tracked != 3600 || bob.Taken != 0 || bob.Missed != 1 || *bob.AvailabilityPct != 100 {
		t.Errorf("Bob %+v", bob)
	}
	// A week of days gives the same, from what is kept now and from what is not.
	for range 2 {
		week := read[WorkSummary](t, w.as("admin").get("/api/workforce/summary?from=2026-11-12&to=2026-11-18"))
		if week.Agents[0].Tracked != ann.Tracked || week.Agents[0].Taken != 1 {
			t.Errorf("in the week: %+v", week.Agents[0])
		}
		days := read[WorkDays](t, w.as("admin").get("/api/workforce/days?from=2026-11-12&to=2026-11-18&agent="+string(w.agents["ann"])))
		if len(days.Items) != 1 || days.Items[0].Day != "2026-11-16" || days.Items[0].Tracked != ann.Tracked {
			t.Errorf("days %+v", days)
		}
	}
}

func TestWorkHeat(t *testing.T) {
	w := newWorld(t)
	w.worked()
	for measure, want := range map[string]string{
		"availability": "8:100 9:100 10:100 11:100 12:0", "call_volume": "8:0 9:0 10:1 11:0 12:0", "chat_volume": "",
	} {
		heat := read[HeatMap](t, w.as("ann").get("/api/workforce/heat"+onMonday+"&measure="+measure))
		got := ""
		if len(heat.Rows) > 0 {
			for _, c := range heat.Rows[0].Cells {
				got += " " + strings.Join([]string{strconv.Itoa(c.Hour), strconv.Itoa(c.Value)}, ":")
			}
		}
		if strings.TrimSpace(got) != want || heat.Measure != measure {
			t.Errorf("%s: %s, want %s", measure, got, want)
		}
	}
}

func TestWorkTimeline(t *testing.T) {
	w := newWorld(t)
	w.worked()
	line := read[WorkTimeline](t, w.as("ann").get("/api/workforce/agents/"+string(w.agents["ann"])+"/timeline?day=2026-11-16"))
	var words []string
	for _, s := range line.Statuses {
		words = append(words, s.Status+s.Custom)
	}
	if got := strings.Join(words, " "); got != "offline available on_call wrap_up available unavailableLunch offline" {
		t.Errorf("statuses %s", got)
	}
	if len(line.Calls) != 1 || !line.Calls[0].Taken || line.Calls[0].Number != "+32470111222" || line.Work.Taken != 1 || line.To.Sub(line.From) != 24*time.Hour {
		t.Errorf("%+v", line)
	}
	bob := read[WorkTimeline](t, w.as("admin").get("/api/workforce/agents/"+string(w.agents["bob"])+"/timeline?day=2026-11-16"))
	if len(bob.Calls) != 1 || bob.Calls[0].Taken || bob.Calls[0].Missed != 1 {
		t.Errorf("Bob %+v", bob.Calls)
	}
	empty := read[WorkTimeline](t, w.as("ann").get("/api/workforce/agents/"+string(w.agents["ann"])+"/timeline?day=2026-11-10"))
	if empty.Work.Tracked != 0 || len(empty.Calls) != 0 || empty.Work.Statuses == nil {
		t.Errorf("before all: %+v", empty)
	}
}

// TestWorkIsSeenByThoseWhoMay: agents see themselves, supervisors their team, admins everybody (CF-9).
func TestWorkIsSeenByThoseWhoMay(t *testing.T) {
	w := newWorld(t)
	w.worked()
	for viewer, want := range map[string]int{"ann": 1, "bob": 1, "supervisor": 1, "admin": 2} {
		if s := read[WorkSummary](t, w.as(viewer).get("/api/workforce/summary"+onMonday)); s.TotalAgents != want {
			t.Errorf("%s sees %d agents", viewer, s.TotalAgents)
		}
	}
	for viewer, want := range map[string]int{"ann": http.StatusOK, "supervisor": http.StatusOK, "bob": http.StatusNotFound, "none": http.StatusForbidden} {
		if a := w.as(viewer).get("/api/workforce/agents/" + string(w.agents["ann"]) + "/timeline?day=2026-11-16"); a.status != want {
			t.Errorf("%s gets %d", viewer, a.status)
		}
	}
	for _, query := range []string{"?from=2026-11-17&to=2026-11-16", "?from=2020-01-01&to=2026-11-16", "?from=monday&to=2026-11-16", ""} {
		if a := w.as("admin").get("/api/workforce/summary" + query); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q is answered %d", query, a.status)
		}
	}
}

// TestStatusEvents searches changes of status (MN-9).
func TestStatusEvents(t *testing.T) {
	w := newWorld(t)
	w.worked()
	ann := string(w.agents["ann"])
	for query, want := range map[string]int{
		"": 8, "?agent=" + ann: 6, "?status=available": 3, "?trigger=auto_disconnect": 1, "?channel=chat": 0, "?channel=voice&agent=" + ann + "&status=offline": 1,
		"?from=2026-11-16T09:00:00Z&to=2026-11-16T11:00:00Z": 5, "?agent=nobody": 0,
	} {
		if p := read[store.Page[StatusEvent]](t, w.as("admin").get("/api/workforce/status-events"+query)); p.Total != want {
			t.Errorf("%q finds %d, want %d", query, p.Total, want)
		}
	}
	page := read[store.Page[StatusEvent]](t, w.as("admin").get("/api/workforce/status-events?limit=2&agent="+ann))
	lunch := page.Rows[1]
	if page.Total != 6 || len(page.Rows) != 2 || lunch.AgentName != "Ann Ash" || lunch.CustomName != "Lunch" || lunch.ActorName != "Ann Ash" || lunch.Seconds != 5400 {
		t.Errorf("%+v", page)
	}
	for viewer, want := range map[string]int{"ann": 6, "bob": 2, "supervisor": 6} {
		if p := read[store.Page[StatusEvent]](t, w.as(viewer).get("/api/workforce/status-events")); p.Total != want {
			t.Errorf("%s sees %d", viewer, p.Total)
		}
	}
	if p := read[store.Page[StatusEvent]](t, w.as("bob").get("/api/workforce/status-events?agent="+ann)); p.Total != 0 {
		t.Error("Bob sees Ann's")
	}
	file := "/api/workforce/status-events.csv?agent=" + ann
	if a := w.as("supervisor").get(file); a.status != http.StatusForbidden || !strings.Contains(a.detail(t), "Export") {
		t.Errorf("a file without the switch: %d %s", a.status, a.body)
	}
	change(w, w.doors.DB.Shelves().Users, string(w.users["supervisor"]), func(u *settings.User) { u.Switches.Export = true })
	check(t, w.changed(w.ctx, w.org))
	a := w.as("supervisor").get(file + "&status=unavailable")
	lines := strings.Split(strings.TrimSpace(a.body), "\n")
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "text/csv; charset=utf-8" || len(lines) < 2 || !strings.HasPrefix(lines[0], "at,agent,") ||
		!strings.Contains(a.body, "Ann Ash") || strings.Contains(a.body, "Bob") {
		t.Errorf("the file: %d %s", a.status, a.body)
	}
	for _, query := range []string{"?status=asleep", "?trigger=ghost", "?from=yesterday"} {
		if a := w.as("admin").get("/api/workforce/status-events" + query); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q is answered %d", query, a.status)
		}
	}
}
