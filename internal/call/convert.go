package call

import (
	"time"

	"parley/internal/id"
)

// Lead is somebody of a campaign for whom a call counts (OB-14).
type Lead struct {
	ID           id.Lead     `json:"id"`
	Name         string      `json:"name"`
	Campaign     id.Campaign `json:"campaign"`
	CampaignName string      `json:"campaign_name"`
}

// Convert lets the call count for a lead from now on, which the agent may be shown and call; what it counted for before it counts for no
// more. The call itself goes on as it was.
type Convert struct {
	Agent id.Agent `json:"agent"`
	Lead  Lead     `json:"lead"`
}

// Converted says for which lead an agent lets the call count (TR-10). Started is when the call began; Before is the lead for which it
// counted until now, if any.
type Converted struct {
	Agent   id.Agent  `json:"agent"`
	Lead    Lead      `json:"lead"`
	Before  id.Lead   `json:"before,omitempty"`
	Started time.Time `json:"started"`
}

func (Convert) callSignal()  {}
func (Converted) callEvent() {}

func (t *turn) convert(s Convert) error {
	if _, err := t.talking(s.Agent); err != nil {
		return err
	}
	switch {
	case t.Direction == Internal:
		return refusal("only a call with somebody outside can count for a lead")
	case t.Lead.ID == s.Lead.ID:
		return refusal("the call counts for " + s.Lead.Name + " already")
	}
	t.tell(Converted{Agent: s.Agent, Lead: s.Lead, Before: t.Lead.ID, Started: t.Started})
	t.Lead = s.Lead
	return nil
}
