package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
)

type callListInput struct {
	Direction    []string  `query:"direction" enum:"inbound,outbound,internal" doc:"any of these, comma separated"`
	Disposition  []string  `query:"disposition" doc:"any of these, comma separated"`
	From         time.Time `query:"from" doc:"arrived at or after"`
	To           time.Time `query:"to" doc:"arrived before"`
	Text         string    `query:"q" maxLength:"100" doc:"part of a number, a customer's name or the call's id"`
	Queue        id.Queue  `query:"queue"`
	Agent        id.Agent  `query:"agent"`
	HasRecording string    `query:"has_recording" enum:"true,false" doc:"one that was not deleted"`
	Tag          string    `query:"tag" maxLength:"50" doc:"the key of a tag, of the call or of a recording of it"`
	TagValue     string    `query:"tag_value" maxLength:"500" doc:"the value of that tag; empty: any"`
	Offset       int       `query:"offset" minimum:"0"`
	Limit        int       `query:"limit" minimum:"1" maximum:"200" default:"100"`
}

// CallPage is one page of the call history.
type CallPage struct {
	Items []CallRow `json:"items"`
	Total int       `json:"total"`
}

type callListOutput struct{ Body CallPage }

type callOutput struct{ Body CallDetail }

func (d *doors) historyRoutes(api huma.API) {
	route(api, http.MethodGet, "/calls", access.ReadCalls, "Call history, newest first", d.listCalls)
	route(api, http.MethodGet, "/calls/{id}", access.ReadCalls, "One call, whole", d.showCall)
}

func (d *doors) listCalls(ctx context.Context, i *callListInput) (*callListOutput, error) {
	page, err := d.DB.Calls(in(ctx), i.filter(), d.scope(ctx), store.Range{Offset: i.Offset, Limit: i.Limit})
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &callListOutput{Body: CallPage{Items: make([]CallRow, 0, len(page.Rows)), Total: page.Total}}
	for i := range page.Rows {
		out.Body.Items = append(out.Body.Items, d.row(&page.Rows[i]))
	}
	if err := d.withRecordings(ctx, out.Body.Items); err != nil {
		return nil, d.refusal(err)
	}
	return out, d.refusal(d.withOutcomes(ctx, out.Body.Items))
}

func (i *callListInput) filter() store.CallFilter {
	f := store.CallFilter{Directions: i.Direction, Dispositions: i.Disposition, From: i.From, To: i.To, Text: strings.TrimSpace(i.Text)}
	f.Tag, f.TagValue = i.Tag, i.TagValue
	if i.Queue != "" {
		f.Queues = []id.Queue{i.Queue}
	}
	if i.Agent != "" {
		f.Agents = []id.Agent{i.Agent}
	}
	if i.HasRecording != "" {
		yes := i.HasRecording == "true"
		f.HasRecording = &yes
	}
	return f
}

// scope is which calls the viewer sees (CH-10).
func (d *doors) scope(ctx context.Context) store.Scope {
	v := who(ctx)
	reach := access.CallScope(v.role)
	if reach == access.All {
		return store.Scope{All: true}
	}
	if v.agent == nil {
		return store.Scope{}
	}
	s := store.Scope{Agents: []id.Agent{v.agent.ID}}
	if one, ok := d.Sites.Of(v.org); ok && reach == access.Team {
		s.Queues = one.QueuesOf(v.agent.ID)
	}
	return s
}

func (d *doors) showCall(ctx context.Context, i *callInput) (*callOutput, error) {
	scope := d.scope(ctx)
	if access.May(who(ctx).role, access.Supervise) && d.Live.SeesCall(look(who(ctx)), i.ID) {
		scope.All = true // whoever may listen to a call may read of it meanwhile
	}
	row, err := d.DB.Call(in(ctx), i.ID, scope)
	if err != nil {
		return nil, d.refusal(err)
	}
	record := report.Record{}
	if err := json.Unmarshal(row.Whole, &record); err != nil {
		return nil, d.refusal(err)
	}
	detail := d.detail(row, &record)
	if s, ok := d.Sites.Of(who(ctx).org); ok && s.Records.Org.HideWatch && !access.May(who(ctx).role, access.Supervise) {
		detail.hideListens()
	}
	if record.EndedAt.IsZero() && d.Sound != nil {
		detail.hear(d.Sound.Paths(i.ID))
	}
	if err := errors.Join(d.addOutcomes(ctx, &detail), d.addNotes(ctx, &detail)); err != nil {
		return nil, d.refusal(err)
	}
	if err := d.asStored(ctx, i.ID, detail.Recordings); err != nil {
		return nil, d.refusal(err)
	}
	if err := d.addRecordings(ctx, &detail); err != nil {
		return nil, d.refusal(err)
	}
	if detail.Tags, err = d.tagsOf(ctx, i.ID); err != nil {
		return nil, d.refusal(err)
	}
	if record.Customer.ID != "" {
		customer, err := d.customer(ctx, record.Customer.ID)
		if err == nil {
			detail.Customer = &customer
		}
	}
	return &callOutput{detail}, nil
}

// CallRow is one line of the call history (CH-4, CH-7).
type CallRow struct {
	ID                   id.Call     `json:"id"`
	Direction            string      `json:"direction" enum:"inbound,outbound,internal"`
	CallType             string      `json:"call_type"`
	Status               string      `json:"status" enum:"new,routing,queued,ringing,active,ended"`
	Disposition          string      `json:"disposition,omitempty" enum:"answered,no_answer,voicemail,abandoned,busy,failed"`
	Reason               string      `json:"reason,omitempty"`
	From                 string      `json:"from"`
	FromName             string      `json:"from_name,omitempty"`
	To                   string      `json:"to"`
	ToName               string      `json:"to_name,omitempty"`
	QueueName            string      `json:"queue_name,omitempty"`
	AgentName            string      `json:"agent_name,omitempty"`
	Outcome              string      `json:"outcome,omitempty" doc:"what came of it, as the agents chose"`
	CustomerID           id.Customer `json:"customer_id,omitempty"`
	CreatedAt            time.Time   `json:"created_at"`
	AnsweredAt           time.Time   `json:"answered_at,omitzero"`
	EndedAt              time.Time   `json:"ended_at,omitzero"`
	QueueWaitSeconds     int         `json:"queue_wait_seconds"`
	TalkTimeSeconds      int         `json:"talk_time_seconds"`
	TotalDurationSeconds int         `json:"total_duration_seconds"`
	Recording            string      `json:"recording" enum:"none,recording,available,deleted" doc:"recording: the call is being recorded"`
}

func (d *doors) row(r *store.CallRow) CallRow {
	row := CallRow{
		ID: r.ID, Direction: r.Direction, CallType: r.CallType, Status: r.Status, Disposition: r.Disposition, Reason: r.Reason,
		From: string(r.From), To: string(r.To), CustomerID: r.Customer, CreatedAt: r.ArrivedAt, AnsweredAt: r.AnsweredAt, EndedAt: r.EndedAt,
		QueueWaitSeconds: r.QueueWaitSeconds, TalkTimeSeconds: r.TalkTimeSeconds, TotalDurationSeconds: r.TotalDurationSeconds,
		Recording: "none",
	}
	row.FromName, row.ToName = names(r)
	if r.HasRecording {
		row.Recording = "available"
	}
	if n := len(r.Queues); n > 0 {
		row.QueueName = r.Queues[n-1].Name
	}
	row.AgentName = agentName(r)
	return row
}

// names are those of the two sides, as far as they are known. Who placed a call is the first of its agents.
func names(r *store.CallRow) (from, to string) {
	switch call.Direction(r.Direction) {
	case call.Outbound:
		return "", r.CustomerName
	case call.Internal:
		if len(r.Agents) > 0 {
			from = r.Agents[0].Name
		}
		if len(r.Agents) > 1 {
			to = r.Agents[1].Name
		}
		return from, to
	default:
		return r.CustomerName, ""
	}
}

// agentName is who talked last; of a call that an agent placed and nobody answered, who placed it.
func agentName(r *store.CallRow) string {
	for i := len(r.Agents) - 1; i >= 0; i-- {
		if r.Agents[i].Answered {
			return r.Agents[i].Name
		}
	}
	if r.Direction != string(call.Inbound) && len(r.Agents) > 0 {
		return r.Agents[0].Name
	}
	return ""
}
