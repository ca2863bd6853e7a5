package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/internal/bell"
	"parley/internal/call"
	"parley/internal/dialing"
	"parley/internal/guard"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/report"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
)

// screens shows calls to people, and tells the dialing guard and the bell of them.
type screens struct {
	*live.Hub
	guards *guard.Guards
	bell   *bell.Bell
}

// CallChanged takes in what a call looks like now.
func (s screens) CallChanged(now time.Time, c call.Call, events []call.Event) {
	s.guards.CallChanged(&c, events)
	s.Hub.CallChanged(now, c, events)
	s.bell.CallChanged(now, &c, events)
	for _, e := range events {
		if d, over := e.(call.DropOver); over && d.Failure != "" {
			text := fmt.Sprintf("The voicemail %q was not left for %s: %s.", d.Greeting, c.To.Pretty(), d.Failure)
			s.Notice(c.Org, d.Agent, live.Notice{Level: "error", Text: text})
		}
	}
}

// trunkDown tells whether a trunk does not answer now.
func (a *App) trunkDown(which id.Trunk) bool { return a.sip != nil && a.sip.TrunkDown(which) }

// countSpent tells the guard what the calls of the last day have spent, from their records (BX-15).
func (a *App) countSpent(ctx context.Context, s *site.Site) error {
	ctx = store.WithOrg(ctx, s.Org.ID)
	filter := store.CallFilter{Directions: []string{string(call.Outbound)}, From: a.began.Add(-24 * time.Hour), To: a.began}
	for offset := 0; ; offset += store.MaxLimit {
		page, err := a.db.Calls(ctx, filter, store.Scope{All: true}, store.Range{Offset: offset, Limit: store.MaxLimit})
		if err != nil {
			return err
		}
		var past []dialing.Past
		for i := range page.Rows {
			row, err := a.db.Call(ctx, page.Rows[i].ID, store.Scope{All: true})
			if err != nil {
				return err
			}
			r := &report.Record{}
			if err := json.Unmarshal(row.Whole, r); err != nil {
				return err
			}
			if p, counts := spent(r, s.Org.Country); counts {
				past = append(past, p)
			}
		}
		a.guards.Seed(s.Org.ID, past)
		if len(page.Rows) < store.MaxLimit {
			return nil
		}
	}
}

// spent is what a call has cost; false when it was refused before it was dialled, or was an emergency call.
func spent(r *report.Record, country string) (dialing.Past, bool) {
	if r.Trunk == "" || r.Emergency {
		return dialing.Past{}, false
	}
	p := dialing.Past{Trunk: r.Trunk, Number: r.To, At: r.CreatedAt, International: tel.NatureOf(r.To, country).International}
	for _, part := range r.Agents {
		if part.Placed {
			p.Agent = part.Agent
		}
	}
	if !r.AnsweredAt.IsZero() && r.EndedAt.After(r.AnsweredAt) {
		p.Seconds = int(r.EndedAt.Sub(r.AnsweredAt) / time.Second)
	}
	return p, true
}
