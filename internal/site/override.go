package site

import (
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/tel"
)

// OverrideRefusal says to a person why something cannot be chosen instead of what the presence says.
type OverrideRefusal struct {
	Forbidden bool // an administrator can allow it; else something else can be chosen
	Why       string
}

func (r OverrideRefusal) Error() string { return r.Why }

func forbidden(why string) error { return OverrideRefusal{Forbidden: true, Why: why} }
func unfit(why string) error     { return OverrideRefusal{Why: why} }

// MayOverride refuses what the organisation or the number plan does not let a user choose (PR-3, AG-8, PM-7); agent is empty for a user
// who is none. The error is an OverrideRefusal.
func (s *Site) MayOverride(agent id.Agent, o presence.Overrides) error {
	switch {
	case !s.Presence.Overrides:
		return forbidden("Your organisation lets presences alone decide about do not disturb, forwarding and devices.")
	case o.Forwarding == "" || o.Forwarding == "off":
		return nil
	case agent == "":
		return forbidden("You have no agent profile, so there are no calls to forward. Ask an administrator for one.")
	}
	to := o.ForwardTo
	if to == "" {
		to = s.Records.Agents[agent].ForwardTo
	}
	if to == "" {
		return unfit("Say where your calls are to be forwarded: a number or an extension.")
	}
	return s.MayForward(agent, to)
}

// MayForward refuses a number or an extension to which an agent's direct calls may not be forwarded. The error is an OverrideRefusal.
func (s *Site) MayForward(agent id.Agent, to string) error {
	if other, known := s.Routing.Extensions[to]; known {
		if other == agent {
			return unfit("This is your own extension: choose another one.")
		}
		return nil
	}
	if _, is := s.Dialing.EmergencyNumber(to); is {
		return unfit("Calls are never forwarded to an emergency number.")
	}
	if tel.Number(to).IsExtension() {
		return unfit("Nobody has the extension " + to + ".")
	}
	if !s.ForwardsOutside(agent) {
		return forbidden("You may forward calls to extensions only. Ask an administrator to allow numbers outside.")
	}
	d, err := s.Decide(dialing.Request{Agent: agent, Purpose: dialing.Forward, To: to})
	if err == nil && d.Blocked != "" {
		err = d.Refusal()
	}
	if err != nil {
		return unfit("Calls cannot be forwarded there: " + err.Error() + ".")
	}
	return nil
}
