package guard

import (
	"context"
	"sync"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/owner"
)

// desk is one organisation's guard with its owner.
type desk struct {
	g   *Guards
	org id.Org

	mu      sync.Mutex // guards what follows, never the machine
	owner   *owner.Owner[dialing.GuardSignal]
	waiting map[string]chan dialing.Reply // by ticket
	asked   map[string]dialing.Override   // that wait for an answer
	tolls   dialing.Tolls
}

func newDesk(g *Guards, org id.Org) *desk {
	d := &desk{g: g, org: org, waiting: map[string]chan dialing.Reply{}, asked: map[string]dialing.Override{}}
	d.start()
	return d
}

// mailbox bounds the signals that may wait for one guard: those of calls must not be lost.
const mailbox = 1_000_000

func (d *desk) start() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.owner = owner.Start(d.g.ctx, dialing.NewGuard(), owner.Wiring[dialing.GuardSignal, dialing.GuardOutcome]{
		Carry:  func(_ time.Time, _ dialing.GuardSignal, o dialing.GuardOutcome) { d.carry(o) },
		Broken: d.broke,
		Limit:  mailbox,
	})
}

// broke starts a guard afresh whose machine panicked. What was spent is forgotten, the locks are not.
func (d *desk) broke(p owner.Panic[dialing.GuardSignal]) {
	d.g.Log.Error("dialing guard broke and was started afresh", "org", d.org, "err", p.Error(), "stack", string(p.Stack))
	d.start()
	d.mu.Lock()
	tolls := d.tolls
	d.mu.Unlock()
	d.post(dialing.Configure{Tolls: tolls})
	d.g.keeper.locks(d.org, func(locks []dialing.Lock) { d.post(dialing.Seed{Locks: locks}) })
}

func (d *desk) configure(tolls dialing.Tolls) {
	d.mu.Lock()
	d.tolls = tolls
	d.mu.Unlock()
	d.post(dialing.Configure{Tolls: tolls})
}

func (d *desk) box() *owner.Owner[dialing.GuardSignal] {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.owner
}

func (d *desk) post(s dialing.GuardSignal) {
	if err := d.box().Post(s); err != nil && d.g.ctx.Err() == nil {
		d.g.Log.Error("dialing guard did not hear of a call", "org", d.org, "signal", owner.Word(s), "err", err)
	}
}

// person hands a person's request to the guard and waits for yes or why not.
func (d *desk) person(ctx context.Context, s dialing.GuardSignal) error { return d.box().Ask(ctx, s) }

// ask waits for the reply to a question, which is there at once.
func (d *desk) ask(ctx context.Context, a dialing.Ask) ([]id.Trunk, error) {
	a.Ticket = id.New[string]()
	answer := make(chan dialing.Reply, 1)
	d.mu.Lock()
	d.waiting[a.Ticket] = answer
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		delete(d.waiting, a.Ticket)
		d.mu.Unlock()
	}()
	if err := d.person(ctx, a); err != nil {
		return nil, errAway
	}
	select {
	case r := <-answer:
		if r.Refusal != nil {
			return nil, *r.Refusal
		}
		return r.Trunks, nil
	case <-ctx.Done():
		return nil, errAway
	}
}

func (d *desk) carry(o dialing.GuardOutcome) {
	for _, a := range o.Actions {
		d.do(a)
	}
	for _, e := range o.Events {
		d.tell(e)
	}
}

func (d *desk) do(a dialing.GuardAction) {
	switch a := a.(type) {
	case dialing.Reply:
		d.mu.Lock()
		answer := d.waiting[a.Ticket]
		d.mu.Unlock()
		if answer != nil {
			answer <- a
		}
	case dialing.SetTimer:
		d.box().SetTimer(a.Timer, a.After, dialing.TimeUp{Timer: a.Timer})
	case dialing.StopTimer:
		d.box().StopTimer(a.Timer)
	}
}

func (d *desk) tell(e dialing.GuardEvent) {
	switch e := e.(type) {
	case dialing.Logged:
		d.g.keeper.logged(d.org, e)
	case dialing.Overridden:
		d.remember(e.Override)
		d.g.Screens.Overridden(d.org, e.Override)
	case dialing.Locked:
		d.g.Log.Warn("outbound calls of a user locked", "org", d.org, "agent", e.Lock.Agent, "why", e.Lock.Why)
		d.g.keeper.locked(d.org, e.Lock)
		d.g.Screens.DialingLocked(d.org, e.Lock)
	case dialing.Unlocked:
		d.g.keeper.unlocked(d.org, e)
		d.g.Screens.DialingUnlocked(d.org, e.Agent)
	}
}

// remember keeps the overrides that wait for an answer.
func (d *desk) remember(o dialing.Override) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if o.State == dialing.OverrideRequested {
		d.asked[o.ID] = o
		return
	}
	delete(d.asked, o.ID)
}

func (d *desk) open(which string) (dialing.Override, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.asked[which]
	return o, ok
}
