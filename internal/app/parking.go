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
