package acd

import (
	"time"

	"parley/internal/id"
)

// suspectTime is how long nothing may stand for a place before it is repaired (BX-8).
const suspectTime = 10 * time.Second

type (
	// Stand says which live calls there are and whom they hold or have asked for; it is said every 10 s. A place that no
	// call stands for, now and 10 s before, is given back (BX-8).
	Stand struct {
		Calls []id.Call `json:"calls"`
		Held  []Held    `json:"held"`
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
	What  string   `json:"what"` // "agent" held by a call that does not hold the agent, or a "call" that waits and is gone
	Call  id.Call  `json:"call"`
	Agent id.Agent `json:"agent,omitempty"`
	Queue id.Queue `json:"queue,omitempty"`
}

func (Repaired) acdEvent() {}

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
