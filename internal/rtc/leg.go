package rtc

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/owner"
)

// leg carries out what the machine of one browser's connection decides.
type leg struct {
	name   id.Leg
	server *Server
	log    *slog.Logger
	meter  meter

	talks sync.Mutex // one negotiation at a time
	talk  talk       // guarded by talks

	told bool // Ended was told; only the owner's goroutine reads and writes it

	mu      sync.Mutex // guards what follows
	owner   *owner.Owner[signal]
	early   []signal // posted before the owner began
	link    *link
	sound   *media.Leg
	closing bool
}

func newLeg(name id.Leg, s *Server) *leg {
	return &leg{name: name, server: s, log: s.log.With("leg", string(name))}
}

// begin starts the machine, when nothing can fail any more.
func (l *leg) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.owner = owner.Start(context.Background(), newMachine(), owner.Wiring[signal, outcome]{Carry: l.carry, Broken: l.broke})
	for _, s := range append([]signal{begun{}}, l.early...) {
		_ = l.owner.Post(s) // a leg that has ended reads no more
	}
	l.early = nil
}

// post hands a signal to the machine and never waits.
func (l *leg) post(s signal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner == nil {
		l.early = append(l.early, s)
		return
	}
	_ = l.owner.Post(s) // a leg that has ended reads no more
}

func (l *leg) voice() *media.Leg {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owner == nil {
		return nil
	}
	return l.sound
}

func (l *leg) carry(_ time.Time, _ signal, o outcome) {
	for _, a := range o.Do {
		switch a := a.(type) {
		case setTimer:
			l.owner.SetTimer(string(a.Timer), a.After, timeUp{a.Timer})
		case stopTimer:
			l.owner.StopTimer(string(a.Timer))
		case tearDown:
			l.tearDown()
		}
	}
	for _, what := range o.Tell {
		l.tell(what)
	}
}

func (l *leg) tell(what Progress) {
	switch what := what.(type) {
	case Connected:
		l.meter.state(connected)
		l.log.Info("browser connected", "remote", l.stats().Remote)
	case Disconnected:
		l.meter.state(disconnected)
		l.log.Info("browser disconnected")
	case Ended:
		l.told = true
		l.log.Info("browser leg ended", "reason", string(what.Reason))
	}
	l.server.exchange.Happened(l.name, what)
}

// broke ends a leg whose machine, or whoever heard of it, panicked.
func (l *leg) broke(p owner.Panic[signal]) {
	l.log.Error("browser leg broke", "panic", p.Value, "stack", string(p.Stack))
	if l.told {
		return
	}
	l.tearDown()
	l.tell(Ended{Reason: Failed, Cause: Failed.Cause()})
}

// tearDown closes everything beside the owner, for DTLS takes its time.
func (l *leg) tearDown() {
	l.mu.Lock()
	again := l.closing
	l.closing = true
	l.mu.Unlock()
	if again {
		return
	}
	l.silence() // at once, so that the name is free when Ended is told
	l.server.leave(l)
	go l.close()
}

// abandon undoes a Connect that failed; nobody has heard of the leg.
func (l *leg) abandon() {
	l.mu.Lock()
	l.closing = true
	l.mu.Unlock()
	l.server.leave(l)
	l.close()
}

// silence closes the sound, if it was opened.
func (l *leg) silence() {
	l.mu.Lock()
	sound := l.sound
	l.mu.Unlock()
	if sound != nil {
		sound.Close()
	}
}

func (l *leg) close() {
	defer l.server.alive.Done()
	l.silence()
	if k := l.way(); k != nil {
		k.close()
	}
}

// way is the leg's link, nil before it was opened.
func (l *leg) way() *link {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.link
}
