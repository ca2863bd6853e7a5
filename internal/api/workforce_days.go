package api

import (
	"cmp"
	"context"
	"slices"

	"parley/internal/id"
	"parley/internal/report"
)

// AgentWork is what an agent did on a channel in some time (MN-10).
type AgentWork struct {
	Agent     id.Agent `json:"agent"`
	AgentName string   `json:"agent_name" doc:"empty: the agent was deleted"`
	report.Work
	AvailabilityPct      *int `json:"availability_pct,omitempty" doc:"available ÷ tracked time; none when no time was tracked"`
	AverageHandleSeconds int  `json:"avg_handle_time_seconds" doc:"in calls and the work after them, for each that was taken"`
}

func (d *doors) agentWork(ctx context.Context, agent id.Agent, w report.Work) AgentWork {
	if w.Statuses == nil { // nothing was stored
		w.Statuses, w.Hours = []report.StatusTime{}, []report.WorkHour{}
	}
	return AgentWork{
		Agent: agent, AgentName: d.agentName(ctx, agent), Work: w, AvailabilityPct: percent(&w), AverageHandleSeconds: w.Handle(),
	}
}

func percent(w *report.Work) *int {
	if p, ok := w.Percent(); ok {
		return &p
	}
	return nil
}

// WorkDay is the roll-up of one agent and day.
type WorkDay struct {
	Day string `json:"day" format:"date"`
	AgentWork
}

// WorkDays are the roll-ups of a range of days.
type WorkDays struct {
	Timezone string    `json:"timezone" doc:"where the days begin and end"`
	Items    []WorkDay `json:"items"`
}

type workDaysOutput struct{ Body WorkDays }

func (d *doors) workDays(ctx context.Context, i *DayRange) (*workDaysOutput, error) {
	days, err := d.agentDays(ctx, i)
	if err != nil {
		return nil, err
	}
	out := &workDaysOutput{WorkDays{Timezone: d.timezone(ctx), Items: make([]WorkDay, len(days))}}
	for n := range days {
		out.Body.Items[n] = WorkDay{days[n].Day, d.agentWork(ctx, days[n].Agent, days[n].Work)}
	}
	return out, nil
}

func (d *doors) timezone(ctx context.Context) string {
	if s, ok := d.Sites.Of(who(ctx).org); ok {
		return s.Location.String()
	}
	return "UTC"
}

// WorkSummary is what the agents did in a range of days (MN-10).
type WorkSummary struct {
	Timezone            string              `json:"timezone" doc:"where the days begin and end"`
	TotalAgents         int                 `json:"total_agents"`
	AverageAvailablePct *int                `json:"avg_available_pct,omitempty" doc:"the mean over the agents with tracked time"`
	Statuses            []report.StatusTime `json:"statuses" doc:"of all agents together"`
	Agents              []AgentWork         `json:"agents" doc:"by name"`
}

type workSummaryOutput struct{ Body WorkSummary }

func (d *doors) workSummary(ctx context.Context, i *DayRange) (*workSummaryOutput, error) {
	agents, err := d.agentSums(ctx, i)
	if err != nil {
		return nil, err
	}
	out := &workSummaryOutput{WorkSummary{Timezone: d.timezone(ctx), TotalAgents: len(agents), Agents: agents}}
	all, sum, with := report.Work{Statuses: []report.StatusTime{}}, 0, 0
	for n := range agents {
		all.Add(&agents[n].Work)
		if p := agents[n].AvailabilityPct; p != nil {
			sum, with = sum+*p, with+1
		}
	}
	if with > 0 {
		mean := (sum + with/2) / with
		out.Body.AverageAvailablePct = &mean
	}
	out.Body.Statuses = all.Statuses
	return out, nil
}

// agentSums gives what each agent did in the whole range, by name.
func (d *doors) agentSums(ctx context.Context, i *DayRange) ([]AgentWork, error) {
	days, err := d.agentDays(ctx, i)
	if err != nil {
		return nil, err
	}
	sums := map[id.Agent]*report.Work{}
	for n := range days {
		w := sums[days[n].Agent]
		if w == nil {
			w = &report.Work{Statuses: []report.StatusTime{}, Hours: []report.WorkHour{}}
			sums[days[n].Agent] = w
		}
		w.Add(&days[n].Work)
	}
	agents := make([]AgentWork, 0, len(sums))
	for agent, w := range sums {
		agents = append(agents, d.agentWork(ctx, agent, *w))
	}
	slices.SortFunc(agents, func(a, b AgentWork) int {
		return cmp.Or(cmp.Compare(a.AgentName, b.AgentName), cmp.Compare(a.Agent, b.Agent))
	})
	return agents, nil
}

type heatInput struct {
	DayRange
	Measure string `query:"measure" enum:"availability,call_volume,chat_volume" default:"availability"`
}

// HeatCell is an hour of the clock in which there was something to count.
type HeatCell struct {
	Hour  int `json:"hour" minimum:"0" maximum:"23"`
	Value int `json:"value" doc:"percent of the tracked time, or how many"`
}

// HeatRow is an agent of the heat map.
type HeatRow struct {
	Agent     id.Agent   `json:"agent"`
	AgentName string     `json:"agent_name"`
	Cells     []HeatCell `json:"cells" doc:"hours without data are left out"`
}

// HeatMap is agents by hour of the clock (MN-11).
type HeatMap struct {
	Timezone string    `json:"timezone"`
	Measure  string    `json:"measure" enum:"availability,call_volume,chat_volume"`
	Rows     []HeatRow `json:"rows" doc:"by name"`
}

type heatOutput struct{ Body HeatMap }

func (d *doors) workHeat(ctx context.Context, i *heatInput) (*heatOutput, error) {
	asked := i.DayRange
	switch i.Measure {
	case "call_volume":
		asked.Channel = "voice"
	case "chat_volume":
		asked.Channel = "chat"
	}
	agents, err := d.agentSums(ctx, &asked)
	if err != nil {
		return nil, err
	}
	out := &heatOutput{HeatMap{Timezone: d.timezone(ctx), Measure: i.Measure, Rows: make([]HeatRow, len(agents))}}
	for n, a := range agents {
		out.Body.Rows[n] = HeatRow{a.Agent, a.AgentName, cells(a.Hours, i.Measure)}
	}
	return out, nil
}

// cells of hours with data: an hour in which the agent was signed in has volumes, were they 0.
func cells(hours []report.WorkHour, measure string) []HeatCell {
	all := []HeatCell{}
	for _, h := range hours {
		w := report.Work{Available: h.Available, Tracked: h.Tracked}
		if measure != "availability" {
			all = append(all, HeatCell{h.Hour, h.Taken})
		} else if value, ok := w.Percent(); ok {
			all = append(all, HeatCell{h.Hour, value})
		}
	}
	return all
}
