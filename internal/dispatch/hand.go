package dispatch

import (
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// hands knows which call each agent of an organisation has in hand: the one the agent is in, or wraps up. When that
// ends, however it ends, follows from the agents' statuses alone.
type hands struct {
	calls map[id.Agent]id.Call
	of    map[id.Call]int // how many agents
}

func newHands() *hands { return &hands{calls: map[id.Agent]id.Call{}, of: map[id.Call]int{}} }

// changed hears of a status and gives the call that nobody has in hand any more, empty for none.
func (h *hands) changed(e acd.StatusChanged) (over id.Call) {
	before, next := h.calls[e.Agent], id.Call("")
	if e.To == acd.OnCall || e.To == acd.WrapUp {
		next = e.Call
	}
	if before == next {
		return ""
	}
	delete(h.calls, e.Agent)
	if next != "" {
		h.calls[e.Agent] = next
		h.of[next]++
	}
	if before == "" {
		return ""
	}
	if h.of[before]--; h.of[before] > 0 {
		return ""
	}
	delete(h.of, before)
	return before
}

// InHand tells whether an agent is in a call or wraps it up. WorkEnded hears of its end afterwards.
func (d *Dispatch) InHand(org id.Org, which id.Call) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.hands[org]
	return h != nil && h.of[which] > 0
}

// HandOf is the call that an agent is in or wraps up, empty for none.
func (d *Dispatch) HandOf(org id.Org, agent id.Agent) id.Call {
	d.mu.Lock()
	defer d.mu.Unlock()
	if h := d.hands[org]; h != nil {
		return h.calls[agent]
	}
	return ""
}

// putDown takes note of a change of status, and tells when the last agent has put a call down.
func (k *desk) putDown(now time.Time, e acd.StatusChanged) {
	d := k.d
	d.mu.Lock()
	h := d.hands[k.org]
	if h == nil {
		h = newHands()
		d.hands[k.org] = h
	}
	over := h.changed(e)
	d.mu.Unlock()
	if over != "" && d.WorkEnded != nil {
		d.WorkEnded(now, k.org, over)
	}
}

// letGo forgets what agents had in hand before the ACD was made anew, and gives how to tell of what is not in hand after it:
// a wrap-up is known to the ACD alone and ends with it.
func (k *desk) letGo() (tell func(now time.Time)) {
	d := k.d
	d.mu.Lock()
	before := d.hands[k.org]
	d.hands[k.org] = newHands()
	d.mu.Unlock()
	return func(now time.Time) {
		if before == nil || d.WorkEnded == nil {
			return
		}
		for which := range before.of {
			if !d.InHand(k.org, which) {
				d.WorkEnded(now, k.org, which)
			}
		}
	}
}
