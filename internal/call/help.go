package call

import (
	"time"

	"parley/internal/id"
)

// From an agent who talks; an error says why not.
type (
	// AskHelp asks the supervisors to come to the call (AS-1). The first one whom Watch brings has accepted.
	AskHelp struct {
		Agent id.Agent `json:"agent"`
		Note  string   `json:"note,omitempty"`
	}
	// EndHelp takes the request back, or ends the help that came of it.
	EndHelp struct {
		Agent id.Agent `json:"agent"`
	}
)

// HelpResult is how a request for help ended.
type HelpResult string

// The results of a request for help.
const (
	HelpAccepted   HelpResult = "accepted"   // a supervisor is there
	HelpCanceled   HelpResult = "canceled"   // by the agent
	HelpUnanswered HelpResult = "unanswered" // by nobody in time
	HelpLeft       HelpResult = "left"       // the agent's conversation is over
)

// Help is a request for help that waits for a supervisor.
type Help struct {
	Number int       `json:"number"`
	Agent  id.Agent  `json:"agent"`
	Note   string    `json:"note,omitempty"`
	Since  time.Time `json:"since"`
}

// The events of a request for help. Every HelpAsked is followed by exactly one HelpOver.
type (
	// HelpAsked says that an agent asks for help.
	HelpAsked struct {
		Number int      `json:"number"`
		Agent  id.Agent `json:"agent"`
		Note   string   `json:"note,omitempty"`
	}
	// HelpOver says what has come of it; By is the supervisor who accepted.
	HelpOver struct {
		Number int        `json:"number"`
		Agent  id.Agent   `json:"agent"`
		Result HelpResult `json:"result"`
		By     id.Agent   `json:"by,omitempty"`
	}
)

func (AskHelp) callSignal()  {}
func (EndHelp) callSignal()  {}
func (HelpAsked) callEvent() {}
func (HelpOver) callEvent()  {}

const (
	helpTimer = "help"
	helpTime  = 2 * time.Minute // for a supervisor to accept
)

func (t *turn) askHelp(s AskHelp) error {
	if _, err := t.talking(s.Agent); err != nil {
		return err
	}
	if t.Help != nil {
		return refusal("somebody in this call has asked for help already")
	}
	if w := t.Watching; w != nil && w.Helps {
		return refusal("a supervisor is helping in this call already")
	}
	t.Moves++
	t.Help = &Help{Number: t.Moves, Agent: s.Agent, Note: s.Note, Since: t.now}
	t.after(helpTime, helpTimer)
	t.tell(HelpAsked{Number: t.Moves, Agent: s.Agent, Note: s.Note})
	return nil
}

// endHelp closes what the agent has asked for: the request, or the help.
func (t *turn) endHelp(s EndHelp) error {
	h, w := t.Help, t.Watching
	switch {
	case h != nil && h.Agent == s.Agent:
		t.overHelp(HelpCanceled, "")
	case w != nil && w.Helps && w.On == s.Agent:
		t.overWatch("")
	default:
		return refusal("you have not asked for help in this call")
	}
	return nil
}

// helped notes that the supervisor who is there answers the agent's request.
func (t *turn) helped() {
	w, h := t.Watching, t.Help
	if h == nil || w == nil || w.State != WatchOn || w.On != h.Agent {
		return
	}
	next := *w
	next.Helps = true
	t.Watching = &next
	t.overHelp(HelpAccepted, w.Agent)
}

// overHelp is the one end of a request.
func (t *turn) overHelp(result HelpResult, by id.Agent) {
	h := t.Help
	if h == nil {
		return
	}
	t.Help = nil
	if result != HelpUnanswered {
		t.do(StopTimer{Timer: helpTimer})
	}
	t.tell(HelpOver{Number: h.Number, Agent: h.Agent, Result: result, By: by})
}

// keepHelp ends the request of an agent who talks no more.
func (t *turn) keepHelp() {
	if h := t.Help; h != nil {
		if p := t.party(h.Agent); t.Stage != Active || p == nil || p.State != Joined {
			t.overHelp(HelpLeft, "")
		}
	}
}
