package callcontrol_test

import (
	"context"
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
)

// plans is the number plan of the world.
type plans struct{ w *world }

func (p plans) wait(ctx context.Context) {
	if p.w.chance(20) {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

func (p plans) Route(ctx context.Context, _ id.Org, a call.FindRoute) call.Signal {
	p.wait(ctx)
	to := string(a.To)
	switch {
	case strings.HasPrefix(to, "q"):
		q := &call.Queue{ID: id.Queue(to), Name: to, Record: p.w.chance(50)}
		if p.w.chance(50) {
			q.Greeting = prompt.Prompt{Audio: "welcome"}
		}
		if p.w.chance(50) {
			q.RecordingNotice = prompt.Prompt{Audio: "recorded"}
		}
		return call.Routed{Queue: q}
	case strings.HasPrefix(to, "agent"):
		return call.Routed{Agent: id.Agent(to), AgentName: to, RingSeconds: 15}
	}
	return call.Unrouted{Cause: 1, Why: "no such number"}
}

func (p plans) Next(ctx context.Context, _ id.Org, _ call.FindNext) call.Signal {
	p.wait(ctx)
	return call.Routed{Destination: dest.Destination{Kind: dest.Hangup}, Say: []prompt.Prompt{prompt.OfStandard(prompt.Apology)}}
}

func (p plans) Dial(ctx context.Context, _ id.Org, a call.FindPlan) call.Signal {
	p.wait(ctx)
	switch {
	case strings.HasPrefix(a.To, "agent"):
		return call.Planned{Number: "1", Agent: id.Agent(a.To), AgentName: a.To, RingSeconds: 15}
	case strings.HasPrefix(a.To, "+"):
		return call.Planned{Number: "+12025550123", Trunk: "trunk", CallerID: "+12025550100"}
	}
	return call.Unplanned{Cause: 1, Why: "no such number"}
}
