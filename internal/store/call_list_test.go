package store

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/id"
)

func TestCallListFiltersAndScope(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		yes, no := true, false
		group := db.StartGroupCommit(GroupCommitConfig{})
		for i, row := range []CallRow{
			{Direction: "inbound", Disposition: "answered", From: "+32470111222", To: "+3225550100", CustomerName: "Zoë O'Hara",
				Queues: []CallQueue{{ID: "sales", Name: "Sales"}}, Agents: []CallAgent{{ID: "ann", Name: "Ann", Answered: true}}, TotalDurationSeconds: 60, HasRecording: true},
			{Direction: "inbound", Disposition: "abandoned", From: "+12025550001", To: "+3225550100", Queues: []CallQueue{{ID: "support", Name: "Support"}}},
			{Direction: "outbound", Disposition: "busy", From: "100", To: "+4930123456", Agents: []CallAgent{{ID: "bob", Name: "Bob", Answered: false}}, TotalDurationSeconds: 5},
			{Direction: "internal", Status: "active", From: "100", To: "101", Agents: []CallAgent{{ID: "ann", Name: "Ann", Answered: true}, {ID: "bob", Name: "Bob", Answered: false}}},
		} {
			row.ID, row.ArrivedAt = id.Call(fmt.Sprint("call-", i+1)), noon.Add(time.Duration(i)*time.Hour)
			row.Whole = []byte(`{"whole":true}`)
			group.Writer(w.org).Record(row)
		}
		group.Writer(w.org).Recording(Recording{Record: Record[id.Recording]{ID: "call-1.r1"}, Call: "call-1", Status: "available", StartedAt: noon})
		check(t, group.Close(t.Context()))
		all := Scope{All: true}
		for _, test := range []struct {
			name   string
			filter CallFilter
			scope  Scope
			want   string
		}{
			{"all, the latest first", CallFilter{}, all, "4321"},
			{"direction", CallFilter{Directions: []string{"inbound"}}, all, "21"},
			{"two directions", CallFilter{Directions: []string{"outbound", "internal"}}, all, "43"},
			{"missed", CallFilter{Dispositions: []string{"abandoned", "busy"}}, all, "32"},
			{"status", CallFilter{Statuses: []string{"active"}}, all, "4"},
			{"time, the end exclusive", CallFilter{From: noon.Add(time.Hour), To: noon.Add(3 * time.Hour)}, all, "32"},
			{"queue", CallFilter{Queues: []id.Queue{"sales", "none"}}, all, "1"},
			{"agent", CallFilter{Agents: []id.Agent{"bob"}}, all, "43"},
			{"recording", CallFilter{HasRecording: &yes}, all, "1"},
			{"no recording", CallFilter{HasRecording: &no}, all, "432"},
			{"duration", CallFilter{MinDurationSeconds: 5, MaxDurationSeconds: 59}, all, "3"},
			{"part of a number", CallFilter{Text: "0470 111"}, all, "1"},
			{"name", CallFilter{Text: "zOË o'h"}, all, "1"},
			{"id", CallFilter{Text: "call-2"}, all, "2"},
			{"extension", CallFilter{Text: "101"}, all, "4"},
			{"together", CallFilter{Directions: []string{"inbound"}, Text: "+32", Queues: []id.Queue{"support"}}, all, "2"},
			{"nothing seen", CallFilter{}, Scope{}, ""},
			{"own", CallFilter{}, Scope{Agents: []id.Agent{"ann"}}, "41"},
			{"own and queues", CallFilter{}, Scope{Agents: []id.Agent{"ann"}, Queues: []id.Queue{"support"}}, "421"},
			{"scope before filter", CallFilter{Text: "call"}, Scope{Queues: []id.Queue{"sales"}}, "1"},
		} {
			page, err := db.Calls(w.ctx, test.filter, test.scope, Range{})
			check(t, err)
			got := ""
			for _, row := range page.Rows {
				got += string(row.ID[len("call-"):])
				same(t, "whole in a list", row.Whole, nil)
			}
			same(t, test.name, got, test.want)
			same(t, test.name+": total", page.Total, len(test.want))
		}
		_, err := db.Call(w.ctx, "call-1", Scope{Agents: []id.Agent{"bob"}})
		refused(t, "another's call", err, ErrNotFound)
		call, err := db.Call(w.ctx, "call-1", Scope{Agents: []id.Agent{"ann"}})
		check(t, err)
		same(t, "whole", string(call.Whole), `{"whole":true}`)
		same(t, "queues", call.Queues, []CallQueue{{ID: "sales", Name: "Sales"}})
		same(t, "not answered", call.AnsweredAt.IsZero(), true)
	})
}
