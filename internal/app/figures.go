package app

import (
	"time"

	"parley/internal/figures"
	"parley/internal/id"
)

// figuresAt is when the figures of the day before are kept, after midnight at the organisation.
const figuresAt = time.Hour

// openFigures makes what computes the figures of days.
func (a *App) openFigures() {
	a.books = &figures.Books{DB: a.db, Sites: a.sites, Log: a.log, Now: time.Now}
	a.jobs.Daily("figures", figuresAt, a.books.Nightly)
}

// place is where an organisation's days begin and end.
func (a *App) place(org id.Org) *time.Location {
	if s, ok := a.sites.Of(org); ok {
		return s.Location
	}
	return time.UTC
}
