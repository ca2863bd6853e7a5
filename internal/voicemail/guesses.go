package voicemail

import (
	"slices"
	"sync"
	"time"

	"parley/internal/id"
)

// So many wrong PINs from outside in an hour close the mailboxes of an organisation to callers from outside until the first is an hour
// old. The lock of each mailbox alone would leave who tries few PINs at each of a hundred mailboxes tens of thousands of guesses a day.
const (
	mostGuesses = 20
	guessTime   = time.Hour
)

// guesses are the wrong PINs that callers from outside have keyed lately.
type guesses struct {
	mu sync.Mutex // guards what follows
	at map[id.Org][]time.Time
}

// tooMany tells whether callers from outside are not heard now.
func (g *guesses) tooMany(org id.Org, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.recent(org, now)) >= mostGuesses
}

// note counts a wrong PIN. It tells whether this one was the last that was too many.
func (g *guesses) note(org id.Org, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.at[org] = append(g.recent(org, now), now)
	return len(g.at[org]) == mostGuesses
}

// recent is called with the lock held.
func (g *guesses) recent(org id.Org, now time.Time) []time.Time {
	g.at[org] = slices.DeleteFunc(g.at[org], func(at time.Time) bool { return now.Sub(at) >= guessTime })
	return g.at[org]
}
