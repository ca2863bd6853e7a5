package app

import (
	"encoding/json"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/store"
)

// callbacks keeps the places of customers who are to be called back, for an ACD that is rebuilt.
type callbacks struct{ *App }

// Stored reads what an earlier process kept.
func (c callbacks) Stored(org id.Org) ([]acd.BookCallback, error) {
	rows, err := c.db.Callbacks(store.WithOrg(c.ctx, org))
	if err != nil {
		return nil, err
	}
	all := make([]acd.BookCallback, 0, len(rows))
	for _, r := range rows {
		b := acd.BookCallback{
			Callback: r.ID, Queue: r.Queue, Number: r.Number, Priority: r.Priority, EnteredAt: r.EnteredAt, AgeSeconds: r.AgeSeconds,
			LastAgent: r.LastAgent, Attempts: r.Attempts, RetryAt: r.RetryAt,
		}
		if r.Steps != "" {
			if err := json.Unmarshal([]byte(r.Steps), &b.Steps); err != nil {
				c.log.Error("steps of a callback not understood", "callback", r.ID, "err", err)
			}
		}
		all = append(all, b)
	}
	return all, nil
}

// Kept stores a callback as it is now.
func (c callbacks) Kept(org id.Org, b acd.BookCallback) {
	row := store.Callback{
		ID: b.Callback, Queue: b.Queue, Number: b.Number, Priority: b.Priority, EnteredAt: b.EnteredAt, AgeSeconds: b.AgeSeconds,
		LastAgent: b.LastAgent, Attempts: b.Attempts, RetryAt: b.RetryAt,
	}
	if len(b.Steps) > 0 {
		steps, err := json.Marshal(b.Steps)
		if err != nil {
			c.log.Error("steps of a callback not kept", "callback", b.Callback, "err", err)
		}
		row.Steps = string(steps)
	}
	c.commit.Writer(org).Callback(row)
}

// Gone forgets a callback that is over.
func (c callbacks) Gone(org id.Org, which id.Callback) { c.commit.Writer(org).RemoveCallback(which) }

// callBack begins a call that makes an attempt at a callback.
func (a *App) callBack(org id.Org, p acd.PlaceCallback) error {
	first, err := a.sites.CallBack(a.ctx, org, p)
	if err != nil {
		return err
	}
	return a.exchange.CallBack(org, p.Call, first)
}

// week is how far back the half-hour lies that estimates go by (BX-4).
const week = 7 * 24 * time.Hour

// handleTimes says how long calls took in this half-hour of last week.
func (a *App) handleTimes(org id.Org, now time.Time) []acd.HandleTime {
	const halfHour = 30 * time.Minute
	from := now.Add(-week).Truncate(halfHour)
	sums, err := a.db.HandleTimes(store.WithOrg(a.ctx, org), from, from.Add(halfHour))
	if err != nil {
		a.log.Error("last week's handle times not read: waits are estimated without them", "org", org, "err", err)
	}
	known := map[id.Queue]acd.HandleTime{}
	for _, s := range sums {
		known[s.Queue] = acd.HandleTime{Queue: s.Queue, Average: s.Total / time.Duration(s.Calls), Calls: s.Calls}
	}
	one, ok := a.sites.Of(org)
	if !ok {
		return nil
	}
	var all []acd.HandleTime
	for _, q := range one.Queues { // one without calls is told so: what it heard of an earlier half-hour is over
		told := known[q.ID]
		told.Queue = q.ID
		all = append(all, told)
	}
	return all
}
