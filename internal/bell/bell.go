// Package bell tells people of what happened while they looked elsewhere: notices that wait for them (NT-5), and alerts when a queue
// falls below its service level (BX-5), or when somebody calls for help (BX-14).
package bell

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"parley/internal/channel/email"
	"parley/internal/channel/sms"
	"parley/internal/channel/webhook"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// People says who is behind an agent, and who is told of what concerns an agent or a queue. Nobody is given who may not see it.
type People interface {
	// UserOf is the user who is an agent; empty: nobody.
	UserOf(org id.Org, agent id.Agent) id.User
	// Over are the supervisors and administrators whose scope an agent or a queue is in; either may be empty.
	Over(org id.Org, agent id.Agent, queue id.Queue) []id.User
	// Names are what an agent and a queue are called.
	Names(org id.Org, agent id.Agent, queue id.Queue) (agentName, queueName string)
	// Place is where the organisation's clock stands.
	Place(org id.Org) *time.Location
	// Alarm is who is told of an emergency call (BX-14).
	Alarm(org id.Org) Alarm
}

// Screens shows bells. It returns at once.
type Screens interface {
	// Bells sets how many notices each user has not read.
	Bells(org id.Org, unread map[id.User]int)
	// BellRang tells how many a user has not read now, and of the notice that has just come, if one has.
	BellRang(org id.Org, user id.User, unread int, fresh *store.Notice)
}

// Config is what a Bell is made of.
type Config struct {
	DB      *store.DB
	People  People
	Screens Screens
	Log     *slog.Logger
	// Job has work done that must not be lost.
	Job func(org id.Org, job store.Job)
	// Post sends a mail by an organisation's server.
	Post func(ctx context.Context, org id.Org, m email.Message) error
	// Text sends a text message by the trunks of an organisation.
	Text func(ctx context.Context, org id.Org, m sms.Message) error
	// Webhooks sends webhooks.
	Webhooks webhook.Sender
}

// Bell keeps the notices of every organisation on this machine. What is told to it never waits: one goroutine stores it, counts and
// shows it in the order in which it came.
type Bell struct {
	Config
	ctx context.Context

	mu      sync.Mutex // guards what follows
	waiting []rung
	rings   map[id.Offer]bool // that are open: whether the agent is called directly
	desks   map[id.Org]*desk
	// callbacks are the numbers of those that are kept; each is told anew when an ACD is rebuilt.
	callbacks map[id.Callback]tel.Number

	wake chan struct{}
}

// rung is what waits to be stored and shown; without a kind a user's notices are only counted anew.
type rung struct {
	org    id.Org
	notice store.Notice
}

// most bounds what waits while the database does not answer; what comes then is dropped.
const most = 10_000

// New gives a bell that nobody hears yet: Run stores and shows. What it starts stops when ctx does.
func New(ctx context.Context, c Config) *Bell {
	return &Bell{Config: c, ctx: ctx, rings: map[id.Offer]bool{}, desks: map[id.Org]*desk{},
		callbacks: map[id.Callback]tel.Number{}, wake: make(chan struct{}, 1)}
}

// Open shows what the users of an organisation have not read when the program starts.
func (b *Bell) Open(ctx context.Context, org id.Org) error {
	unread, err := b.DB.UnreadNotices(store.WithOrg(ctx, org))
	if err == nil {
		b.Screens.Bells(org, unread)
	}
	return err
}

// Tell puts a notice to each of these users. It never waits.
func (b *Bell) Tell(org id.Org, n store.Notice, users ...id.User) {
	for _, u := range users {
		if u != "" {
			n.User = u
			b.put(rung{org, n})
		}
	}
}

func (b *Bell) put(r rung) {
	b.mu.Lock()
	full := len(b.waiting) >= most
	if !full {
		b.waiting = append(b.waiting, r)
	}
	b.mu.Unlock()
	if full {
		b.Log.Error("notice dropped, since the database takes none", "org", r.org, "user", r.notice.User, "kind", r.notice.Kind)
	}
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// Read notes that a user has read one of the own notices, or with an empty id all of them.
func (b *Bell) Read(ctx context.Context, org id.Org, user id.User, which string) error {
	ctx = store.WithOrg(ctx, org)
	var err error
	if which == "" {
		err = b.DB.ReadNotices(ctx, user)
	} else {
		err = b.DB.ReadNotice(ctx, user, which)
	}
	if err == nil {
		b.put(rung{org, store.Notice{User: user}})
	}
	return err
}

// How long the database is left alone that took nothing, while the program runs and when it ends, and how long the end may take: a query of
// somebody else that is cut short at that moment may take one of ours with it.
const (
	again    = time.Second
	atTheEnd = 50 * time.Millisecond
	endTakes = 10 * time.Second
)

// Run stores and shows until ctx ends, and then what waits still.
func (b *Bell) Run(ctx context.Context) {
	for ctx.Err() == nil {
		if rest := b.sweep(context.WithoutCancel(ctx)); rest > 0 {
			select {
			case <-ctx.Done():
			case <-time.After(again):
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-b.wake:
		}
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTakes)
	defer cancel()
	if lost := last(end, b.sweep); lost > 0 {
		b.Log.Error("notices lost, since the database takes none", "count", lost)
	}
}

// last sweeps until nothing is left or ctx ends, and gives what is left.
func last(ctx context.Context, sweep func(context.Context) (rest int)) int {
	for {
		rest := sweep(ctx)
		if rest == 0 {
			return 0
		}
		select {
		case <-ctx.Done():
			return rest
		case <-time.After(atTheEnd):
		}
	}
}

// sweep stores and shows what waits, and tells how much is left because the database did not answer.
func (b *Bell) sweep(ctx context.Context) (rest int) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		b.mu.Lock()
		if len(b.waiting) == 0 {
			b.mu.Unlock()
			return 0
		}
		next := b.waiting[0]
		b.mu.Unlock()
		if err := b.one(ctx, next); err != nil {
			b.Log.Warn("notice not stored; it is tried again", "org", next.org, "err", err)
			b.mu.Lock()
			defer b.mu.Unlock()
			return len(b.waiting)
		}
		b.mu.Lock()
		b.waiting = b.waiting[1:]
		b.mu.Unlock()
	}
}

// one stores a notice and shows it; one that was there already, or whose user has left, is passed over.
func (b *Bell) one(ctx context.Context, r rung) error {
	ctx = store.WithOrg(ctx, r.org)
	n := r.notice
	if n.Kind == "" {
		return b.show(ctx, r.org, n.User, nil)
	}
	fresh, err := b.DB.AddNotice(ctx, &n)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && !fresh:
		return nil
	case err != nil:
		return err
	}
	return b.show(ctx, r.org, n.User, &n)
}

func (b *Bell) show(ctx context.Context, org id.Org, user id.User, fresh *store.Notice) error {
	unread, err := b.DB.UnreadNoticesOf(ctx, user)
	if err == nil {
		b.Screens.BellRang(org, user, unread, fresh)
	}
	return err
}

// keptDays is how long notices are kept (NT-5).
const keptDays = 30

// Nightly forgets the notices of the context's organisation that were kept long enough.
func (b *Bell) Nightly(ctx context.Context, now time.Time) error {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return err
	}
	before, err := b.DB.UnreadNotices(ctx)
	if err != nil {
		return err
	}
	if err := b.DB.DeleteNotices(ctx, now.AddDate(0, 0, -keptDays)); err != nil {
		return err
	}
	for user := range before { // who has unread ones may have fewer now
		b.put(rung{org, store.Notice{User: user}})
	}
	return nil
}
