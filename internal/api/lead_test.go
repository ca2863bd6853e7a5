package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

// listed makes a campaign of these groups with one list, and gives the ids of both.
func (w *world) listed(title string, teams ...string) (campaign, list string) {
	w.t.Helper()
	s := w.doors.DB.Shelves()
	campaign = shelve(w, s.Campaigns, settings.Campaign{Name: title, Teams: teams})
	list = shelve(w, s.LeadLists, settings.LeadList{Name: "List of " + title, Campaign: campaign})
	check(w.t, w.changed(w.ctx, w.org))
	return campaign, list
}

// csv posts a file.
func (c *client) csv(path, text string) answer {
	c.w.t.Helper()
	return c.do(http.MethodPost, path, text, "Content-Type", "text/csv")
}

// TestLeads: supervisors keep leads, each refusal says why, and a list cannot be deleted while leads are in it (OB-14).
func TestLeads(t *testing.T) {
	w := newWorld(t)
	boss := w.as("supervisor")
	_, list := w.listed("Spring")
	leads := "/api/lead-lists/" + list + "/leads"
	eve := read[Lead](t, boss.post(leads, `{"first_name":" Eve ","last_name":"Bell","phones":[{"number":"0470 11 12 23","label":"home"}],"data":{"plan":"gold"}}`))
	if eve.Name != "Eve Bell" || eve.Phones[0].Number != "+32470111223" || eve.Status != "new" || eve.CampaignName != "Spring" || eve.ListName != "List of Spring" {
		t.Errorf("made %+v", eve)
	}
	boss.said("POST", leads, `{"phones":[{"number":"+32470111223"}]}`, 409, "The number +32470111223 is in this list already.")
	boss.said("POST", leads, `{"phones":[{"number":"nonsense"}]}`, 422, `The number "nonsense" is no telephone number.`)
	boss.said("POST", leads, `{"phones":[{"number":"+32470111224"},{"number":"0470 11 12 24"}]}`, 422, "The number +32470111224 stands there twice.")
	boss.said("POST", leads, `{"phones":[]}`, 422, "phones")
	boss.said("POST", leads, `{"phones":[{"number":"+32470111224"}],"timezone":"Nowhere"}`, 422, "give its name")
	boss.said("POST", leads, `{"phones":[{"number":"+32470111224"}],"status":"lost"}`, 422, "dnc")
	boss.said("POST", "/api/lead-lists/gone/leads", `{"phones":[{"number":"+32470111224"}]}`, 404, "does not exist")
	boss.said("GET", "/api/lead-lists/gone/leads", "", 404, "does not exist")
	boss.said("DELETE", "/api/settings/lead-lists/"+list, "", 409, "This is in use by lead Eve Bell. Change these first.")
	boss.said("DELETE", "/api/leads/gone", "", 404, "does not exist")
	boss.said("DELETE", "/api/leads/"+string(eve.ID), "", 204, "")
	if page := read[store.Page[Lead]](t, boss.get(leads)); page.Total != 0 {
		t.Errorf("deleted, %+v are left", page)
	}
	boss.said("DELETE", "/api/settings/lead-lists/"+list, "", 204, "")
	if a := w.as("admin").get("/api/audit"); !strings.Contains(a.body, "lead deleted") || !strings.Contains(a.body, "Eve Bell") {
		t.Errorf("audit: %s", a.body)
	}
}

// TestLeadsFromAFile: the lines that can be taken are, the others are told by line and reason (OB-16).
func TestLeadsFromAFile(t *testing.T) {
	w := newWorld(t)
	boss := w.as("supervisor")
	_, list := w.listed("Spring")
	path := "/api/lead-lists/" + list + "/leads"
	type told struct {
		Created int
		Rows    []LineProblem
		Skipped []LineProblem
	}
	file := "first_name,last_name,phone,plan\nEve,Bell,0470 11 12 23,gold\nDan,,nonsense,\nEva,Bell,+32470111223,\nFay,,+442079460958,\n"
	got := read[told](t, boss.csv(path+"/import", file))
	want := `{2 [{3 The number "nonsense" is no telephone number.}] [{4 The number +32470111223 stands in line 2 too.}]}`
	if fmt.Sprint(got) != want {
		t.Errorf("%v, not %s", got, want)
	}
	again := read[told](t, boss.csv(path+"/import", "phone\n+32470111223\n"))
	if fmt.Sprint(again) != `{0 [] [{2 The number +32470111223 is in this list already.}]}` {
		t.Errorf("again: %v", again)
	}
	if columns := read[told](t, boss.csv(path+"/import", "name\nEve\n")); fmt.Sprint(columns) != `{0 [{1 No column is named phone.}] []}` {
		t.Errorf("without numbers: %v", columns)
	}
	boss.said("POST", "/api/lead-lists/gone/leads/import", "phone\n", 404, "does not exist")
	page := read[store.Page[Lead]](t, boss.get(path+"?limit=1"))
	if page.Total != 2 || len(page.Rows) != 1 || page.Rows[0].FirstName != "Fay" {
		t.Errorf("list %+v", page)
	}
	if a := w.as("admin").get("/api/audit"); strings.Count(a.body, "leads imported") != 1 {
		t.Errorf("audit: %s", a.body)
	}
}

// TestCampaignsShown: agents find leads by number in the campaigns that the organisation shows them: all, or those of their groups; who
// keeps campaigns sees them all (OB-14).
func TestCampaignsShown(t *testing.T) {
	w := newWorld(t)
	s := w.doors.DB.Shelves()
	group := shelve(w, s.Groups, settings.Group{Name: "North", Users: []string{string(w.users["ann"])}})
	spring, list := w.listed("Spring", group)
	autumn, other := w.listed("Autumn")
	ann, bob, boss := w.as("ann"), w.as("bob"), w.as("supervisor")
	for _, l := range []string{list, other} {
		read[Lead](t, boss.post("/api/lead-lists/"+l+"/leads", `{"first_name":"Eve","phones":[{"number":"+32470111223"}]}`))
	}
	// sees tells which campaigns somebody sees, and the campaigns of the leads that are found.
	sees := func(c *client, query string) string {
		t.Helper()
		text := ""
		for _, one := range read[[]Named](t, c.get("/api/campaigns")) {
			text += one.Name + " "
		}
		found := map[string]bool{}
		for _, l := range read[[]Lead](t, c.get("/api/leads?phone=0470%2011%2012%2023"+query)) {
			found[l.CampaignName] = true
		}
		return text + fmt.Sprint(found)
	}
	same := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %q, not %q", what, got, want)
		}
	}
	same("all, to Bob", sees(bob, ""), "Autumn Spring map[Autumn:true Spring:true]")
	same("one of them", sees(bob, "&campaign="+autumn), "Autumn Spring map[Autumn:true]")
	same("another number", fmt.Sprint(len(read[[]Lead](t, bob.get("/api/leads?phone=%2B12025550199")))), "0")
	bob.said("GET", "/api/leads?phone=x", "", 422, `The number "x" is no telephone number.`)
	bob.said("GET", "/api/leads", "", 422, "phone")
	org := read[store.Saved[settings.Organisation]](t, w.as("admin").get("/api/settings/organisation"))
	org.Fields.Campaigns = settings.CampaignsOwn
	_, err := s.Org.Update(w.ctx, store.Actor{User: w.users["admin"]}, org.ID, org.Version, org.Fields)
	check(t, err)
	check(t, w.changed(w.ctx, w.org))
	same("own, to Ann", sees(ann, ""), "Spring map[Spring:true]")
	same("own, to Bob", sees(bob, ""), "map[]")
	same("own, to a supervisor", sees(boss, ""), "Autumn Spring map[Autumn:true Spring:true]")
	bob.said("GET", "/api/leads?phone=%2B32470111223&campaign="+spring, "", 404, "does not exist")
	boss.said("DELETE", "/api/settings/campaigns/"+spring, "", 409, "lead list List of Spring")
	ann.said("GET", "/api/lead-lists/"+list+"/leads", "", 403, "role")
}
