package callcontrol_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/testdb"
)

type names struct{}

func (names) AgentName(which id.Agent) string { return "name of " + string(which) }

// shelf is a keeper over a real database.
type shelf struct {
	*callcontrol.Keeper
	t   *testing.T
	db  *store.DB
	org id.Org
	ctx context.Context
}

func newShelf(t *testing.T) *shelf {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	organisation := store.NewOrganisation("Acme", "BE")
	if err := db.CreateOrganisation(ctx, &organisation); err != nil {
		t.Fatal(err)
	}
	commit := db.StartGroupCommit(store.GroupCommitConfig{Failed: func(err error) { t.Error(err) }})
	t.Cleanup(func() { _ = commit.Close(ctx) })
	return &shelf{
		Keeper: &callcontrol.Keeper{Commit: commit, Names: names{}, Log: slog.New(slog.DiscardHandler)},
		t:      t, db: db, org: organisation.ID, ctx: store.WithOrg(ctx, organisation.ID),
	}
}

func (s *shelf) row() *store.CallRow {
	s.t.Helper()
	if err := s.Commit.Flush(s.ctx); err != nil {
		s.t.Fatal(err)
	}
	row, err := s.db.Call(s.ctx, "c", store.Scope{All: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return row
}

func TestKeeper(t *testing.T) {
	s := newShelf(t)
	at := time.Date(2026, 11, 20, 23, 59, 59, 0, time.UTC)
	c := call.New("c", s.org)
	step := func(after time.Duration, events ...call.Event) {
		at = at.Add(after)
		s.CallEvents(c, at, events)
		s.CallSettled(c)
	}
	step(0, call.Began{Direction: call.Inbound, Type: call.TypeInbound, From: "+32470111222", To: "+3225550100"})
	step(0, call.QueueEntered{Queue: "q", Name: "Sales"}, call.RingBegan{Offer: "o1", Agent: "bob"})
	step(5*time.Second, call.RingOver{Offer: "o1", Agent: "bob", Result: call.RingMissed}, call.RingBegan{Offer: "o2", Agent: "ann"})
	step(time.Second, call.RingOver{Offer: "o2", Agent: "ann", Result: call.RingAnswered},
		call.PartyJoined{Party: "p1", Kind: call.Customer}, call.PartyJoined{Party: "p2", Kind: call.Agent, Agent: "ann", Leg: "l"}, call.QueueLeft{Queue: "q", Result: "answered", Waited: 6 * time.Second},
		call.Entered{Stage: call.Active}, call.RecordingBegan{Recording: "c.r1"})
	row := s.row()
	if len(row.Queues) != 1 || row.Queues[0].Name != "Sales" || !row.HasRecording || row.QueueWaitSeconds != 6 {
		t.Errorf("row %+v", row)
	}
	want := []store.CallAgent{
		{ID: "ann", Name: "name of ann", Answered: true, JoinedAt: row.AnsweredAt}, {ID: "bob", Name: "name of bob", Missed: 1, MissedAt: row.AnsweredAt.Add(-time.Second)},
	}
	if len(row.Agents) != 2 || row.Agents[0] != want[0] || row.Agents[1] != want[1] {
		t.Errorf("agents %+v", row.Agents)
	}
	// Another process goes on with the same record.
	events, err := s.db.CallEvents(s.ctx, "c")
	if err != nil || len(events) != 11 || events[10].Seq != 11 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	s.Keeper = &callcontrol.Keeper{Commit: s.Commit, Names: names{}, Log: s.Log}
	s.Resume("c", append(events, store.CallEvent{Call: "c", Seq: 12, Kind: "from-a-later-release"}))
	step(10*time.Second, call.Finished{Disposition: call.Answered, Cause: 16})
	c.Stage = call.Ended
	step(time.Second, call.RecordingOver{Recording: "c.r1", Duration: 10 * time.Second, Bytes: 320_044, Gaps: []call.Gap{{From: time.Second, To: 3 * time.Second, Why: "hold"}}})
	row = s.row()
	if row.TotalDurationSeconds != 16 || row.TalkTimeSeconds != 10 || row.Disposition != "answered" || row.EndedAt.IsZero() {
		t.Errorf("row %+v", row)
	}
	recordings, err := s.db.RecordingsOf(s.ctx, "c")
	if err != nil || len(recordings) != 1 {
		t.Fatalf("%v %v", recordings, err)
	}
	r := recordings[0]
	if r.Status != "available" || !r.IsPrimary || r.DurationSeconds != 10 || len(r.Gaps) != 1 || r.Gaps[0] != (store.Gap{Cause: "hold", FromMillis: 1000, DurationMillis: 2000}) {
		t.Errorf("recording %+v", r)
	}
	if began := time.Date(2026, 11, 21, 0, 0, 5, 0, time.UTC); r.StorageKey != callcontrol.RecordingKey(s.org, "c.r1", began) {
		t.Errorf("stored as %s", r.StorageKey)
	}
	events, err = s.db.CallEvents(s.ctx, "c")
	if err != nil || events[len(events)-1].Seq != 14 {
		t.Errorf("%+v %v", events, err)
	}
}

func TestKeeperOfAFailedRecording(t *testing.T) {
	s := newShelf(t)
	c := call.New("c", s.org)
	s.CallEvents(c, time.Now(), []call.Event{call.Began{}, call.RecordingBegan{Recording: "c.r1"}, call.RecordingOver{Recording: "c.r1", Failure: "the disk is full"}})
	s.CallSettled(c)
	if row := s.row(); row.HasRecording {
		t.Error("the list promises a recording that cannot be played")
	}
}

func TestKeeperJournal(t *testing.T) {
	s := newShelf(t)
	s.Save(s.org, "call/c", []byte(`{"call":{"id":"c"}}`))
	s.Save(s.org, "station/ann", []byte(`{"agent":"ann"}`))
	s.Save(s.org, "call/d", []byte(`{"call":{"id":"d"}}`))
	s.Remove(s.org, "call/d")
	if err := s.Commit.Flush(s.ctx); err != nil {
		t.Fatal(err)
	}
	entries, err := s.db.Journal(s.ctx)
	if err != nil || len(entries) != 2 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		if _, err := callcontrol.Decode(e.Kind, e.Version, e.State); err != nil {
			t.Error(err)
		}
	}
}
