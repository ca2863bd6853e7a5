package acd

import (
	"math"
	"slices"
	"time"

	"parley/internal/id"
)

// choose gives the free member who is to be offered a call (QU-5), nil when there is none. Among equals it is whoever
// has been idle longest, for q.free stands in that order.
func (t *turn) choose(q *queue, c *waiting) *agent {
	switch q.Strategy {
	case RoundRobin:
		return q.least(c, q.sinceTurn())
	case Weighted:
		return q.least(c, q.share)
	case FewestCalls:
		q.newDay(t.day(t.now))
		return q.least(c, func(a *agent) int64 { return int64(q.Answered[a.ID]) })
	case Random:
		return t.any(q, c)
	case Ordered:
		return q.least(c, func(a *agent) int64 { return int64(q.rank[a]) })
	case Sticky:
		return q.least(c, func(a *agent) int64 { return b2i(a.ID != c.LastAgent) })
	case Smart:
		if s := c.step(); s != nil {
			return q.least(c, func(a *agent) int64 { return -int64(math.Round(1000 * s.asked.Score(a.skills))) })
		}
		return q.firstFree(c)
	default:
		return q.firstFree(c)
	}
}

// firstFree gives the one who has been idle longest and may be offered the call.
func (q *queue) firstFree(c *waiting) *agent {
	for _, a := range q.free {
		if c.wants(a) && !a.refuses(c.Call) {
			return a
		}
	}
	return nil
}

// least gives the one with the least of something. Those who are unavailable come after all others.
func (q *queue) least(c *waiting, of func(*agent) int64) *agent {
	var best *agent
	var least int64
	for _, a := range q.free {
		if best != nil && a.Status != best.Status {
			break
		}
		if !c.wants(a) || a.refuses(c.Call) {
			continue
		}
		if v := of(a); best == nil || v < least {
			best, least = a, v
		}
	}
	return best
}

// sinceTurn tells how far a member stands behind the one who was offered a call last.
func (q *queue) sinceTurn() func(*agent) int64 {
	n, last := len(q.Members), slices.Index(q.Members, q.Turn)
	return func(a *agent) int64 { return int64((q.rank[a] - last - 1 + n) % n) }
}

// stride is divisible by every weight, so shares come out exact.
const stride = 2520

// share is how far a member's share has come: who was away does not catch up afterwards.
func (q *queue) share(a *agent) int64 { return max(q.Pass, q.Passes[a.ID]) }

// any takes anybody: the state gives the chance, so that the same signals lead to the same choice.
func (t *turn) any(q *queue, c *waiting) *agent {
	var chosen *agent
	var fit uint64
	for _, a := range q.free {
		if chosen != nil && a.Status != chosen.Status {
			break
		}
		if !c.wants(a) || a.refuses(c.Call) {
			continue
		}
		if fit++; t.random()%fit == 0 {
			chosen = a
		}
	}
	return chosen
}

// random gives the next number of the distributor's own series (SplitMix64).
func (d *Distributor) random() uint64 {
	d.seed += 0x9e3779b97f4a7c15
	z := d.seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// chosen notes who was offered a call, for the strategies that go by it.
func (q *queue) chosen(a *agent) {
	q.Turn = a.ID
	if q.Strategy != Weighted {
		return
	}
	if q.Passes == nil {
		q.Passes = map[id.Agent]int64{}
	}
	q.Pass = q.share(a)
	q.Passes[a.ID] = q.Pass + stride/int64(q.memberWeight(a))
}

// day numbers the days at the organisation.
func (d *Distributor) day(at time.Time) int64 {
	year, month, day := at.In(d.zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// newDay begins the counts of FewestCalls anew at midnight.
func (q *queue) newDay(day int64) {
	if day != q.Day {
		q.Day, q.Answered = day, nil
	}
}

// count counts calls that an agent has answered on a day.
func (q *queue) count(day int64, a id.Agent, calls int) {
	q.newDay(day)
	if q.Answered == nil {
		q.Answered = map[id.Agent]int{}
	}
	q.Answered[a] += calls
}

// earlier puts what the queue's members did before this ACD began beside what they have done since.
func (t *turn) earlier(s Earlier) {
	q, today := t.queues[s.Queue], t.day(t.now)
	if q == nil {
		return
	}
	if t.day(s.At) == today {
		for a, calls := range s.Answered {
			q.count(today, a, min(max(0, calls), 100_000))
		}
	}
	if q.Turn == "" {
		q.Turn = s.Last
	}
}

// group gives the free members whom a queue rings at once: those of the highest weight below the round before that has
// any, or else of the highest of all.
func (q *queue) group(c *waiting) []*agent {
	var all []*agent
	below, top := 0, 0
	for _, a := range q.free {
		if len(all) > 0 && a.Status != all[0].Status {
			break
		}
		if !c.wants(a) || a.refuses(c.Call) {
			continue
		}
		all = append(all, a)
		w := q.memberWeight(a)
		if top = max(top, w); w < c.Round {
			below = max(below, w)
		}
	}
	c.Round = below
	if below == 0 {
		c.Round = top
	}
	return slices.DeleteFunc(all, func(a *agent) bool { return q.memberWeight(a) != c.Round })
}

func b2i(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
