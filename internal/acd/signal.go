package acd

import (
	"time"

	"parley/internal/id"
)

// Signal is anything that reaches the ACD.
type Signal interface{ acdSignal() }

type (
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
	// while on_call or offered it is kept and takes effect when the call has ended,
	// and in a wrap-up that lacks its outcome when that is chosen. A reason given without need is left out.
	SetStatus struct {
		Agent  id.Agent `json:"agent"`
		Status Status   `json:"status"`           // needless with Custom
		Custom string   `json:"custom,omitempty"` // a custom status (MN-12)
		Reason string   `json:"reason,omitempty"`
		By     id.User  `json:"by,omitempty"` // the agent's own login, or a supervisor's
		// Later lets a wrap-up go on; the choice takes effect at its end (SP-36).
		Later bool `json:"later,omitempty"`
	}
	// SignOut takes an agent off work at a supervisor's wish (MN-3): offline at once, or when the call has ended.
	SignOut struct {
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by,omitempty"`
	}
	// EndWrap ends the wrap-up at once; the earlier status returns (CF-2).
	EndWrap struct {
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by,omitempty"`
	}
	// ExtendWrap restarts the wrap-up countdown, at most MaxExtensions times (CF-2).
	ExtendWrap struct {
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by,omitempty"`
	}
	// ChooseOutcome says what came of a queue's call, during it or in its wrap-up; the last choice counts (CF-2, SP-36).
	// It must be one of the queue's outcomes, where the queue has any.
	ChooseOutcome struct {
		Agent   id.Agent `json:"agent"`
		Call    id.Call  `json:"call"`
		Outcome string   `json:"outcome"`
		By      id.User  `json:"by,omitempty"`
	}
	// Toggle says whether a queue delivers to this agent now (QU-13).
	Toggle struct {
		Agent id.Agent `json:"agent"`
		Queue id.Queue `json:"queue"`
		On    bool     `json:"on"`
		By    id.User  `json:"by,omitempty"` // the agent's own login, or a supervisor's
	}
	// Hours says that the schedule of an agent or of a queue opens or closes now; Configure says how it stands at that
	// moment. Exactly one of Agent and Queue is set.
	Hours struct {
		Agent id.Agent `json:"agent,omitempty"`
		Queue id.Queue `json:"queue,omitempty"`
		Open  bool     `json:"open"`
	}
	// Enqueue puts a call in a queue. The queue's limits may turn it away: then it is dismissed by the same signal.
	Enqueue struct {
		Call     id.Call  `json:"call"`
		Queue    id.Queue `json:"queue"`
		Priority int      `json:"priority"` // 1 first to 10, 0 means the default 5 (BX-2)
		// EnteredAt is the original entry, kept through rejected and missed offers and through a return to the queue.
		EnteredAt time.Time `json:"entered_at"`
		// AgeSeconds, -86400 to 86400, is added to the wait when the order is made, never to the reported wait (BX-2).
		AgeSeconds int      `json:"age_seconds,omitempty"`
		Steps      []Step   `json:"steps,omitempty"`      // who may take it, one after the other; empty: the queue's (BX-1)
		LastAgent  id.Agent `json:"last_agent,omitempty"` // whom this customer spoke to last, for strategy sticky
		// Resumed is set when a rebuilt ACD hears of a call that waits already: no limit turns it away.
		Resumed bool `json:"resumed,omitempty"`
		// Callback is the callback whose place this call takes, with its entry time and priority: the customer answered
		// a customer_first attempt, or called again and reclaims the place (BX-3). A call that waits in that queue already
		// moves there.
		Callback id.Callback `json:"callback,omitempty"`
		// Consult is set when an agent waits in place of the caller, to speak to who answers first (TR-3). The same call without it leaves
		// the caller there, in that place.
		Consult bool `json:"consult,omitempty"`
	}
	// Leave takes a waiting call out of its queue: the caller hung up or went elsewhere. An open offer is closed as
	// canceled by the same signal.
	Leave struct {
		Call   id.Call  `json:"call"`
		Result Result   `json:"result"`
		Agent  id.Agent `json:"agent,omitempty"` // answered: who picked it up (BX-26)
		Why    bool     `json:"why,omitempty"`   // nobody was offered it: the answer is Explain
	}
	// OfferEnded is the one result of an offer. Answered makes the agent on_call and takes the call out of the queue;
	// every other result returns the call to the front, its entry time intact (QU-12).
	OfferEnded struct {
		Call   id.Call     `json:"call"`
		Offer  id.Offer    `json:"offer"`
		Result OfferResult `json:"result"`
	}
	// Reserve asks for an agent's place for a direct or an outbound call. The answer is Granted or Refused. Granted for an
	// outbound call makes the agent on_call at once and ends a wrap-up. Resumed: the agent is rung for it already, since before
	// the ACD was rebuilt, and only another call stands in the way.
	Reserve struct {
		Call    id.Call  `json:"call"`
		Agent   id.Agent `json:"agent"`
		Purpose Purpose  `json:"purpose"`
		Queue   id.Queue `json:"queue,omitempty"`  // of a transferred call, for which the agent wraps up
		Number  int      `json:"number,omitempty"` // Refused repeats it
		Resumed bool     `json:"resumed,omitempty"`
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
		Custom string    `json:"custom,omitempty"`
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

func (SignOut) acdSignal()       {}
func (ChooseOutcome) acdSignal() {}
func (Hours) acdSignal()         {}
func (DeviceUp) acdSignal()      {}
func (DeviceDown) acdSignal()    {}
func (DeviceAsleep) acdSignal()  {}
func (DeviceAwake) acdSignal()   {}
func (SetStatus) acdSignal()     {}
func (EndWrap) acdSignal()       {}
func (ExtendWrap) acdSignal()    {}
func (Toggle) acdSignal()        {}
func (Enqueue) acdSignal()       {}
func (Leave) acdSignal()         {}
func (OfferEnded) acdSignal()    {}
func (Reserve) acdSignal()       {}
func (Connected) acdSignal()     {}
func (Release) acdSignal()       {}
func (Restore) acdSignal()       {}
func (Occupy) acdSignal()        {}
func (TimeUp) acdSignal()        {}

// AgentSignal is a signal about one agent.
type AgentSignal interface {
	Signal
	about() id.Agent
}

func (s DeviceUp) about() id.Agent      { return s.Agent }
func (s DeviceDown) about() id.Agent    { return s.Agent }
func (s DeviceAsleep) about() id.Agent  { return s.Agent }
func (s DeviceAwake) about() id.Agent   { return s.Agent }
func (s SignOut) about() id.Agent       { return s.Agent }
func (s SetStatus) about() id.Agent     { return s.Agent }
func (s EndWrap) about() id.Agent       { return s.Agent }
func (s ExtendWrap) about() id.Agent    { return s.Agent }
func (s ChooseOutcome) about() id.Agent { return s.Agent }
func (s Toggle) about() id.Agent        { return s.Agent }
func (s Connected) about() id.Agent     { return s.Agent }
func (s Release) about() id.Agent       { return s.Agent }
func (s Restore) about() id.Agent       { return s.Agent }
func (s Occupy) about() id.Agent        { return s.Agent }
func (s Take) about() id.Agent          { return s.Agent }
func (s Merged) about() id.Agent        { return s.Agent }
