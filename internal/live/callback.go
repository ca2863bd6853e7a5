package live

import (
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// keep takes note of a customer who is to be called back, or of what an attempt came to. The figures count such a customer
// as the call that asked for it.
func (p *picture) keep(now time.Time, e acd.CallbackKept) {
	p.callbacks[e.Callback] = e.Queue
	p.callbacksChanged(now, e.Queue)
}

// drop forgets a callback that is over.
func (p *picture) drop(now time.Time, e acd.Left) {
	delete(p.callbacks, id.Callback(e.Call))
	p.callbacksChanged(now, e.Queue)
}

func (p *picture) callbacksChanged(now time.Time, which id.Queue) {
	if q := p.queues[which]; q != nil {
		q.callbacksChanged = now
		p.tellQueue(which)
	}
}

// pending counts the callbacks of a queue.
func (p *picture) pending(which id.Queue) (n int) {
	for _, q := range p.callbacks {
		if q == which {
			n++
		}
	}
	return n
}
