package bell_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/bell"
	"parley/internal/call"
	"parley/internal/channel/email"
	"parley/internal/channel/sms"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/testdb"
)

// house is an organisation with an agent, Ann, whom a supervisor may see; its bell keeps its things in a real database.
type house struct {
	*bell.Bell
	t         *testing.T
	ctx       context.Context
	org       id.Org
	ann, boss id.User
	shown     chan shown
	jobs      chan store.Job
	sender    email.Sender
	server    email.Server
	stop      func()
	alarm     bell.Alarm
	texts     []sms.Message
	textFails error
}

// shown is what a screen was told.
type shown struct {
	user   id.User
	unread int
	fresh  *store.Notice
}

func (h *house) UserOf(_ id.Org, agent id.Agent) id.User {
	return map[id.Agent]id.User{"ann": h.ann}[agent]
}
func (h *house) Place(id.Org) *time.Location { return time.UTC }
func (h *house) Alarm(id.Org) bell.Alarm     { return h.alarm }
func (h *house) Names(_ id.Org, agent id.Agent, queue id.Queue) (agentName, queueName string) {
	return map[id.Agent]string{"ann": "Ann Ash"}[agent], map[id.Queue]string{"sales": "Sales"}[queue]
}

func (h *house) Over(_ id.Org, agent id.Agent, queue id.Queue) []id.User {
	if agent == "ann" || queue == "sales" {
		return []id.User{h.boss}
	}
	return nil
}

func (h *house) Bells(_ id.Org, unread map[id.User]int) {
	for user, n := range unread {
		h.shown <- shown{user, n, nil}
	}
}

func (h *house) BellRang(_ id.Org, user id.User, unread int, fresh *store.Notice) {
	h.shown <- shown{user, unread, fresh}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newHouse(t *testing.T) *house {
	db, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	org := store.NewOrganisation("Acme", "BE")
	check(t, db.CreateOrganisation(t.Context(), &org))
	h := &house{t: t, org: org.ID, ctx: store.WithOrg(t.Context(), org.ID), shown: make(chan shown, 100), jobs: make(chan store.Job, 100)}
	for name, role := range map[string]store.Role{"ann": store.RoleAgent, "boss": store.RoleSupervisor} {
		u := store.User{Email: name + "@example.com", FirstName: name}
		check(t, db.CreateUser(h.ctx, &u, role))
		if name == "ann" {
			h.ann = u.ID
		} else {
			h.boss = u.ID
		}
	}
	h.Bell = bell.New(t.Context(), bell.Config{
		DB: db, People: h, Screens: h, Log: slog.New(slog.DiscardHandler), Job: func(org id.Org, job store.Job) { job.Org = org; h.jobs <- job },
		Post: func(ctx context.Context, _ id.Org, m email.Message) error { return h.sender.Send(ctx, h.server, m) },
		Text: func(_ context.Context, _ id.Org, m sms.Message) error {
			h.texts = append(h.texts, m)
			return h.textFails
		},
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { h.Run(ctx); close(done) }()
	h.stop = func() { cancel(); <-done }
	t.Cleanup(h.stop)
	return h
}

// rang is the next notice that a user's screens are told of, as "user: kind data link".
func (h *house) rang() string {
	s := <-h.shown
	name := map[id.User]string{h.ann: "ann", h.boss: "boss"}[s.user]
	if s.fresh == nil {
		return fmt.Sprintf("%s: %d unread", name, s.unread)
	}
	return fmt.Sprintf("%s: %s %+v %s %s", name, s.fresh.Kind, s.fresh.Data, s.fresh.LinkKind, s.fresh.LinkID)
}

func (h *house) want(lines ...string) {
	h.t.Helper()
	for _, want := range lines {
		if got := h.rang(); got != want {
			h.t.Errorf("rang %s\nwant %s", got, want)
		}
	}
}

// plain is how a notice's data is printed.
func plain(d store.NoticeData) string { return fmt.Sprintf("%+v", d) }

// TestCallbackUnreached: those over a queue are told of a customer whom the system could not reach, with the number; of nobody who was
// reached, gave the callback up or has called again (NT-5).
func TestCallbackUnreached(t *testing.T) {
	h := newHouse(t)
	now := time.Now()
	for i, result := range []acd.Result{acd.LeftTimeout, acd.LeftAnswered, acd.LeftAbandoned, acd.LeftTransferred, acd.LeftNoAgent} {
		which := id.Callback(fmt.Sprint("b", i))
		kept := acd.CallbackKept{BookCallback: acd.BookCallback{Callback: which, Queue: "sales", Number: "+32470111222"}}
		left := acd.Left{Call: id.Call(which), Queue: "sales", Result: result, Callback: true}
		h.ACDChanged(now, h.org, []acd.Event{kept, acd.Left{Call: "c1", Queue: "sales", Result: result}, left})
	}
	data := plain(store.NoticeData{Number: "+32470111222", Queue: "Sales"})
	h.want("boss: callback_unreached "+data+" queue sales", "boss: callback_unreached "+data+" queue sales")
	h.stop()
	if len(h.shown) > 0 {
		t.Errorf("and %s", h.rang())
	}
}

// TestDeviceAsleep: the agent whose device sleeps and those over the agent are told, once an hour (NT-5).
func TestDeviceAsleep(t *testing.T) {
	h := newHouse(t)
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	for _, since := range []time.Duration{0, time.Minute, 59 * time.Minute, time.Hour} {
		h.ACDChanged(at.Add(since), h.org, []acd.Event{acd.Health{Agent: "ann", State: "asleep"}, acd.Health{Agent: "ann", State: "ok"}})
	}
	own, over := "ann: device_asleep "+plain(store.NoticeData{})+"  ", "boss: device_asleep "+plain(store.NoticeData{Agent: "Ann Ash"})+"  "
	h.want(own, over, own, over)
	h.stop()
	if len(h.shown) > 0 {
		t.Errorf("and %s", h.rang())
	}
}

// TestMissedCalls: what rings out at an agent waits in the bell, and so does a direct caller who gave up; what was rejected or answered
// does not, nor who left a queue while somebody rang (NT-5).
func TestMissedCalls(t *testing.T) {
	h := newHouse(t)
	queued := call.Call{ID: "c1", Org: h.org, From: "+32470111222", Direction: call.Inbound, Queue: &call.Queue{ID: "sales", Name: "Sales"}}
	direct := call.Call{ID: "c2", Org: h.org, From: "202", Name: "Bob Birch", Direction: call.Internal}
	for i, c := range []struct {
		call   *call.Call
		result call.RingResult
		missed bool
	}{
		{&queued, call.RingMissed, true}, {&queued, call.RingCanceled, false}, {&queued, call.RingIgnored, false},
		{&queued, call.RingNotAcknowledged, false}, {&queued, call.RingAnswered, false},
		{&direct, call.RingMissed, true}, {&direct, call.RingCanceled, true}, {&direct, call.RingNotAcknowledged, true},
		{&direct, call.RingIgnored, false}, {&direct, call.RingAnswered, false},
	} {
		offer := id.Offer(fmt.Sprint("o", i))
		h.CallChanged(time.Now(), c.call, []call.Event{call.RingBegan{Offer: offer, Agent: "ann", Direct: c.call == &direct}})
		h.CallChanged(time.Now(), c.call, []call.Event{call.RingOver{Offer: offer, Agent: "ann", Result: c.result}})
		if c.missed {
			data := store.NoticeData{Number: "+32470111222", Queue: "Sales"}
			if c.call == &direct {
				data = store.NoticeData{Number: "202", Name: "Bob Birch"}
			}
			h.want("ann: missed_call " + plain(data) + " call " + string(c.call.ID))
		}
	}
	back := call.Call{ID: "c3", Org: h.org, From: "+3225550100", To: "+32470999888", Direction: call.Outbound, Caller: call.Caller{Name: "Eve"}}
	h.CallChanged(time.Now(), &back, []call.Event{
		call.RingBegan{Offer: "b", Agent: "ann"}, call.RingOver{Offer: "b", Agent: "ann", Result: call.RingMissed},
		call.RingBegan{Offer: "x", Agent: "nobody"}, call.RingOver{Offer: "x", Agent: "nobody", Result: call.RingMissed},
	})
	h.want("ann: missed_call " + plain(store.NoticeData{Number: "+32470999888", Name: "Eve"}) + " call c3")
	h.Tell(h.org, store.Notice{Kind: store.NoticeMessage}, h.ann)
	h.want("ann: message " + plain(store.NoticeData{}) + "  ")
	if h.OpenRings() > 0 {
		t.Errorf("rings that are over are remembered: %d", h.OpenRings())
	}
}

// TestWhoIsTold: a voicemail that was not left tells its agent (VM-13), repairs and locks those over the agent (BX-8, BX-15), a message
// those whose mailbox it is; a lock that stood at the start is told of once.
func TestWhoIsTold(t *testing.T) {
	h := newHouse(t)
	h.CallChanged(time.Now(), &call.Call{ID: "c1", Org: h.org, To: "+32470111222"}, []call.Event{
		call.DropOver{Agent: "ann", Greeting: "Offer"}, call.DropOver{Agent: "ann", Greeting: "Offer", Failure: "nothing was heard"},
	})
	h.want("ann: drop_failed " + plain(store.NoticeData{Number: "+32470111222", Greeting: "Offer", Why: "nothing was heard"}) + " call c1")
	h.ACDChanged(time.Now(), h.org, []acd.Event{
		acd.Repaired{What: "agent", Call: "c2", Agent: "ann"}, acd.Repaired{What: "call", Call: "c3", Queue: "sales"}, acd.Health{Agent: "ann"},
	})
	h.want("boss: repaired "+plain(store.NoticeData{What: "agent", Agent: "Ann Ash"})+" call c2",
		"boss: repaired "+plain(store.NoticeData{What: "call", Queue: "Sales"})+" call c3")
	at := time.Unix(1000, 5)
	h.DialingLocked(h.org, dialing.Lock{Agent: "ann", Why: "16 calls to +1", At: at})
	h.DialingLocked(h.org, dialing.Lock{Agent: "ann", Why: "16 calls to +1", At: at.Truncate(time.Second)})
	h.Overridden(h.org, dialing.Override{ID: "r1", Agent: "ann", Number: "+4930555", Rule: dialing.CountryBlocked, State: dialing.OverrideRequested})
	h.Overridden(h.org, dialing.Override{ID: "r1", Agent: "ann", State: dialing.OverrideApproved})
	m := store.Message{Mailbox: "m1", From: "+32470111222", CustomerName: "Eve", DurationSeconds: 12}
	m.ID = "v1"
	for range 2 { // its job is tried again
		h.MessageLeft(h.org, &m, "Sales", []id.User{h.ann, h.boss, ""})
	}
	h.want("boss: locked "+plain(store.NoticeData{Agent: "Ann Ash", Why: "16 calls to +1"})+" blocked ann",
		"boss: override_requested "+plain(store.NoticeData{Agent: "Ann Ash", Number: "+4930555", Why: dialing.CountryBlocked.Words("")})+" blocked ann",
		"ann: message "+plain(store.NoticeData{Number: "+32470111222", Name: "Eve", Mailbox: "Sales", Seconds: 12})+" mailbox m1",
		"boss: message "+plain(store.NoticeData{Number: "+32470111222", Name: "Eve", Mailbox: "Sales", Seconds: 12})+" mailbox m1")
	h.stop()
	if len(h.shown) > 0 {
		t.Errorf("and %s", h.rang())
	}
}

// TestReading: what is read counts no more, on the screen too; what is thirty days old is forgotten; the end of the program loses nothing.
func TestReading(t *testing.T) {
	h := newHouse(t)
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for i, days := range []int{31, 29, 0} {
		h.Tell(h.org, store.Notice{Kind: store.NoticeMissedCall, About: fmt.Sprint(i), CreatedAt: now.AddDate(0, 0, -days)}, h.ann)
	}
	for want := 1; want <= 3; want++ {
		if s := <-h.shown; s.unread != want || s.fresh == nil {
			t.Errorf("shown %+v", s)
		}
	}
	check(t, h.Nightly(h.ctx, now))
	h.want("ann: 2 unread")
	page, err := h.DB.Notices(h.ctx, h.ann, store.Range{})
	check(t, err)
	if len(page.Rows) != 2 || slices.ContainsFunc(page.Rows, func(n store.Notice) bool { return n.CreatedAt.Before(now.AddDate(0, 0, -30)) }) {
		t.Errorf("kept %+v", page.Rows)
	}
	check(t, h.Read(h.ctx, h.org, h.ann, page.Rows[0].ID))
	h.want("ann: 1 unread")
	if err := h.Read(h.ctx, h.org, h.boss, page.Rows[1].ID); err == nil {
		t.Error("somebody else's was read")
	}
	check(t, h.Open(h.ctx, h.org))
	h.want("ann: 1 unread")
	check(t, h.Read(h.ctx, h.org, h.ann, ""))
	h.want("ann: 0 unread")
	h.stop()
	h.Tell(h.org, store.Notice{Kind: store.NoticeMessage}, h.ann)
	ended, cancel := context.WithCancel(h.ctx)
	cancel()
	h.Run(ended)
	h.want("ann: message " + plain(store.NoticeData{}) + "  ")
}

// TestLastSweep: a database that fails once when the program ends loses no notice, and one that is gone holds nothing up for ever.
func TestLastSweep(t *testing.T) {
	rests := []int{3, 2, 0, 1}
	lost := bell.Last(t.Context(), func(context.Context) int {
		rest := rests[0]
		rests = rests[1:]
		return rest
	})
	if lost != 0 || len(rests) != 1 {
		t.Errorf("%d are lost, %d sweeps were left", lost, len(rests))
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if lost := bell.Last(ended, func(context.Context) int { return 2 }); lost != 2 {
		t.Errorf("%d are lost when the time is over", lost)
	}
}
