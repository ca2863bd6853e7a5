package acd

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/internal/id"
	"parley/internal/skill"
)

// agent is what the distributor remembers of an agent. While Available, Since is the idle time's beginning.
type agent struct {
	Agent
	Up      bool      `json:"up,omitempty"`
	Asleep  bool      `json:"asleep,omitempty"`
	DownBy  Trigger   `json:"down_by,omitempty"` // what took the devices away during a call
	DownFor id.User   `json:"down_for,omitempty"`
	Status  Status    `json:"status"`
	Custom  string    `json:"custom,omitempty"` // the custom status, when Status stands for one
	Effect  Effect    `json:"effect,omitempty"` // of Custom
	Reason  string    `json:"reason,omitempty"`
	Since   time.Time `json:"since"`
	Choice  choice    `json:"choice"`
	Stored  time.Time `json:"stored,omitzero"` // Choice comes from before a rebuild and has lasted since then
	Rest    time.Time `json:"rest,omitzero"`   // no offers until then, after one that failed
	Place   *place    `json:"place,omitempty"`
	Wrap    *wrap     `json:"wrap,omitempty"`
	Removed bool      `json:"removed,omitempty"` // no longer configured; goes with the end of its place
	Suspect time.Time `json:"suspect,omitzero"`  // since when no call stands for Place

	// Second is the direct call on the agent's other line, or that rings there (SP-25); Place is talked in then. SuspectSecond is to it
	// what Suspect is to Place, Owed the wrap-up of the one that has ended first.
	Second        *place    `json:"second,omitempty"`
	SuspectSecond time.Time `json:"suspect_second,omitzero"`
	Owed          *owed     `json:"owed,omitempty"`

	Refused map[id.Call]refusal `json:"refused,omitempty"`

	skills skill.Set
	queues []*queue // those that deliver to this agent now
	member []*queue // those that the agent is a member of
	listed []*queue // those in whose lists of free agents the agent stands
}

// choice is the status that returns after a call: what a person chose last, or the default.
type choice struct {
	Status Status  `json:"status"`
	Custom string  `json:"custom,omitempty"`
	Name   string  `json:"name,omitempty"` // of Custom, which may be deactivated before the status returns (MN-12)
	Effect Effect  `json:"effect,omitempty"`
	Reason string  `json:"reason,omitempty"`
	By     id.User `json:"by,omitempty"`
	Fresh  bool    `json:"fresh,omitempty"` // chosen during an offer or a call, not yet in effect
}

// place is what holds an agent: an open offer, a reservation or a call.
type place struct {
	Call    id.Call   `json:"call"`
	Offer   id.Offer  `json:"offer,omitempty"` // set while the offer is open
	Queue   id.Queue  `json:"queue,omitempty"` // empty for direct and outbound calls
	Terms   terms     `json:"terms"`
	Talking bool      `json:"talking,omitempty"`
	Watch   bool      `json:"watch,omitempty"` // of a supervisor who watches somebody else's call
	Asked   bool      `json:"asked,omitempty"` // given to an outbound call in which the agent is not yet
	Since   time.Time `json:"since"`
	Outcome string    `json:"outcome,omitempty"` // chosen during the call
}

// terms are what a call began with; a changed queue acts on the next call.
type terms struct {
	RingSeconds     int    `json:"ring_seconds,omitempty"`
	WrapUpSeconds   int    `json:"wrap_up_seconds,omitempty"`
	ExtendSeconds   int    `json:"extended_wrap_seconds,omitempty"`
	MaxExtensions   int    `json:"max_extensions,omitempty"`
	AutoPause       bool   `json:"auto_pause,omitempty"`
	OutcomeRequired bool   `json:"outcome_required,omitempty"`
	AutoOutcome     string `json:"auto_outcome,omitempty"`

	Outcomes []string `json:"outcomes,omitempty"`
}

// refusal keeps one call from one agent for a while.
type refusal struct {
	Until  time.Time `json:"until"`
	Failed bool      `json:"failed,omitempty"` // no fault of the agent's: forgotten when a device wakes
}

// free tells whether nothing but a queue's own rules stands between the agent and an offer.
func (a *agent) free() bool {
	return (a.Status == Available || a.Status == Unavailable) && a.Up && !a.Asleep && !a.Removed && !a.Closed && !a.NotPermitted &&
		a.Place == nil && a.Rest.IsZero()
}

// serves tells whether a queue takes the agent's status for one that delivers.
func (a *agent) serves(q *queue) bool {
	return a.Status == Available || a.Status == Unavailable && q.AllowUnavailable && a.Effect != EffectBusy
}

func (a *agent) refuses(c id.Call) bool {
	if len(a.Refused) == 0 {
		return false
	}
	_, refused := a.Refused[c]
	return refused
}

// holds tells whether the agent is reserved for, or in, this very call.
func (a *agent) holds(c id.Call) bool {
	return a.Place != nil && a.Place.Call == c && a.Place.Offer == ""
}

// defaultChoice is the status after Start: available only when configured so.
func (a *agent) defaultChoice() choice {
	if a.DefaultStatus == Available {
		return choice{Status: Available}
	}
	return choice{Status: Unavailable}
}

// why says why the agent cannot be offered this call of this queue, empty when nothing stands in the way.
func (a *agent) why(q *queue, c *waiting) Why {
	switch {
	case a.NotPermitted:
		return WhyUnknown
	case a.Place != nil && a.Place.Talking:
		return WhyOnCall
	case a.Place != nil:
		return WhyOffered
	case !a.Up:
		return WhyOffline
	case a.Status == WrapUp:
		return WhyWrapUp
	case !a.serves(q):
		return WhyStatus
	case a.Closed:
		return WhySchedule
	case a.Asleep || !a.Rest.IsZero():
		return WhyAsleep
	case slices.Contains(a.ToggledOff, q.ID):
		return WhyQueueOff
	case a.refuses(c.Call):
		return WhyRecentlyRefused
	case !c.wants(a):
		return WhySkills
	}
	return ""
}

// byIdle puts those who are available first, then the agent who has been idle longest.
func byIdle(a, b *agent) int {
	if a.Status != b.Status {
		return strings.Compare(string(a.Status), string(b.Status)) // "available" stands before "unavailable"
	}
	return cmp.Or(a.Since.Compare(b.Since), strings.Compare(string(a.ID), string(b.ID)))
}

// unlist takes an agent out of the lists of free agents. What orders them changes only after it.
func (d *Distributor) unlist(a *agent) {
	for _, q := range a.listed {
		q.free = remove(q.free, a, byIdle)
	}
	a.listed = a.listed[:0]
}

// relist makes the lists of free agents tell the truth about this one.
func (d *Distributor) relist(a *agent) {
	if !a.free() {
		d.unlist(a)
		return
	}
	if len(a.listed) > 0 {
		return
	}
	for _, q := range a.queues {
		if a.serves(q) {
			q.free = insert(q.free, a, byIdle)
			a.listed = append(a.listed, q)
		}
	}
}
