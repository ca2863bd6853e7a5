// Package guard runs the dialing guard of each organisation: it gives leave for calls, carries overrides of classes of service to
// the screens, and keeps what must be known later.
package guard

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// Screens is what the picture that people see is fed with. It returns at once.
type Screens interface {
	Overridden(org id.Org, o dialing.Override)
	DialingLocked(org id.Org, l dialing.Lock)
	DialingUnlocked(org id.Org, agent id.Agent)
}

// Config is what Guards are made of.
type Config struct {
	DB      *store.DB
	Screens Screens
	Log     *slog.Logger
}

// Guards holds the guard of every organisation on this machine.
type Guards struct {
	Config
	ctx    context.Context
	keeper *keeper

	mu        sync.Mutex // guards what follows, never a machine
	desks     map[id.Org]*desk
	callbacks map[tel.Number]callback
}

// callback is who is rung when a number is called that was shown in an emergency call.
type callback struct {
	org   id.Org
	agent id.Agent
	until time.Time
}

// CallBackTime is how long after an emergency call the number that was shown rings the agent who made it (BX-13).
const CallBackTime = 2 * time.Hour

// New gives guards of nobody. What they start stops when ctx does; Close waits for what is to be kept.
func New(ctx context.Context, c Config) *Guards {
	return &Guards{Config: c, ctx: ctx, keeper: newKeeper(c), desks: map[id.Org]*desk{}, callbacks: map[tel.Number]callback{}}
}

// Configure sets an organisation's caps. The first time it begins the guard, with the locks and emergency calls that are stored.
func (g *Guards) Configure(ctx context.Context, org id.Org, tolls dialing.Tolls) error {
	if d := g.desk(org); d != nil {
		d.configure(tolls)
		return nil
	}
	ctx = store.WithOrg(ctx, org)
	locks, err := g.DB.DialingLocks(ctx)
	if err != nil {
		return fmt.Errorf("locks against toll fraud: %w", err)
	}
	calls, err := g.DB.EmergencyCalls(ctx, clock.Now().Add(-CallBackTime))
	if err != nil {
		return fmt.Errorf("emergency calls: %w", err)
	}
	seed := dialing.Seed{}
	for _, l := range locks {
		lock := dialing.Lock{Agent: l.Agent, Why: l.Reason, At: l.At}
		seed.Locks = append(seed.Locks, lock)
		g.Screens.DialingLocked(org, lock)
	}
	d := newDesk(g, org)
	d.configure(tolls)
	d.post(seed)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.desks[org] = d
	for _, c := range calls {
		g.callbacks[c.Shown] = callback{org, c.Agent, c.At.Add(CallBackTime)}
	}
	return nil
}

func (g *Guards) desk(org id.Org) *desk {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.desks[org]
}

// Seed tells a guard of the calls of the last day.
func (g *Guards) Seed(org id.Org, past []dialing.Past) {
	if d := g.desk(org); d != nil {
		d.post(dialing.Seed{Past: past})
	}
}

// errAway is told while an organisation is not here, or its guard is being started afresh.
var errAway = dialing.Refusal{Cause: tel.CauseTemporaryFailure, Why: "the system could not check whether this call is allowed: try again"}

// Ask gives the trunks that may be tried for a call, or a dialing.Refusal.
func (g *Guards) Ask(ctx context.Context, org id.Org, a dialing.Ask) ([]id.Trunk, error) {
	d := g.desk(org)
	if d == nil {
		return nil, errAway
	}
	return d.ask(ctx, a)
}

// Request hands on an agent's wish for an override; the error says why not.
func (g *Guards) Request(ctx context.Context, org id.Org, r dialing.RequestOverride) error {
	return g.person(ctx, org, r)
}

// Answer hands on what a supervisor says to an override; the error says why it is too late.
func (g *Guards) Answer(ctx context.Context, org id.Org, a dialing.AnswerOverride) error {
	return g.person(ctx, org, a)
}

// Unlock lets an agent place calls again; the error says that nothing is locked.
func (g *Guards) Unlock(ctx context.Context, org id.Org, u dialing.Unlock) error {
	return g.person(ctx, org, u)
}

func (g *Guards) person(ctx context.Context, org id.Org, s dialing.GuardSignal) error {
	d := g.desk(org)
	if d == nil {
		return errAway
	}
	return d.person(ctx, s)
}

// Override is an override that waits for an answer; false when there is none of this id.
func (g *Guards) Override(org id.Org, which string) (dialing.Override, bool) {
	d := g.desk(org)
	if d == nil {
		return dialing.Override{}, false
	}
	return d.open(which)
}

// Emergency keeps that an emergency call is dialled now, so that a call back finds its caller.
func (g *Guards) Emergency(org id.Org, c store.EmergencyCall) {
	c.At = clock.Now()
	g.Log.Warn("emergency number dialled", "org", org, "agent", c.Agent, "number", c.Dialled, "shown", c.Shown)
	if c.Shown != "" {
		g.mu.Lock()
		g.callbacks[c.Shown] = callback{org, c.Agent, c.At.Add(CallBackTime)}
		g.mu.Unlock()
	}
	g.keeper.emergency(org, c)
}

// CallBack finds the agent who dialled an emergency number lately and showed this number of ours.
func (g *Guards) CallBack(org id.Org, shown tel.Number) (id.Agent, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c, ok := g.callbacks[shown]
	if ok && !clock.Now().Before(c.until) {
		delete(g.callbacks, shown)
		return "", false
	}
	return c.agent, ok && c.org == org
}

// CallChanged takes in what has happened in a call. It never waits.
func (g *Guards) CallChanged(c *call.Call, events []call.Event) {
	if c.Direction != call.Outbound {
		return
	}
	for _, e := range events {
		switch e := e.(type) {
		case call.Entered:
			if e.Stage == call.Active {
				g.post(c.Org, dialing.Talking{Call: c.ID})
			}
		case call.Rerouted:
			g.post(c.Org, dialing.Through{Call: c.ID, Trunk: e.Trunk})
		case call.Finished:
			g.post(c.Org, dialing.Over{Call: c.ID})
		}
	}
}

func (g *Guards) post(org id.Org, s dialing.GuardSignal) {
	if d := g.desk(org); d != nil {
		d.post(s)
	}
}

// Close waits until what is to be kept is stored, or ctx is done.
func (g *Guards) Close(ctx context.Context) error {
	if err := g.keeper.close(ctx); err != nil {
		return fmt.Errorf("store what the dialing guard knows: %w", err)
	}
	return nil
}
