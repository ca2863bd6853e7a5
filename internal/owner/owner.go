// Package owner gives one piece of state one goroutine: addresses, signals, timers, panic recovery, transcript.
package owner

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrGone means that the owner has stopped, so nobody will read the signal.
var ErrGone = errors.New("no longer there")

// ErrFull means that an owner's mailbox holds as many peers' signals as it may.
var ErrFull = errors.New("mailbox full")

// Machine is state that changes only by handling signals. It starts no goroutine, reads no clock and
// waits for nothing. An error means that nothing changed.
type Machine[Signal, Outcome any] interface {
	Handle(now time.Time, signal Signal) (Outcome, error)
	Ended() bool
}

// Wiring joins a machine to the world. Every function is called from the owner's goroutine.
type Wiring[Signal, Outcome any] struct {
	// Carry takes an outcome away and must not wait.
	Carry func(now time.Time, signal Signal, outcome Outcome)
	// Unread gets each posted signal that was taken in but never read, because the owner stopped; nil when nobody cares.
	// Who posts later gets ErrGone instead, and so does who asked.
	Unread func(Signal)
	// Refused hears of a posted signal that the machine refused; nil when nobody cares.
	Refused func(Signal, error)
	// Broken, if not nil, hears of a panic in the machine or in Carry, after which the owner stops. The transcript ends
	// with the signal that broke it.
	Broken func(Panic[Signal])
	// Settle, if not nil, does what is worth doing once after many signals, such as storing the state: it is called
	// SettleAfter after the first signal carried since the last time, and before the owner stops.
	Settle      func()
	SettleAfter time.Duration
	// Limit bounds the signals of peers that may wait, 0 for the default of 10,000.
	Limit int
}

// Panic is what is known when a machine panicked.
type Panic[Signal any] struct {
	Value      any
	Stack      []byte
	Transcript []Line[Signal]
}

// Error says what broke.
func (p Panic[Signal]) Error() string { return fmt.Sprintf("machine broke: %v", p.Value) }

// Line is one signal of a transcript with the moment at which it was handled.
type Line[Signal any] struct {
	At     time.Time
	Signal Signal
}

const defaultLimit = 10_000

// Owner runs one machine.
type Owner[Signal any] struct {
	mu     sync.Mutex // guards what follows, never the machine
	queue  []letter[Signal]
	timers map[string]*timer
	gone   bool

	limit  int
	clock  clock
	rouse  func() // says that there is mail; never waits
	drive  func() // reads the mail; nil when a goroutine does
	done   chan struct{}
	unread func(Signal)
}

type letter[Signal any] struct {
	signal Signal
	reply  chan<- error // nil when nobody waits
	timer  *timer       // nil when no timer sent it
}

// Start runs machine until it has ended or ctx is done.
func Start[Signal, Outcome any](ctx context.Context, machine Machine[Signal, Outcome], wiring Wiring[Signal, Outcome]) *Owner[Signal] {
	r := newRunner(wall{}, machine, wiring)
	wake := make(chan struct{}, 1)
	r.owner.rouse = func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	r.putOff = func() { r.settling.begin(wiring.SettleAfter) }
	go r.run(ctx, wake)
	return r.owner
}

// Post hands over a signal and never waits, so two owners cannot wait for each other.
func (o *Owner[Signal]) Post(signal Signal) error {
	return o.put(letter[Signal]{signal: signal})
}

// Ask hands over a person's request and waits for yes, or for the reason why not. Owners themselves only Post. When ctx
// is done first, the request may still be carried out.
func (o *Owner[Signal]) Ask(ctx context.Context, signal Signal) error {
	reply := make(chan error, 1)
	if err := o.put(letter[Signal]{signal: signal, reply: reply}); err != nil {
		return err
	}
	if o.drive != nil {
		o.drive()
	}
	select {
	case err := <-reply:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Done is closed when the owner has stopped.
func (o *Owner[Signal]) Done() <-chan struct{} { return o.done }

func (o *Owner[Signal]) put(l letter[Signal]) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.gone {
		return ErrGone
	}
	if len(o.queue) >= o.limit && l.timer == nil {
		return ErrFull
	}
	o.queue = append(o.queue, l)
	o.rouse()
	return nil
}

// collect empties the mailbox.
func (o *Owner[Signal]) collect() []letter[Signal] {
	o.mu.Lock()
	defer o.mu.Unlock()
	letters := o.queue
	o.queue = nil
	return letters
}

// stop closes the mailbox and gives back what nobody will read.
func (o *Owner[Signal]) stop(left []letter[Signal]) {
	o.mu.Lock()
	o.gone = true
	left = append(left, o.queue...)
	o.queue = nil
	for _, t := range o.timers {
		t.stop()
	}
	o.timers = nil
	o.mu.Unlock()
	for _, l := range left {
		switch {
		case l.reply != nil:
			l.reply <- ErrGone
		case l.timer == nil && o.unread != nil:
			o.unread(l.signal)
		}
	}
	close(o.done)
}
