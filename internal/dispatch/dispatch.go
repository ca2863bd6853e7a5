// Package dispatch runs the ACD of each organisation: calls reach it, and it them, only by address.
package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
)

// Screens is what the picture that people see is fed with. It returns at once.
type Screens interface {
	ACDChanged(now time.Time, org id.Org, events []acd.Event)
}

// Statuses keeps statuses, so that an ACD can be rebuilt from them, and what came of calls. It returns at once.
type Statuses interface {
	StatusChanged(now time.Time, org id.Org, e acd.StatusChanged)
	OutcomeChosen(now time.Time, org id.Org, e acd.OutcomeChosen)
}

// Config is what a Dispatch is made of.
type Config struct {
	Directory *owner.Directory
	Screens   Screens
	Statuses  Statuses
	Log       *slog.Logger
	// Rebuild gives the signals from which an organisation's ACD is made: its configuration, the stored statuses, and
	// after a panic what stations and calls hold. It is called by the ACD's owner before the first signal.
	Rebuild func(org id.Org) []acd.Signal
	// Stand lists the calls that live and whom they hold. It is asked every 10 s, by the ACD's owner.
	Stand func(org id.Org) acd.Stand
	// Hours says how the schedules of queues and agents stand, and when the next of them changes; zero: never.
	Hours func(org id.Org, now time.Time) (all []acd.Hours, next time.Time)
	// CallBack begins the call of an attempt at a callback; the error says why it cannot. It returns at once.
	CallBack func(org id.Org, a acd.PlaceCallback) error
	// Callbacks keeps callbacks; nil: they last as long as the program.
	Callbacks Callbacks
	// HandleTimes says how long calls took in the half-hour of now, a week before. It is asked at the start and each
	// half-hour, in a goroutine; nil: nobody knows.
	HandleTimes func(org id.Org, now time.Time) []acd.HandleTime
	// WorkEnded hears that no agent has a call in hand any more: the last of them has wrapped it up, or left it where there is no
	// wrap-up (CH-9). It returns at once; nil: nobody listens.
	WorkEnded func(now time.Time, org id.Org, which id.Call)
}

// Dispatch holds the ACD of every organisation on this machine.
type Dispatch struct {
	Config
	ctx  context.Context
	make func() distributor // tests plant faults here

	repairs, violations atomic.Int64

	mu    sync.Mutex // guards the maps, never a machine
	desks map[id.Org]*desk
	kept  map[id.Org]map[id.Callback]acd.BookCallback
	hands map[id.Org]*hands
}

// distributor is what an ACD is: acd.Distributor.
type distributor interface {
	owner.Machine[acd.Signal, acd.Outcome]
	Check(now time.Time) []acd.Violation
}

// New gives a dispatch without organisations. What it starts stops when ctx does.
func New(ctx context.Context, c Config) *Dispatch {
	return &Dispatch{
		Config: c, ctx: ctx, make: func() distributor { return acd.New() }, desks: map[id.Org]*desk{},
		kept: map[id.Org]map[id.Callback]acd.BookCallback{}, hands: map[id.Org]*hands{},
	}
}

// mailbox bounds the signals that may wait for one ACD: those of calls and stations must not be lost.
const mailbox = 1_000_000

// Open starts the ACD of an organisation and rebuilds it.
func (d *Dispatch) Open(org id.Org) { d.open(org, false) }

func (d *Dispatch) open(org id.Org, rests bool) {
	k := &desk{d: d, org: org, rests: rests, machine: d.make(), open: map[id.Offer]acd.OfferOpened{}}
	d.mu.Lock()
	k.owner = owner.Start(d.ctx, k, owner.Wiring[acd.Signal, acd.Outcome]{
		Carry:   func(now time.Time, _ acd.Signal, o acd.Outcome) { k.carry(now, o) },
		Refused: k.refused,
		Broken:  k.broke,
		Limit:   mailbox,
	})
	d.desks[org] = k
	d.Directory.Enter(owner.At("acd", org), k.owner)
	d.mu.Unlock()
	if rests {
		k.owner.SetTimer("wake", restless, wake{})
		return
	}
	_ = k.owner.Post(wake{})
}

// Tell hands a signal to an organisation's ACD.
func (d *Dispatch) Tell(org id.Org, s acd.Signal) {
	if err := d.Directory.Post(owner.At("acd", org), s); err != nil {
		d.Log.Warn("signal not delivered", "acd", org, "signal", owner.Word(s), "err", err)
	}
}

// Ask hands a person's request to an organisation's ACD and waits for yes or why not.
func (d *Dispatch) Ask(ctx context.Context, org id.Org, s acd.Signal) error {
	return d.Directory.Ask(ctx, owner.At("acd", org), s)
}

func (d *Dispatch) toCall(which id.Call, s call.Signal) bool {
	return d.Directory.Post(owner.At("call", which), s) == nil
}

// refused keeps the promises to a call whose signal the ACD does not take. What is refused as not possible now was said
// twice.
func (k *desk) refused(s acd.Signal, err error) {
	k.d.Log.Debug("signal refused", "acd", k.org, "signal", owner.Word(s), "err", err)
	if errors.Is(err, acd.ErrNotNow) {
		k.answeredTooLate(s)
		return
	}
	switch s := s.(type) {
	case acd.Enqueue: // its queue was removed on the way
		k.d.toCall(s.Call, call.Dismissed{Queue: s.Queue, Result: string(acd.LeftNoAgent)})
	case acd.BookCallback:
		if s.Call != "" {
			k.d.toCall(s.Call, call.CallbackRefused{Callback: s.Callback, Why: "unknown"})
		}
	case acd.Reserve:
		k.d.toCall(s.Call, call.Denied{Agent: s.Agent, Why: string(acd.WhyUnknown), Number: s.Number})
	}
}
