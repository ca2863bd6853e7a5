package lab

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"parley/internal/api"
	"parley/internal/campaign"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestConvertToOutbound: a lead calls in. Ann finds it by the caller's number and lets the call count for it, while the two talk on; the
// outcome that she chooses at the end becomes the lead's, and the record names lead and campaign (TR-7, TR-10, OB-14).
func TestConvertToOutbound(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: spring})
	boss := w.SignIn(w.Person("admin", 0))
	lists := boss.settings("lead-lists")
	if len(lists) != 1 {
		t.Fatalf("lead lists: %+v", lists)
	}
	boss.Must("POST", "/lead-lists/"+lists[0]+"/leads", map[string]any{
		"first_name": "Eve", "last_name": "Bell", "phones": []map[string]string{{"number": "+32470111222", "label": "mobile"}},
	}, nil)

	ann, k, ring := engaged(t, w, network(t, carrier.Config{}))
	lead := ann.lead(t, "+32470111222")
	if lead.Status != campaign.New || lead.Attempts != 0 || lead.CampaignName != "Spring" || lead.Name != "Eve Bell" {
		t.Errorf("the lead before: %+v", lead)
	}
	convert := func() error {
		return ann.Do("POST", "/calls/"+string(ring.Call)+"/convert", map[string]any{"lead_id": lead.ID}, nil)
	}
	if err := convert(); err != nil {
		t.Fatal(err)
	}
	ann.Wait("the line names lead and campaign", func(p live.Snapshot) bool {
		return slices.ContainsFunc(p.Me.Lines, func(l live.Line) bool {
			return l.Lead != nil && l.Lead.Name == "Eve Bell" && l.Lead.CampaignName == "Spring"
		})
	})
	hearsOnly(t, k, agentVoice) // the call goes on as it was
	if err := convert(); Status(err) != 409 {
		t.Errorf("converted twice: %v", err)
	}

	k.HangUp()
	ann.status("wrap_up")
	sold := boss.settings("outcomes")
	ann.Must("POST", "/wrapup/outcome", map[string]any{"call": ring.Call, "outcome": sold[0]}, nil)
	Eventually(t, "the call counts for the lead, with its outcome", func() bool {
		l := ann.lead(t, "+32470111222")
		return l.Attempts == 1 && l.Status == campaign.Open && l.LastOutcome == "Sold" && !l.LastAttempt.IsZero()
	})
	record := ann.Record(ring.Call)
	if record.Lead == nil || record.Lead.Name != "Eve Bell" || record.Lead.CampaignName != "Spring" {
		t.Errorf("the record's lead: %+v", record.Lead)
	}
	if len(record.Transfers) != 1 || record.Transfers[0].Type != "convert" {
		t.Errorf("the record's transfers: %+v", record.Transfers)
	}
}

// lead is the one whom an agent finds by a number.
func (a *agent) lead(t *testing.T, number string) api.Lead {
	t.Helper()
	var found []api.Lead
	a.Must("GET", "/leads?phone="+url.QueryEscape(number), nil, &found)
	if len(found) != 1 {
		t.Fatalf("leads with the number %s: %+v", number, found)
	}
	return found[0]
}

// settings are the ids of the records of a kind.
func (c *Client) settings(plural string) []string {
	c.t.Helper()
	var page struct {
		Rows []struct {
			ID string `json:"id"`
		} `json:"rows"`
	}
	c.Must("GET", "/settings/"+plural, nil, &page)
	var all []string
	for _, one := range page.Rows {
		all = append(all, one.ID)
	}
	return all
}

// spring is a campaign with an empty list, and a queue whose calls have an outcome.
func spring(ctx context.Context, db *store.DB) error {
	shelves := db.Shelves()
	c := settings.New[settings.Campaign]()
	c.Name = "Spring"
	kept, err := shelves.Campaigns.Create(ctx, store.Actor{}, c)
	if err != nil {
		return err
	}
	list := settings.New[settings.LeadList]()
	list.Name, list.Campaign = "Fair", kept.ID
	if _, err := shelves.LeadLists.Create(ctx, store.Actor{}, list); err != nil {
		return err
	}
	sold := settings.New[settings.Outcome]()
	sold.Name = "Sold"
	outcome, err := shelves.Outcomes.Create(ctx, store.Actor{}, sold)
	if err != nil {
		return err
	}
	queues, err := shelves.Queues.All(ctx)
	if err != nil {
		return err
	}
	for _, q := range queues {
		q.Fields.Outcomes = []string{outcome.ID}
		if _, err := shelves.Queues.Update(ctx, store.Actor{}, q.ID, q.Version, q.Fields); err != nil {
			return err
		}
	}
	return nil
}
