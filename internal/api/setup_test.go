package api

import (
	"errors"
	"net/http"
	"sync"
	"testing"

	"github.com/danielgtaylor/huma/v2"
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
	if s.Role != "admin" || s.Agent == nil || s.Agent.Extension != "109" || s.Organisation.Name != "Acme" || s.User.Name != "Ann Ash" {
		t.Errorf("%+v", s)
	}
	if s.DeskPhone == nil || s.DeskPhone.Username != "phone-109" || len(s.DeskPhone.Password) < 20 {
		t.Errorf("the page shows the desk phone %+v", s.DeskPhone)
	}
	if device, ok := w.doors.Sites.Device("phone-109", ""); !ok || device.Agent != s.Agent.ID || device.HA1MD5 == "" {
		t.Errorf("the desk phone may register as %+v", device)
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

// TestFirstRunElsewhere is that of a process that looked before another one made the organisation.
func TestFirstRunElsewhere(t *testing.T) {
	w := bare(t)
	in := &setupInput{}
	in.Body.Organisation, in.Body.Name, in.Body.Email, in.Body.Password = "Acme", "Ann Ash", "ann@example.com", password
	check(t, w.doors.makeFirst(w.ctx, in))
	in.Body.Email = "bob@example.com"
	told := (huma.StatusError)(nil)
	if err := w.doors.makeFirst(w.ctx, in); !errors.As(err, &told) || told.GetStatus() != http.StatusConflict || err.Error() != errSetUp().Error() {
		t.Errorf("the second is told %v", err)
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
