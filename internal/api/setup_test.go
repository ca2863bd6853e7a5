package api

import (
	"net/http"
	"sync"
	"testing"
)

func firstRun(code string) string {
	return `{"code":"` + code + `","organisation":"Acme","name":"Ann Ash","email":"ann@example.com","password":"` + password + `"}`
}

func TestFirstRun(t *testing.T) {
	w := bare(t)
	c := w.client()
	type state struct{ Needed bool }
	if !read[state](t, c.get("/api/setup")).Needed {
		t.Error("an empty installation needs no setup")
	}
	if a := c.post("/api/setup", firstRun("WRONG")); a.status != http.StatusForbidden || a.detail(t) == "" {
		t.Errorf("wrong code: %d %s", a.status, a.body)
	}
	if a := c.post("/api/setup", `{"code":"ABCD1234","organisation":"A","name":"A","email":"a@example.com","password":"short"}`); a.status != 422 {
		t.Errorf("short password: %d %s", a.status, a.body)
	}
	if a := c.post("/api/setup", firstRun(" ABCD1234 ")); a.status != http.StatusNoContent {
		t.Fatalf("right code: %d %s", a.status, a.body)
	}
	if a := c.post("/api/setup", firstRun("ABCD1234")); a.status != http.StatusConflict || a.detail(t) == "" {
		t.Errorf("second time: %d %s", a.status, a.body)
	}
	if read[state](t, c.get("/api/setup")).Needed {
		t.Error("still needed")
	}
	s := read[Session](t, signIn(c, "ann@example.com", password))
	if s.Role != "admin" || s.Agent == nil || s.Agent.Extension != "100" || s.Organisation.Name != "Acme" || s.User.Name != "Ann Ash" || s.DeskPhone != nil {
		t.Errorf("%+v", s)
	}
	if _, ok := w.doors.Sites.Of(s.Organisation.ID); !ok {
		t.Error("the new organisation does not act")
	}
}

// TestFirstRunAtOnce makes one organisation of many clicks.
func TestFirstRunAtOnce(t *testing.T) {
	w := bare(t)
	var all sync.WaitGroup
	made := make(chan int, 8)
	for range cap(made) {
		c := w.client()
		all.Go(func() { made <- c.post("/api/setup", firstRun("ABCD1234")).status })
	}
	all.Wait()
	close(made)
	count := map[int]int{}
	for status := range made {
		count[status]++
	}
	orgs, err := w.doors.DB.OrganisationIDs(w.ctx)
	check(t, err)
	if len(orgs) != 1 || count[http.StatusNoContent] != 1 || count[http.StatusConflict] != 7 {
		t.Errorf("%d organisations, answers %v", len(orgs), count)
	}
}

// TestFirstRunWithoutCode is that of an installation that had its organisation at the start and lost it.
func TestFirstRunWithoutCode(t *testing.T) {
	w := bare(t)
	w.doors.SetupCode = ""
	if a := w.client().post("/api/setup", firstRun("")); a.status != http.StatusForbidden {
		t.Errorf("%d %s", a.status, a.body)
	}
}
