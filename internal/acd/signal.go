package acd

import (
	"time"

	"parley/internal/id"
)

// Signal is anything that reaches the ACD.
type Signal interface{ acdSignal() }

// Queue is what the ACD knows of a queue.
type Queue struct {
	ID            id.Queue   `json:"id"`
	Name          string     `json:"name"`
	Members       []id.Agent `json:"members"`
	RingSeconds   int        `json:"ring_seconds"`                    // 5 to 120 (SP-9)
	WrapUpSeconds int        `json:"wrap_up_seconds"`                 // 0 to 3600 (QU-9)
	ExtendSeconds int        `json:"extended_wrap_seconds,omitempty"` // 0: as WrapUpSeconds
	MaxExtensions int        `json:"max_extensions"`                  // 0 to 10 (CF-2)
	AutoPause     bool       `json:"auto_pause"`                      // a missed offer sets the agent unavailable (CF-3)
}

// Agent is what the ACD knows of an agent from the configuration.
type Agent struct {
	ID            id.Agent   `json:"id"`
	Name          string     `json:"name"`
	DefaultStatus Status     `json:"default_status"` // status after Start: available or unavailable
	ToggledOff    []id.Queue `json:"toggled_off,omitempty"`
	// DirectWhenUnavailable: direct calls ring though unavailable (AG table).
	DirectWhenUnavailable bool `json:"direct_when_unavailable,omitempty"`
}

type (
	// Configure replaces queues, members and agents, toggles included. Membership acts at once; live offers go on. An agent
	// who was left out and is back is offline until DeviceUp is said again.
	Configure struct {
		Queues []Queue `json:"queues"`
		Agents []Agent `json:"agents"`
	}
	// DeviceUp says that something of the agent's can ring: work was started (SP-33).
	DeviceUp struct {
		Agent id.Agent `json:"agent"`
	}
	// DeviceDown says that nothing of the agent's can ring any more: the agent goes offline.
	DeviceDown struct {
		Agent   id.Agent `json:"agent"`
		Trigger Trigger  `json:"trigger"`
	}
	// DeviceAsleep says that no device of the agent acknowledges; offered nothing until DeviceAwake (BX-54).
	DeviceAsleep struct {
		Agent id.Agent `json:"agent"`
	}
	// DeviceAwake ends DeviceAsleep.
	DeviceAwake struct {
		Agent id.Agent `json:"agent"`
	}
	// SetStatus is a person's choice: available or unavailable only (SP-18). In wrap_up it ends the wrap-up (SP-19);
	// while on_call or offered it is kept and takes effect when the call has ended.
	SetStatus struct {
		Agent  id.Agent `json:"agent"`
		Status Status   `json:"status"`
		Reason string   `json:"reason,omitempty"`
		By     id.User  `json:"by,omitempty"`
	}
	// EndWrap ends the wrap-up at once; the earlier status returns (CF-2).
	EndWrap struct {
		Agent id.Agent `json:"agent"`
	}
	// ExtendWrap restarts the wrap-up countdown, at most MaxExtensions times (CF-2).
	ExtendWrap struct {
		Agent id.Agent `json:"agent"`
	}
	// Toggle says whether a queue delivers to this agent now (QU-13).
	Toggle struct {
		Agent id.Agent `json:"agent"`
		Queue id.Queue `json:"queue"`
		On    bool     `json:"on"`
	}
	// Enqueue puts a call in a queue. EnteredAt is the original entry, kept through rejected and missed offers.
	Enqueue struct {
		Call      id.Call   `json:"call"`
		Queue     id.Queue  `json:"queue"`
		Priority  int       `json:"priority"` // 1 first to 10, 0 means the default 5 (BX-2)
		EnteredAt time.Time `json:"entered_at"`
	}
	// Leave takes a waiting call out of its queue: the caller hung up or went elsewhere. An open offer is closed as
	// canceled by the same signal.
	Leave struct {
		Call   id.Call `json:"call"`
		Result Result  `json:"result"`
	}
	// OfferEnded is the one result of an offer. Answered makes the agent on_call and takes the call out of the queue;
	// every other result returns the call to the front, its entry time intact (QU-12).
	OfferEnded struct {
		Call   id.Call     `json:"call"`
		Offer  id.Offer    `json:"offer"`
		Result OfferResult `json:"result"`
	}
	// Reserve asks for an agent's place for a direct or an outbound call. The answer is Granted or Refused. Granted for an
	// outbound call makes the agent on_call at once and ends a wrap-up.
	Reserve struct {
		Call    id.Call  `json:"call"`
		Agent   id.Agent `json:"agent"`
		Purpose Purpose  `json:"purpose"`
	}
	// Connected says that a reserved agent has answered a direct call: on_call from now on.
	Connected struct {
		Call  id.Call  `json:"call"`
		Agent id.Agent `json:"agent"`
	}
	// Release gives an agent's place back: the agent's part in that call is over. Missed is set when a direct call rang out.
	Release struct {
		Call   id.Call  `json:"call"`
		Agent  id.Agent `json:"agent"`
		Missed bool     `json:"missed,omitempty"`
	}
	// Restore sets an agent's stored status when the ACD is rebuilt, after Configure and before calls and stations report
	// (see ARCHITECTURE "Memory").
	Restore struct {
		Agent  id.Agent  `json:"agent"`
		Status Status    `json:"status"` // available, unavailable or offline
		Reason string    `json:"reason,omitempty"`
		Since  time.Time `json:"since"`
	}
	// Occupy tells a rebuilt ACD that a live call holds this agent. Queue is empty for direct and outbound calls.
	Occupy struct {
		Call  id.Call  `json:"call"`
		Agent id.Agent `json:"agent"`
		Queue id.Queue `json:"queue,omitempty"`
	}
	// TimeUp is heard when a timer set by SetTimer has run out.
	TimeUp struct {
		Timer string `json:"timer"`
	}
)

func (Configure) acdSignal()    {}
func (DeviceUp) acdSignal()     {}
func (DeviceDown) acdSignal()   {}
func (DeviceAsleep) acdSignal() {}
func (DeviceAwake) acdSignal()  {}
func (SetStatus) acdSignal()    {}
func (EndWrap) acdSignal()      {}
func (ExtendWrap) acdSignal()   {}
func (Toggle) acdSignal()       {}
func (Enqueue) acdSignal()      {}
func (Leave) acdSignal()        {}
func (OfferEnded) acdSignal()   {}
func (Reserve) acdSignal()      {}
func (Connected) acdSignal()    {}
func (Release) acdSignal()      {}
func (Restore) acdSignal()      {}
func (Occupy) acdSignal()       {}
func (TimeUp) acdSignal()       {}
