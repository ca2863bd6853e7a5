package api

import (
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

func TestImport(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	type imported struct {
		Created, Updated int
		Rows             []LineProblem
	}
	send := func(query, file string) imported {
		return read[imported](t, c.do(http.MethodPost, "/api/settings/numbers/import"+query, file, "Content-Type", "text/csv"))
	}
	const file = "phone_number,friendly_name,trunk,destination,priority,sms\n" +
		"+3225550201,Front desk,Carrier,queue:Sales,2,yes\n" +
		"+3225550202,\"Fax, old\",carrier,hangup,,\n"
	if got := send("?dry_run=true", file); got.Created != 2 || got.Updated != 0 || len(got.Rows) != 0 {
		t.Errorf("looked at: %+v", got)
	}
	type list = store.Page[record[settings.Number]]
	if all := read[list](t, c.get("/api/settings/numbers")); all.Total != 0 {
		t.Errorf("a dry run made %d numbers", all.Total)
	}
	if got := send("", "\xef\xbb\xbf"+file); got.Created != 2 || len(got.Rows) != 0 {
		t.Errorf("taken: %+v", got)
	}
	all := read[list](t, c.get("/api/settings/numbers?sort=title"))
	first := all.Rows[0].Fields
	if first.FriendlyName != "Front desk" || first.Trunk != string(trunk.ID) || first.Destination.Target != string(w.queues["Sales"]) ||
		first.Priority != 2 || !first.SMS || !first.Voice || all.Rows[1].Fields.FriendlyName != "Fax, old" {
		t.Errorf("made %+v", all.Rows)
	}
	if s, _ := w.doors.Sites.Of(w.org); len(s.Numbers) != 2 {
		t.Error("the numbers do not act")
	}
	if got := send("", "phone_number,trunk\n+3225550203,Carrier\n12,Carrier\n"); got.Created != 1 || len(got.Rows) != 1 {
		t.Errorf("taken in part: %+v", got)
	}
	if s, _ := w.doors.Sites.Of(w.org); len(s.Numbers) != 3 {
		t.Error("the number beside a wrong line does not act")
	}
	if got := send("", "phone_number,friendly_name\n+3225550201,Reception\n"); got.Updated != 1 || got.Created != 0 {
		t.Errorf("changed: %+v", got)
	}
	got := send("?dry_run=true", "phone_number,trunk,priority,destination\n"+
		"0470 11,Carrier,1,hangup\n+3225550209,Nobody,1,hangup\n+3225550204,Carrier,99,hangup\n+3225550205,Carrier,x,hangup\n"+
		"+3225550206,Carrier,1,queue:Lost\n+3225550207,Carrier,1,hangup\n+3225550207,Carrier,1,hangup\n")
	want := []struct {
		line int
		says string
	}{{2, "phone_number"}, {3, "Nobody"}, {4, "must be from 0 to 10"}, {5, "number"}, {6, "Lost"}, {8, "earlier"}}
	if len(got.Rows) != len(want) || got.Created != 1 {
		t.Fatalf("problems %+v", got)
	}
	for n, p := range want {
		if got.Rows[n].Line != p.line || !strings.Contains(got.Rows[n].Problem, p.says) {
			t.Errorf("problem %+v, not of line %d about %s", got.Rows[n], p.line, p.says)
		}
	}
	if got := send("", "phone_number,colour\n+3225550208,red\n"); len(got.Rows) != 1 || !strings.Contains(got.Rows[0].Problem, "colour") {
		t.Errorf("an unknown column: %+v", got)
	}
}

// TestImportedStatusWords: an import of agents reads other systems' words for statuses (CF-1, QU-15), and refuses what is none.
func TestImportedStatusWords(t *testing.T) {
	w := newWorld(t)
	agents := w.doors.DB.Shelves().Agents
	ann, err := agents.Get(w.ctx, string(w.agents["ann"]))
	check(t, err)
	for word, want := range map[string]string{"Ready": "available", "busy": "busy", "not ready": "unavailable", "Logged out": "unavailable", "asleep": ""} {
		file := "extension,default_status\n" + ann.Fields.Extension + "," + word + "\n"
		a := w.as("admin").do(http.MethodPost, "/api/settings/agents/import", file, "Content-Type", "text/csv")
		if refused := strings.Contains(a.body, "default_status"); a.status != http.StatusOK || refused != (want == "") {
			t.Errorf("%q: %d %s", word, a.status, a.body)
		}
		now, err := agents.Get(w.ctx, ann.ID)
		check(t, err)
		if want != "" && now.Fields.DefaultStatus != want {
			t.Errorf("%q is %q", word, now.Fields.DefaultStatus)
		}
	}
}
