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
	held   []id.Party // who is on hold; "" in the records of versions that held the other one of two
	on     bool       // they talk now
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

func (t *talk) hold(at time.Time, which id.Party, held bool) {
	t.held = slices.DeleteFunc(t.held, func(one id.Party) bool { return one == which })
	if held {
		t.held = append(t.held, which)
	}
	t.count(at)
}

func (t *talk) end(at time.Time) {
	t.joined = nil
	t.count(at)
}

// together tells whether the customer is with somebody; when the customer has gone, whether two others are.
func (t *talk) together() bool { return t.with(func(talker) bool { return true }) }

// talking is together without those on hold.
func (t *talk) talking() bool {
	return t.with(func(one talker) bool { return !slices.Contains(t.held, one.party) }) && !slices.Contains(t.held, "")
}

func (t *talk) with(counts func(talker) bool) bool {
	customer, gone, others := false, true, 0
	for _, one := range t.joined {
		switch {
		case one.kind == call.Customer:
			gone = false
			customer = customer || counts(one)
		case counts(one):
			others++
		}
	}
	return customer && others > 0 || gone && others > 1
}

// count adds what was talked until now and begins anew.
func (t *talk) count(at time.Time) {
	if t.on {
		t.total += max(at.Sub(t.since), 0)
	}
	t.on, t.since = t.talking(), at
}

func (t *talk) seconds() int { return seconds(t.total) }
