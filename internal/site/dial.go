package site

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// Guard gives leave for outbound calls (package guard).
type Guard interface {
	// Ask gives the trunks that may be tried; the error is a dialing.Refusal.
	Ask(ctx context.Context, org id.Org, a dialing.Ask) ([]id.Trunk, error)
	// Emergency hears of an emergency call before it is dialled.
	Emergency(org id.Org, c store.EmergencyCall)
	// CallBack finds the agent who dialled an emergency number lately and showed this number of ours.
	CallBack(org id.Org, shown tel.Number) (id.Agent, bool)
}

// Dial says how an agent's call is made.
func (s *Sites) Dial(ctx context.Context, org id.Org, a call.FindPlan) call.Signal {
	one, ok := s.Of(org)
	if !ok {
		return call.Unplanned{Cause: tel.CauseNoRoute, Why: "the organisation is not known here"}
	}
	if which, rest, is := dialing.FeatureOf(one.Records.Org.Codes, a.To); is {
		if which == dialing.Intercom {
			return s.intercom(one, a, rest)
		}
		to, leads, err := s.leadsTo(ctx, one, a.Agent, which, rest)
		if err != nil {
			return unplanned(err)
		}
		if !leads {
			return s.feature(ctx, one, a, which, rest)
		}
		a.To = to
	}
	if page, is := s.page(one, a); is {
		return page
	}
	if refused, is := s.parked(org, a); is {
		return refused
	}
	request := dialing.Request{Agent: a.Agent, To: a.To, From: a.From, Hand: a.Hand, Working: a.Working, Down: s.Down}
	if a.CallOut {
		request.Purpose = dialing.CallOut
	}
	d, err := one.Decide(request)
	if err != nil {
		return unplanned(err)
	}
	if d.Target.Agent != "" {
		return call.Planned{
			Number: d.Number, Agent: d.Target.Agent, AgentName: d.Target.Name, RingSeconds: one.Org.RingSeconds,
			Diverts: s.diverts(one, d.Target.Agent), FollowMe: one.followMe(d.Target.Agent),
		}
	}
	if err := s.allow(ctx, one, a, &d); err != nil {
		return unplanned(err)
	}
	p := call.Planned{Number: d.Number, Emergency: d.Emergency, Routes: routes(&d)}
	if len(p.Routes) == 0 {
		return call.Unplanned{Cause: tel.CauseNoRoute, Why: fmt.Sprintf("no trunk carries calls to %s", d.Number)}
	}
	if d.Emergency {
		p.Location = one.location(a, p.Routes[0].CallerID, s.whereabouts(ctx, one, a))
		p.Routes = one.located(p.Routes, p.Location)
	}
	p.Trunk, p.CallerID = p.Routes[0].Trunk, p.Routes[0].CallerID
	if !d.Emergency {
		p.Caller, p.Consent = s.caller(ctx, one, d.Number), one.consent(d.Number)
	}
	return p
}

// Decide asks the number plan, now and with the agent's own number.
func (s *Site) Decide(r dialing.Request) (dialing.Decision, error) {
	r.Now, r.Default = clock.Now().In(s.Location), s.defaultNumber(r.Agent)
	return s.Dialing.Decide(r)
}

// allow asks the guard for leave, and takes out the trunks that may not be used now. Of an emergency call it only hears.
func (s *Sites) allow(ctx context.Context, one *Site, a call.FindPlan, d *dialing.Decision) error {
	switch {
	case d.Emergency && s.Guard != nil && len(d.Routes) > 0:
		s.Guard.Emergency(one.Org.ID, store.EmergencyCall{Shown: d.Routes[0].CallerID, Agent: a.Agent, Dialled: d.Number})
		return nil
	case d.Emergency:
		return nil
	case s.Guard == nil && d.Blocked != "":
		return d.Refusal()
	case s.Guard == nil:
		return nil
	}
	ask := dialing.Ask{
		Call: a.Call, Agent: a.Agent, Number: d.Number, International: d.Nature.International, Premium: d.Nature.Premium,
		Blocked: d.Blocked, Class: d.Class,
	}
	for _, r := range d.Routes {
		ask.Trunks = append(ask.Trunks, r.Trunk)
	}
	allowed, err := s.Guard.Ask(ctx, one.Org.ID, ask)
	if err != nil {
		return err
	}
	d.Routes = slices.DeleteFunc(d.Routes, func(r dialing.Route) bool { return !slices.Contains(allowed, r.Trunk) })
	return nil
}

func routes(d *dialing.Decision) []call.Route {
	all := make([]call.Route, 0, len(d.Routes))
	for _, r := range d.Routes {
		one := call.Route{
			Trunk: r.Trunk, Name: r.Name, Dial: tel.Number(r.Dial), CallerID: r.CallerID, From: tel.Number(r.From),
			Channels: r.Caps.Channels, PerSecond: r.Caps.PerSecond,
		}
		if r.Own {
			one.Notice = fmt.Sprintf("trunk %s may not show the number that was chosen: it shows %s", r.Name, r.CallerID.Pretty())
		}
		all = append(all, one)
	}
	return all
}

func unplanned(err error) call.Unplanned {
	if r := (dialing.Refusal{}); errors.As(err, &r) {
		return call.Unplanned{Cause: r.Cause, Why: r.Why}
	}
	return call.Unplanned{Cause: tel.CauseTemporaryFailure, Why: err.Error()}
}

// Emergency tells whether what is typed is an emergency number of the organisation or of its country (BX-13).
func (s *Sites) Emergency(org id.Org, typed string) bool {
	one, ok := s.Of(org)
	if !ok {
		return false
	}
	_, is := one.Dialing.EmergencyNumber(typed)
	return is
}

// callBack puts a call to a number that was shown in an emergency call lately through to the agent who made it, whatever else
// the number leads to.
func (s *Sites) callBack(ctx context.Context, one *Site, to, from tel.Number) (call.Routed, bool) {
	if s.Guard == nil {
		return call.Routed{}, false
	}
	if full, err := tel.ParseNumber(string(to), one.Org.Country); err == nil {
		to = full
	}
	which, ok := s.Guard.CallBack(one.Org.ID, to)
	agent := one.agents[which]
	if !ok || agent == nil {
		return call.Routed{}, false
	}
	return call.Routed{Agent: agent.ID, AgentName: agent.FullName, RingSeconds: one.Org.RingSeconds, Caller: s.caller(ctx, one, from)}, true
}
