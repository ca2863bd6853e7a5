package app

import (
	"parley/internal/callcontrol"
	"parley/internal/id"
)

// slots is where an organisation parks calls.
func (a *App) slots(org id.Org, agent id.Agent) callcontrol.Slots {
	p := a.sites.Parking(org, agent)
	return callcontrol.Slots{Any: p.Any, All: p.Slots, Seconds: p.Seconds, Language: p.Language}
}

// mayPickUp tells whether an agent may answer what rings at another one.
func (a *App) mayPickUp(org id.Org, agent id.Agent, r callcontrol.Rung, own bool) bool {
	return a.sites.MayPickUp(org, agent, r.Agent, r.Queue, own)
}
