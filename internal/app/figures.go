package app

import (
	"time"

	"parley/internal/figures"
	"parley/internal/id"
	"parley/internal/retention"
)

// figuresAt is when the figures of the day before are kept, after midnight at the organisation.
const figuresAt = time.Hour

// retentionAt is when what was kept long enough is deleted, after midnight at the organisation, when the figures of the day are kept.
const retentionAt = 3 * time.Hour

// openFigures makes what computes the figures of days, and what deletes old data after them.
func (a *App) openFigures() {
	a.books = &figures.Books{DB: a.db, Sites: a.sites, Log: a.log, Now: time.Now}
	a.jobs.Daily("figures", figuresAt, a.books.Nightly)
	a.retention = &retention.Keeper{DB: a.db, Log: a.log, Recount: a.voicemail.Recount}
	a.jobs.Daily("retention", retentionAt, a.retention.Nightly)
}

// place is where an organisation's days begin and end.
func (a *App) place(org id.Org) *time.Location {
	if s, ok := a.sites.Of(org); ok {
		return s.Location
	}
	return time.UTC
}
