package acd

import (
	"parley/internal/id"
	"parley/internal/skill"
)

// Strategy says which of the agents who may take a call is offered it (QU-5).
type Strategy string

// The strategies. Those that name no other rule for equals take whoever has been idle longest.
const (
	// LongestIdle is the default.
	LongestIdle Strategy = "longest_idle"
	// RoundRobin goes through the members in their order, on from the one who was offered a call last.
	RoundRobin Strategy = "round_robin"
	// Simultaneous rings all free members of the highest member weight at once; when none of them answers, those of
	// the next weight, and after the last the first again. The first answer wins. Members who become free join the
	// ring, unless a call that rings nobody waits for them; where the weights differ, within its ring time.
	Simultaneous Strategy = "simultaneous"
	// Weighted shares the offers out in proportion to the member weights.
	Weighted Strategy = "weighted"
	// FewestCalls takes whoever has answered the fewest of this queue's calls since midnight at the organisation.
	FewestCalls Strategy = "fewest_calls"
	// Random takes anybody.
	Random Strategy = "random"
	// Ordered takes the first free member in their order.
	Ordered Strategy = "ordered"
	// Sticky takes the agent whom the customer spoke to last, when that agent is free.
	Sticky Strategy = "sticky"
	// Smart takes whoever has the highest levels of the skills that the call's step asks for.
	Smart Strategy = "smart"
)

// JoinWhen says when a call is let into a queue (BX-12).
type JoinWhen string

// When calls are let in.
const (
	JoinAlways    JoinWhen = "always"    // the default
	JoinStaffed   JoinWhen = "staffed"   // while a member is not offline
	JoinAvailable JoinWhen = "available" // while a member is available, rung or not, with the toggle on and inside schedule
)

// Queue is what the ACD knows of a queue.
type Queue struct {
	ID       id.Queue   `json:"id"`
	Name     string     `json:"name"`
	Members  []id.Agent `json:"members"`            // in the order that round_robin and ordered go by
	Strategy Strategy   `json:"strategy,omitempty"` // empty: longest_idle
	// Weight is 1 to 10, 0 means the default 5. It is the share between queues when an agent who becomes free has
	// calls in several: among calls of one priority the time waited counts weight times. With equal weights the
	// entry time decides (QU-4).
	Weight int `json:"weight,omitempty"`
	// MemberWeights are 1 to 10, by member; a member who is not named has 5. What they do is the strategies' matter.
	MemberWeights map[id.Agent]int `json:"member_weights,omitempty"`

	RingSeconds   int  `json:"ring_seconds"`                    // 5 to 120 (SP-9)
	WrapUpSeconds int  `json:"wrap_up_seconds"`                 // 0 to 3600 (QU-9)
	ExtendSeconds int  `json:"extended_wrap_seconds,omitempty"` // 0: as WrapUpSeconds
	MaxExtensions int  `json:"max_extensions"`                  // 0 to 10 (CF-2)
	AutoPause     bool `json:"auto_pause"`                      // a missed offer sets the agent unavailable (CF-3)
	// OutcomeRequired holds the agent in wrap_up until an outcome is chosen; AutoOutcome is applied when none was chosen
	// by the end of the wrap-up, and holds nobody (QU-9).
	OutcomeRequired bool   `json:"outcome_required,omitempty"`
	AutoOutcome     string `json:"auto_outcome,omitempty"`
	// Outcomes are those that may be chosen; none: any.
	Outcomes []string `json:"outcomes,omitempty"`

	MaxHoldSeconds int      `json:"max_hold_seconds,omitempty"` // 0 to 86400, 0 unlimited; counts from entry (QU-7)
	MaxWaiting     int      `json:"max_waiting,omitempty"`      // 0: no limit; callbacks do not count (BX-12)
	JoinWhen       JoinWhen `json:"join_when,omitempty"`        // empty: always
	// LeaveUnstaffedSeconds is after how long without a member online those who wait are sent on (BX-12); 0: never.
	LeaveUnstaffedSeconds int `json:"leave_when_unstaffed_seconds,omitempty"`
	// Closed is set outside the queue's schedule: nobody is let in; those who wait go on waiting (QU-7).
	Closed bool `json:"closed,omitempty"`
	// AllowUnavailable lets agents who are unavailable be offered calls too, after those who are available. Agents who are
	// offline, in a call or in wrap-up never are.
	AllowUnavailable bool   `json:"allow_unavailable,omitempty"`
	Steps            []Step `json:"steps,omitempty"` // of calls that bring none (BX-1)

	CallbackMaxPending   int  `json:"callback_max_pending,omitempty"`         // 1 to 500, 0 means the default 20 (QU-11)
	CallbackMaxAttempts  int  `json:"callback_max_attempts,omitempty"`        // 1 to 10, 0 means the default 3
	CallbackRetrySeconds int  `json:"callback_retry_delay_seconds,omitempty"` // 30 to 86400, 0 means the default 300
	CallbackHoursOnly    bool `json:"callback_hours_only,omitempty"`          // none is booked or begun while Closed
	// CustomerFirst dials the customer before an agent is reserved (BX-3); else the agent is offered the callback first.
	CustomerFirst bool `json:"customer_first,omitempty"`
}

// Step says who may take a call for a while (BX-1): the agents whose skills fit, or the agents that are named. A
// preferred agent is a step that names one.
type Step struct {
	Skills        string     `json:"skills,omitempty"` // an expression, see skill.Parse; empty: Agents count
	Agents        []id.Agent `json:"agents,omitempty"`
	ExpirySeconds int        `json:"expiry_seconds,omitempty"` // 1 to 3600, 0: it does not expire
}

// Agent is what the ACD knows of an agent from the configuration.
type Agent struct {
	ID            id.Agent   `json:"id"`
	Name          string     `json:"name"`
	DefaultStatus Status     `json:"default_status"` // status after Start: available or unavailable
	ToggledOff    []id.Queue `json:"toggled_off,omitempty"`
	// DirectWhenUnavailable: direct calls ring though unavailable (AG table).
	DirectWhenUnavailable bool `json:"direct_when_unavailable,omitempty"`
	// TransfersWhenUnavailable: transfers ring though unavailable (PM-7).
	TransfersWhenUnavailable bool `json:"transfers_when_unavailable,omitempty"`

	// CallWaiting: a direct call may ring although the agent is in a call (SP-25).
	CallWaiting bool `json:"call_waiting,omitempty"`

	Skills       []skill.Skill `json:"skills,omitempty"`
	Closed       bool          `json:"closed,omitempty"`        // outside the agent's schedule (QU-18)
	NotPermitted bool          `json:"not_permitted,omitempty"` // without role agent: no queue work (QU-14)
}

// Effect is what a status means for routing.
type Effect string

// The routing effects.
const (
	EffectAvailable   Effect = "available"
	EffectBusy        Effect = "busy"
	EffectUnavailable Effect = "unavailable"
)

// CustomStatus is a status that an admin has made (MN-12); inactive ones are left out. An agent in one whose effect is
// not available has the status unavailable here.
type CustomStatus struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Effect Effect `json:"effect"`
}

// Configure replaces queues, members, agents and custom statuses, toggles and schedules included. Membership acts at
// once; live offers and calls go on as they began. An agent who was left out and is back is offline until DeviceUp is
// said again.
type Configure struct {
	Queues   []Queue        `json:"queues"`
	Agents   []Agent        `json:"agents"`
	Statuses []CustomStatus `json:"statuses,omitempty"`
	Timezone string         `json:"timezone,omitempty"` // IANA name, where days begin at midnight; empty: UTC
}

func (Configure) acdSignal() {}
