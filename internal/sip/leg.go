package sip

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/tel"
)

// leg is one connection on the wire: the owner of its machine, and what the machine's actions need to be carried out.
type leg struct {
	id      id.Leg
	server  *Server
	owner   *owner.Owner[signal]
	machine *legMachine // belongs to the owner
	sound   *media.Leg
	arrival Incoming // of a leg that is called
	key     string   // of the INVITE that made it; belongs to legs

	callID string
	tag    string // ours
	login  login  // answers a challenge
	quiet  chan struct{}
	hushed bool        // quiet is closed; belongs to the owner
	talks  atomic.Bool // the call is answered
	kept   []byte      // the state that the journal has; belongs to the owner

	mu      sync.Mutex // guards what follows: transactions write it, the owner reads it
	far     farEnd     // whose leg it is
	inbound requests
	lastTx  int
	calls   []*outCall
	dialogs dialogs
	ended   []dialogName // forks that got their BYE when the leg was over
}

// newLeg opens the sound and starts the owner of a leg.
func (s *Server) newLeg(name id.Leg, callID, tag string) (*leg, error) {
	l := &leg{
		id: name, server: s, callID: callID, tag: tag,
		machine: newLegMachine(s.times), quiet: make(chan struct{}),
	}
	ready := make(chan struct{}) // the sound may speak before the owner is there
	sound, err := s.config.Media.OpenSocket(name, func(event media.Event) {
		<-ready
		_ = l.owner.Post(heard{Event: event}) // a leg that is gone hears nothing
	})
	if err != nil {
		return nil, err
	}
	l.sound = sound
	l.owner = owner.Start(s.life, l.machine, owner.Wiring[signal, []action]{
		Carry: l.carry, Broken: l.broken, Unread: l.unread, Limit: 1000, Settle: s.settle(l), SettleAfter: settleAfter,
	})
	close(ready)
	s.legs.enter(l)
	return l, nil
}

// carry takes the machine's actions to the wire, to the sound and upstairs.
func (l *leg) carry(_ time.Time, s signal, actions []action) {
	if _, first := s.(invited); first && !l.machine.ended {
		l.arrival.Offered = l.machine.theirs
		l.server.exchange.Arrived(l.arrival)
	}
	for _, a := range actions {
		l.carryOne(a)
	}
	if l.machine.ended && l.machine.bye.CSeq == 0 && l.machine.waiting == nil {
		l.hush()
	}
	if l.machine.Ended() {
		l.goAway()
	}
}

func (l *leg) carryOne(a action) {
	switch a := a.(type) {
	case respond:
		l.respond(a)
	case request:
		l.send(a)
	case acknowledge:
		l.acknowledge(a)
	case cancel:
		l.cancel(a)
	case agreeOn:
		l.sound.Agree(terms(a.Terms))
	case listenAnew:
		l.sound.Relatch()
	case sendKey:
		l.sound.SendDigit(a.Digit, 0)
	case passKey:
		l.sound.Pressed(a.Digit)
	case setTimer:
		wait := a.Least
		if a.Most > a.Least {
			wait += rand.N(a.Most - a.Least)
		}
		l.owner.SetTimer(a.Timer, wait, timeUp{Timer: a.Timer})
	case stopTimer:
		l.owner.StopTimer(a.Timer)
	case tell:
		l.tell(a.What)
	}
}

func (l *leg) tell(what Progress) {
	if _, answered := what.(Answered); answered {
		l.talks.Store(true)
	}
	if end, ok := what.(Ended); ok {
		l.logEnd(end)
		l.sound.Close()
		l.server.legs.retire(l)
	}
	l.server.exchange.Happened(l.id, what)
}

// log is the log with the names of the leg. Few legs have anything to say, so it is made when it is wanted.
func (l *leg) log() *slog.Logger { return l.server.log.With("leg", string(l.id), "call_id", l.callID) }

func (l *leg) logEnd(end Ended) {
	l.server.log.LogAttrs(l.server.life, slog.LevelInfo, "leg ended", slog.String("leg", string(l.id)), slog.String("call_id", l.callID),
		slog.Int("cause", int(end.Cause)), slog.String("words", end.Cause.Words()), slog.Int("code", end.Code),
		slog.Bool("by_peer", end.ByPeer))
}

// hush says that nothing is left to be said on the wire: Close need not wait for this leg.
func (l *leg) hush() {
	if !l.hushed {
		l.hushed = true
		close(l.quiet)
	}
}

// goAway is the end of the leg for everybody.
func (l *leg) goAway() {
	l.hush()
	l.sound.Close()
	l.server.legs.forget(l)
}

// broken ends a leg whose machine panicked; the others live on.
func (l *leg) broken(p owner.Panic[signal]) {
	l.log().Error("leg broke", "panic", p.Value, "stack", string(p.Stack))
	if !l.machine.ended {
		l.machine.ended = true
		if l.machine.phase == proceeding {
			l.respond(respond{Code: 500})
		}
		l.tell(Ended{Cause: tel.CauseTemporaryFailure, Code: 500})
	}
	l.goAway()
}

// unread answers requests that came when the leg had gone (RFC 3261 §12.2.2).
func (l *leg) unread(s signal) {
	if r, ok := s.(requested); ok {
		l.respond(respond{Tx: r.Tx, Code: 481})
	}
}

// ask hands a wish of those above to the leg.
func (s *Server) ask(name id.Leg, wish signal) error {
	l, ok := s.legs.byID(name)
	if !ok {
		return ErrGone
	}
	if err := l.owner.Post(wish); errors.Is(err, owner.ErrGone) {
		return ErrGone
	} else if err != nil {
		return err
	}
	return nil
}

// waitQuiet waits until the leg has said what it had to say.
func (l *leg) waitQuiet(ctx context.Context) {
	select {
	case <-l.quiet:
	case <-l.owner.Done():
	case <-ctx.Done():
	}
}
