package app

import (
	"context"
	"encoding/json"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/site"
	"parley/internal/store"
)

// upkeep does what only time asks for, until the app is closed.
func (a *App) upkeep() {
	for _, s := range a.sites.All() {
		if err := a.countToday(a.ctx, s); err != nil && a.ctx.Err() == nil {
			a.log.Error("today's figures begin at the start of the program", "org", s.Org.ID, "err", err)
		}
		if err := a.countSpent(a.ctx, s); err != nil && a.ctx.Err() == nil {
			a.log.Error("caps against toll fraud count from the start of the program", "org", s.Org.ID, "err", err)
		}
	}
	second, hour := time.NewTicker(time.Second), time.NewTicker(time.Hour)
	defer second.Stop()
	defer hour.Stop()
	a.forgetSessions(a.ctx)
	for {
		select {
		case <-a.ctx.Done():
			return
		case now := <-second.C:
			a.hub.Tick(now)
		case <-hour.C:
			a.forgetSessions(a.ctx)
		}
	}
}

// forgetSessions clears away sessions that are over.
func (a *App) forgetSessions(ctx context.Context) {
	for _, s := range a.sites.All() {
		if err := a.db.DeleteExpiredSessions(store.WithOrg(ctx, s.Org.ID)); err != nil && ctx.Err() == nil {
			a.log.Warn("expired sessions not cleared away", "org", s.Org.ID, "err", err)
		}
	}
}

// longestCall bounds how long before midnight a call may have begun that still counts today.
const longestCall = 12 * time.Hour

// countToday gives the picture the figures of the day until the program started, from the records of calls (MN-1), and the ACD
// what its strategies go by (QU-5). It reads them one by one and takes its time: the dashboard is right before anybody has found it wrong.
func (a *App) countToday(ctx context.Context, s *site.Site) error {
	ctx = store.WithOrg(ctx, s.Org.ID)
	local := a.began.In(s.Location)
	today := report.Span{From: time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, s.Location), To: a.began}
	zeroed, err := a.db.QueueResets(ctx)
	if err != nil {
		return err
	}
	counted := func(which id.Queue) report.Span { // those of a queue that was zeroed today begin there (QU-22)
		if at := zeroed[which]; at.After(today.From) {
			return report.Span{From: at, To: today.To}
		}
		return today
	}
	filter := store.CallFilter{From: today.From.Add(-longestCall), To: today.To}
	sum, turns, stays := map[id.Queue]report.Figures{}, map[id.Queue]report.Turns{}, []report.Stay{}
	for offset := 0; ; offset += store.MaxLimit {
		page, err := a.db.Calls(ctx, filter, store.Scope{All: true}, store.Range{Offset: offset, Limit: store.MaxLimit})
		if err != nil {
			return err
		}
		records, err := a.records(ctx, page.Rows)
		if err != nil {
			return err
		}
		for queue, figures := range report.ByQueue(records, counted, goals(s)) {
			figures.Add(sum[queue])
			sum[queue] = figures
		}
		for _, r := range records {
			report.CountTurns(turns, r, today)
		}
		stays = append(stays, a.lately(records)...)
		if len(page.Rows) < store.MaxLimit {
			break
		}
	}
	a.hub.Seed(s.Org.ID, a.began, sum)
	a.bell.Past(s.Org.ID, stays)
	for queue, had := range turns {
		a.dispatch.Tell(s.Org.ID, acd.Earlier{Queue: queue, At: a.began, Answered: had.Answered, Last: had.Last})
	}
	return nil
}

// lately are the stays in queues by which service levels are watched when the program starts.
func (a *App) lately(records []*report.Record) (stays []report.Stay) {
	span := report.Span{From: a.began.Add(-report.WatchWindow), To: a.began}
	for _, r := range records {
		for _, v := range r.Queues {
			if v.Result != "" && span.Holds(v.LeftAt) {
				stays = append(stays, report.Stay{Queue: v.Queue, Entered: v.EnteredAt, Left: v.LeftAt, Result: v.Result})
			}
		}
	}
	return stays
}

// records reads the whole records of those calls that were in a queue.
func (a *App) records(ctx context.Context, rows []store.CallRow) ([]*report.Record, error) {
	var all []*report.Record
	for i := range rows {
		if len(rows[i].Queues) == 0 {
			continue
		}
		row, err := a.db.Call(ctx, rows[i].ID, store.Scope{All: true})
		if err != nil {
			return nil, err
		}
		r := &report.Record{}
		if err := json.Unmarshal(row.Whole, r); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func goals(s *site.Site) func(id.Queue) report.Goal {
	all := map[id.Queue]report.Goal{}
	for _, q := range s.Queues {
		all[q.ID] = report.Goal{
			Answer: time.Duration(q.SLSeconds) * time.Second, ShortAbandon: time.Duration(q.ShortAbandonSeconds) * time.Second,
		}
	}
	return func(which id.Queue) report.Goal { return all[which] }
}
