package store

import (
	"testing"
	"time"

	"parley/internal/id"
)

func TestClassAudit(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		for _, action := range []string{"blocked", "override_requested", "override_approved"} {
			check(t, db.ClassAudit(w.ctx, &ClassEntry{
				Action: action, Agent: w.agents[0].ID, Destination: "+12025550100", ClassID: "c", ClassName: "Office", Rule: "country_blocked",
			}))
		}
		check(t, db.ClassAudit(w.ctx, &ClassEntry{Action: "blocked", Agent: w.agents[1].ID}))
		check(t, db.ClassAudit(other.ctx, &ClassEntry{Action: "blocked", Agent: w.agents[0].ID}))
		for _, c := range []struct {
			what   string
			filter ClassFilter
			want   int
		}{
			{"all", ClassFilter{}, 4}, {"of ann", ClassFilter{Agents: []id.Agent{w.agents[0].ID}}, 3}, {"of nobody", ClassFilter{Agents: []id.Agent{}}, 0},
			{"blocked", ClassFilter{Action: "blocked"}, 2}, {"of today", ClassFilter{Since: now().Add(-time.Hour)}, 4},
			{"to come", ClassFilter{Since: now().Add(time.Hour)}, 0},
		} {
			page, err := db.ClassEntries(w.ctx, c.filter, Range{})
			check(t, err)
			same(t, c.what, page.Total, c.want)
		}
		page, err := db.ClassEntries(w.ctx, ClassFilter{}, Range{Limit: 1})
		check(t, err)
		same(t, "the newest", page.Rows[0].Agent, w.agents[1].ID)
	})
}

func TestDialingLocksAndEmergencyCalls(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		ann := w.agents[0].ID
		first := DialingLock{Agent: ann, At: now(), Reason: "first"}
		check(t, db.SetDialingLock(w.ctx, first))
		check(t, db.SetDialingLock(w.ctx, DialingLock{Agent: ann, At: now(), Reason: "second"}))
		refused(t, "somebody else's agent", db.SetDialingLock(other.ctx, first), ErrUnknownRef)
		locks, err := db.DialingLocks(w.ctx)
		check(t, err)
		first.Org = w.org
		same(t, "locks", locks, []DialingLock{first})
		check(t, db.DeleteDialingLock(other.ctx, ann))
		check(t, db.DeleteDialingLock(w.ctx, ann))
		check(t, db.DeleteDialingLock(w.ctx, ann))
		locks, err = db.DialingLocks(w.ctx)
		check(t, err)
		same(t, "locks", len(locks), 0)

		old := EmergencyCall{Shown: "+3225550100", Agent: ann, Dialled: "112", At: now().Add(-2 * time.Hour)}
		late := EmergencyCall{Shown: "+3225550100", Agent: w.agents[1].ID, Dialled: "101", At: now()}
		check(t, db.SetEmergencyCall(w.ctx, old))
		check(t, db.SetEmergencyCall(w.ctx, late))
		old.Shown = "+3225550101"
		check(t, db.SetEmergencyCall(w.ctx, old))
		calls, err := db.EmergencyCalls(w.ctx, now().Add(-time.Hour))
		check(t, err)
		late.Org = w.org
		same(t, "emergency calls", calls, []EmergencyCall{late})
		calls, err = db.EmergencyCalls(other.ctx, time.Time{})
		check(t, err)
		same(t, "of others", len(calls), 0)
	})
}
