package acd

import (
	"slices"
	"time"

	"parley/internal/id"
)

// How long nothing may stand for a place, and a call may be without legs, before that is repaired (BX-8).
const (
	suspectTime = 10 * time.Second
	leglessTime = 30 * time.Second
)

type (
	// Stand says which live calls there are and whom they hold or have asked for; it is said every 10 s. A place that no
	// call stands for, now and 10 s before, is given back; a call that was without legs whenever it was said for 30 s is
	// closed (BX-8).
	Stand struct {
		Calls   []id.Call `json:"calls"`
		Held    []Held    `json:"held"`
		Legless []id.Call `json:"legless,omitempty"` // those of Calls that have no leg, and ring nobody
	}
	// Held is an agent whom a call holds, rings or has asked for.
	Held struct {
		Agent id.Agent `json:"agent"`
		Call  id.Call  `json:"call"`
	}
)

func (Stand) acdSignal() {}

// Repaired says that stuck work was put right; it is logged and alerts (BX-8).
type Repaired struct {
	// What is "agent" for one held by a call that does not hold the agent, "call" for one that waits and is gone, or "legless"
	// for a call that nobody was in.
	What  string   `json:"what"`
	Call  id.Call  `json:"call"`
	Agent id.Agent `json:"agent,omitempty"`
	Queue id.Queue `json:"queue,omitempty"`
}

func (Repaired) acdEvent() {}

// CloseCall has a call closed that nobody is in (BX-8).
type CloseCall struct {
	Call id.Call `json:"call"`
}

func (CloseCall) acdAction() {}

// audit compares the places with the calls that stand for them. Offers are left alone: they expire.
func (t *turn) audit(s Stand) {
	live, held := map[id.Call]bool{}, map[Held]bool{}
	for _, c := range s.Calls {
		live[c] = true
	}
	for _, h := range s.Held {
		held[h] = true
	}
	for _, which := range sortedKeys(t.agents) {
		a := t.agents[which]
		t.auditSecond(a, held)
		if a.Place == nil || a.Place.Offer != "" {
			a.Suspect = time.Time{}
			continue
		}
		if t.stuck(&a.Suspect, held[Held{Agent: a.ID, Call: a.Place.Call}]) {
			t.tell(Repaired{What: "agent", Call: a.Place.Call, Agent: a.ID, Queue: a.Place.Queue})
			t.release(a, Release{Call: a.Place.Call, Agent: a.ID})
		}
	}
	for _, which := range sortedKeys(t.calls) {
		c := t.calls[which]
		if c == nil { // went with the repair of an agent
			continue
		}
		stands := live[c.told()] || c.Callback != nil && c.Callback.Attempt == ""
		if t.stuck(&c.Suspect, stands) {
			t.tell(Repaired{What: "call", Call: c.told(), Queue: c.Queue})
			_ = t.leave(Leave{Call: c.told(), Result: LeftAbandoned})
		}
	}
	t.closeLegless(s.Legless)
}

// auditSecond looks at the other line of an agent who is in a call.
func (t *turn) auditSecond(a *agent, held map[Held]bool) {
	p := a.Second
	if p == nil {
		a.SuspectSecond = time.Time{}
		return
	}
	if t.stuck(&a.SuspectSecond, held[Held{Agent: a.ID, Call: p.Call}]) {
		t.tell(Repaired{What: "agent", Call: p.Call, Agent: a.ID, Queue: p.Queue})
		t.release(a, Release{Call: p.Call, Agent: a.ID})
	}
}

// closeLegless has calls closed that have been without legs for too long. What holds for them ends as with every call.
func (t *turn) closeLegless(all []id.Call) {
	since := map[id.Call]time.Time{}
	for _, which := range slices.Sorted(slices.Values(all)) {
		began, known := t.legless[which]
		switch {
		case !known:
			since[which] = t.now
		case t.now.Sub(began) < leglessTime:
			since[which] = began
		default:
			repaired := Repaired{What: "legless", Call: which}
			if c := t.of(which); c != nil {
				repaired.Queue = c.Queue
			}
			t.tell(repaired)
			t.do(CloseCall{Call: which})
		}
	}
	t.legless = since
}

// stuck tells whether nothing has stood for a place for long enough.
func (t *turn) stuck(since *time.Time, stands bool) bool {
	switch {
	case stands:
		*since = time.Time{}
	case since.IsZero():
		*since = t.now
	default:
		return t.now.Sub(*since) >= suspectTime
	}
	return false
}
