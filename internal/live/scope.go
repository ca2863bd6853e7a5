package live

import (
	"parley/internal/id"
	"parley/internal/report"
)

// SeesQueue says whether a queue is in the viewer's scope.
func (h *Hub) SeesQueue(v Viewer, which id.Queue) bool {
	p := h.of(v.Org)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.queues[which] != nil && p.seesQueue(v, which)
}

// WaitsIn is the queue in which a call waits; false when it does not wait.
func (h *Hub) WaitsIn(org id.Org, which id.Call) (id.Queue, bool) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.waiting[which]; w != nil {
		return w.Queue, true
	}
	return "", false
}

// SeesCall says whether a call that lives is in the viewer's scope: it waits in one of the viewer's queues, or one of the
// viewer's agents has a part in it. Of the others only administrators see each.
func (h *Hub) SeesCall(v Viewer, which id.Call) bool {
	p := h.of(v.Org)
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.waiting[which]; w != nil && p.seesQueue(v, w.Queue) {
		return true
	}
	if c := p.calls[which]; c != nil {
		for _, a := range c.agents {
			if p.seesAgent(v, a) {
				return true
			}
		}
	}
	return v.everything()
}

// Reset begins a queue's figures of the day anew (QU-22). What was counted stands in the history.
func (h *Hub) Reset(org id.Org, which id.Queue) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	if q := p.queues[which]; q != nil {
		q.Figures, q.zeroed = report.Figures{}, true
		p.tellQueue(which)
	}
}
