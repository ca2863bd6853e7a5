// Package dialing decides what an outbound call may do: number plan, caller ID, trunk choice.
package dialing

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/id"
	"parley/internal/tel"
)

// Plan is an organisation's number plan.
type Plan struct {
	Country    string // ISO 3166 alpha-2: numbers typed without prefix are read as dialled there (SP-24)
	Extensions map[string]Extension
	CallerIDs  []CallerID // the numbers that may be presented
	Trunks     []Trunk    // in order of preference
	Default    tel.Number // the organisation's default caller ID; empty: the first of CallerIDs
}

// Extension is an agent's internal number.
type Extension struct {
	Agent id.Agent
	Name  string
}

// CallerID is a number that may be presented.
type CallerID struct {
	Number tel.Number
	Label  string
	Trunk  id.Trunk // the trunk it belongs to
}

// Trunk is a way out.
type Trunk struct {
	ID     id.Trunk
	Prefix string // numbers that begin so, in E.164 with plus; empty: all
}

// Request is what an agent wants to dial.
type Request struct {
	Agent   id.Agent
	To      string     // as typed: a number in any form, or an extension
	From    tel.Number // chosen in the From list; empty: by PN-11
	Default tel.Number // the agent's own default number, if any
}

// Decision is how the call is made: to an agent by extension, or through a trunk.
type Decision struct {
	Number   tel.Number // E.164, or the extension
	Target   Extension  // Agent is empty when it goes out
	Trunk    id.Trunk
	CallerID tel.Number
}

// Refusal says in words why the call is not made, with the cause that a desk phone is told.
type Refusal struct {
	Cause tel.Cause
	Why   string
}

// Error is the reason in words.
func (r Refusal) Error() string { return r.Why }

// Decide chooses. The error is a Refusal.
func (p *Plan) Decide(r Request) (Decision, error) {
	typed := strings.TrimSpace(r.To)
	if ext, ok := p.Extensions[typed]; ok {
		return p.toAgent(r.Agent, typed, ext)
	}
	if tel.Number(typed).IsExtension() {
		return Decision{}, Refusal{tel.CauseUnallocated, fmt.Sprintf("nobody has the extension %s", typed)}
	}
	number, err := tel.ParseNumber(typed, p.Country)
	if err != nil {
		return Decision{}, Refusal{tel.CauseInvalidNumber, err.Error()}
	}
	trunk, ok := p.trunk(number)
	if !ok {
		return Decision{}, Refusal{tel.CauseNoRoute, fmt.Sprintf("no trunk carries calls to %s", number)}
	}
	caller, err := p.callerID(r)
	if err != nil {
		return Decision{}, err
	}
	return Decision{Number: number, Trunk: trunk.ID, CallerID: caller}, nil
}

func (p *Plan) toAgent(from id.Agent, typed string, ext Extension) (Decision, error) {
	if ext.Agent == from {
		return Decision{}, Refusal{tel.CauseBusy, "this is your own extension"}
	}
	return Decision{Number: tel.Number(typed), Target: ext}, nil
}

// trunk is the first whose prefix fits, the longest prefix first.
func (p *Plan) trunk(number tel.Number) (Trunk, bool) {
	best, found := Trunk{}, false
	for _, t := range p.Trunks {
		if strings.HasPrefix(string(number), t.Prefix) && (!found || len(t.Prefix) > len(best.Prefix)) {
			best, found = t, true
		}
	}
	return best, found
}

// callerID is the first that is set: From list, agent, organisation (PN-11).
func (p *Plan) callerID(r Request) (tel.Number, error) {
	if r.From != "" && !p.presentable(r.From) {
		return "", Refusal{tel.CauseNoRoute, fmt.Sprintf("you may not present the number %s", r.From)}
	}
	for _, n := range []tel.Number{r.From, r.Default, p.Default} {
		if n != "" && p.presentable(n) {
			return n, nil
		}
	}
	if len(p.CallerIDs) > 0 {
		return p.CallerIDs[0].Number, nil
	}
	return "", Refusal{tel.CauseNoRoute, "the organisation has no number to present: add one first"}
}

func (p *Plan) presentable(n tel.Number) bool {
	return slices.ContainsFunc(p.CallerIDs, func(c CallerID) bool { return c.Number == n })
}
