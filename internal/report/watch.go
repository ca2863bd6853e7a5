package report

import (
	"maps"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/owner"
)

// What a queue is judged by (BX-5). One late call in an empty queue at night is no fall, so there is a least number of calls; and a
// level that trembles about its goal is told of once, so it must rise above the goal before it can fall again.
const (
	WatchWindow = 30 * time.Minute // results older than this do not count
	watchLeast  = 5                // calls that count, below which nothing falls
	watchRise   = 5                // percent above the goal at which it has recovered, 100 at most
)

// Watch tells when the service level of a queue falls below its goal, and when it has recovered. It is a machine: only its owner may
// touch it.
type Watch struct {
	queues map[id.Queue]*watched
	looks  bool // a timer is set for the oldest result
}

// watched is one queue.
type watched struct {
	goal  WatchedQueue
	stays []Stay // of the last 30 minutes, the oldest first
	low   bool   // it fell and has not recovered
}

// WatchedQueue is a queue with its goal.
type WatchedQueue struct {
	Queue   id.Queue `json:"queue"`
	Percent int      `json:"percent"` // 1-100; 0: the queue is not judged
	Goal    Goal     `json:"goal"`
}

// WatchSignal is anything that reaches a Watch.
type WatchSignal interface{ watchSignal() }

// The signals.
type (
	// WatchQueues sets which queues there are. What was counted stays.
	WatchQueues struct {
		Queues []WatchedQueue `json:"queues"`
	}
	// WatchPast tells what was before the watch began; a queue that is low by it is not told of, for that was done then.
	WatchPast struct {
		Stays []Stay `json:"stays"`
	}
	// StayOver says that a caller waits no more.
	StayOver Stay
	// WatchTime is heard when the time of a LookAgain has come.
	WatchTime struct{}
)

// LookAgain asks for WatchTime after a while.
type LookAgain struct {
	After time.Duration `json:"after"`
}

// WatchEvent is something that a Watch tells.
type WatchEvent interface{ watchEvent() }

// Level is how a queue did in the last 30 minutes.
type Level struct {
	Queue   id.Queue `json:"queue"`
	Percent int      `json:"percent"` // of the calls, answered in time
	Goal    int      `json:"goal"`    // percent
	Calls   int      `json:"calls"`   // that count
}

// The events.
type (
	// Fell says that the level of a queue is below its goal, once until it has recovered.
	Fell struct{ Level }
	// Recovered says that it is above the goal again, or that nobody has called for 30 minutes.
	Recovered struct{ Level }
)

func (WatchQueues) watchSignal() {}
func (WatchPast) watchSignal()   {}
func (StayOver) watchSignal()    {}
func (WatchTime) watchSignal()   {}

func (Fell) watchEvent()      {}
func (Recovered) watchEvent() {}

// WatchSignals knows the words for stories.
var WatchSignals = owner.NewDictionary[WatchSignal](WatchQueues{}, WatchPast{}, StayOver{}, WatchTime{})

// WatchOutcome is what one signal leads to.
type WatchOutcome struct {
	Look   *LookAgain
	Events []WatchEvent
}

// NewWatch gives a watch over no queue.
func NewWatch() *Watch { return &Watch{queues: map[id.Queue]*watched{}} }

// Handle moves the watch on. Its error is always nil: results of queues that are no more are passed over.
func (w *Watch) Handle(now time.Time, s WatchSignal) (WatchOutcome, error) {
	out := WatchOutcome{}
	switch s := s.(type) {
	case WatchQueues:
		w.configure(s.Queues)
		w.judge(now, &out)
	case WatchPast:
		for _, stay := range s.Stays {
			w.take(stay)
		}
		w.judge(now, &WatchOutcome{})
	case StayOver:
		w.take(Stay(s))
		w.judge(now, &out)
	case WatchTime:
		w.looks = false
		w.judge(now, &out)
	}
	w.look(now, &out)
	return out, nil
}

// Ended is always false: there is something to watch as long as the program runs.
func (w *Watch) Ended() bool { return false }

func (w *Watch) configure(queues []WatchedQueue) {
	before := w.queues
	w.queues = map[id.Queue]*watched{}
	for _, q := range queues {
		known := before[q.Queue]
		if known == nil {
			known = &watched{}
		}
		known.goal = q
		w.queues[q.Queue] = known
	}
}

// take counts a stay that bears on the service level.
func (w *Watch) take(s Stay) {
	q := w.queues[s.Queue]
	if q == nil || s.Result != "answered" && s.Result != "abandoned" {
		return
	}
	at, _ := slices.BinarySearchFunc(q.stays, s.Left, func(have Stay, left time.Time) int {
		if have.Left.After(left) {
			return 1
		}
		return -1
	})
	q.stays = slices.Insert(q.stays, at, s)
}

// judge looks at every queue, in an order of their ids so that the same signals tell the same.
func (w *Watch) judge(now time.Time, out *WatchOutcome) {
	for _, which := range slices.Sorted(maps.Keys(w.queues)) {
		q := w.queues[which]
		q.stays = slices.DeleteFunc(q.stays, func(s Stay) bool { return now.Sub(s.Left) >= WatchWindow })
		level, in := q.level()
		switch {
		case !q.low && level.Calls >= watchLeast && 100*in < level.Goal*level.Calls:
			q.low = true
			out.Events = append(out.Events, Fell{level})
		case q.low && 100*in >= min(level.Goal+watchRise, 100)*level.Calls:
			q.low = false
			out.Events = append(out.Events, Recovered{level})
		}
	}
}

// level counts what is in the window; in are the calls that were answered in time.
func (q *watched) level() (l Level, in int) {
	f := Figures{}
	for _, s := range q.stays {
		f.Leave(s.Result, s.Left.Sub(s.Entered), q.goal.Goal)
	}
	l = Level{Queue: q.goal.Queue, Goal: q.goal.Percent, Calls: f.Answered + f.Abandoned - f.Short}
	l.Percent, _ = f.ServiceLevel()
	if 100*f.InTime < l.Goal*l.Calls {
		l.Percent = min(l.Percent, l.Goal-1) // rounding must not lift it to the goal
	}
	return l, f.InTime
}

// look has the oldest result looked at when it leaves the window.
func (w *Watch) look(now time.Time, out *WatchOutcome) {
	if w.looks {
		return
	}
	var oldest time.Time
	for _, q := range w.queues {
		if len(q.stays) > 0 && (oldest.IsZero() || q.stays[0].Left.Before(oldest)) {
			oldest = q.stays[0].Left
		}
	}
	if !oldest.IsZero() {
		w.looks = true
		out.Look = &LookAgain{max(oldest.Add(WatchWindow).Sub(now), time.Second)}
	}
}
