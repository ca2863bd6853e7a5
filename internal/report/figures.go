package report

import (
	"time"

	"parley/internal/id"
)

// Figures are what a queue did in a stretch of time (MN-1). The zero value is a queue that nothing has happened to.
type Figures struct {
	Offered   int // stays in the queue that began
	Answered  int
	Missed    int // offers that rang out
	Abandoned int
	Short     int           // abandoned before Goal.ShortAbandon
	InTime    int           // answered within Goal.Answer
	Waited    time.Duration // of those answered and abandoned
	Longest   time.Duration // wait
	Talks     int           // agents' parts that are over
	Talked    time.Duration
}

// Goal is what a queue is measured by (BX-5).
type Goal struct {
	Answer       time.Duration
	ShortAbandon time.Duration
}

// Leave counts a stay in the queue that is over. Result is a word of QU-23.
func (f *Figures) Leave(result string, waited time.Duration, g Goal) {
	waited = max(waited, 0)
	f.Longest = max(f.Longest, waited)
	switch result {
	case "answered":
		f.Answered++
		f.Waited += waited
		if waited <= g.Answer {
			f.InTime++
		}
	case "abandoned":
		f.Abandoned++
		f.Waited += waited
		if waited < g.ShortAbandon {
			f.Short++
		}
	}
}

// Talk counts an agent's part in a call of the queue that is over.
func (f *Figures) Talk(talked time.Duration) {
	f.Talks++
	f.Talked += max(talked, 0)
}

// Add takes in what was counted elsewhere.
func (f *Figures) Add(g Figures) {
	f.Offered += g.Offered
	f.Answered += g.Answered
	f.Missed += g.Missed
	f.Abandoned += g.Abandoned
	f.Short += g.Short
	f.InTime += g.InTime
	f.Waited += g.Waited
	f.Longest = max(f.Longest, g.Longest)
	f.Talks += g.Talks
	f.Talked += g.Talked
}

// ServiceLevel is answered in time ÷ (answered + abandoned − short abandons), in percent (BX-5); false without calls.
func (f *Figures) ServiceLevel() (percent int, ok bool) {
	all := f.Answered + f.Abandoned - f.Short
	if all <= 0 {
		return 0, false
	}
	return (100*f.InTime + all/2) / all, true
}

// AverageWait is over the stays that were answered or abandoned; 0 without any.
func (f *Figures) AverageWait() time.Duration { return average(f.Waited, f.Answered+f.Abandoned) }

// AverageTalk is over the agents' parts that are over; 0 without any.
func (f *Figures) AverageTalk() time.Duration { return average(f.Talked, f.Talks) }

func average(sum time.Duration, count int) time.Duration {
	if count == 0 {
		return 0
	}
	return sum / time.Duration(count)
}

// Span is a stretch of time, without its end.
type Span struct{ From, To time.Time }

// Holds tells whether a moment is in it.
func (s Span) Holds(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }

// ByQueue counts what calls did in their queues within the span of each, each thing at the moment it happened.
func ByQueue(records []*Record, span func(id.Queue) Span, goal func(id.Queue) Goal) map[id.Queue]Figures {
	all := map[id.Queue]Figures{}
	for _, r := range records {
		for _, v := range r.Queues {
			f := all[v.Queue]
			r.countVisit(v, span(v.Queue), goal(v.Queue), &f)
			all[v.Queue] = f
		}
		for _, o := range r.Offers {
			if q, ok := r.rungIn(o); ok && o.Result == "missed" && span(q).Holds(o.EndedAt) {
				f := all[q]
				f.Missed++
				all[q] = f
			}
		}
	}
	return all
}

func (r *Record) countVisit(v QueueVisit, span Span, g Goal, f *Figures) {
	if span.Holds(v.EnteredAt) {
		f.Offered++
	}
	if v.Result != "" && span.Holds(v.LeftAt) {
		f.Leave(v.Result, v.LeftAt.Sub(v.EnteredAt), g)
	}
	for _, a := range r.Agents { // the answer began the agent's part
		if v.Result == "answered" && a.Joined.Equal(v.AnsweredAt) && span.Holds(a.Left) {
			f.Talk(a.Left.Sub(a.Joined))
		}
	}
}

// rungIn is the queue whose offer it was; false of a direct call.
func (r *Record) rungIn(o Offer) (id.Queue, bool) {
	if o.Direct || o.Queue != "" {
		return o.Queue, !o.Direct
	}
	v, ok := r.visitAt(o.SentAt)
	return v.Queue, ok
}

// visitAt is the stay in a queue during which something happened.
func (r *Record) visitAt(at time.Time) (QueueVisit, bool) {
	for i := len(r.Queues) - 1; i >= 0; i-- {
		if v := r.Queues[i]; !v.EnteredAt.After(at) {
			return v, true
		}
	}
	return QueueVisit{}, false
}
