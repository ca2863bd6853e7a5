package acd

import (
	"time"

	"parley/internal/id"
)

type (
	// WhereIs asks for a waiting call's place; the answer is Place. A call that does not wait gets none.
	WhereIs struct {
		Call id.Call `json:"call"`
	}
	// HandleTime says how long a queue's calls took in the same half-hour last week, wrap-up included, of which the
	// estimate is made (BX-4). Without Calls there is no such history.
	HandleTime struct {
		Queue   id.Queue      `json:"queue"`
		Average time.Duration `json:"average"`
		Calls   int           `json:"calls"`
	}
	// Earlier says what a queue's members did before the program began, by which fewest_calls and round_robin choose (QU-5).
	Earlier struct {
		Queue    id.Queue         `json:"queue"`
		At       time.Time        `json:"at"`                 // when the program began
		Answered map[id.Agent]int `json:"answered,omitempty"` // calls of the queue since the midnight before At
		Last     id.Agent         `json:"last,omitempty"`     // who was offered a call of the queue last
	}
	// SetPriority changes the priority of a waiting call or callback, at a supervisor's wish (BX-2).
	SetPriority struct {
		Call     id.Call `json:"call"`
		Priority int     `json:"priority"` // 1 first to 10
		By       id.User `json:"by,omitempty"`
	}
	// Take offers a waiting caller to this agent at once, out of order, at a supervisor's wish: whatever the queue's members, the
	// caller's place and steps, and the agent's status, hours and toggles are (MN-2). Whoever is rung for the caller is rung no more.
	Take struct {
		Call  id.Call  `json:"call"`
		Agent id.Agent `json:"agent"`
		By    id.User  `json:"by,omitempty"`
	}
)

func (Take) acdSignal()        {}
func (WhereIs) acdSignal()     {}
func (HandleTime) acdSignal()  {}
func (Earlier) acdSignal()     {}
func (SetPriority) acdSignal() {}

// Place answers WhereIs (BX-4).
type Place struct {
	Call     id.Call  `json:"call"`
	Queue    id.Queue `json:"queue"`
	Position int      `json:"position"` // 1 is next
	Ahead    int      `json:"ahead"`    // Position - 1
	Staffed  int      `json:"staffed"`  // members who take calls now or when their call or wrap-up is over
	// Estimate is the expected wait from now; with nobody staffed the longest current wait. It says nothing unless Known.
	Estimate time.Duration `json:"estimate,omitempty"`
	Known    bool          `json:"known,omitempty"`
}

func (Place) acdAction() {}
