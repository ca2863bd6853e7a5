package live

import (
	"time"

	"parley/internal/call"
	"parley/internal/id"
)

// LineHelp is a request for help that waits for a supervisor (AS-1).
type LineHelp struct {
	Note  string    `json:"note,omitempty"`
	Since time.Time `json:"since"`
}

// helpOf shows an agent who talks what has come of the wish for help.
func (p *picture) helpOf(which id.Agent, l *Line, c *call.Call) {
	if l.Watches != nil || l.State != "active" && l.State != "held" {
		return
	}
	l.CanAskHelp = p.site.AgentAssist
	if h := c.Help; h != nil && h.Agent == which {
		l.Help = &LineHelp{Note: h.Note, Since: h.Since}
	}
	l.Helped = c.Watching != nil && c.Watching.Helps && c.Watching.On == which
}

// notHelped tells agents to whom no supervisor came in time.
func (p *picture) notHelped(events []call.Event) {
	for _, e := range events {
		if over, is := e.(call.HelpOver); is && over.Result == call.HelpUnanswered {
			n := Notice{Level: "warning", Text: "No supervisor has answered your request for help within two minutes. You may ask again."}
			p.tell("notice", func(v Viewer) bool { return v.Agent == over.Agent }, func() any { return n })
		}
	}
}
