package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Undisturbed is why an agent is not rung who does not want to be disturbed (VM-14).
const Undisturbed = "do not disturb"

// From the number plan.
type (
	// Screen is what a number passes to the agent's screen (IV-7): a parameter and a text, up to 100 and 50 characters.
	Screen struct {
		Data string `json:"data,omitempty"`
		Text string `json:"text,omitempty"`
	}
	// Routed says where a call goes: first the caller hears Say, then comes what is set of Queue, Agent, Menu, Mailbox, Access
	// and External; nothing is set where the call ends.
	Routed struct {
		Number      id.Number           `json:"number,omitempty"` // of the first answer, as Label, Screen and Caller
		Label       string              `json:"label,omitempty"`  // friendly name of the number
		Screen      Screen              `json:"screen,omitzero"`
		Destination dest.Destination    `json:"destination"`
		Name        string              `json:"name,omitempty"` // of the destination, as people know it
		Queue       *Queue              `json:"queue,omitempty"`
		Agent       id.Agent            `json:"agent,omitempty"`
		AgentName   string              `json:"agent_name,omitempty"`
		RingSeconds int                 `json:"ring_seconds,omitempty"` // direct calls (SP-9)
		Forward     dest.Destination    `json:"forward,omitzero"`       // where the agent's calls go when no device is reached (AG-8)
		Away        string              `json:"away,omitempty"`         // why the agent is not rung though there: do not disturb (VM-14)
		Menu        *treatment.MenuPlan `json:"menu,omitempty"`
		Mailbox     *Mailbox            `json:"mailbox,omitempty"`
		External    *Outside            `json:"external,omitempty"`
		// Access leads to the messages in a mailbox.
		Access *treatment.AccessPlan `json:"access,omitempty"`
		Done   bool                  `json:"done,omitempty"` // a feature code did what was asked for: after Say the call ends
		Caller Caller                `json:"caller,omitzero"`
		// Consent is what the caller's number asks for before a recording (BX-18), told once, with Caller; nil: nothing.
		Consent  *Consent        `json:"consent,omitempty"`
		Say      []prompt.Prompt `json:"say,omitempty"`
		Hops     []Hop           `json:"hops,omitempty"` // the way from where the call was; the last is Destination
		Travel   Travel          `json:"travel,omitzero"`
		Language prompt.Language `json:"language,omitempty"`
		// Precedence is how the call waits in queues from now on; what it does not say stays as it was.
		Precedence treatment.Precedence `json:"precedence,omitzero"`
		// Move is the number of the move that has asked; 0: the call itself. Follow is that of one of an agent's numbers (BX-29): Agent or
		// External says how it is called, and Say what is said to who answers there.
		Move   int `json:"move,omitempty"`
		Follow int `json:"follow,omitempty"`
		// FollowMe is where else than at the agent's devices the call rings.
		FollowMe *FollowMe `json:"follow_me,omitempty"`
	}
	// Unrouted refuses to route a call, or an extension.
	Unrouted struct {
		Move   int       `json:"move,omitempty"`
		Follow int       `json:"follow,omitempty"`
		Cause  tel.Cause `json:"cause"`
		Why    string    `json:"why"`
	}
	// Route is a trunk that the call may take.
	Route struct {
		Trunk     id.Trunk   `json:"trunk"`
		Name      string     `json:"name,omitempty"`
		Dial      tel.Number `json:"dial,omitempty"` // the number in the carrier's form; empty: as it is
		CallerID  tel.Number `json:"caller_id,omitempty"`
		From      tel.Number `json:"from,omitempty"` // CallerID in the carrier's form; empty: as it is
		Channels  int        `json:"channels,omitempty"`
		PerSecond int        `json:"per_second,omitempty"`
		Notice    string     `json:"notice,omitempty"` // for the agent, such as that another number is shown
		// Location is what an emergency call carries on this trunk (RFC 6442); nil: nothing. It is never changed.
		Location *tel.Location `json:"location,omitempty"`
	}
	// Planned says how an outbound call is made: to an agent (Agent set) or through a trunk: Trunk, or the first of Routes
	// that carries it.
	Planned struct {
		Number      tel.Number `json:"number"` // E.164, or the extension
		Agent       id.Agent   `json:"agent,omitempty"`
		AgentName   string     `json:"agent_name,omitempty"`
		RingSeconds int        `json:"ring_seconds,omitempty"`
		Diverts     bool       `json:"diverts,omitempty"`  // the agent's calls are forwarded or not to disturb: ask where it goes
		Intercom    bool       `json:"intercom,omitempty"` // the agent's device answers by itself (BX-28)
		Page        *PagePlan  `json:"page,omitempty"`     // several agents are spoken to instead (BX-28)
		FollowMe    *FollowMe  `json:"follow_me,omitempty"`
		Trunk       id.Trunk   `json:"trunk,omitempty"`
		CallerID    tel.Number `json:"caller_id,omitempty"`
		Caller      Caller     `json:"caller,omitzero"` // the customer who has this number
		Routes      []Route    `json:"routes,omitempty"`
		// Consent is what the customer's number asks for before a recording (BX-18); nil: nothing.
		Consent   *Consent `json:"consent,omitempty"`
		Emergency bool     `json:"emergency,omitempty"`
		// Location is where the caller of an emergency call is, as far as it is known (BX-14).
		Location tel.Location `json:"location,omitzero"`
		// Access leads to the messages in a mailbox instead.
		Access *treatment.AccessPlan `json:"access,omitempty"`
		// Say confirms instead what a feature code has done; then the call ends.
		Say []prompt.Prompt `json:"say,omitempty"`
		// Park is the slot that a transfer parks the other one in instead; it is the call's already.
		Park *Parking `json:"park,omitempty"`
		Move int      `json:"move,omitempty"`
	}
	// Unplanned refuses an outbound call, in words for the agent.
	Unplanned struct {
		Move  int       `json:"move,omitempty"`
		Cause tel.Cause `json:"cause"`
		Why   string    `json:"why"`
	}
)

func (Routed) callSignal()    {}
func (Unrouted) callSignal()  {}
func (Planned) callSignal()   {}
func (Unplanned) callSignal() {}
