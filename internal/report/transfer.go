package report

import (
	"time"

	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
)

// Transfer is somebody whom an agent brought into the call, or sent the other one on to; of type convert, the lead for whom the agent let
// the call count (TR-10).
type Transfer struct {
	Number int              `json:"number"`
	Type   string           `json:"type"` // cold, warm, menu, menu_assisted or convert
	Agent  id.Agent         `json:"agent"`
	To     dest.Destination `json:"to"`
	Name   string           `json:"name,omitempty"` // of who was to come
	Lead   call.Lead        `json:"lead,omitzero"`
	Notes  string           `json:"notes,omitempty"`
	At     time.Time        `json:"at"`
	Result call.MoveResult  `json:"result,omitempty"` // empty while it is under way
	Reason string           `json:"reason,omitempty"` // in words
}

func (r *Record) moved(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.MoveBegan:
		entry.Agent, entry.Text = e.Agent, typeOf(e)
		r.Transfers = append(r.Transfers, Transfer{
			Number: e.Number, Type: typeOf(e), Agent: e.Agent, To: e.To, Name: e.To.Target, Notes: e.Notes, At: at,
		})
	case call.MoveOver:
		entry.Agent, entry.Text, entry.Result = e.Agent, e.Name, string(e.Result)
		if e.Why != "" {
			entry.Text += ": " + e.Why
		}
		for i := range r.Transfers {
			if t := &r.Transfers[i]; t.Number == e.Number {
				t.Name, t.Result, t.Reason = e.Name, e.Result, e.Why
			}
		}
	}
}

func typeOf(e call.MoveBegan) string {
	switch {
	case e.Warm && e.To.Kind == dest.Menu:
		return "menu_assisted"
	case e.Warm:
		return "warm"
	case e.To.Kind == dest.Menu:
		return "menu"
	}
	return "cold"
}

// converted notes for which lead the call counts from now on; nothing is under way by it.
func (r *Record) converted(at time.Time, e call.Converted, entry *Entry) {
	entry.Agent, entry.Text = e.Agent, e.Lead.Name+" ("+e.Lead.CampaignName+")"
	r.Lead = e.Lead
	r.Transfers = append(r.Transfers, Transfer{
		Type: "convert", Agent: e.Agent, Lead: e.Lead, Name: e.Lead.Name, At: at, Result: call.MoveCompleted,
	})
}
