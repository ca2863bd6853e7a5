//go:build !linux || portable

package media

import "sync/atomic"

// bell wakes one goroutine that sleeps on a channel. Ringing costs nothing while the goroutine is awake.
type bell struct {
	rung   chan struct{}
	asleep atomic.Bool
}

// newBell makes a bell; it is all the same here whether its owner sleeps in serve or in a poll.
func newBell(bool) (*bell, error) { return &bell{rung: make(chan struct{}, 1)}, nil }

// ring wakes the owner if it sleeps.
func (b *bell) ring() {
	if b.asleep.CompareAndSwap(true, false) {
		b.shout()
	}
}

// serve calls round now and at each ringing, until it says that it is over. What is listed while round runs has it run
// again.
func (b *bell) serve(list *ready, round func() (over bool)) {
	for !round() {
		b.asleep.Store(true)
		if list.empty() {
			<-b.rung
		}
		b.asleep.Store(false)
	}
}

// shout wakes the owner whether it sleeps or not: its next sleep ends at once.
func (b *bell) shout() {
	select {
	case b.rung <- struct{}{}:
	default: // it rings already
	}
}

func (b *bell) close() { b.asleep.Store(false) }
