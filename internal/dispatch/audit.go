package dispatch

import (
	"time"

	"parley/internal/acd"
)

// auditEvery is how often each ACD is looked over (BX-7, BX-8).
const auditEvery = 10 * time.Second

// audit lets an ACD be looked over.
type audit struct{ acd.Signal }

// maxLogged bounds the broken promises that one look writes down; all are counted.
const maxLogged = 5

// audit checks what must always hold, and tells the ACD what stands, so that it repairs what is stuck.
func (k *desk) audit(now time.Time) (acd.Outcome, error) {
	k.ownerOf().SetTimer("audit", auditEvery, audit{})
	broken := k.machine.Check(now)
	k.d.violations.Add(int64(len(broken)))
	for _, v := range broken[:min(len(broken), maxLogged)] {
		k.d.Log.Error("a promise of the acd does not hold", "org", k.org, "rule", v.Rule, "call", v.Call, "agent", v.Agent, "what", v.Text)
	}
	return k.machine.Handle(now, k.d.Stand(k.org))
}

// noteRepairs writes down and counts what was stuck; as events they reach the screens like all others.
func (k *desk) noteRepairs(events []acd.Event) {
	for _, e := range events {
		if r, is := e.(acd.Repaired); is {
			k.d.repairs.Add(1)
			k.d.Log.Error("stuck work was put right", "org", k.org, "what", r.What, "call", r.Call, "agent", r.Agent, "queue", r.Queue)
		}
	}
}

// Counts tells how much stuck work was put right since the start, and how many broken promises were found (BX-7, BX-8).
func (d *Dispatch) Counts() (repairs, violations int64) { return d.repairs.Load(), d.violations.Load() }
