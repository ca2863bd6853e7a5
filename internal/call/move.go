package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// From people, who bring somebody else into the conversation that they are in; an error says why not.
type (
	// Transfer sends the other one to somebody else, without speaking to them first (TR-2): the agent leaves at once.
	Transfer struct {
		Agent id.Agent         `json:"agent"`
		To    dest.Destination `json:"to"`
		Notes string           `json:"notes,omitempty"` // for whoever is rung (TR-9)
	}
	// Consult calls somebody on line 2, while the other one hears hold audio (TR-3).
	Consult struct {
		Agent id.Agent         `json:"agent"`
		To    dest.Destination `json:"to"`
		Notes string           `json:"notes,omitempty"`
	}
	// Swap speaks with the other line (TR-4).
	Swap struct {
		Agent id.Agent `json:"agent"`
	}
	// Merge makes one conversation of both lines (TR-4).
	Merge struct {
		Agent id.Agent `json:"agent"`
	}
	// Complete joins the other one with who was called, and lets the agent go (TR-3).
	Complete struct {
		Agent id.Agent `json:"agent"`
	}
	// CancelMove gives up whom the agent calls, and goes back to the other one (TR-4).
	CancelMove struct {
		Agent id.Agent `json:"agent"`
	}
)

// MoveState is how far a move is.
type MoveState string

// The states of a move.
const (
	MoveAsking    MoveState = "asking"    // whether it can be
	MoveRinging   MoveState = "ringing"   // who is to come is being reached
	MoveTalking   MoveState = "talking"   // and is there, on line 2
	MoveReturning MoveState = "returning" // it failed, and the agent who had left is called back
	MoveFailed    MoveState = "failed"    // shown to the agent, who is back with the other one
)

// MoveResult is how a move ended (TR-10).
type MoveResult string

// The results of a move. Every MoveBegan is followed by exactly one MoveOver.
const (
	MoveCompleted MoveResult = "completed" // who came has the other one now, the agent is gone
	MoveMerged    MoveResult = "merged"    // all talk with each other
	MoveCanceled  MoveResult = "canceled"  // by the agent
	MoveRefused   MoveResult = "failed"    // not possible, not answered, or declined
	MoveAbandoned MoveResult = "abandoned" // the other one hung up meanwhile
)

// Move is somebody who is being brought into the conversation by an agent: a transfer, or what begins as a consultation and
// may become a transfer or a conference (TR-2 to TR-5).
type Move struct {
	Number int              `json:"number"` // counts the call's moves
	By     id.Agent         `json:"by"`
	Warm   bool             `json:"warm,omitempty"`
	To     dest.Destination `json:"to"`
	Name   string           `json:"name,omitempty"`
	Notes  string           `json:"notes,omitempty"`
	State  MoveState        `json:"state"`
	Since  time.Time        `json:"since"`
	Why    string           `json:"why,omitempty"`   // it failed
	Agent  id.Agent         `json:"agent,omitempty"` // who is to come
	Party  id.Party         `json:"party,omitempty"` // and the place, once there is one
	Dials  tel.Number       `json:"dials,omitempty"` // of who is to come from outside
	Ways   []Route          `json:"ways,omitempty"`  // the trunks that are left to try; replaced, never changed
	Rings  int              `json:"rings,omitempty"` // seconds
	Rung   bool             `json:"rung,omitempty"`  // it rings there
	Left   bool             `json:"left,omitempty"`  // the agent has gone: cold, or completed before the answer
	Refer  id.Leg           `json:"refer,omitempty"` // of the phone that has asked by REFER and waits for its ReferDone
	// Route is the queue or menu that line 2 is in or has come through, as a caller would; it is never changed. Treatment is what the
	// agent hears there. Finding says that the plan was asked where it goes on to, Waits that the ACD has it in the queue.
	Route      *Routed              `json:"route,omitempty"`
	Treatment  treatment.Treatment  `json:"treatment,omitzero"`
	Finding    bool                 `json:"finding,omitempty"`
	Waits      bool                 `json:"waits,omitempty"`
	EnteredAt  time.Time            `json:"entered_at,omitzero"` // entry to the queue
	Travel     Travel               `json:"travel,omitzero"`
	Language   prompt.Language      `json:"language,omitempty"`
	Precedence treatment.Precedence `json:"precedence,omitzero"`
}

// Brought is who has sent the other one on to a queue or a menu, and the notes for who is rung there (TR-9).
type Brought struct {
	By    id.Agent `json:"by"`
	Notes string   `json:"notes,omitempty"`
}

// The events of a move.
type (
	// MoveBegan says that an agent brings somebody in.
	MoveBegan struct {
		Number int              `json:"number"`
		Agent  id.Agent         `json:"agent"`
		Warm   bool             `json:"warm,omitempty"`
		To     dest.Destination `json:"to"`
		Notes  string           `json:"notes,omitempty"`
	}
	// MoveOver says what has come of it; Why is in words.
	MoveOver struct {
		Number int        `json:"number"`
		Agent  id.Agent   `json:"agent"`
		Name   string     `json:"name,omitempty"` // of who was to come
		Result MoveResult `json:"result"`
		Why    string     `json:"why,omitempty"`
	}
)

func (Transfer) callSignal()   {}
func (Consult) callSignal()    {}
func (Swap) callSignal()       {}
func (Merge) callSignal()      {}
func (Complete) callSignal()   {}
func (CancelMove) callSignal() {}
func (MoveBegan) callEvent()   {}
func (MoveOver) callEvent()    {}

const (
	moveTimer    = "move"
	moveShown    = 15 * time.Second // that a move failed
	outsideRings = 45 * time.Second // for a number outside to answer (TR-2)
)

// moving is the move that is under way; nil when there is none.
func (c *Call) moving() *Move {
	if m := c.Move; m != nil && m.State != MoveFailed {
		return m
	}
	return nil
}

// consulting tells whether an agent who is in the conversation calls somebody on line 2.
func (c *Call) consulting() bool {
	m := c.moving()
	return m != nil && !m.Left && m.State != MoveAsking
}

// changeMove gives the move to be changed: a copy, since the call's own is shared with who has it already.
func (t *turn) changeMove() *Move {
	m := *t.Move
	t.Move = &m
	return &m
}

// movedTo notes how far the move is.
func (t *turn) movedTo(s MoveState) *Move {
	t.unringMove()
	m := t.changeMove()
	m.State, m.Since = s, t.now
	return m
}

// unringMove stops the time of a number outside that rings.
func (t *turn) unringMove() {
	if t.Move.State == MoveRinging && t.Move.Party != "" {
		t.do(StopTimer{Timer: moveTimer})
	}
}

// dropMove forgets a move whose end was told.
func (t *turn) dropMove() {
	if t.Move != nil && t.Move.State == MoveFailed {
		t.do(StopTimer{Timer: moveTimer})
	}
	t.Move = nil
}

// overMove is the one end of a move.
func (t *turn) overMove(result MoveResult) {
	if result == MoveCompleted {
		t.referDone(0, "")
	}
	t.referDone(tel.CauseRejected, "")
	t.unringMove()
	m := t.Move
	t.tell(MoveOver{Number: m.Number, Agent: m.By, Name: m.Name, Result: result})
	t.Move = nil
}
