package routing

import (
	"cmp"
	"fmt"
	"time"
)

// queue tells whether the queue takes the caller, and what comes of it (QU-7, BX-12).
func (s *simulation) queue(step Step) (next Step, on bool) {
	q := s.plan.Queues[step.Queue]
	at := &step.Hops[len(step.Hops)-1].To
	if why, refused := s.refuses(step, q); refused {
		return s.plan.AfterQueue(step.Queue, why, s.now, step.Travel), true
	}
	s.scene(SceneWait, at, q.Name, waitWords(q, s.place(step, q))+s.precedenceWords(q.Priority))
	s.play(q.EntryGreeting, q.RecordingNotice)
	switch left, after := s.givesUp(step, q); {
	case left != "":
		s.now = s.now.Add(after)
		return s.plan.AfterQueue(step.Queue, left, s.now, step.Travel), true
	case s.trial.Unanswered:
		s.end(*at, q.Name, "the caller waits without end, as the queue has no longest wait")
	default:
		s.end(*at, q.Name, fmt.Sprintf("the call is offered to the queue's members (%s)", strategyWords(q.Strategy)))
	}
	return Step{}, false
}

// refuses tells whether the queue lets the caller join.
func (s *simulation) refuses(step Step, q Queue) (Left, bool) {
	state, known := s.trial.Queues[step.Queue]
	if !known {
		state = QueueState{Online: len(q.Agents), Available: len(q.Agents)}
	}
	switch {
	case !s.open(q.Schedule):
		return QueueClosed, true
	case q.MaxWaiting > 0 && state.Waiting >= q.MaxWaiting:
		return QueueFull, true
	case q.JoinWhen == "staffed" && state.Online == 0, q.JoinWhen == "available" && state.Available == 0:
		return QueueUnstaffed, true
	}
	return "", false
}

// givesUp tells why and when the queue lets a caller go whom nobody takes; empty when it does not, or somebody takes the call.
func (s *simulation) givesUp(step Step, q Queue) (Left, time.Duration) {
	state, known := s.trial.Queues[step.Queue]
	deserted := len(q.Agents) == 0 || known && state.Online == 0
	unstaffed, longest := time.Duration(-1), time.Duration(q.MaxHoldSeconds)*time.Second
	if deserted && q.LeaveUnstaffed != nil {
		unstaffed = time.Duration(*q.LeaveUnstaffed) * time.Second
	}
	switch {
	case unstaffed >= 0 && (longest == 0 || unstaffed < longest):
		return QueueUnstaffed, unstaffed
	case (deserted || s.trial.Unanswered) && longest > 0:
		return QueueTimeout, longest
	}
	return "", 0
}

// place is where the caller stands among those who wait, from 1: by priority first, then by the time of entry, from which an age is
// taken (BX-2).
func (s *simulation) place(step Step, q Queue) int {
	state, own := s.trial.Queues[step.Queue], cmp.Or(s.precedence.Priority, q.Priority)
	switch {
	case own < q.Priority:
		return 1
	case own > q.Priority || s.precedence.AgeSeconds <= 0:
		return state.Waiting + 1
	}
	place := 1
	for _, waited := range state.Waits[:min(len(state.Waits), state.Waiting)] {
		if waited >= s.precedence.AgeSeconds {
			place++
		}
	}
	return place
}

// waitWords says at which place the caller waits, and for whom.
func waitWords(q Queue, place int) string {
	members := fmt.Sprintf("%d members", len(q.Agents))
	if len(q.Agents) == 1 {
		members = "1 member"
	}
	return fmt.Sprintf("The caller waits in %s at place %d; the queue has %s.", q.Name, place, members)
}

// strategyWords says how a queue chooses among its members (QU-5).
func strategyWords(strategy string) string {
	if words, known := map[string]string{
		"round_robin": "one after the other", "simultaneous": "all at once", "weighted": "by weight",
		"fewest_calls": "who had the fewest calls first",
		"random":       "at random", "ordered": "in their order", "sticky": "who spoke with this customer last first", "smart": "by skills",
	}[strategy]; known {
		return words
	}
	return "who has been free for longest first"
}
