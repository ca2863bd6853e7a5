// Package dialing decides what an outbound call may do: number plan, class of service, caller ID, the trunks in order, the
// guard against toll fraud, overrides, emergency.
package dialing

import (
	"fmt"
	"strings"
	"time"

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
	Emergency  []string   // emergency numbers besides those of the country (BX-13)
	Standard   Class      // the default class
	Classes    map[id.Agent]Class
	// What is closed until an administrator opens it (BX-15).
	ExternalForwarding, MailboxCallOut bool
	NoHand                             map[id.Agent]bool // who may not dial numbers outside by hand (PM-7)
	HandUnavailable                    bool              // numbers outside are dialled by hand only while unavailable (CF-4)
}

// Extension is an agent's internal number.
type Extension struct {
	Agent id.Agent
	Name  string
}

// Purpose is what is dialled for.
type Purpose string

// The purposes. Whatever an agent dials obeys the agent's class, and so do the agent's transfers, forwarding and receiving
// number; what the organisation dials by itself obeys the default class (CS-2).
const (
	ByHand    Purpose = ""          // a call or transfer by an agent
	Receiving Purpose = "receiving" // to the agent's receiving number
	Forward   Purpose = "forward"   // an agent's direct call, forwarded to outside
	External  Purpose = "external"  // a number, menu or queue that leads to an external destination
	CallOut   Purpose = "call_out"  // a mailbox calls the one who left a message
)

// Request is what is to be dialled.
type Request struct {
	Agent   id.Agent // empty: the organisation itself
	Purpose Purpose
	To      string     // as typed: a number in any form, or an extension
	Hand    bool       // the agent dials, and not the system for the agent
	Working bool       // the agent is available or in wrap-up
	From    tel.Number // chosen in the From list; empty: by PN-11
	Default tel.Number // the agent's own default number, if any
	Now     time.Time
	// Down tells which trunks do not answer now; they are tried last. Nil: none.
	Down func(id.Trunk) bool
}

// Decision is how the call is made: to an agent by extension, or through the first of Routes that carries it.
type Decision struct {
	Number    tel.Number // E.164, the extension, or a short or emergency number
	Target    Extension  // Agent is empty when it goes out
	Routes    []Route
	Nature    tel.Nature
	Class     ClassName // that governs it; empty for extensions and emergency numbers
	Blocked   Rule      // of the class, when it does not allow the call; an override may
	Emergency bool
}

// Refusal says in words why the call is not made, with the cause that a desk phone is told. Rule is set when a class of
// service does not allow it.
type Refusal struct {
	Cause tel.Cause
	Why   string
	Rule  Rule
}

// Error is the reason in words.
func (r Refusal) Error() string { return r.Why }

// Decide chooses. The error is a Refusal. A class that does not allow the call is no error: Blocked says so, since an
// override may.
func (p *Plan) Decide(r Request) (Decision, error) {
	typed := strings.TrimSpace(r.To)
	ext, internal := p.Extensions[typed]
	if number, ok := p.emergency(typed, internal); ok {
		return p.toEmergency(r, number), nil
	}
	if internal {
		return p.toAgent(r.Agent, typed, ext)
	}
	number, err := p.read(typed)
	if err != nil {
		return Decision{}, err
	}
	if why := p.closed(r); why != "" {
		return Decision{}, Refusal{Cause: tel.CauseNotAllowed, Why: why}
	}
	return p.goOut(r, number)
}

// EmergencyNumber tells whether what is typed is an emergency number, and which.
func (p *Plan) EmergencyNumber(typed string) (tel.Number, bool) {
	typed = strings.TrimSpace(typed)
	_, internal := p.Extensions[typed]
	return p.emergency(typed, internal)
}

// emergency finds an emergency number. Only the bare one goes before an extension of the same digits.
func (p *Plan) emergency(typed string, internal bool) (tel.Number, bool) {
	number, ok := tel.Emergency(typed, p.Country, p.Emergency)
	return number, ok && (!internal || string(number) == typed)
}

// toEmergency dials an emergency number: nothing is asked but which trunks there are.
func (p *Plan) toEmergency(r Request, number tel.Number) Decision {
	wish := p.wish(r)
	if r.Default != "" && p.presentable(r.Default) { // a call back to it finds the caller, not a queue
		wish = r.Default
	}
	return Decision{Number: number, Emergency: true, Routes: p.routes(number, wish, r.Down, true)}
}

func (p *Plan) toAgent(from id.Agent, typed string, ext Extension) (Decision, error) {
	if ext.Agent == from {
		return Decision{}, Refusal{Cause: tel.CauseBusy, Why: "this is your own extension"}
	}
	return Decision{Number: tel.Number(typed), Target: ext}, nil
}

// read makes a number of what was typed and is no extension.
func (p *Plan) read(typed string) (tel.Number, error) {
	if tel.Number(typed).IsExtension() {
		if tel.IsShortCode(typed, p.Country) {
			return tel.Number(typed), nil
		}
		return "", Refusal{Cause: tel.CauseUnallocated, Why: fmt.Sprintf("nobody has the extension %s", typed)}
	}
	number, err := tel.ParseNumber(typed, p.Country)
	if err != nil {
		return "", Refusal{Cause: tel.CauseInvalidNumber, Why: err.Error()}
	}
	return number, nil
}

// closed says why the organisation does not dial for this purpose.
func (p *Plan) closed(r Request) string {
	switch purpose := r.Purpose; {
	case r.Hand && p.NoHand[r.Agent]:
		return "you may not dial numbers outside by hand: an administrator gives the permission Dial by hand"
	case r.Hand && r.Working && p.HandUnavailable:
		return "numbers outside are dialled by hand only while you are unavailable: change your status first"
	case purpose == Forward && !p.ExternalForwarding:
		return "forwarding to outside numbers is closed: an administrator opens it under Dialing"
	case purpose == CallOut && !p.MailboxCallOut:
		return "calling out from mailboxes is closed: an administrator opens it under Dialing"
	}
	return ""
}

func (p *Plan) goOut(r Request, number tel.Number) (Decision, error) {
	class := p.class(r)
	d := Decision{Number: number, Nature: tel.NatureOf(number, p.Country), Class: class.ClassName}
	d.Blocked = class.Check(r.Now, d.Nature)
	if !p.reaches(number) {
		return Decision{}, Refusal{Cause: tel.CauseNoRoute, Why: fmt.Sprintf("no trunk carries calls to %s", number)}
	}
	if r.From != "" && !p.presentable(r.From) {
		return Decision{}, Refusal{Cause: tel.CauseNoRoute, Why: fmt.Sprintf("you may not present the number %s", r.From)}
	}
	d.Routes = p.routes(number, p.wish(r), r.Down, false)
	if len(d.Routes) == 0 {
		return Decision{}, Refusal{Cause: tel.CauseNoRoute, Why: "the organisation has no number to present: add one first"}
	}
	return d, nil
}
