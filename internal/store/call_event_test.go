package store

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
)

// event gives the writer a single event.
func event(w *Writer, call id.Call, seq int, at time.Time, kind string, content []byte) {
	w.Events(call, []CallEvent{{Seq: seq, At: at, Kind: kind, Content: content}})
}

func eventsOf(t *testing.T, db *DB, w *world, call id.Call) (list []string) {
	t.Helper()
	events, err := db.CallEvents(w.ctx, call)
	check(t, err)
	for _, e := range events {
		same(t, "belongs to", []any{e.Org, e.Call}, []any{w.org, call})
		list = append(list, fmt.Sprint(e.Seq, " ", e.At.Format("05.000000"), " ", e.Kind, " ", string(e.Content)))
	}
	return list
}

func TestSeveralEventsInOneRow(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		at := func(micros int) time.Time {
			return time.Date(2026, 11, 20, 12, 0, 0, micros*1000+999, time.FixedZone("", 7200))
		}
		put := func(events ...CallEvent) {
			hold(t, db, func(b *batch) { b.addEvent(severalRow(w.org, "1", events)) })
		}
		put(CallEvent{Seq: 1, At: at(1), Kind: "arrived", Content: []byte(`{"from":"\u0000 ☎"}`)}, CallEvent{Seq: 2, At: at(2), Kind: "said \"\\☎\x00\xff"})
		hold(t, db, func(b *batch) { // as programs before this one have stored them
			b.addEvent(eventRow{w.org, "1", 3, at(3), "joined", `{"party":1}`})
			b.addEvent(eventRow{w.org, "1", 4, at(4), "left", ""})
		})
		put(CallEvent{Seq: 5, At: at(5), Kind: "a"}, CallEvent{Seq: 6, At: at(6), Kind: "b", Content: []byte(`[]`)}, CallEvent{Seq: 7, At: at(7), Kind: "c"})
		put(CallEvent{Seq: 6, At: at(9), Kind: "said twice"})
		put(CallEvent{Seq: 6, At: at(9), Kind: "said twice"}, CallEvent{Seq: 7, At: at(9), Kind: "said twice"})
		put(CallEvent{Seq: 7, At: at(9), Kind: "said twice"}, CallEvent{Seq: 8, At: at(10), Kind: "new"})
		same(t, "events", eventsOf(t, db, w, "1"), []string{
			`1 00.000001 arrived {"from":"\u0000 ☎"}`, "2 00.000002 said \"\\☎\x00\ufffd ", `3 00.000003 joined {"party":1}`, "4 00.000004 left ",
			"5 00.000005 a ", "6 00.000006 b []", "7 00.000007 c ", "8 00.000010 new "})
		other := newWorld(t, db, 2)
		same(t, "of another organisation", eventsOf(t, db, other, "1"), nil)
	})
}

func TestNoEventsAreNoRow(t *testing.T) {
	group := openTest(t, "").StartGroupCommit(GroupCommitConfig{})
	group.Writer("org").Events("1", nil)
	check(t, group.Close(t.Context()))
	same(t, "rows", group.Stats(), GroupCommitStats{})
}

func TestTimesAreWrittenAsEver(t *testing.T) {
	for _, in := range []time.Time{
		{}, time.Unix(0, 0), time.Date(2026, 1, 2, 3, 4, 5, 6_999, time.UTC), time.Date(2026, 12, 31, 23, 59, 59, 999_999_999, time.FixedZone("", -3600)),
		time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		same(t, in.String(), string(appendTime([]byte("at "), in)), "at "+in.UTC().Format(sqliteTime))
	}
}
