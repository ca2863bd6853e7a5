package report

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
)

// QueueHalf is what a queue did in half an hour of the clock (BX-5). A stay counts when it ends.
type QueueHalf struct {
	Day         string    `json:"day" format:"date"`
	Queue       id.Queue  `json:"queue"`
	At          time.Time `json:"at" doc:"when the half-hour begins"`
	Answered    int       `json:"answered"`
	InTime      int       `json:"answered_in_time" doc:"within the queue's sl_seconds"`
	Abandoned   int       `json:"abandoned"`
	Short       int       `json:"short_abandons" doc:"of the abandoned: before the queue's short_abandon_seconds"`
	WaitSeconds int       `json:"wait_seconds" doc:"of all answered and abandoned together"`
}

// ServiceLevel is answered in time ÷ (answered + abandoned − short abandons), in percent (BX-5); false without calls.
func (h *QueueHalf) ServiceLevel() (percent int, ok bool) {
	f := Figures{Answered: h.Answered, InTime: h.InTime, Abandoned: h.Abandoned, Short: h.Short}
	return f.ServiceLevel()
}

// Add takes in another time of the same queue.
func (h *QueueHalf) Add(other *QueueHalf) {
	h.Answered += other.Answered
	h.InTime += other.InTime
	h.Abandoned += other.Abandoned
	h.Short += other.Short
	h.WaitSeconds += other.WaitSeconds
}

// Stay is a stay in a queue that is over.
type Stay struct {
	Queue   id.Queue
	Entered time.Time
	Left    time.Time
	Result  string // QU-23
}

// HalvesOn counts the stays that ended on a day at a place, by queue and half-hour of its clock; half-hours without any are left out.
func HalvesOn(day Day, place *time.Location, stays []Stay, goal func(id.Queue) Goal) []QueueHalf {
	type key struct {
		queue id.Queue
		at    int64
	}
	span, all := day.At(place), map[key]*Figures{}
	for _, s := range stays {
		if !span.Holds(s.Left) || s.Result != "answered" && s.Result != "abandoned" {
			continue
		}
		k := key{s.Queue, halfOf(s.Left, place).Unix()}
		if all[k] == nil {
			all[k] = &Figures{}
		}
		all[k].Leave(s.Result, s.Left.Sub(s.Entered), goal(s.Queue))
	}
	halves := make([]QueueHalf, 0, len(all))
	for k, f := range all {
		halves = append(halves, QueueHalf{
			Day: day.String(), Queue: k.queue, At: time.Unix(k.at, 0).UTC(), Answered: f.Answered, InTime: f.InTime,
			Abandoned: f.Abandoned, Short: f.Short, WaitSeconds: int(f.Waited / time.Second),
		})
	}
	slices.SortFunc(halves, func(a, b QueueHalf) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Queue, b.Queue)) })
	return halves
}

// halfOf is when the half-hour of the clock at a place began.
func halfOf(at time.Time, place *time.Location) time.Time {
	clock := at.In(place)
	return at.Truncate(time.Second).Add(-time.Duration(clock.Minute()%30)*time.Minute - time.Duration(clock.Second())*time.Second)
}
