package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// A callback is what it was told last, and gone when it is over; those of others stay.
func TestCallbacks(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		entered := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
		row := Callback{ID: "c.k1", Queue: w.queue.ID, Number: "+32470111222", Priority: 3, EnteredAt: entered, AgeSeconds: -60, Steps: `[]`, LastAgent: "ann"}
		group := start(t, db, GroupCommitConfig{})
		group.Writer(w.org).Callback(row)
		check(t, group.Flush(t.Context()))
		row.Attempts, row.RetryAt = 2, entered.Add(time.Minute)
		group.Writer(w.org).Callback(row)
		gone := row
		gone.ID = "c.k2"
		group.Writer(w.org).Callback(gone)
		group.Writer(other.org).Callback(gone)
		group.Writer(w.org).RemoveCallback("c.k2")
		group.Writer(w.org).RemoveCallback("c.k9")
		check(t, group.Close(t.Context()))
		all, err := db.Callbacks(w.ctx)
		check(t, err)
		row.Org = w.org
		same(t, "mine", len(all), 1)
		same(t, "times", [2]bool{all[0].EnteredAt.Equal(row.EnteredAt), all[0].RetryAt.Equal(row.RetryAt)}, [2]bool{true, true})
		all[0].EnteredAt, all[0].RetryAt = row.EnteredAt, row.RetryAt
		same(t, "the callback", all[0], row)
		all, err = db.Callbacks(other.ctx)
		check(t, err)
		same(t, "theirs", len(all), 1)
	})
}

// The half-hour of last week: answered calls only, with the wrap-up that agents took, and who spoke to a customer last.
func TestHandleTimes(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		from := time.Date(2026, 11, 14, 9, 30, 0, 0, time.UTC)
		group := start(t, db, GroupCommitConfig{})
		for i, c := range []struct {
			arrived, answered, ended time.Duration
			agent                    id.Agent
		}{{-time.Second, 0, time.Hour, "bob"}, {0, 5 * time.Second, 65 * time.Second, "ann"}, {29 * time.Minute, 30 * time.Minute, 33 * time.Minute, "bob"}, {time.Minute, -1, 2 * time.Minute, "cas"}, {30 * time.Minute, 31 * time.Minute, 91 * time.Minute, "ann"}} {
			row := CallRow{Record: Record[id.Call]{ID: id.Call(rune('a' + i))}, ArrivedAt: from.Add(c.arrived), EndedAt: from.Add(c.ended), Customer: "eve",
				Queues: []CallQueue{{ID: w.queue.ID}}, Agents: []CallAgent{{ID: c.agent, Answered: true}, {ID: "dan"}}, Status: "ended"}
			if c.answered >= 0 {
				row.AnsweredAt = from.Add(c.answered)
			}
			group.Writer(w.org).Record(row)
		}
		for _, seconds := range []int{10, 20} {
			group.Writer(w.org).StatusEvent(StatusEvent{Agent: "ann", PreviousStatus: "wrap_up", Seconds: seconds, At: from.Add(time.Minute)})
		}
		check(t, group.Close(t.Context()))
		all, err := db.HandleTimes(w.ctx, from, from.Add(30*time.Minute))
		check(t, err)
		same(t, "queues", all, []HandleTime{{Queue: w.queue.ID, Calls: 2, Total: 60*time.Second + 180*time.Second + 30*time.Second}})
		last, err := db.LastAgent(w.ctx, "eve")
		check(t, err)
		same(t, "last agent", last, id.Agent("ann"))
		if _, err := db.LastAgent(w.ctx, "mallory"); !errors.Is(err, ErrNotFound) {
			t.Errorf("a stranger's last agent: %v", err)
		}
	})
}

// TestLastAgentByNumber: who has no customer's record is known by the number that called or was called.
func TestLastAgentByNumber(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		now := time.Date(2026, 11, 14, 9, 30, 0, 0, time.UTC)
		group := start(t, db, GroupCommitConfig{})
		for i, c := range []struct {
			direction string
			from, to  tel.Number
			customer  id.Customer
			answered  bool
			agent     id.Agent
		}{
			{"inbound", "+3221", "+3220", "", true, "ann"}, {"inbound", "+3221", "+3220", "", false, "bob"}, {"inbound", "+3221", "+3220", "eve", true, "cas"},
			{"outbound", "+3220", "+3222", "", true, "dan"}, {"inbound", "022", "+3220", "", true, "fay"},
		} {
			row := CallRow{Record: Record[id.Call]{ID: id.Call(rune('a' + i))}, Direction: c.direction, From: c.from, To: c.to, Customer: c.customer,
				Agents: []CallAgent{{ID: c.agent, Answered: true}}, ArrivedAt: now.Add(time.Duration(i) * time.Minute), Status: "ended"}
			if c.answered {
				row.AnsweredAt = row.ArrivedAt
			}
			group.Writer(w.org).Record(row)
		}
		check(t, group.Close(t.Context()))
		for number, want := range map[tel.Number]id.Agent{"+3221": "ann", "+3222": "dan", "022": "fay", "+3220": "", "+3229": ""} {
			last, err := db.LastAgentByNumber(w.ctx, number)
			if last != want || (err == nil) != (want != "") {
				t.Errorf("%s spoke to %q last (%v), not %q", number, last, err, want)
			}
		}
		if last, err := db.LastAgentByNumber(w.ctx, "+3222", "022"); last != "fay" {
			t.Errorf("in either form: %q, %v", last, err)
		}
	})
}

// TestLastAgentByNumberIsQuick: SQLite, which keeps no statistics of a young table, finds the caller by the index.
func TestLastAgentByNumberIsQuick(t *testing.T) {
	t.Parallel()
	db := openTest(t, "")
	var parts []map[string]any
	check(t, db.bun.NewRaw("EXPLAIN QUERY PLAN SELECT agents FROM calls WHERE organisation = 'o' AND customer_id IS NULL AND "+farNumber+
		" = '+3221' AND answered_at IS NOT NULL ORDER BY arrived_at DESC LIMIT 1").Scan(t.Context(), &parts))
	if len(parts) == 0 || !strings.Contains(fmt.Sprint(parts), "calls_number") {
		t.Errorf("the index is not used: %+v", parts)
	}
}
