package simulator

import (
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/skill"
)

// step gives the step in force at a moment (BX-1) and when it began; nil when any member may take the call.
func (c *line) step(now time.Time) (began time.Time, in *acd.Step) {
	began = c.Entered
	for i := range c.Steps {
		s := &c.Steps[i]
		ends := began.Add(time.Duration(s.ExpirySeconds) * time.Second)
		if s.ExpirySeconds == 0 || ends.After(now) {
			return began, s
		}
		began = ends
	}
	return began, nil
}

// fits tells whether a call's step lets an agent take it.
func (a *auditor) fits(p *person, c *line, now time.Time) bool {
	if len(c.Steps) == 0 {
		return true
	}
	_, s := c.step(now)
	switch {
	case s == nil:
		return true
	case s.Skills == "":
		return slices.Contains(s.Agents, p.Conf.ID)
	}
	asked, known := a.asked[s.Skills]
	if !known {
		var err error
		if asked, err = skill.Parse(s.Skills); err != nil {
			a.fail("call %s waits with a step that nobody can read: %w", c.Call, err)
		}
		a.asked[s.Skills] = asked
	}
	return asked.Fits(p.skills)
}
