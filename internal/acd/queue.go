package acd

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// queue is a queue, what it remembers, and its lists, which are made anew from the state whenever the configuration
// changes.
type queue struct {
	Queue
	memory

	members []*agent
	rank    map[*agent]int // by their order
	staffed int            // members who are not offline
	free    []*agent       // who can be offered its calls, idle longest first
	line    []*waiting     // all who wait, first to be served first
	open    lane           // calls that anybody may take and that nobody is rung for
	skilled map[string]*lane
	named   map[id.Agent]*lane
	ringing []*waiting // calls of a queue that rings many at once, with open offers

	callbacks map[tel.Number]*waiting
	dialling  int // customer first: attempts under way
}

// memory is what a queue knows beyond its configuration.
type memory struct {
	Turn      id.Agent           `json:"turn,omitempty"`   // was offered a call last
	Pass      int64              `json:"pass,omitempty"`   // weighted: how far the shares have come
	Passes    map[id.Agent]int64 `json:"passes,omitempty"` // and each member
	Day       int64              `json:"day,omitempty"`    // that Answered counts for, since 1970
	Answered  map[id.Agent]int   `json:"answered,omitempty"`
	Unstaffed time.Time          `json:"unstaffed,omitzero"` // since when no member is online
	Armed     time.Time          `json:"armed,omitzero"`     // for when its timer is set
	Handled   []minute           `json:"handled,omitempty"`  // handle times of the last half-hour
	LastWeek  HandleTime         `json:"last_week,omitzero"`
}

const (
	defaultRing   = 20 // seconds (QU table)
	defaultWeight = 5  // of 1 to 10
)

func (q *queue) terms() terms {
	t := terms{
		RingSeconds: q.RingSeconds, WrapUpSeconds: q.WrapUpSeconds, ExtendSeconds: q.ExtendSeconds, MaxExtensions: q.MaxExtensions,
		AutoPause: q.AutoPause, OutcomeRequired: q.OutcomeRequired, AutoOutcome: q.AutoOutcome,
		Outcomes: q.Outcomes,
	}
	if t.RingSeconds <= 0 {
		t.RingSeconds = defaultRing
	}
	if t.ExtendSeconds <= 0 {
		t.ExtendSeconds = t.WrapUpSeconds
	}
	return t
}

func (q *queue) weight() int { return cmp.Or(q.Weight, defaultWeight) }

func (q *queue) memberWeight(a *agent) int { return cmp.Or(q.MemberWeights[a.ID], defaultWeight) }

// lane holds calls that the same agents may take, first to be served first.
type lane struct{ calls []*waiting }

func (l *lane) put(c *waiting) { l.calls = insert(l.calls, c, byTurn) }

func (l *lane) drop(c *waiting) { l.calls = remove(l.calls, c, byTurn) }

// enlist gives a call its place in the line, and lets it be found by those who may take it if nobody is rung for it.
func (q *queue) enlist(c *waiting) {
	if !c.inLine {
		q.line, c.inLine = insert(q.line, c, byTurn), true
	}
	if !c.inLane && c.loose(q) {
		c.inLane = true
		q.lanes(c, func(l *lane) { l.put(c) })
	}
}

// unlane keeps a call from being found.
func (q *queue) unlane(c *waiting) {
	if c.inLane {
		c.inLane = false
		q.lanes(c, func(l *lane) { l.drop(c) })
	}
}

// delist takes a call out of all lists.
func (q *queue) delist(c *waiting) {
	q.unlane(c)
	if c.inLine {
		q.line, c.inLine = remove(q.line, c, byTurn), false
	}
	q.ringing = slices.DeleteFunc(q.ringing, func(r *waiting) bool { return r == c })
}

// lanes does something with each lane in which a call belongs: one per agent that its step names, or the one of its
// expression, or that of calls that anybody may take. Lanes that are empty then go.
func (q *queue) lanes(c *waiting, do func(*lane)) {
	s := c.step()
	switch {
	case s == nil:
		do(&q.open)
	case s.Skills != "":
		q.skilled = doIn(q.skilled, s.Skills, do)
	default:
		for i, a := range s.Agents {
			if !slices.Contains(s.Agents[:i], a) {
				q.named = doIn(q.named, a, do)
			}
		}
	}
}

func doIn[K comparable](lanes map[K]*lane, key K, do func(*lane)) map[K]*lane {
	if lanes == nil {
		lanes = map[K]*lane{}
	}
	l := lanes[key]
	if l == nil {
		l = &lane{}
		lanes[key] = l
	}
	do(l)
	if len(l.calls) == 0 {
		delete(lanes, key)
	}
	return lanes
}

func insert[T any](sorted []*T, v *T, order func(a, b *T) int) []*T {
	at, _ := slices.BinarySearchFunc(sorted, v, order)
	return slices.Insert(sorted, at, v)
}

func remove[T any](sorted []*T, v *T, order func(a, b *T) int) []*T {
	at, found := slices.BinarySearchFunc(sorted, v, order)
	if !found {
		return sorted
	}
	return slices.Delete(sorted, at, at+1)
}
