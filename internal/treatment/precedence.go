package treatment

import "parley/internal/id"

// Precedence is how a caller waits in the queues to come, besides the time of entry (BX-1, BX-2). What is zero says nothing.
type Precedence struct {
	Priority   int    `json:"priority,omitempty"`    // 1 first to 10
	AgeSeconds int    `json:"age_seconds,omitempty"` // -86400 to 86400, added to the wait for the order only
	Steps      []Step `json:"steps,omitempty"`       // who may take the call, one after the other
}

// Step says who may take a call for a while (acd.Step).
type Step struct {
	Skills        string     `json:"skills,omitempty"`
	Agents        []id.Agent `json:"agents,omitempty"`
	ExpirySeconds int        `json:"expiry_seconds,omitempty"`
}

// Or is p, and what p does not say as an earlier place on the way said it.
func (p Precedence) Or(earlier Precedence) Precedence {
	if p.Priority == 0 {
		p.Priority = earlier.Priority
	}
	if p.AgeSeconds == 0 {
		p.AgeSeconds = earlier.AgeSeconds
	}
	if len(p.Steps) == 0 {
		p.Steps = earlier.Steps
	}
	return p
}
