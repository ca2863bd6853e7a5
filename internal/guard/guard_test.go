package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/testdb"
)

// house is an organisation with one agent, Ann, whose guard keeps its things in a real database.
type house struct {
	*Guards
	t     *testing.T
	ctx   context.Context
	org   id.Org
	ann   id.Agent
	shown chan any
}

func (h *house) Overridden(_ id.Org, o dialing.Override)          { h.shown <- o }
func (h *house) DialingLocked(_ id.Org, l dialing.Lock)           { h.shown <- l }
func (h *house) DialingUnlocked(_ id.Org, agent id.Agent)         { h.shown <- agent }
func (h *house) see() any                                         { return <-h.shown }
func (h *house) stored() context.Context                          { return store.WithOrg(h.ctx, h.org) }
func (h *house) ask(a dialing.Ask) (trunks []id.Trunk, err error) { return h.Ask(h.ctx, h.org, a) }

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
	h := &house{t: t, ctx: t.Context(), org: org.ID, shown: make(chan any, 100)}
	u := store.User{Email: "ann@example.com", FirstName: "Ann"}
	check(t, db.CreateUser(h.stored(), &u, store.RoleAgent))
	a := store.NewAgent(u.ID, "201")
	check(t, db.CreateAgent(h.stored(), &a))
	h.ann = a.ID
	h.open(db)
	return h
}

// open begins the guards anew, as after a restart.
func (h *house) open(db *store.DB) {
	h.t.Helper()
	h.Guards = New(h.ctx, Config{DB: db, Screens: h, Log: slog.New(slog.DiscardHandler)})
	h.t.Cleanup(func() { check(h.t, h.Close(context.Background())) })
	check(h.t, h.Configure(h.ctx, h.org, dialing.StandardTolls()))
}

var abroad = dialing.Ask{Number: "+442079460000", Trunks: []id.Trunk{"t1", "t2"}, International: true}

func TestOverride(t *testing.T) {
	h := newHouse(t)
	ask := abroad
	ask.Agent, ask.Blocked, ask.Class = h.ann, dialing.CountryBlocked, dialing.ClassName{ID: "c", Name: "Office"}
	refusal := dialing.Refusal{}
	if _, err := h.ask(ask); !errors.As(err, &refusal) || refusal.Rule != dialing.CountryBlocked {
		t.Fatalf("not refused: %v", err)
	}
	check(t, h.Request(h.ctx, h.org, dialing.RequestOverride{
		ID: "o1", Agent: h.ann, Number: ask.Number, Note: "please", Rule: ask.Blocked, Class: ask.Class,
	}))
	if o, ok := h.see().(dialing.Override); !ok || o.State != dialing.OverrideRequested || o.Note != "please" {
		t.Errorf("the screens see %+v", o)
	}
	if o, ok := h.Override(h.org, "o1"); !ok || o.Agent != h.ann {
		t.Errorf("the request is %+v, %v", o, ok)
	}
	check(t, h.Answer(h.ctx, h.org, dialing.AnswerOverride{ID: "o1", By: "sue", Name: "Sue", Approve: true}))
	if err := h.Answer(h.ctx, h.org, dialing.AnswerOverride{ID: "o1", By: "tom"}); !errors.Is(err, dialing.ErrNotNow) {
		t.Errorf("a second answer: %v", err)
	}
	if o, ok := h.see().(dialing.Override); !ok || o.State != dialing.OverrideApproved || o.ByName != "Sue" {
		t.Errorf("the screens see %+v", o)
	}
	if _, ok := h.Override(h.org, "o1"); ok {
		t.Error("an answered request still waits")
	}
	if trunks, err := h.ask(ask); err != nil || !slices.Equal(trunks, ask.Trunks) {
		t.Errorf("approved: %v, %v", trunks, err)
	}
	if o, ok := h.see().(dialing.Override); !ok || o.State != dialing.OverrideUsed {
		t.Errorf("the screens see %+v", o)
	}
	check(t, h.Close(h.ctx))
	page, err := h.DB.ClassEntries(h.stored(), store.ClassFilter{}, store.Range{})
	check(t, err)
	var told []string
	for _, e := range page.Rows {
		told = append(told, fmt.Sprint(e.Action, " ", e.Agent == h.ann, " ", e.Supervisor, " ", e.Destination, " ", e.ClassName, e.ClassID, " ", e.Rule))
	}
	want := []string{
		"override_approved true sue +442079460000 Officec country_blocked", "override_requested true  +442079460000 Officec country_blocked",
		"blocked true  +442079460000 Officec country_blocked",
	}
	if !slices.Equal(told, want) {
		t.Errorf("the audit tells %q", told)
	}
}

// TestLockOutlivesARestart: sixteen calls to one prefix lock the user, until an administrator opens the lock.
func TestLockOutlivesARestart(t *testing.T) {
	h := newHouse(t)
	ask := abroad
	ask.Agent = h.ann
	for i := range 16 {
		ask.Call, ask.Number = id.Call(fmt.Sprint(i)), tel.Number(fmt.Sprintf("+2526100%04d", i))
		_, err := h.ask(ask)
		if (err != nil) != (i == 15) {
			t.Fatalf("call %d: %v", i, err)
		}
	}
	if l, ok := h.see().(dialing.Lock); !ok || l.Agent != h.ann {
		t.Errorf("the screens see %+v", l)
	}
	check(t, h.Close(h.ctx))
	h.open(h.DB)
	if l, ok := h.see().(dialing.Lock); !ok || l.Agent != h.ann {
		t.Errorf("after a restart the screens see %+v", l)
	}
	ask.Number, ask.International = "+3225550100", false
	if _, err := h.ask(ask); err == nil {
		t.Error("a restart opens the lock")
	}
	check(t, h.Unlock(h.ctx, h.org, dialing.Unlock{Agent: h.ann, By: "root"}))
	if a, ok := h.see().(id.Agent); !ok || a != h.ann {
		t.Errorf("the screens see %v", a)
	}
	if _, err := h.ask(ask); err != nil {
		t.Errorf("unlocked: %v", err)
	}
	check(t, h.Close(h.ctx))
	locks, err := h.DB.DialingLocks(h.stored())
	check(t, err)
	entries, err := h.DB.AuditEntries(h.stored(), store.Range{})
	check(t, err)
	if len(locks) != 0 || entries.Rows[0].Action != "outbound calls unlocked" || entries.Rows[0].Actor != "root" || entries.Rows[1].Action != "outbound calls locked" {
		t.Errorf("stored are %v and %+v", locks, entries.Rows)
	}
}

// TestCallBack: the number that was shown leads to the agent for some time, a restart between.
func TestCallBack(t *testing.T) {
	h := newHouse(t)
	h.Emergency(h.org, store.EmergencyCall{Shown: "+3225550100", Agent: h.ann, Dialled: "112"})
	h.Emergency(h.org, store.EmergencyCall{Agent: h.ann, Dialled: "112"}) // nothing was shown
	check(t, h.Close(h.ctx))
	h.open(h.DB)
	if a, ok := h.CallBack(h.org, "+3225550100"); !ok || a != h.ann {
		t.Errorf("called back: %v, %v", a, ok)
	}
	if _, ok := h.CallBack("another", "+3225550100"); ok {
		t.Error("another organisation is rung")
	}
	for _, none := range []tel.Number{"", "+3225550101"} {
		if _, ok := h.CallBack(h.org, none); ok {
			t.Errorf("%q is called back", none)
		}
	}
	h.mu.Lock()
	h.callbacks["+3225550100"] = callback{h.org, h.ann, time.Now().Add(-time.Second)}
	h.mu.Unlock()
	if _, ok := h.CallBack(h.org, "+3225550100"); ok {
		t.Error("called back when the time is over")
	}
}

// TestWhatCallsTell: minutes count from the answer, for the trunk that carries the call.
func TestWhatCallsTell(t *testing.T) {
	h := newHouse(t)
	check(t, h.Configure(h.ctx, h.org, dialing.Tolls{Trunk: dialing.Bounds{CallsHour: 1}, User: dialing.Bounds{CallsHour: 3}}))
	h.Seed(h.org, []dialing.Past{{Agent: h.ann, At: time.Now()}})
	ask := abroad
	ask.Agent, ask.Call = h.ann, "c1"
	if trunks, err := h.ask(ask); err != nil || len(trunks) != 2 {
		t.Fatalf("%v, %v", trunks, err)
	}
	c := call.New("c1", h.org)
	c.Direction = call.Outbound
	h.CallChanged(c, []call.Event{call.Rerouted{Trunk: "t2"}, call.Entered{Stage: call.Active}, call.Finished{}})
	ask.Call = "c2"
	refusal := dialing.Refusal{}
	if _, err := h.ask(ask); !errors.As(err, &refusal) || refusal.Cause != tel.CauseNotAllowed {
		t.Errorf("both trunks have reached their caps: %v", err)
	}
	if _, err := h.Ask(h.ctx, "nobody", ask); !errors.As(err, &refusal) || refusal.Cause != tel.CauseTemporaryFailure {
		t.Errorf("an organisation that is not here: %v", err)
	}
}
