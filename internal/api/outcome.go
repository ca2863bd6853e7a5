package api

import (
	"context"
	"strings"
	"time"

	"parley/internal/id"
	"parley/internal/store"
)

// CallOutcome is what came of a call, as one of its agents chose it (QU-9, SP-36).
type CallOutcome struct {
	Agent     id.Agent  `json:"agent"`
	AgentName string    `json:"agent_name"`
	Name      string    `json:"name" doc:"that the outcome had then"`
	Auto      bool      `json:"auto,omitempty" doc:"applied, as none was chosen"`
	At        time.Time `json:"at"`
}

// withOutcomes names what came of the calls of a list.
func (d *doors) withOutcomes(ctx context.Context, rows []CallRow) error {
	calls := make([]id.Call, len(rows))
	for i := range rows {
		calls[i] = rows[i].ID
	}
	found, err := d.DB.CallOutcomes(in(ctx), calls)
	for i := range rows {
		rows[i].Outcome = namesOf(found[rows[i].ID])
	}
	return err
}

func namesOf(all []store.CallOutcome) string {
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	return strings.Join(names, ", ")
}

// addOutcomes puts what came of a call into its detail.
func (d *doors) addOutcomes(ctx context.Context, c *CallDetail) error {
	found, err := d.DB.CallOutcomes(in(ctx), []id.Call{c.ID})
	for _, o := range found[c.ID] {
		c.Outcomes = append(c.Outcomes, CallOutcome{Agent: o.Agent, AgentName: d.Sites.AgentName(o.Agent), Name: o.Name, Auto: o.Auto, At: o.At})
	}
	c.CallRow.Outcome = namesOf(found[c.ID])
	return err
}
