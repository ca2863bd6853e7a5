package store

import (
	"testing"

	"parley/internal/id"
)

// The step that rebuilds the tables of history must lose nothing that an earlier program has stored in them.
func TestLeanHistoryKeepsWhatWasStored(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := start(t, db, GroupCommitConfig{})
		writer := group.Writer(w.org)
		change := StatusEvent{ID: "e1", Agent: "ann", AgentKind: "human", Channel: "voice", PreviousStatus: "a", NewStatus: "b", PreviousEffect: "c",
			NewEffect: "d", Reason: "e", CustomStatus: "f", Seconds: 7, Trigger: "manual", Actor: "u", At: now()}
		status := AgentStatus{Agent: "ann", Channel: "voice", Status: "b", Effect: "d", Reason: "e", CustomStatus: "f", Since: now()}
		writer.StatusEvent(change)
		writer.AgentStatus(status)
		writer.Record(CallRow{Record: Record[id.Call]{ID: "1"}, ArrivedAt: now(), Queues: []CallQueue{{ID: "q"}}, Agents: []CallAgent{{ID: "ann"}}})
		check(t, group.Close(t.Context()))
		_, err := db.bun.ExecContext(t.Context(), "DELETE FROM migrations WHERE name IN "+
			"('migrations/0006_lean_history.sql', 'migrations/0021_status_events.sql')") // the later one adds to what the earlier one rebuilds
		check(t, err)
		check(t, db.Migrate(t.Context()))
		events, err := db.StatusEvents(w.ctx, StatusFilter{Agents: []id.Agent{"ann"}}, Range{})
		check(t, err)
		change.Org, status.Org = w.org, w.org
		same(t, "changes of status", events.Rows, []StatusEvent{change})
		statuses, err := db.AgentStatuses(w.ctx)
		check(t, err)
		same(t, "statuses", statuses, []AgentStatus{status})
		for _, filter := range []CallFilter{{Agents: []id.Agent{"ann"}}, {Queues: []id.Queue{"q"}}} {
			page, err := db.Calls(w.ctx, filter, Scope{All: true}, Range{})
			check(t, err)
			same(t, "calls", page.Total, 1)
		}
	})
}
