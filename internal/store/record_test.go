package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
)

func TestRecordKeepsEveryField(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		ten := 10
		queue := NewQueue("Support, O'Neil\x00 ☎ \\ %")
		queue.EntryGreeting = prompt.Prompt{Text: "it's \"you\" \\ \u0000?"}
		queue.ExtendedWrapSeconds = &ten
		check(t, db.CreateQueue(w.ctx, &queue))
		queue.Name = "Support, O'Neil ☎ \\ %" // PostgreSQL cannot hold NUL, so neither keeps it
		got, err := db.Queue(w.ctx, queue.ID)
		check(t, err)
		same(t, "text", got.EntryGreeting.Text[:13], queue.EntryGreeting.Text[:13])
		got.EntryGreeting = queue.EntryGreeting
		same(t, "queue", *got, queue)
		if got.CreatedAt.Location() != time.UTC || got.Version != 1 || got.Org != w.org {
			t.Fatalf("common columns: %+v", got.Record)
		}
	})
}

func TestRecordUpdateRefusesOldVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		mine, theirs := w.queue, w.queue
		theirs.RingSeconds = 33
		check(t, db.UpdateQueue(w.ctx, &theirs))
		same(t, "version", theirs.Version, 2)
		mine.RingSeconds = 44
		err := db.UpdateQueue(w.ctx, &mine)
		refused(t, "old version", err, ErrStale)
		var stale *StaleError
		if !errors.As(err, &stale) {
			t.Fatalf("got %T", err)
		}
		same(t, "current", stale.Current.(*Queue).RingSeconds, 33)
		same(t, "mine is as before", mine.Record, w.queue.Record)
		gone := w.queue
		gone.ID = id.New[id.Queue]()
		refused(t, "unknown", db.UpdateQueue(w.ctx, &gone), ErrNotFound)
	})
}

func TestTakenNamesTheField(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		queue := NewQueue("Sales")
		number := NewNumber(w.number.PhoneNumber, other.trunk.ID)
		agent := NewAgent(w.users[0].ID, "300")
		third := User{Email: "cas@example.com"}
		check(t, db.CreateUser(w.ctx, &third, RoleNone))
		extension := NewAgent(third.ID, "100")
		for _, test := range []struct {
			name  string
			err   error
			field string
		}{
			{"queue's name in the organisation", db.CreateQueue(w.ctx, &queue), "name"},
			{"number in the installation", db.CreateNumber(other.ctx, &number), "phone_number"},
			{"one agent per user", db.CreateAgent(w.ctx, &agent), "user_id"},
			{"extension", db.CreateAgent(w.ctx, &extension), "extension"},
			{"e-mail, whatever its case", db.CreateUser(other.ctx, &User{Email: " ANN1@example.COM"}, RoleAgent), "email"},
		} {
			refused(t, test.name, test.err, ErrTaken)
			var taken *TakenError
			errors.As(test.err, &taken)
			same(t, test.name, taken.Field, test.field)
		}
	})
}

func TestInUseListsItsUsers(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		check(t, db.SetQueueMembers(w.ctx, w.queue.ID, []id.Agent{w.agents[0].ID}))
		w.agents[1].DefaultNumber = w.number.ID
		check(t, db.UpdateAgent(w.ctx, &w.agents[1]))
		aNumber := Use{"number", string(w.number.ID), string(w.number.PhoneNumber)}
		for _, test := range []struct {
			name string
			err  error
			want Use
		}{
			{"queue", db.DeleteQueue(w.ctx, w.queue.ID), aNumber},
			{"trunk", db.DeleteTrunk(w.ctx, w.trunk.ID), aNumber},
			{"number", db.DeleteNumber(w.ctx, w.number.ID), Use{"agent", string(w.agents[1].ID), "101"}},
			{"agent", db.DeleteAgent(w.ctx, w.agents[0].ID), Use{"queue", string(w.queue.ID), "Sales"}},
		} {
			refused(t, test.name, test.err, ErrInUse)
			var inUse *InUseError
			errors.As(test.err, &inUse)
			same(t, test.name, inUse.Users, []Use{test.want})
		}
	})
}

func TestDeleteWhenNobodyUsesIt(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		check(t, db.SetQueueMembers(w.ctx, w.queue.ID, []id.Agent{w.agents[0].ID}))
		w.number.DeletionProtected = true
		check(t, db.UpdateNumber(w.ctx, &w.number))
		refused(t, "protected", db.DeleteNumber(w.ctx, w.number.ID), ErrProtected)
		w.number.DeletionProtected = false
		check(t, db.UpdateNumber(w.ctx, &w.number))
		check(t, db.DeleteNumber(w.ctx, w.number.ID))
		check(t, db.DeleteQueue(w.ctx, w.queue.ID))
		check(t, db.DeleteAgent(w.ctx, w.agents[0].ID))
		check(t, db.DeleteTrunk(w.ctx, w.trunk.ID))
		_, err := db.Queue(w.ctx, w.queue.ID)
		refused(t, "queue", err, ErrNotFound)
		refused(t, "again", db.DeleteQueue(w.ctx, w.queue.ID), ErrNotFound)
	})
}

func TestListsGivePagesNewestFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		for _, name := range []string{"B", "C", "D"} {
			queue := NewQueue(name)
			check(t, db.CreateQueue(w.ctx, &queue))
		}
		for _, test := range []struct {
			name string
			in   Range
			want []string
		}{
			{"all", Range{}, []string{"D", "C", "B", "Sales"}},
			{"second page", Range{Offset: 1, Limit: 2}, []string{"C", "B"}},
			{"past the end", Range{Offset: 9}, nil},
			{"nonsense", Range{Offset: -1, Limit: 100_000}, []string{"D", "C", "B", "Sales"}},
		} {
			page, err := db.Queues(w.ctx, test.in)
			check(t, err)
			var names []string
			for _, queue := range page.Rows {
				names = append(names, queue.Name)
			}
			same(t, test.name, names, test.want)
			same(t, test.name+" total", page.Total, 4)
		}
		for in, want := range map[int]int64{0: 100, -5: 100, 7: 7, 201: 200} {
			_, limit := Range{Limit: in}.bounded()
			same(t, "limit", limit, want)
		}
	})
}

func TestMigrateAgainAndByANewerProgram(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		check(t, db.Migrate(ctx))
		_, err := db.bun.ExecContext(ctx, "INSERT INTO migrations (name, applied_at) VALUES ('migrations/9999_future.sql', ?)", now())
		check(t, err)
		if err := db.Migrate(ctx); err == nil {
			t.Fatal("a newer database was accepted")
		}
	})
}
