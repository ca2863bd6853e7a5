package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/channel/email"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/report"
	config "parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/testdb"
	"parley/internal/voicemail"
)

// staff adds a user to an office that is closed, as an agent of these queues.
func staff(t *testing.T, dir string, org id.Org, name string, role store.Role, queues ...id.Queue) (id.User, id.Agent) {
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	defer func() { check(t, db.Close()) }()
	ctx := store.WithOrg(t.Context(), org)
	u := store.User{Email: name + "@example.com", FirstName: name}
	check(t, db.CreateUser(ctx, &u, role))
	a := store.NewAgent(u.ID, fmt.Sprint(300+len(name)))
	check(t, db.CreateAgent(ctx, &a))
	for _, q := range queues {
		row, err := db.Shelves().Queues.Get(ctx, string(q))
		check(t, err)
		row.Fields.Members.Agents = append(row.Fields.Members.Agents, string(a.ID))
		_, err = db.Shelves().Queues.Update(ctx, store.Actor{}, row.ID, row.Version, row.Fields)
		check(t, err)
	}
	return u.ID, a.ID
}

// TestBellRings: what calls, the ACD, the dialing guard and the mailboxes tell reaches the bells of those it concerns, and of nobody
// else: a supervisor hears of the own queues and their agents, an administrator of all (NT-5, BX-5, BX-8, BX-15, VM-13).
func TestBellRings(t *testing.T) {
	dir := t.TempDir()
	org, sales, _ := office(t, dir)
	users := map[string]id.User{}
	var bob id.Agent
	users["bob"], bob = staff(t, dir, org, "bob", store.RoleAgent, sales)
	users["lead"], _ = staff(t, dir, org, "lead", store.RoleSupervisor, sales)
	users["stranger"], _ = staff(t, dir, org, "stranger", store.RoleSupervisor)
	a, _ := open(t, settings(t, dir))
	feed := a.hub.Subscribe(live.Viewer{Org: org, User: users["lead"], Role: access.Supervisor})
	defer feed.Close()
	c := call.Call{ID: "c1", Org: org, To: "+32470111222"}
	tell := func(events ...call.Event) { a.exchange.Screens.CallChanged(time.Now(), c, events) }
	for range 5 {
		tell(call.QueueLeft{Queue: sales, Result: "answered", Waited: time.Minute})
	}
	awaitBell(t, feed, store.NoticeLevelFell)
	a.dispatch.Screens.ACDChanged(time.Now(), org, []acd.Event{acd.Repaired{What: "agent", Call: "c1", Agent: bob}})
	a.guards.Screens.DialingLocked(org, dialing.Lock{Agent: bob, Why: "many calls", At: time.Now()})
	a.guards.Screens.Overridden(org, dialing.Override{ID: "r", Agent: bob, State: dialing.OverrideRequested})
	tell(call.RingBegan{Offer: "o1", Agent: bob}, call.RingOver{Offer: "o1", Agent: bob, Result: call.RingMissed})
	tell(call.DropOver{Agent: bob, Greeting: "Offer", Failure: "nobody"})
	m := store.Message{Record: store.Record[id.Message]{ID: "m1", Org: org}, Mailbox: "box"}
	a.voicemail.Told(&m, voicemail.Box{ID: "box", Agents: []id.Agent{bob}, Mailbox: config.Mailbox{User: string(users["stranger"])}})
	awaitJob(t, a.db, org, "notices")
	a.Stop(t.Context())
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	defer func() { check(t, db.Close()) }()
	ctx := store.WithOrg(t.Context(), org)
	all, err := db.Memberships(ctx, store.Range{})
	check(t, err)
	for _, one := range all.Rows {
		page, err := db.Notices(ctx, one.User, store.Range{})
		check(t, err)
		var kinds []store.NoticeKind
		for _, n := range slices.Backward(page.Rows) {
			kinds = append(kinds, n.Kind)
		}
		above := "[level_fell repaired locked override_requested]"
		want := map[string]string{"Ann": above, "lead": above, "bob": "[missed_call drop_failed message]", "stranger": "[message]"}[one.FirstName]
		if got := fmt.Sprint(kinds); got != want {
			t.Errorf("%s has %s, want %s", one.FirstName, got, want)
		}
	}
}

// awaitJob waits until a job of a kind is in the table: the program plans what is done daily while it already answers calls.
func awaitJob(t *testing.T, db *store.DB, org id.Org, kind string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(store.WithOrg(t.Context(), org), 20*time.Second)
	defer cancel()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		_, err := db.NextJob(ctx, []string{kind})
		switch {
		case err == nil:
			return
		case !errors.Is(err, store.ErrNotFound):
			t.Fatalf("nothing does the job %s: %v", kind, err)
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatalf("nothing does the job %s", kind)
		}
	}
}

// awaitBell waits for a notice of a kind.
func awaitBell(t *testing.T, feed *live.Feed, kind store.NoticeKind) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		m, err := feed.Next(ctx)
		if err != nil {
			t.Fatalf("no notice of %s: %v", kind, err)
		}
		if b, is := m.Data.(live.Bell); is && b.New != nil && b.New.Kind == kind {
			return
		}
	}
}

// TestAlertsGoOutside: of a queue whose level falls a web server hears, which the queue names; without a mail server no mail is tried twice.
func TestAlertsGoOutside(t *testing.T) {
	heard := make(chan string, 10)
	hooks := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		heard <- string(body)
	}))
	t.Cleanup(hooks.Close)
	dir := t.TempDir()
	org, sales, _ := office(t, dir)
	alertBy(t, dir, org, sales, config.ServiceAlert{Enabled: true, Email: "lead@example.com", Webhook: hooks.URL})
	a, _ := open(t, settings(t, dir))
	defer a.Stop(t.Context())
	s, _ := a.sites.Of(org)
	if q := watched(s)[0]; q.Percent != 80 || q.Goal != (report.Goal{Answer: 20 * time.Second, ShortAbandon: 5 * time.Second}) ||
		!slices.Equal(q.Emails, []string{"lead@example.com"}) {
		t.Errorf("watched %+v", q)
	}
	for range 5 {
		left := call.QueueLeft{Queue: sales, Result: "answered", Waited: time.Minute}
		a.exchange.Screens.CallChanged(time.Now(), call.Call{ID: "c1", Org: org}, []call.Event{left})
	}
	select {
	case body := <-heard:
		if !strings.Contains(body, `"type":"queue.service_level.fell"`) || !strings.Contains(body, `"name":"Sales","percent":0,"goal":80,"calls":5`) {
			t.Errorf("heard %s", body)
		}
	case <-time.After(20 * time.Second):
		t.Error("no webhook came")
	}
	if err := a.alertMail(t.Context(), org, email.Message{To: "lead@example.com"}); !errors.Is(err, email.ErrRefused) {
		t.Errorf("without a mail server: %v", err)
	}
}

// alertBy says who is told, besides the bells, when a queue of a closed office falls below its level.
func alertBy(t *testing.T, dir string, org id.Org, queue id.Queue, alert config.ServiceAlert) {
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	defer func() { check(t, db.Close()) }()
	ctx := store.WithOrg(t.Context(), org)
	row, err := db.Shelves().Queues.Get(ctx, string(queue))
	check(t, err)
	row.Fields.ServiceAlert = alert
	_, err = db.Shelves().Queues.Update(ctx, store.Actor{}, row.ID, row.Version, row.Fields)
	check(t, err)
}

// TestAlarm: of an emergency call those are told whom the settings name, else the administrators, by the bell and by mail; nobody who
// may not sign in any more (BX-14).
func TestAlarm(t *testing.T) {
	dir := t.TempDir()
	org, sales, _ := office(t, dir)
	bob, _ := staff(t, dir, org, "bob", store.RoleAgent, sales)
	chief, _ := staff(t, dir, org, "chief", store.RoleAdmin)
	gone, _ := staff(t, dir, org, "gone", store.RoleAdmin)
	a, _ := open(t, settings(t, dir))
	defer a.Stop(t.Context())
	ctx, shelves := store.WithOrg(t.Context(), org), a.db.Shelves()
	leave, err := shelves.Users.Get(ctx, string(gone))
	check(t, err)
	leave.Fields.Active = false
	_, err = shelves.Users.Update(ctx, store.Actor{}, leave.ID, leave.Version, leave.Fields)
	check(t, err)
	check(t, a.changed(ctx, org))
	if got := (listeners{a}).Alarm(org); !slices.Contains(got.Users, chief) || slices.Contains(got.Users, gone) || slices.Contains(got.Users, bob) {
		t.Errorf("nobody is named, and told are %+v", got)
	}
	own, err := shelves.Org.Get(ctx, string(org))
	check(t, err)
	own.Fields.EmergencyUsers, own.Fields.EmergencyMail = []string{string(bob), string(gone)}, "desk@example.com, bob@example.com"
	own.Fields.EmergencyTexts = []string{"+32470123456"}
	own.Fields.EmergencyWebhook = "https://example.org/help"
	_, err = shelves.Org.Update(ctx, store.Actor{}, own.ID, own.Version, own.Fields)
	check(t, err)
	check(t, a.changed(ctx, org))
	got := (listeners{a}).Alarm(org)
	if !slices.Equal(got.Users, []id.User{bob}) || !slices.Equal(got.Emails, []string{"bob@example.com", "desk@example.com"}) || got.Webhook != own.Fields.EmergencyWebhook ||
		!slices.Equal(got.Texts, []tel.Number{"+32470123456"}) {
		t.Errorf("told are %+v", got)
	}
	if got := (listeners{a}).Alarm("nobody"); len(got.Users)+len(got.Emails) > 0 {
		t.Errorf("of another organisation told are %+v", got)
	}
}
