package site

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/dest"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/prompt"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// Route says where an inbound call goes first, and who is calling.
func (s *Sites) Route(ctx context.Context, org id.Org, a call.FindRoute) call.Signal {
	one, ok := s.Of(org)
	if !ok {
		return call.Unrouted{Cause: tel.CauseUnallocated, Why: "the organisation is not known here"}
	}
	n, err := one.Routing.Route(a.Trunk, string(a.To))
	if err != nil {
		why := fmt.Sprintf("number %s, called through trunk %s, is not a number of the organisation", a.To, one.trunkName(a.Trunk))
		return call.Unrouted{Cause: tel.CauseUnallocated, Why: why}
	}
	if back, ok := s.callBack(ctx, one, n.Number, a.From); ok {
		back.Number, back.Label, back.Name = n.ID, n.Label, back.AgentName
		back.Destination = dest.Destination{Kind: dest.Agent, Target: string(back.Agent)}
		return back
	}
	step := one.Routing.Next(n.Destination, s.now(), routing.Travel{})
	if step.Kind == dest.Hangup && len(step.Say) == 0 {
		return call.Unrouted{Cause: tel.CauseNormalUnspecified, Why: fmt.Sprintf("number %s is set to hang up", n.Number)}
	}
	r := s.routed(ctx, one, step, a.From)
	r.Number, r.Label, r.Precedence, r.Language = n.ID, n.Label, n.Precedence, one.Language()
	r.Screen = call.Screen{Data: n.MenuData, Text: n.MenuText}
	if n.Language != "" {
		r.Language = n.Language
	}
	r.Caller, r.Consent = s.caller(ctx, one, a.From), one.consent(a.From)
	return r
}

// Next says where a call goes on to.
func (s *Sites) Next(ctx context.Context, org id.Org, a call.FindNext) call.Signal {
	one, ok := s.Of(org)
	if !ok {
		return call.Unrouted{Cause: tel.CauseUnallocated, Why: "the organisation is not known here"}
	}
	if a.Follow > 0 {
		return s.follows(ctx, one, a)
	}
	to, now, so := a.To, s.now(), routing.Travel(a.Travel)
	if a.Extension != "" {
		which, known := one.Routing.Extensions[a.Extension]
		if !known {
			return call.Unrouted{Cause: tel.CauseUnallocated, Why: "nobody has extension " + a.Extension}
		}
		to = dest.Destination{Kind: dest.Agent, Target: string(which)}
	}
	var step routing.Step
	switch a.Leaving.Kind {
	case "":
		step = one.Routing.Next(to, now, so)
	case dest.Queue:
		step = one.Routing.AfterQueue(id.Queue(a.Leaving.Target), one.left(id.Queue(a.Leaving.Target), a.Why, now), now, so)
	case dest.Agent:
		step = one.Routing.AfterAgent(id.Agent(a.Leaving.Target), a.Why, now, so)
	default:
		step = one.Routing.GiveUp(a.Leaving, a.Why, now, so)
	}
	return s.routedFor(ctx, one, step, a.From, a.Forwarder)
}

// leaving are the reasons of routing for the results of a wait (acd.Result).
var leaving = map[string]routing.Left{
	"timeout": routing.QueueTimeout, "overflow": routing.QueueFull, "voicemail": routing.QueueOptOut, "no_agent": routing.QueueUnstaffed,
}

// left is why a queue does not keep a caller: of nobody being there the hours are the better reason, as nobody is expected then.
func (s *Site) left(queue id.Queue, result string, now time.Time) routing.Left {
	why := leaving[result]
	if why == routing.QueueUnstaffed && !s.inside(s.Records.Queues[queue].Schedule, now) {
		return routing.QueueClosed
	}
	return why
}

func (s *Sites) now() time.Time {
	if s.Clock != nil {
		return s.Clock()
	}
	return clock.Now()
}

// routed tells a call what a step means: with all that it needs to know of the place, as it is now.
func (s *Sites) routed(ctx context.Context, one *Site, step routing.Step, from tel.Number) call.Routed {
	return s.routedFor(ctx, one, step, from, "")
}

// routedFor is routed for a call that an agent's calls are forwarded by; without one the organisation leads it.
func (s *Sites) routedFor(ctx context.Context, one *Site, step routing.Step, from tel.Number, forwarder id.Agent) call.Routed {
	last := step.Hops[len(step.Hops)-1]
	r := call.Routed{Destination: last.To, Name: step.Name, Say: step.Say, Travel: call.Travel(step.Travel)}
	for _, h := range step.Hops {
		r.Hops = append(r.Hops, call.Hop{To: h.To, Name: h.Name, Entry: h.Entry, Why: h.Why})
	}
	switch step.Kind {
	case dest.Queue:
		r.Queue = s.joins(ctx, one, step.Queue, from)
	case dest.Menu:
		r.Menu = routing.MenuPlan(one.Routing.Menus[step.Menu])
	case dest.Mailbox:
		r.Mailbox = mailboxPlan(step.Mailbox, one.Routing.Mailboxes[step.Mailbox])
	case dest.External:
		if step.Number == dest.AnyMailbox {
			r.Access = &treatment.AccessPlan{Outside: true} // who calls from outside is nobody's agent: no number may be called back
			break
		}
		r.External = s.outside(ctx, one, step.Number, forwarder)
	case dest.Agent:
		s.toAgent(ctx, one, &r, step.Agent)
	case dest.Announcement, dest.Hangup, dest.TimeRouter, dest.AIAgent: // all is said with Say
	}
	return r
}

// toAgent calls an agent directly, or whoever the agent's calls are always forwarded to (AG-8): then that is the destination.
// An agent who is not to be disturbed is not rung (VM-14).
func (s *Sites) toAgent(ctx context.Context, one *Site, r *call.Routed, which id.Agent) {
	d := s.direct(one, which)
	forward := one.forwardOf(which, d)
	if d.Forwarding == "always" && forward.Kind != "" { // one step: whoever is forwarded to is not forwarded on
		r.Hops[len(r.Hops)-1].Why = "the agent's calls are forwarded"
		r.Destination, r.Name = forward, one.Routing.NameOf(forward)
		r.Hops = append(r.Hops, call.Hop{To: forward, Name: r.Name})
		if forward.Kind == dest.External {
			r.External = s.outside(ctx, one, tel.Number(forward.Target), which)
			return
		}
		which, forward = id.Agent(forward.Target), dest.Destination{}
		d = s.direct(one, which)
	} else {
		r.FollowMe = one.followMe(which)
	}
	a := one.Routing.Agents[which]
	r.Agent, r.AgentName, r.Name, r.RingSeconds = which, a.Name, a.Name, one.Org.RingSeconds
	switch {
	case d.DoNotDisturb:
		r.Away = call.Undisturbed
	case d.Forwarding == "failover":
		r.Forward = forward
	}
}

// diverts tells whether a direct call to an agent may go elsewhere than to the agent's devices.
func (s *Sites) diverts(one *Site, which id.Agent) bool {
	d := s.direct(one, which)
	return d.DoNotDisturb || one.forwardOf(which, d).Kind != ""
}

// forwardOf is where an agent's direct calls are forwarded to: an extension of the house, or a number outside, as far as the
// agent may (PM-7).
func (s *Site) forwardOf(which id.Agent, d presence.Direct) dest.Destination {
	if d.Forwarding == "off" || d.ForwardTo == "" {
		return dest.Destination{}
	}
	if other, known := s.Routing.Extensions[d.ForwardTo]; known {
		return dest.Destination{Kind: dest.Agent, Target: string(other)}
	}
	if full, err := tel.ParseNumber(d.ForwardTo, s.Org.Country); err == nil && s.ForwardsOutside(which) {
		return dest.Destination{Kind: dest.External, Target: string(full)}
	}
	return dest.Destination{}
}

// ForwardsOutside tells whether an agent's calls may be forwarded to numbers outside: the organisation allows it at all (BX-15),
// and the user has the switch external_forwarding (PM-7).
func (s *Site) ForwardsOutside(which id.Agent) bool {
	return s.Dialing.ExternalForwarding && s.Switches(id.User(s.Routing.Agents[which].User)).ExternalForwarding
}

// outside is a number outside and the trunks that carry calls there, as far as class of service and guard allow: that of the
// agent whose calls are forwarded, else the default class, as nobody calls (CS-2).
func (s *Sites) outside(ctx context.Context, one *Site, to tel.Number, forwarder id.Agent) *call.Outside {
	o := &call.Outside{To: to}
	ask := dialing.Request{To: string(to), Down: s.Down, Agent: forwarder}
	if forwarder != "" {
		ask.Purpose = dialing.Forward
	}
	d, err := one.Decide(ask)
	if err != nil || d.Target.Agent != "" {
		return o
	}
	if err := s.allow(ctx, one, call.FindPlan{To: string(to), Agent: forwarder}, &d); err != nil {
		return o
	}
	o.To, o.Ways = d.Number, routes(&d)
	return o
}

func mailboxPlan(which id.Mailbox, m settings.Mailbox) *call.Mailbox {
	return &call.Mailbox{ID: which, Name: m.Name, Plan: &treatment.MailboxPlan{
		Greetings: []prompt.Prompt{m.Prompt.Or(prompt.OfStandard(prompt.LeaveMessage))}, Followup: m.Followup, MaxSeconds: m.MaxSeconds,
	}}
}

// callQueue is what a call has to know of a queue.
func (s *Site) callQueue(which id.Queue) *call.Queue {
	q := s.Routing.Queues[which]
	c := &call.Queue{
		ID: which, Name: q.Name, Priority: q.Priority, Greeting: q.EntryGreeting, HoldAudio: q.HoldAudio, Record: q.RecordCall,
		RecordingNotice: q.RecordingNotice, Position: q.AnnouncePosition, Wait: q.AnnounceWait, Every: q.AnnounceIntervalSeconds,
		Style:    treatment.WaitStyle(q.WaitStyle),
		Messages: q.WaitingMessages, Whisper: q.AgentWhisper, Tags: q.TagsOnEntry,
	}
	for _, which := range q.Announcements {
		if a, known := s.Records.Audio[which]; known {
			c.Announcements = append(c.Announcements, call.Sound{Audio: which, Name: cmp.Or(a.Description, a.Filename)})
		}
	}
	if q.Voicemail {
		c.OptOut = q.OptOutKey
	}
	if len(q.Survey) > 0 {
		c.Survey = &treatment.SurveyPlan{}
		for _, question := range q.Survey {
			c.Survey.Questions = append(c.Survey.Questions, treatment.Question{Name: question.Name, Prompt: question.Prompt})
		}
	}
	return c
}
