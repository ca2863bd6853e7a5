package media

import (
	"sync/atomic"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// pipeBuffer is the bytes kept each way between a pipe's owner and its worker: about two seconds of G.711.
const pipeBuffer = 1 << 14

// Leg is the sound of one connection on the wire. Its methods may be called from any goroutine (Receive from one
// at a time); they return at once, and what they ask for happens on the leg's worker, in the order of the calls.
type Leg struct {
	name   id.Leg
	engine *Engine
	hear   func(Event)
	port   uint16
	write  func([]byte)
	in     *ring // packets that came to a pipe
	out    *ring // packets for the pipe's owner

	at     atomic.Pointer[worker] // who serves the leg, or will once it has moved there
	home   atomic.Pointer[worker] // who has taken it in
	closed atomic.Bool
	buried atomic.Bool // its sockets are closed, its port may go back
	orders orders
	toWork link // place in the worker's ready list
	toHear link // place in the herald's
	toPost link // place in the postman's
	post   *postman

	events  *ring // from the worker to the herald
	counted counters

	// Guarded by Engine.mu.
	room   *Room
	worker *worker // who it is to be served by

	line // belongs to the worker whose home it is
}

func newLeg(e *Engine, name id.Leg, hear func(Event)) *Leg {
	l := &Leg{name: name, engine: e, hear: hear, events: newRing(eventBuffer)}
	l.sound, l.control = noSocket, noSocket
	l.toWork.leg, l.toHear.leg, l.toPost.leg = l, l, l
	l.sending.open()
	return l
}

// Name is the name the leg was opened with.
func (l *Leg) Name() id.Leg { return l.name }

// Port is the RTP port of a socket leg (RTCP is the next); 0 for a pipe.
func (l *Leg) Port() uint16 { return l.port }

// Agree sets what offer and answer settled. It may come again: a new Remote forgets the source latched so far.
func (l *Leg) Agree(t Terms) {
	t = t.settled()
	l.order(func(w *worker, l *Leg) bool {
		l.agree(t, w.now)
		return true
	})
}

// Receive takes one RTP packet that came for a pipe leg. It copies the packet and never blocks; when the worker
// is behind, the packet is lost. On a socket leg it does nothing.
func (l *Leg) Receive(packet []byte) {
	if l.in == nil || l.closed.Load() {
		return
	}
	if len(packet) > packetSize {
		l.counted.bad.Add(1)
		return
	}
	l.in.put(packet, nil)
	l.poke()
}

// SendDigit sends a digit as telephone-event (RFC 4733 §2.5) for d, 40 ms to 8 s; 0 means 100 ms. Digits wait for
// one another, up to 32; sound pauses meanwhile. The digit is lost when the far side takes no telephone-events.
func (l *Leg) SendDigit(digit tel.Digit, d time.Duration) {
	event := digit.Event()
	if event < 0 {
		return
	}
	l.order(func(w *worker, l *Leg) bool {
		if l.keys.add(uint8(event), d) {
			w.schedule(l)
		}
		return true
	})
}

// Close ends the leg: it leaves its room, hears and tells nothing more, and its sockets are closed.
func (l *Leg) Close() {
	if l.closed.Swap(true) {
		return
	}
	l.engine.leave(l)
	l.push(func(w *worker, l *Leg) bool {
		w.bury(l)
		return true
	})
}

// order has the leg's worker do something; a closed leg takes no orders.
func (l *Leg) order(do func(*worker, *Leg) bool) {
	if !l.closed.Load() {
		l.push(do)
	}
}

func (l *Leg) push(do func(*worker, *Leg) bool) {
	l.orders.push(do)
	l.poke()
}

// poke tells the leg's worker that there is something to do for it.
func (l *Leg) poke() {
	w := l.at.Load()
	if w != nil && w.ready.push(&l.toWork) {
		w.bell.ring()
	}
}

func (l *Leg) closeSockets() {
	l.sound.close()
	l.control.close()
}
