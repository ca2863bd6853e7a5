package report

import (
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// talk measures the time in which the customer and at least one other could talk, without holds (CH-7). The wait of a
// caller who has lost an agent is none of it.
type talk struct {
	joined map[id.Party]call.Kind
	held   bool
	on     bool // they talk now
	since  time.Time
	total  time.Duration
}

// join adds a party and tells whether the customer is with somebody now.
func (t *talk) join(at time.Time, which id.Party, kind call.Kind) bool {
	if t.joined == nil {
		t.joined = map[id.Party]call.Kind{}
	}
	t.joined[which] = kind
	t.count(at)
	return t.together()
}

func (t *talk) part(at time.Time, which id.Party) {
	delete(t.joined, which)
	t.count(at)
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
	customers, others := 0, 0
	for _, kind := range t.joined {
		if kind == call.Customer {
			customers++
		} else {
			others++
		}
	}
	return customers > 0 && others > 0
}

// count adds what was talked until now and begins anew.
func (t *talk) count(at time.Time) {
	if t.on {
		t.total += max(at.Sub(t.since), 0)
	}
	t.on, t.since = t.together() && !t.held, at
}

func (t *talk) seconds() int { return seconds(t.total) }
