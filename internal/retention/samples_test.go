package retention

import (
	"encoding/json"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

// TestSamplesGo deletes the samples of a call that is older than they are kept, and leaves its figures, its record and its other events.
func TestSamplesGo(t *testing.T) {
	db, org, ctx := office(t)
	now := time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)
	commit := db.StartGroupCommit(store.GroupCommitConfig{})
	for name, days := range map[string]int{"old": 91, "young": 89} {
		at := now.AddDate(0, 0, -days)
		record := report.Record{}
		var events []store.CallEvent
		for n, e := range []call.Event{
			call.LegOpened{Leg: "l"}, call.SoundSampled{Leg: "l", Here: call.Sample{Packets: 250, MOS: 4.2}},
			call.SoundSampled{Leg: "l", Here: call.Sample{Packets: 250, MOS: 4.4, Loss: 1}, There: call.Sample{Packets: 250, MOS: 3}},
			call.LegClosed{Leg: "l"},
		} {
			record.Apply(at, e)
			word, data, err := call.Events.Encode(e)
			check(t, err)
			events = append(events, store.CallEvent{Seq: n + 1, At: at, Kind: word, Content: data})
		}
		whole, err := json.Marshal(record)
		check(t, err)
		row := store.CallRow{Status: "ended", ArrivedAt: at, Queues: []store.CallQueue{}, Agents: []store.CallAgent{}, Whole: whole}
		row.ID = id.Call("call-" + name)
		commit.Writer(org.ID).Record(row)
		commit.Writer(org.ID).Events(row.ID, events)
	}
	check(t, commit.Close(ctx))
	k := keeper(db)
	due := preview(ctx, t, k, now)
	if d := due[3]; d.Class != "quality_samples" || d.Count != 1 || d.Rule != "90 days" {
		t.Errorf("preview %+v", due)
	}
	check(t, k.Nightly(ctx, now))
	for name, points := range map[string]int{"old": 0, "young": 2} {
		row, err := db.Call(ctx, id.Call("call-"+name), store.Scope{All: true})
		check(t, err)
		var record report.Record
		check(t, json.Unmarshal(row.Whole, &record))
		from := record.Legs[0].From
		if from.Samples != 2 || from.MeanMOS != 4.3 || record.Legs[0].To.WorstMOS != 3 || len(from.Chart.At) != points {
			t.Errorf("%s: %+v", name, from)
		}
		events, err := db.CallEvents(ctx, row.ID)
		check(t, err)
		if len(events) != 2+points {
			t.Errorf("%s has the events %v", name, events)
		}
	}
	marks, err := db.AuditOf(ctx, store.AuditQuery{Kind: "retention"})
	check(t, err)
	if marks.Total != 1 || marks.Rows[0].SubjectID != "quality_samples" {
		t.Errorf("markers %+v", marks)
	}
}
