package report

import (
	"slices"
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// talk measures the time in which the customer and at least one other could talk, without holds (CH-7). The wait of a
// caller who has lost an agent is none of it.
type talk struct {
	joined []talker
	held   bool
	on     bool // they talk now
	since  time.Time
	total  time.Duration
}

// talker is a party that can talk.
type talker struct {
	party id.Party
	kind  call.Kind
}

// join adds a party and tells whether the customer is with somebody now.
func (t *talk) join(at time.Time, which id.Party, kind call.Kind) bool {
	t.leave(which)
	t.joined = append(t.joined, talker{which, kind})
	t.count(at)
	return t.together()
}

func (t *talk) part(at time.Time, which id.Party) {
	t.leave(which)
	t.count(at)
}

func (t *talk) leave(which id.Party) {
	t.joined = slices.DeleteFunc(t.joined, func(one talker) bool { return one.party == which })
}

func (t *talk) hold(at time.Time, held bool) {
	t.held = held
	t.count(at)
}

func (t *talk) end(at time.Time) {
	t.joined = nil
	t.count(at)
}

func (t *talk) together() bool {
	customer, other := false, false
	for _, one := range t.joined {
		if one.kind == call.Customer {
			customer = true
		} else {
			other = true
		}
	}
	return customer && other
}

// count adds what was talked until now and begins anew.
func (t *talk) count(at time.Time) {
	if t.on {
		t.total += max(at.Sub(t.since), 0)
	}
	t.on, t.since = t.together() && !t.held, at
}

func (t *talk) seconds() int { return seconds(t.total) }
