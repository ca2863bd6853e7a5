package report

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/id"
)

// Turn is one change of an agent's status on a channel (MN-9).
type Turn struct {
	Agent      id.Agent
	Channel    string // voice or chat
	At         time.Time
	From, To   string // statuses
	FromEffect string // routing effects
	ToEffect   string
	Custom     string // name of the custom status that To stands for
	Before     time.Duration
}

// Part is what an agent had to do with a call or a chat.
type Part struct {
	Agent   id.Agent
	Channel string
	At      time.Time // when the agent joined, or the call came
	Taken   bool      // the agent could talk
	Missed  int       // offers that rang out
}

// offline is the status that is nobody's work: its time is not tracked.
const offline = "offline"

// StatusTime is how long an agent was in a status.
type StatusTime struct {
	Status  string `json:"status" doc:"available, unavailable, on_call or wrap_up"`
	Custom  string `json:"custom_status,omitempty" doc:"name of the custom status that stood for it"`
	Seconds int    `json:"seconds"`
}

// WorkHour is one hour of the clock of an agent's day.
type WorkHour struct {
	Hour      int `json:"hour" minimum:"0" maximum:"23"`
	Available int `json:"available_seconds"`
	Tracked   int `json:"tracked_seconds"`
	Taken     int `json:"taken" doc:"calls or chats"`
}

// Work is what an agent did on a channel in some time (MN-10). The time in which the agent was signed out is no part of it.
type Work struct {
	Available   int          `json:"available_seconds" doc:"in statuses of the effect available or busy"`
	Unavailable int          `json:"unavailable_seconds"`
	Tracked     int          `json:"total_tracked_seconds" doc:"available and unavailable; not offline"`
	Statuses    []StatusTime `json:"statuses"`
	Taken       int          `json:"taken" doc:"calls taken, or chats handled"`
	Missed      int          `json:"missed" doc:"offers that rang out"`
	Hours       []WorkHour   `json:"hours" doc:"hours of the clock in which there was anything"`
}

// AgentDay is the roll-up of one agent, day and channel (MN-10).
type AgentDay struct {
	Day     string   `json:"day" format:"date"`
	Agent   id.Agent `json:"agent"`
	Channel string   `json:"channel" enum:"voice,chat"`
	Work
}

// Percent is the part of the tracked time in which the agent was available; false when none was tracked.
func (w *Work) Percent() (percent int, ok bool) {
	if w.Tracked == 0 {
		return 0, false
	}
	return (100*w.Available + w.Tracked/2) / w.Tracked, true
}

// Handle is the average time for what was taken, in seconds: in calls and in the work after them; 0 when nothing was taken.
func (w *Work) Handle() int {
	if w.Taken == 0 {
		return 0
	}
	sum := 0
	for _, s := range w.Statuses {
		if s.Status == "on_call" || s.Status == "wrap_up" {
			sum += s.Seconds
		}
	}
	return sum / w.Taken
}

// Add takes in other work of the same agent.
func (w *Work) Add(other *Work) {
	w.Available += other.Available
	w.Unavailable += other.Unavailable
	w.Tracked += other.Tracked
	w.Taken += other.Taken
	w.Missed += other.Missed
	for _, s := range other.Statuses {
		w.in(s.Status, s.Custom, s.Seconds)
	}
	for _, h := range other.Hours {
		w.hour(h.Hour, h.Available, h.Tracked, h.Taken)
	}
}

func (w *Work) in(status, custom string, seconds int) {
	for i := range w.Statuses {
		if s := &w.Statuses[i]; s.Status == status && s.Custom == custom {
			s.Seconds += seconds
			return
		}
	}
	w.Statuses = append(w.Statuses, StatusTime{status, custom, seconds})
	slices.SortFunc(w.Statuses, func(a, b StatusTime) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Custom, b.Custom))
	})
}

func (w *Work) hour(hour, available, tracked, taken int) {
	at, found := slices.BinarySearchFunc(w.Hours, hour, func(h WorkHour, hour int) int { return cmp.Compare(h.Hour, hour) })
	if !found {
		w.Hours = slices.Insert(w.Hours, at, WorkHour{Hour: hour})
	}
	h := &w.Hours[at]
	h.Available, h.Tracked, h.Taken = h.Available+available, h.Tracked+tracked, h.Taken+taken
}

// agentOn is an agent on a channel.
type agentOn struct {
	agent   id.Agent
	channel string
}

// WorkOn computes the roll-ups of a day at a place, by agent and channel, from what was stored. Turns hold those of the day and, of each
// agent and channel, the last one before it; they and the parts may come in any order. What comes after now has not happened.
func WorkOn(day Day, place *time.Location, now time.Time, turns []Turn, parts []Part) []AgentDay {
	span := day.At(place)
	if now.Before(span.To) {
		span.To = now
	}
	all := map[agentOn]*AgentDay{}
	of := func(key agentOn) *AgentDay {
		if all[key] == nil {
			all[key] = &AgentDay{Day: day.String(), Agent: key.agent, Channel: key.channel,
				Work: Work{Statuses: []StatusTime{}, Hours: []WorkHour{}}}
		}
		return all[key]
	}
	for key, list := range stretches(span, turns) {
		for _, s := range list {
			if s.Status != offline {
				of(agentOn{key.agent, key.channel}).spend(s, place)
			}
		}
	}
	for _, p := range parts {
		if span.Holds(p.At) && (p.Taken || p.Missed > 0) {
			of(agentOn{p.Agent, p.Channel}).take(p, place)
		}
	}
	days := make([]AgentDay, 0, len(all))
	for _, one := range all {
		days = append(days, *one)
	}
	slices.SortFunc(days, func(a, b AgentDay) int {
		return cmp.Or(cmp.Compare(a.Agent, b.Agent), cmp.Compare(a.Channel, b.Channel))
	})
	return days
}

// spend counts a stretch, hour by hour of the clock at the place.
func (w *Work) spend(s Stretch, place *time.Location) {
	length := s.Seconds()
	w.Tracked += length
	if s.Available() {
		w.Available += length
	} else {
		w.Unavailable += length
	}
	w.in(s.Status, s.Custom, length)
	for from := s.From; from.Before(s.To); {
		clock := from.In(place)
		next := from.Add(time.Hour - time.Duration(clock.Minute())*time.Minute - time.Duration(clock.Second())*time.Second)
		if next.After(s.To) {
			next = s.To
		}
		spent := int(next.Sub(from) / time.Second)
		if s.Available() {
			w.hour(clock.Hour(), spent, spent, 0)
		} else {
			w.hour(clock.Hour(), 0, spent, 0)
		}
		from = next
	}
}

func (w *Work) take(p Part, place *time.Location) {
	w.Missed += p.Missed
	if p.Taken {
		w.Taken++
		w.hour(p.At.In(place).Hour(), 0, 0, 1)
	}
}
