package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
)

// ties are what keep a call alive: the legs of its parties, and the agents who are rung or asked for their voice.
type ties struct {
	over    bool // ended: only last words are awaited, which have timers of their own
	awaited bool // an agent is in it whose station has this call: it waits 45 s for a lost page, and tells the call when none comes (BX-51)
	legs    []id.Leg
	reached []id.Agent
}

// see takes in what a call looks like now.
func (h *ties) see(c *call.Call) {
	h.over, h.awaited, h.legs, h.reached = c.Stage == call.Ended, false, h.legs[:0], h.reached[:0]
	for i := range c.Parties {
		if p := &c.Parties[i]; p.State != call.Gone && p.Leg != "" && !p.Casts() {
			h.legs = append(h.legs, p.Leg)
			if p.Second.Leg != "" {
				h.legs = append(h.legs, p.Second.Leg)
			}
		}
	}
	for i := range c.Rings {
		h.reached = append(h.reached, c.Rings[i].Agent)
	}
	for _, s := range c.Seats {
		if s.Taking {
			h.reached = append(h.reached, s.Agent)
		}
		h.awaited = h.awaited || s.Station && !s.Taking
	}
}

// nobody tells whether a call goes on though none of its legs is there any more, and nobody is rung who has one (BX-8).
func (h *ties) nobody(there thereNow) bool {
	if h.over || h.awaited {
		return false
	}
	for _, leg := range h.legs {
		if there.legs[leg] {
			return false
		}
	}
	for _, agent := range h.reached {
		if there.stations[agent] {
			return false
		}
	}
	return true
}

// thereNow are the legs that have not ended, and the agents whose stations have one.
type thereNow struct {
	legs     map[id.Leg]bool
	stations map[id.Agent]bool
}

// there lists what is there now.
func (l *legs) there() thereNow {
	l.mu.RLock()
	defer l.mu.RUnlock()
	now := thereNow{legs: make(map[id.Leg]bool, len(l.all)), stations: map[id.Agent]bool{}}
	for leg, p := range l.all {
		if p.last != nil {
			continue
		}
		now.legs[leg] = true
		if p.station != "" {
			now.stations[p.station] = true
		}
	}
	return now
}
