package owner

import (
	"cmp"
	"context"
	"runtime/debug"
	"time"
)

type runner[Signal, Outcome any] struct {
	owner      *Owner[Signal]
	machine    Machine[Signal, Outcome]
	wiring     Wiring[Signal, Outcome]
	transcript []Line[Signal]
	settling   settling
	putOff     func() // plans to settle, if that is not planned already
	broken     bool   // Broken was told
}

func newRunner[Signal, Outcome any](
	c clock, machine Machine[Signal, Outcome], wiring Wiring[Signal, Outcome],
) *runner[Signal, Outcome] {
	o := &Owner[Signal]{limit: cmp.Or(wiring.Limit, defaultLimit), clock: c, unread: wiring.Unread, done: make(chan struct{})}
	return &runner[Signal, Outcome]{owner: o, machine: machine, wiring: wiring}
}

func (r *runner[Signal, Outcome]) run(ctx context.Context, wake <-chan struct{}) {
	var left []letter[Signal]
	defer func() { r.end(left) }()
	for over := false; !over && !r.machine.Ended(); {
		letters, ok := r.take(ctx, wake)
		if !ok {
			return
		}
		left, over = r.handle(letters)
	}
}

// handle handles letters until the machine has ended or broken; it gives those that were not read.
func (r *runner[Signal, Outcome]) handle(letters []letter[Signal]) (left []letter[Signal], broke bool) {
	for i, l := range letters {
		if r.machine.Ended() {
			return letters[i:], false
		}
		if r.owner.stale(l.timer) {
			continue
		}
		if r.step(l) {
			return letters[i+1:], true
		}
	}
	return nil, false
}

// end stops the owner.
func (r *runner[Signal, Outcome]) end(left []letter[Signal]) {
	r.settle()
	r.owner.stop(left)
}

// take waits for letters and settles meanwhile; ok is false when ctx is done or settling broke.
func (r *runner[Signal, Outcome]) take(ctx context.Context, wake <-chan struct{}) (letters []letter[Signal], ok bool) {
	for {
		if r.settling.isDue() && r.settle() {
			return nil, false
		}
		if letters := r.owner.collect(); letters != nil {
			return letters, true
		}
		select {
		case <-wake:
		case <-r.settling.due():
			if r.settle() {
				return nil, false
			}
		case <-ctx.Done():
			return nil, false
		}
	}
}

// settle does what was put off, if anything was.
func (r *runner[Signal, Outcome]) settle() (broke bool) {
	if !r.settling.done() {
		return false
	}
	defer r.survive(&broke, nil)
	r.wiring.Settle()
	return false
}

// step handles one letter and survives a machine that breaks.
func (r *runner[Signal, Outcome]) step(l letter[Signal]) (broke bool) {
	now := r.owner.clock.Now()
	r.remember(now, l.signal)
	defer r.survive(&broke, l.reply)
	outcome, err := r.machine.Handle(now, l.signal)
	if err == nil {
		if r.wiring.Settle != nil {
			r.putOff()
		}
		r.wiring.Carry(now, l.signal, outcome)
	} else if l.reply == nil && r.wiring.Refused != nil {
		r.wiring.Refused(l.signal, err)
	}
	if l.reply != nil {
		l.reply <- err
	}
	return false
}

// survive is deferred around what may break.
func (r *runner[Signal, Outcome]) survive(broke *bool, reply chan<- error) {
	v := recover()
	if v == nil {
		return
	}
	*broke = true
	p := Panic[Signal]{Value: v, Stack: debug.Stack(), Transcript: r.transcript}
	if reply != nil {
		reply <- p
	}
	if r.wiring.Broken != nil && !r.broken {
		r.broken = true
		r.wiring.Broken(p)
	}
}

// transcriptLength bounds the signals that a transcript remembers.
const transcriptLength = 2_000

func (r *runner[Signal, Outcome]) remember(now time.Time, signal Signal) {
	if len(r.transcript) == transcriptLength {
		r.transcript = append(r.transcript[:0:0], r.transcript[transcriptLength/2:]...)
	}
	r.transcript = append(r.transcript, Line[Signal]{At: now, Signal: signal})
}
