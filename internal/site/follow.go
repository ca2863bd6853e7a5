package site

import (
	"context"
	"strings"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// followMe is where an agent's direct calls ring besides the agent's devices (BX-29); nil: nowhere. Whether a number may be called is
// looked at when it is its turn.
func (s *Site) followMe(which id.Agent) *call.FollowMe {
	a := s.Records.Agents[which]
	if a.FollowMe != "at_once" && a.FollowMe != "in_order" || len(a.FollowNumbers) == 0 {
		return nil
	}
	f := &call.FollowMe{InOrder: a.FollowMe == "in_order"}
	for _, one := range a.FollowNumbers {
		t := call.FollowTarget{To: s.followTo(one.To), Delay: one.DelaySeconds, Seconds: one.RingSeconds}
		if t.To.Kind == dest.Agent {
			t.Name = s.Routing.NameOf(t.To)
		}
		f.Targets = append(f.Targets, t)
	}
	return f
}

func (s *Site) followTo(text string) dest.Destination {
	if other, known := s.Routing.Extensions[text]; known {
		return dest.Destination{Kind: dest.Agent, Target: string(other)}
	}
	if full, err := tel.ParseNumber(text, s.Org.Country); err == nil {
		return dest.Destination{Kind: dest.External, Target: string(full)}
	}
	return dest.Destination{Kind: dest.External, Target: text}
}

// follows says how one of an agent's numbers is called: a colleague, who is not followed or forwarded further, or a number outside, as
// far as the agent's calls may be forwarded there at all. Nothing leads back to a number of the organisation.
func (s *Sites) follows(ctx context.Context, one *Site, a call.FindNext) call.Signal {
	refused := func(cause tel.Cause, why string) call.Unrouted {
		return call.Unrouted{Follow: a.Follow, Cause: cause, Why: why}
	}
	r := call.Routed{Follow: a.Follow, Destination: a.To, Travel: a.Travel}
	if a.To.Kind == dest.Agent {
		which := id.Agent(a.To.Target)
		colleague, known := one.Routing.Agents[which]
		if !known || !colleague.Active {
			return refused(tel.CauseUnallocated, "nobody has this extension any more")
		}
		r.Agent, r.AgentName = which, colleague.Name
		if s.direct(one, which).DoNotDisturb {
			r.Away = call.Undisturbed
		}
		return r
	}
	if _, own := one.Routing.Numbers[tel.Number(a.To.Target)]; own {
		return refused(tel.CauseNotAllowed, "it is a number of the organisation")
	}
	if err := one.mayFollow(a.Forwarder, a.To.Target); err != nil {
		return refused(tel.CauseNotAllowed, err.Error())
	}
	if r.External = s.outside(ctx, one, tel.Number(a.To.Target), a.Forwarder); len(r.External.Ways) == 0 {
		return refused(tel.CauseNotAllowed, "a limit of calls is reached, or no trunk carries calls there")
	}
	r.Say = one.asksFor(a.Forwarder, a.From)
	return r
}

// mayFollow refuses a number outside to which an agent's calls may not be forwarded (CS-2, BX-15, PM-7). The error is in words.
func (s *Site) mayFollow(agent id.Agent, to string) error {
	if !s.ForwardsOutside(agent) {
		return unfit("calls of this agent may not be forwarded to numbers outside")
	}
	d, err := s.Decide(dialing.Request{Agent: agent, Purpose: dialing.Forward, To: to})
	switch {
	case err != nil:
		return err
	case d.Emergency:
		return unfit("it is an emergency number")
	case d.Blocked != "":
		return d.Refusal()
	}
	return nil
}

// asksFor is what is said to who answers at a number of an agent: who calls, as far as it is told, and which key takes the call.
func (s *Site) asksFor(agent id.Agent, from tel.Number) []prompt.Prompt {
	l := s.languageOf(agent)
	caller := []prompt.Prompt{prompt.OfStandard(prompt.FollowWithheld)}
	if digits := DigitsOf(string(from)); digits != "" {
		caller = []prompt.Prompt{prompt.OfStandard(prompt.FollowCaller), prompt.OfDigits(digits)}
	}
	say := append(caller, prompt.OfStandard(prompt.FollowAccept), prompt.OfBeep())
	for i := range say {
		say[i] = say[i].In(l)
	}
	return say
}

// DigitsOf is what is said of a number: its digits, at most as many as are said at once.
func DigitsOf(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	return digits[:min(len(digits), 32)]
}
