package app

import (
	"context"
	"errors"
	"slices"

	"parley/internal/acd"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/prompt"
	"parley/internal/site"
	"parley/internal/station"
	"parley/internal/store"
)

// press does what an agent has dialled a feature code for (BX-31), and gives what the agent hears. Page and phone show it at once (BX-32).
func (a *App) press(ctx context.Context, one *site.Site, agent id.Agent, which dialing.Feature, rest string) ([]prompt.Prompt, error) {
	say := func(text prompt.StandardText) []prompt.Prompt { return []prompt.Prompt{prompt.OfStandard(text)} }
	who := one.Records.Agents[agent]
	own := a.sites.Picks(one.Org.ID)[id.User(who.User)]
	switch which {
	case dialing.DoNotDisturb:
		return say(prompt.CodeQuiet), a.overridden(ctx, one, agent, one.Presence.Quiet(own, true))
	case dialing.DoNotDisturbOff:
		return say(prompt.CodeQuietOff), a.overridden(ctx, one, agent, one.Presence.Quiet(own, false))
	case dialing.ForwardOn:
		now := one.Presence.Forwarded(own, rest)
		to := one.Presence.Direct(who, now).ForwardTo
		return append(say(prompt.CodeForward), prompt.OfDigits(site.DigitsOf(to))), a.overridden(ctx, one, agent, now)
	case dialing.ForwardOff:
		return say(prompt.CodeForwardOff), a.overridden(ctx, one, agent, one.Presence.Unforwarded(who, own))
	case dialing.Available:
		if rest != "" {
			return a.toggleByCode(ctx, one, agent, rest)
		}
		return a.availableByCode(ctx, one.Org.ID, agent)
	case dialing.OwnMailbox, dialing.AnyMailbox, dialing.LastCaller, dialing.Intercom, dialing.SpeedDial: // switch nothing
	}
	return nil, errors.New("this code does nothing")
}

// overridden stores what an agent has picked, as if it had been on the page.
func (a *App) overridden(ctx context.Context, one *site.Site, agent id.Agent, own presence.Own) error {
	if err := one.MayOverride(agent, own.Overrides); err != nil {
		return err
	}
	return a.picked(ctx, one.Org.ID, id.User(one.Records.Agents[agent].User), own)
}

// availableByCode has queues ring an agent, or not: whichever is not so now. Who is offline begins work on the desk phone (SP-33).
func (a *App) availableByCode(ctx context.Context, org id.Org, agent id.Agent) ([]prompt.Prompt, error) {
	said, status := prompt.CodeAvailable, acd.Available
	if a.hub.Takes(org, agent) {
		said, status = prompt.CodePause, acd.Unavailable
	}
	by := id.User("")
	if one, ok := a.sites.Of(org); ok {
		by = id.User(one.Records.Agents[agent].User)
	}
	set := acd.SetStatus{Agent: agent, Status: status, By: by}
	if status == acd.Available && !a.hub.Works(org, agent) {
		if err := a.exchange.AskStation(ctx, agent, station.DeskWork{On: true}); err != nil {
			return nil, errors.New("start your phone first: nothing of yours can ring")
		}
	}
	if err := a.dispatch.Ask(ctx, org, set); err != nil {
		a.log.Info("availability not changed by a code", "agent", agent, "err", err)
		return nil, errors.New("your status cannot be changed now")
	}
	return []prompt.Prompt{prompt.OfStandard(said)}, nil
}

// toggleByCode has one queue deliver to an agent, or not: whichever is not so now (QU-13).
func (a *App) toggleByCode(ctx context.Context, one *site.Site, agent id.Agent, number string) ([]prompt.Prompt, error) {
	queue := one.QueueNumbered(number)
	if !slices.Contains(one.Members[queue], agent) {
		return nil, errors.New("you are a member of no queue with the number " + number)
	}
	on := !a.hub.Delivers(one.Org.ID, agent, queue)
	if err := a.db.SetQueueToggle(store.WithOrg(ctx, one.Org.ID), agent, queue, on); err != nil {
		return nil, err
	}
	toggle := acd.Toggle{Agent: agent, Queue: queue, On: on, By: id.User(one.Records.Agents[agent].User)}
	if err := a.dispatch.Ask(ctx, one.Org.ID, toggle); err != nil {
		a.log.Info("queue not switched by a code", "agent", agent, "queue", queue, "err", err)
		return nil, errors.New("this queue cannot be switched now")
	}
	said := prompt.CodeQueueOff
	if on {
		said = prompt.CodeQueueOn
	}
	return []prompt.Prompt{prompt.OfStandard(said)}, nil
}
