package media

import "time"

// lateTime is how long an order without hurry may wait for a worker that sleeps.
const lateTime = 50 * time.Millisecond

// ringLater has a worker that sleeps look at its ready list before lateTime is over: one wake-up for all who ask.
func (w *worker) ringLater() {
	if w.bell.asleep.Load() && !w.rings.Swap(true) {
		w.late.Reset(lateTime)
	}
}

func (w *worker) ringNow() {
	w.rings.Store(false)
	if !w.ready.empty() {
		w.bell.ring()
	}
}
