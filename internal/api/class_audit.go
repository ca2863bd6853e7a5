package api

import (
	"context"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/store"
	"parley/internal/tel"
)

// ClassEntry is an entry of the audit of classes of service (CS-6).
type ClassEntry struct {
	ID             string            `json:"id"`
	Time           time.Time         `json:"time"`
	Action         dialing.LogAction `json:"action" enum:"blocked,override_requested,override_approved,override_denied,override_timeout"`
	Agent          id.Agent          `json:"agent"`
	AgentName      string            `json:"agent_name,omitempty"`
	Supervisor     id.User           `json:"supervisor,omitempty"`
	SupervisorName string            `json:"supervisor_name,omitempty"`
	Destination    tel.Number        `json:"destination"`
	ClassID        string            `json:"class_id,omitempty"`
	ClassName      string            `json:"class_name"`
	Rule           dialing.Rule      `json:"rule_triggered" enum:"outbound_disabled,time_range,country_blocked,premium_blocked"`
}

type classAuditInput struct {
	Since  time.Time         `query:"since" doc:"at or after"`
	Agent  id.Agent          `query:"agent" maxLength:"100"`
	Action dialing.LogAction `query:"action" enum:"blocked,override_requested,override_approved,override_denied,override_timeout"`
	Limit  int               `query:"limit" minimum:"1" maximum:"200" default:"100"`
	Offset int               `query:"offset" minimum:"0"`
}

type classAuditOutput struct {
	Body struct {
		Items []ClassEntry `json:"items"`
		Total int          `json:"total"`
	}
}

// classAudit lists the audit: supervisors see the agents in their scope, admins all.
func (d *doors) classAudit(ctx context.Context, in *classAuditInput) (*classAuditOutput, error) {
	v := who(ctx)
	filter := store.ClassFilter{Since: in.Since, Action: string(in.Action), Agents: d.auditAgents(v, in.Agent)}
	page, err := d.DB.ClassEntries(store.WithOrg(ctx, v.org), filter, store.Range{Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &classAuditOutput{}
	out.Body.Total, out.Body.Items = page.Total, []ClassEntry{}
	for _, e := range page.Rows {
		one := ClassEntry{
			ID: e.ID, Time: e.At, Action: dialing.LogAction(e.Action), Agent: e.Agent, AgentName: d.Sites.AgentName(e.Agent),
			Supervisor: e.Supervisor, Destination: e.Destination, ClassID: e.ClassID, ClassName: e.ClassName, Rule: dialing.Rule(e.Rule),
			SupervisorName: d.userName(ctx, e.Supervisor),
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	return out, nil
}

// auditAgents is whose entries are shown: nil is everybody's, an empty list nobody's.
func (d *doors) auditAgents(v viewer, wanted id.Agent) []id.Agent {
	look := live.Viewer{Org: v.org, Role: v.role, Agent: agentID(v)}
	s, ok := d.Sites.Of(v.org)
	if !ok {
		return []id.Agent{}
	}
	var all []id.Agent
	for _, a := range s.Agents {
		if (wanted == "" || wanted == a.ID) && d.Live.Sees(look, a.ID) {
			all = append(all, a.ID)
		}
	}
	switch {
	case look.Everything() && wanted == "":
		return nil // those of agents who are no more, too
	case look.Everything():
		return []id.Agent{wanted}
	case all == nil:
		return []id.Agent{}
	}
	return all
}
