package dialing

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// ClassName is a class of service as a log keeps it.
type ClassName struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// Class is a class of service: which outbound calls an agent may place (CS-1).
type Class struct {
	ClassName
	Outbound     bool                 // outbound calls are allowed at all; calls to extensions always are (CS-3)
	Countries    []string             // calling codes that are allowed besides one's own country; empty: domestic only
	BlockPremium bool                 // premium-rate, 900, 976, short codes
	Within       func(time.Time) bool // outbound calls only then; nil: always
	LeaveOutside bool                 // a conference may be left in which only outside parties talk on (TR-6)
}

// Standard is the class of an organisation that has set none: domestic calls at normal cost (BX-15).
func Standard() Class {
	return Class{ClassName: ClassName{Name: "Standard"}, Outbound: true, BlockPremium: true}
}

// Rule is what a class does not allow.
type Rule string

// The rules in their order (CS-4): the first that applies is shown and logged.
const (
	OutboundDisabled Rule = "outbound_disabled"
	OutsideTime      Rule = "time_range"
	CountryBlocked   Rule = "country_blocked"
	PremiumBlocked   Rule = "premium_blocked"
)

// Check gives the first rule that does not allow a call to a number of such nature now; empty when all do.
func (c *Class) Check(now time.Time, n tel.Nature) Rule {
	switch {
	case !c.Outbound:
		return OutboundDisabled
	case c.Within != nil && !c.Within(now):
		return OutsideTime
	case n.International && !slices.Contains(c.Countries, n.CallingCode):
		return CountryBlocked
	case c.BlockPremium && (n.Premium || n.Short):
		return PremiumBlocked
	}
	return ""
}

// LeaveOutside tells whether an agent's class lets outside parties of a conference talk on without the agent (TR-6).
func (p *Plan) LeaveOutside(agent id.Agent) bool {
	c := p.class(Request{Agent: agent})
	return c.LeaveOutside
}

// class is the one that governs a request: the agent's own, else the default one; what the organisation dials by itself
// obeys the default one (CS-2).
func (p *Plan) class(r Request) Class {
	if own, ok := p.Classes[r.Agent]; ok && r.Purpose != External && r.Purpose != CallOut {
		return own
	}
	if p.Standard.Name == "" {
		return Standard()
	}
	return p.Standard
}

var ruleWords = map[Rule]string{
	OutboundDisabled: "allows no outbound calls",
	OutsideTime:      "allows no outbound calls at this time",
	CountryBlocked:   "allows no calls to this country",
	PremiumBlocked:   "allows no calls to premium-rate and short numbers",
}

// Refusal says that the class does not allow the call.
func (d *Decision) Refusal() Refusal {
	return Refusal{Cause: tel.CauseNotAllowed, Rule: d.Blocked, Why: d.Blocked.Words(d.Class.Name)}
}

// Words says what a class of that name does not allow.
func (r Rule) Words(class string) string {
	return fmt.Sprintf("the class of service %s %s", class, ruleWords[r])
}
