package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/schedule"
	"parley/internal/settings"
	"parley/internal/store"
)

// How often calendars are read, and how much of the days is kept.
const (
	calendarEvery    = 24 * time.Hour
	calendarRetry    = time.Hour // after a failure
	calendarLook     = time.Minute
	calendarPatience = 20 * time.Second
	calendarPast     = 31 * 24 * time.Hour
	calendarFuture   = 3 * 366 * 24 * time.Hour
	mostRedirects    = 5
)

// Calendars reads the iCalendar files that time ranges take their days from, once a day each (BX-11).
type Calendars struct {
	DB      *store.DB
	Orgs    func() []id.Org
	Changed func(ctx context.Context, org id.Org) error // makes new days act
	Log     *slog.Logger
	// Client fetches; nil is one that trusts the system's certificates.
	Client *http.Client
	Now    func() time.Time // nil is clock.Now
}

// Run reads what is due until ctx is done. It looks every minute, so that a new address acts soon.
func (c *Calendars) Run(ctx context.Context) {
	look := time.NewTicker(calendarLook)
	defer look.Stop()
	for {
		for _, org := range c.Orgs() {
			if err := c.Refresh(store.WithOrg(ctx, org), org); err != nil && ctx.Err() == nil {
				c.Log.Error("calendars are not kept", "org", org, "err", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

// Refresh reads the calendars of an organisation that are due. A calendar that cannot be read keeps its days, and its range
// shows why; the error is of the store.
func (c *Calendars) Refresh(ctx context.Context, org id.Org) error {
	kept, err := c.DB.Calendars(ctx)
	if err != nil {
		return err
	}
	ranges, err := c.DB.Shelves().Ranges.All(ctx)
	if err != nil {
		return err
	}
	acts := false
	for _, r := range ranges {
		which := id.TimeRange(r.ID)
		last := kept[which]
		delete(kept, which)
		if r.Fields.Calendar == "" || !c.due(last, r.Fields) {
			if r.Fields.Calendar == "" && last.Address != "" {
				err = errors.Join(err, c.DB.DropCalendar(ctx, which))
			}
			continue
		}
		err = errors.Join(err, c.DB.SaveCalendar(ctx, c.read(ctx, which, r.Fields, last)))
		acts = true
	}
	for which := range kept { // their ranges are gone
		err = errors.Join(err, c.DB.DropCalendar(ctx, which))
	}
	if acts && err == nil {
		err = c.Changed(ctx, org)
	}
	return err
}

// Read reads the calendar of one range now, whether or not it is due.
func (c *Calendars) Read(ctx context.Context, org id.Org, which id.TimeRange) (store.Calendar, error) {
	r, err := c.DB.Shelves().Ranges.Get(ctx, string(which))
	if err != nil {
		return store.Calendar{}, err
	}
	kept, err := c.DB.Calendars(ctx)
	if err != nil || r.Fields.Calendar == "" {
		return store.Calendar{Range: which}, err
	}
	got := c.read(ctx, which, r.Fields, kept[which])
	if err := c.DB.SaveCalendar(ctx, got); err != nil {
		return got, err
	}
	return got, c.Changed(ctx, org)
}

func (c *Calendars) due(last store.Calendar, r settings.TimeRange) bool {
	wait := calendarEvery
	if last.Failure != "" {
		wait = calendarRetry
	}
	return last.Address != r.Calendar || c.now().Sub(last.TriedAt) >= wait
}

// read tries an address; the days of another address are no good.
func (c *Calendars) read(ctx context.Context, which id.TimeRange, r settings.TimeRange, last store.Calendar) store.Calendar {
	now := c.now().UTC()
	made := store.Calendar{Range: which, Address: r.Calendar, TriedAt: now}
	days, err := c.fetch(ctx, r.Calendar, now)
	if err == nil {
		made.ReadAt, made.Days = &now, days
		return made
	}
	made.Failure = err.Error()
	if last.Address == r.Calendar {
		made.ReadAt, made.Days = last.ReadAt, last.Days
	}
	c.Log.Warn("calendar not read", "range", r.Name, "err", err)
	return made
}

// fetch gets the file and reads it. Errors are sentences for the administrator.
func (c *Calendars) fetch(ctx context.Context, address string, now time.Time) (schedule.Feed, error) {
	ctx, cancel := context.WithTimeout(ctx, calendarPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return schedule.Feed{}, errors.New("the address cannot be read")
	}
	if err = allowed(request.URL); err != nil {
		return schedule.Feed{}, err
	}
	request.Header.Set("Accept", "text/calendar")
	answer, err := c.client().Do(request)
	if err != nil {
		return schedule.Feed{}, unreached(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return schedule.Feed{}, fmt.Errorf("the server answers %s", answer.Status)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, schedule.MaxCalendarBytes+1))
	if err != nil {
		return schedule.Feed{}, unreached(err)
	}
	return schedule.ParseCalendar(text, now.Add(-calendarPast), now.Add(calendarFuture))
}

// unreached words why no answer came.
func unreached(err error) error {
	var refused *redirectError
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the server did not answer within %d seconds", calendarPatience/time.Second)
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return fmt.Errorf("the server is not reached: %w", err)
}

// redirectError says that a server has sent us where we do not go.
type redirectError struct{ why string }

func (e *redirectError) Error() string { return e.why }

// client does not follow a server out of https.
func (c *Calendars) client() *http.Client {
	made := http.Client{}
	if c.Client != nil {
		made = *c.Client
	}
	made.CheckRedirect = func(to *http.Request, before []*http.Request) error {
		if len(before) > mostRedirects {
			return &redirectError{"the server sends us on again and again"}
		}
		if err := allowed(to.URL); err != nil {
			return &redirectError{"the server sends us to another address: " + err.Error()}
		}
		return nil
	}
	return &made
}

// allowed lets https through, and plain http to this machine, as settings.TimeRange does.
func allowed(to *url.URL) error {
	ip := net.ParseIP(to.Hostname())
	if to.Scheme == "https" || to.Scheme == "http" && (to.Hostname() == "localhost" || ip != nil && ip.IsLoopback()) {
		return nil
	}
	return errors.New("only addresses that begin with https:// are read")
}

func (c *Calendars) now() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return clock.Now()
}
