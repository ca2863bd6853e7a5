package settings

import (
	"fmt"

	"parley/internal/skill"
)

// Precedence is how callers who come this way wait in the queues that follow (BX-1, BX-2). What is not set stays as it was: the
// last place on the way that sets a field decides it, and the queue where none did.
type Precedence struct {
	Priority   int         `json:"priority" required:"false" minimum:"0" maximum:"10" default:"0" doc:"in queues; 1 is served first; 0: as it was, in the end the queue's"`
	AgeSeconds int         `json:"age_seconds" required:"false" minimum:"-86400" maximum:"86400" default:"0" doc:"added to the wait for the order in queues only; 0: as it was"`
	Steps      []SkillStep `json:"skill_steps,omitempty" required:"false" maxItems:"20" doc:"who may take the call in queues, step by step; empty: as it was, in the end the queue's"`
}

// steps adds the agents that steps name.
func (r *refs) steps(field string, all []SkillStep) {
	for i, s := range all {
		r.add(fmt.Sprintf("%s[%d].agents", field, i), KindAgent, s.Agents...)
	}
}

// checkSteps refuses a step that lets nobody in, and an expression that cannot be read.
func checkSteps(field string, all []SkillStep) []Problem {
	var found []Problem
	for i, s := range all {
		if s.Expression == "" && len(s.Agents) == 0 {
			found = append(found, Problem{fmt.Sprintf("%s[%d]", field, i), "must hold an expression or agents"})
		}
		if _, err := skill.Parse(s.Expression); err != nil {
			found = append(found, Problem{fmt.Sprintf("%s[%d].expression", field, i), "cannot be read: " + err.Error()})
		}
	}
	return found
}
