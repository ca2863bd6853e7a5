package site

import (
	"fmt"

	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/tel"
)

// intercom says whose device answers by itself, for an agent who has dialled the code and an extension (BX-28). Whoever does not want that,
// or nothing at all now, is not spoken to.
func (s *Sites) intercom(one *Site, a call.FindPlan, extension string) call.Signal {
	switch {
	case !a.Hand || a.Move != 0:
		return call.Unplanned{Cause: tel.CauseNotAllowed, Why: "a feature code is dialled by itself"}
	case extension == "":
		return call.Unplanned{Cause: tel.CauseInvalidNumber, Why: "dial the extension right behind the code of the intercom"}
	case !tel.Number(extension).IsExtension():
		return call.Unplanned{Cause: tel.CauseInvalidNumber, Why: "the intercom reaches extensions only"}
	}
	d, err := one.Decide(dialing.Request{Agent: a.Agent, To: extension})
	if err != nil {
		return unplanned(err)
	}
	which, name := d.Target.Agent, d.Target.Name
	switch {
	case which == "":
		return call.Unplanned{Cause: tel.CauseUnallocated, Why: fmt.Sprintf("nobody has the extension %s", extension)}
	case !one.Switches(id.User(one.Routing.Agents[which].User)).ReachedByIntercom:
		return call.Unplanned{Cause: tel.CauseRejected, Why: fmt.Sprintf("%s is not reached by intercom: call %s instead", name, extension)}
	case s.direct(one, which).DoNotDisturb:
		return call.Unplanned{Cause: tel.CauseRejected, Why: fmt.Sprintf("%s does not want to be disturbed now", name)}
	}
	return call.Planned{Number: d.Number, Agent: which, AgentName: name, RingSeconds: one.Org.RingSeconds, Intercom: true}
}
