package call

import "parley/internal/story"

// seeOff ends a call that has lasted long enough, and fails unless all that it still waits for comes to its end. After each step late says
// what else reaches it.
func (w *world) seeOff(seed uint64, late func()) {
	w.quiet = true
	if w.c.Stage != Ended {
		w.handle(Close{Cause: 41, Why: "enough"}, false)
	}
	for w.step() {
		late()
	}
	if !w.c.Ended() {
		w.fail("seed %d: the call has not ended: %s", seed, story.State(w.fail, w.c))
	}
	w.ledger.settled()
}

// count adds up what the ledger has seen.
func (w *world) count(results map[string]int) {
	for word, n := range w.ledger.steps {
		results[word] += n
	}
}
