package call

import (
	"time"

	"parley/internal/id"
)

// RepairState is how far the repair of a leg's sound is (BX-57).
type RepairState string

// The states of a repair; without one there is none.
const (
	Repairing RepairState = "trying"
	Repaired  RepairState = "back" // a moment ago: people are told that the sound is back
)

// RepairResult is the one result of a try.
type RepairResult string

// The results of a try.
const (
	RepairBack      RepairResult = "back"      // the sound is back
	RepairUnchanged RepairResult = "unchanged" // it is not, after repairTime
	RepairRefused   RepairResult = "refused"   // the far side does not want to
	RepairDropped   RepairResult = "dropped"   // there is nothing to be repaired any more: a hold, another leg, the end
)

const (
	repairTries  = 2
	repairTime   = 15 * time.Second // for a try to show its worth, and until the next
	repairShown  = 5 * time.Second  // that the sound is back
	repairHealth = time.Minute      // of good sound, after which a leg is tried anew
	repairTimer  = "repair "        // and the party
)

// Repair is what was done about one-way sound of a party's leg. One-way sound is found after some 4 s without a packet, so
// the first try is made at once and the second 15 s later. Then it is left alone, until all was well for a minute.
type Repair struct {
	State RepairState `json:"state,omitempty"`
	Tries int         `json:"tries,omitempty"` // since all was well for a minute
	Tried time.Time   `json:"tried,omitzero"`  // when the latest began
	Well  time.Time   `json:"well,omitzero"`   // since when nothing is amiss; zero before anything was
	Rings time.Time   `json:"rings,omitzero"`  // when its timer does; zero without one
}

// repair looks at every party after every signal: what is to be begun, and what has come of it.
func (t *turn) repair() {
	for i := range t.Parties {
		p := &t.Parties[i]
		if p.Repair == (Repair{}) && !p.amiss() || p.State == Gone {
			continue
		}
		t.watchRepair(p)
		if p.amiss() && p.Repair.State == "" && p.repairable() {
			t.tryRepair(p)
		}
	}
}

// amiss tells whether somebody cannot hear on this leg.
func (p *Party) amiss() bool { return p.Unheard || p.Deaf }

// repairable tells whether sound is meant to flow both ways: on hold, whoever asked for it, and muted it is not.
func (p *Party) repairable() bool {
	return p.State == Joined && p.Up && !p.Closed && !p.Held && !p.Away && !p.Muted
}

// watchRepair ends what a try or its good news has come to.
func (t *turn) watchRepair(p *Party) {
	r := &p.Repair
	if !r.Rings.IsZero() && !t.now.Before(r.Rings) {
		r.Rings = noTime
	}
	switch {
	case r.State == Repairing && !p.repairable():
		t.overRepair(p, RepairDropped, 0)
	case r.State == Repairing && !p.amiss():
		t.overRepair(p, RepairBack, 0)
		r.State = Repaired
		t.ringRepair(p, t.now.Add(repairShown))
	case r.State == Repairing && !t.now.Before(r.Tried.Add(repairTime)):
		t.overRepair(p, RepairUnchanged, 0)
	case r.State == Repaired && (p.amiss() || !t.now.Before(r.Well.Add(repairShown))):
		r.State = ""
	}
}

// tryRepair begins the next try, or waits for its time.
func (t *turn) tryRepair(p *Party) {
	r := &p.Repair
	next := r.Tried.Add(repairTime)
	switch {
	case r.Tries >= repairTries:
	case r.Tries > 0 && t.now.Before(next):
		t.ringRepair(p, next)
	default:
		r.State, r.Tried = Repairing, t.now
		r.Tries++
		t.do(RepairLeg{Leg: p.Leg})
		t.tell(RepairBegan{Leg: p.Leg, Agent: p.Agent, Try: r.Tries})
		t.ringRepair(p, t.now.Add(repairTime))
	}
}

// overRepair is the one end of a try.
func (t *turn) overRepair(p *Party, result RepairResult, code int) {
	if p.Repair.State != Repairing {
		return
	}
	p.Repair.State = ""
	t.tell(RepairOver{Leg: p.Leg, Agent: p.Agent, Try: p.Repair.Tries, Result: result, Code: code})
}

// ringRepair has the call look at the party again at that time.
func (t *turn) ringRepair(p *Party, at time.Time) {
	if p.Repair.Rings.Equal(at) {
		return
	}
	p.Repair.Rings = at
	t.after(at.Sub(t.now), repairTimerOf(p.ID))
}

func repairTimerOf(which id.Party) string { return repairTimer + string(which) }

// legRepairFailed hears that the far side refused what was tried. To ask it again would be in vain.
func (t *turn) legRepairFailed(s LegRepairFailed) {
	if p := t.byLeg(s.Leg); p != nil && p.Repair.State == Repairing {
		t.overRepair(p, RepairRefused, s.Code)
		p.Repair.Tries = repairTries
	}
}

// noteHealth counts the tries anew when sound that was good for long is amiss again.
func (t *turn) noteHealth(p *Party, wasAmiss bool) {
	r := &p.Repair
	switch {
	case p.amiss() && !wasAmiss && t.now.Sub(r.Well) >= repairHealth:
		r.Tries = 0
	case !p.amiss() && wasAmiss:
		r.Well = t.now
	}
}

// forgetRepair ends the repair of a leg that the party has no more.
func (t *turn) forgetRepair(p *Party) {
	t.overRepair(p, RepairDropped, 0)
	if !p.Repair.Rings.IsZero() {
		t.do(StopTimer{Timer: repairTimerOf(p.ID)})
	}
	p.Repair = Repair{}
}
