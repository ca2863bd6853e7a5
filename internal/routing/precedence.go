package routing

import (
	"fmt"
	"strings"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/skill"
	"parley/internal/treatment"
)

// precedence is how callers wait who come past a number, a menu or an option of one.
func precedence(p settings.Precedence) treatment.Precedence {
	return treatment.Precedence{Priority: p.Priority, AgeSeconds: p.AgeSeconds, Steps: Steps(p.Steps)}
}

// Steps are the steps of a record as calls take them. What cannot be read is left out, so that one mistake does not keep a
// whole configuration from acting; a step that has an expression goes by that alone.
func Steps(all []settings.SkillStep) []treatment.Step {
	var made []treatment.Step
	for _, one := range all {
		step := treatment.Step{Skills: one.Expression, ExpirySeconds: one.Expires}
		if one.Expression == "" {
			for _, a := range one.Agents {
				step.Agents = append(step.Agents, id.Agent(a))
			}
		}
		asked, err := skill.Parse(one.Expression)
		if err == nil && (asked.String() != "" || len(step.Agents) > 0) {
			made = append(made, step)
		}
	}
	return made
}

// precedenceWords says how the caller of a trial waits, where that is not as everybody does.
func (s *simulation) precedenceWords(queue int) string {
	p, all := s.precedence, []string{}
	if p.Priority > 0 && p.Priority != queue {
		all = append(all, fmt.Sprintf("priority %d", p.Priority))
	}
	if p.AgeSeconds != 0 {
		all = append(all, fmt.Sprintf("%+d seconds of age", p.AgeSeconds))
	}
	for i, step := range p.Steps {
		who := step.Skills
		if who == "" {
			who = s.agentNames(step.Agents)
		}
		until := ""
		if step.ExpirySeconds > 0 {
			until = fmt.Sprintf(" (%d seconds)", step.ExpirySeconds)
		}
		all = append(all, fmt.Sprintf("step %d for %s%s", i+1, who, until))
	}
	if len(all) == 0 {
		return ""
	}
	return " The caller has " + strings.Join(all, ", ") + "."
}

func (s *simulation) agentNames(all []id.Agent) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = s.plan.Agents[one].Name
	}
	return strings.Join(names, " or ")
}
