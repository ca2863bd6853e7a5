package sip

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/tel"
)

// leg is one connection on the wire: the owner of its machine, and what the machine's actions need to be carried out.
type leg struct {
	id      id.Leg
	server  *Server
	log     *slog.Logger
	owner   *owner.Owner[signal]
	machine *legMachine // belongs to the owner
	sound   *media.Leg
	arrival Incoming // of a leg that is called

	callID   string
	tag      string // ours
	password string // answers a challenge
	user     string // with that name
	quiet    chan struct{}
	hushed   bool   // quiet is closed; belongs to the owner
	kept     []byte // the state that the journal has; belongs to the owner

	mu      sync.Mutex // guards what follows: transactions write it, the owner reads it
	inbound map[int]inbound
	lastTx  int
	calls   []*outCall
	dialogs map[dialogName]*dialog
}

// inbound is a request of the far side that waits for its response.
type inbound struct {
	req *sipgo.Request
	tx  *sipgo.ServerTx
}

// newLeg opens the sound and starts the owner of a leg.
func (s *Server) newLeg(name id.Leg, callID, tag string) (*leg, error) {
	l := &leg{
		id: name, server: s, callID: callID, tag: tag, log: s.log.With("leg", string(name), "call_id", callID),
		machine: newLegMachine(s.times), quiet: make(chan struct{}),
		inbound: map[int]inbound{}, dialogs: map[dialogName]*dialog{},
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
		Carry: l.carry, Broken: l.broken, Unread: l.unread, Limit: 1000,
	})
	close(ready)
	s.legs.enter(l)
	return l, nil
}

// carry takes the machine's actions to the wire, to the sound and upstairs.
func (l *leg) carry(_ time.Time, s signal, actions []action) {
	if _, first := s.(invited); first && !l.machine.ended {
		l.server.exchange.Arrived(l.arrival)
	}
	for _, a := range actions {
		l.carryOne(a)
	}
	l.keep()
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
		l.sound.Agree(termsOf(a.Terms))
	case sendKey:
		l.sound.SendDigit(a.Digit, 0)
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
	if end, ok := what.(Ended); ok {
		l.log.Info("leg ended", "cause", int(end.Cause), "words", end.Cause.Words(), "code", end.Code, "by_peer", end.ByPeer)
		l.sound.Close()
		l.server.legs.retire(l)
	}
	l.server.exchange.Happened(l.id, what)
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
	l.log.Error("leg broke", "panic", p.Value, "stack", string(p.Stack))
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

// termsOf puts what was agreed into the words of the sound.
func termsOf(a agreement) media.Terms {
	codec := media.PCMU
	if a.Codec == codecPCMA {
		codec = media.PCMA
	}
	return media.Terms{
		Remote: a.Remote, Codec: codec, PayloadType: a.PayloadType, EventType: a.EventType,
		Send: a.Send, Receive: a.Receive, Ptime: time.Duration(a.Ptime) * time.Millisecond,
	}
}
