package retention

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/testdb"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDays(t *testing.T) {
	by := map[id.Queue]int{"short": 30, "long": 900}
	for text, want := range map[string]int{"": 365, "short": 30, "short long": 900, "short other": 365, "other": 365} {
		var queues []store.CallQueue
		var a, b string
		n, _ := fmt.Sscan(text, &a, &b)
		for _, name := range []string{a, b}[:n] {
			queues = append(queues, store.CallQueue{ID: id.Queue(name)})
		}
		if got := Days(queues, by, 365); got != want {
			t.Errorf("%q is kept %d days, want %d", text, got, want)
		}
	}
}

// office is a database with one organisation, in whose context one asks.
func office(t *testing.T) (*store.DB, store.Organisation, context.Context) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	org := store.NewOrganisation("Acme", "BE")
	check(t, db.CreateOrganisation(t.Context(), &org))
	return db, org, store.WithOrg(context.Background(), org.ID)
}

// preview is what the keeper says it will delete, if everything is kept as long as the organisation says.
func preview(ctx context.Context, t *testing.T, k *Keeper, now time.Time) []Due {
	t.Helper()
	keep, err := k.Kept(ctx)
	check(t, err)
	due, err := k.Preview(ctx, now, keep)
	check(t, err)
	return due
}

// keeper is one that tells nobody what it does.
func keeper(db *store.DB) *Keeper { return &Keeper{DB: db, Log: slog.New(slog.DiscardHandler)} }

// TestNightly deletes what is due and nothing else, says before what it will, and leaves a marker; another run finds nothing.
func TestNightly(t *testing.T) {
	db, org, ctx := office(t)
	now := time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)
	commit := db.StartGroupCommit(store.GroupCommitConfig{})
	call := func(which id.Call, days int, recorded, live bool) {
		row := store.CallRow{Status: "ended", ArrivedAt: now.AddDate(0, 0, -days), Queues: []store.CallQueue{}, Agents: []store.CallAgent{{ID: "ann"}}}
		if live {
			row.Status = "active"
		}
		row.ID = which
		commit.Writer(org.ID).Record(row)
		if recorded {
			r := store.Recording{Call: which, Status: "available", StorageKey: "recordings/" + string(which) + ".live", StartedAt: row.ArrivedAt, Channels: 2}
			r.ID = id.Recording(which + ".r")
			commit.Writer(org.ID).Recording(r)
		}
	}
	call("old", 2000, true, false)
	call("live", 2000, false, true)
	call("sounds", 366, true, false)
	call("young", 364, true, false)
	for n := range 450 {
		call(id.Call(fmt.Sprint("many", n)), 1100+n, false, false)
	}
	check(t, commit.Close(ctx))
	k := keeper(db)
	due := preview(ctx, t, k, now)
	if due[0].Count != 2 || due[1].Count != 0 || due[2].Count != 450 || due[4].Count != 0 || !due[0].Newest.Equal(now.AddDate(0, 0, -366)) {
		t.Fatalf("preview %+v", due)
	}
	check(t, k.Nightly(ctx, now))
	left, err := db.Calls(ctx, store.CallFilter{}, store.Scope{All: true}, store.Range{})
	check(t, err)
	if left.Total != 3 { // the old one's sound was gone by then
		t.Errorf("%d calls are left", left.Total)
	}
	blobs, err := db.BlobRemovals(ctx)
	check(t, err)
	if len(blobs) != 6 {
		t.Errorf("files to be deleted: %v", blobs)
	}
	marks, err := db.AuditOf(ctx, store.AuditQuery{Kind: "retention"})
	check(t, err)
	var mark Due
	if marks.Total != 2 {
		t.Fatalf("markers %+v", marks)
	}
	check(t, json.Unmarshal(marks.Rows[0].After, &mark))
	if mark.Class != "call_records" || mark.Count != 451 || mark.Rule != "1095 days" || !mark.Oldest.Equal(now.AddDate(0, 0, -2000)) {
		t.Errorf("marker %+v", mark)
	}
	check(t, k.Nightly(ctx, now))
	if again, err := db.AuditOf(ctx, store.AuditQuery{Kind: "retention"}); err != nil || again.Total != 2 {
		t.Errorf("the second night left %d markers, %v", again.Total, err)
	}
}

// TestPreviewByQueue counts what would be deleted if data were kept so long, recordings by the queue that decides, and deletes nothing.
func TestPreviewByQueue(t *testing.T) {
	db, org, ctx := office(t)
	week := 7
	sales := settings.New[settings.Queue]()
	sales.Name, sales.RetentionDays = "Sales", &week
	queue, err := db.Shelves().Queues.Create(ctx, store.Actor{}, sales)
	check(t, err)
	in := []store.CallQueue{{ID: id.Queue(queue.ID), Name: "Sales"}}
	both := []store.CallQueue{in[0], {ID: "support", Name: "Support"}}
	now := time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)
	commit := db.StartGroupCommit(store.GroupCommitConfig{})
	for n, c := range []struct {
		days   int
		queues []store.CallQueue
	}{{8, in}, {9, in}, {6, in}, {40, both}, {20, both}, {40, []store.CallQueue{}}} {
		row := store.CallRow{Status: "ended", ArrivedAt: now.AddDate(0, 0, -c.days), Queues: c.queues, Agents: []store.CallAgent{}}
		row.ID = id.Call(fmt.Sprint("c", n))
		commit.Writer(org.ID).Record(row)
		r := store.Recording{Call: row.ID, Status: "available", StartedAt: row.ArrivedAt, Channels: 2}
		r.ID = id.Recording(fmt.Sprint("r", n))
		commit.Writer(org.ID).Recording(r)
	}
	check(t, commit.Close(ctx))
	k := keeper(db)
	keep, err := k.Kept(ctx)
	check(t, err)
	keep.Recordings = 30
	for range 2 {
		due, err := k.Preview(ctx, now, keep)
		check(t, err)
		want := []QueueDue{{"support", "Support", 1}, {id.Queue(queue.ID), "Sales", 2}}
		if d := due[0]; d.Count != 4 || d.Rule != "30 days, or as the queue says" || !slices.Equal(d.Queues, want) {
			t.Errorf("preview %+v", d)
		}
	}
}
