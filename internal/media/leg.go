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
	casts  bool // to a multicast group, and takes nothing
	write  func([]byte)
	in     *ring // packets that came to a pipe
	out    *ring // packets for the pipe's owner

	at      atomic.Pointer[worker] // who serves the leg, or will once it has moved there; nobody before the first Agree
	home    atomic.Pointer[worker] // who has taken it in
	closed  atomic.Bool
	orders  orders
	last    order // the burial, so that closing needs no memory
	toWork  link  // place in the worker's ready list
	toHear  link  // place in the herald's
	toPost  link  // place in the postman's
	toGrave link  // place among those whose port may go back
	post    *postman

	returned atomic.Pointer[returns] // from a pipe's own socket to its owner; nil before the first Attach

	charted atomic.Pointer[chart]
	events  *ring // from the worker to the herald; made for the first event
	counted counters
	gauge   gauge

	// Guarded by Engine.mu.
	room    *Room
	worker  *worker // who it is to be served by
	hearing hearing // what it was last told to hear
	entered uint64  // the round of its room that named it
	told    uint64  // the round of its room that gave it a source

	line // belongs to the worker whose home it is
}

func newLeg(e *Engine, name id.Leg, hear func(Event)) *Leg {
	l := &Leg{name: name, engine: e, hear: hear}
	l.sound, l.control, l.own.socket = noSocket, noSocket, noSocket
	l.last.do = buryNow
	l.toWork.leg, l.toHear.leg, l.toPost.leg, l.toGrave.leg = l, l, l, l
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
	plays := l.engine.settle(l)
	l.order(&order{do: func(w *worker, l *Leg, _ *order) bool {
		l.agree(t, w.now)
		w.rouse(l)
		w.retune(l)
		w.schedule(l)
		w.expect(l)
		return true
	}}, plays)
}

// Receive takes one packet that came for a pipe leg: RTP, or RTCP where the terms say Mux. It copies the packet and never blocks; when the worker
// is behind, the packet is lost. On a socket leg it does nothing.
func (l *Leg) Receive(packet []byte) {
	if l.in == nil || l.closed.Load() {
		return
	}
	if len(packet) > packetSize || l.at.Load() == nil {
		l.counted.bad.Add(1)
		return
	}
	l.in.put(packet, nil)
	l.poke(true)
}

// SendDigit sends a digit as telephone-event (RFC 4733 §2.5) for d, 40 ms to 8 s; 0 means 100 ms. Digits wait for
// one another, up to 32; sound pauses meanwhile. The digit is lost when the far side takes no telephone-events.
func (l *Leg) SendDigit(digit tel.Digit, d time.Duration) {
	event := digit.Event()
	if event < 0 {
		return
	}
	l.order(&order{do: func(w *worker, l *Leg, _ *order) bool {
		if l.agreed && l.keys.add(uint8(event), d) {
			w.schedule(l)
		}
		return true
	}}, true)
}

// Close ends the leg: it leaves its room, hears and tells nothing more, and its sockets are closed.
func (l *Leg) Close() {
	if l.closed.Swap(true) {
		return
	}
	if l.engine.leave(l) {
		l.push(&l.last, false)
	}
}

func buryNow(w *worker, l *Leg, _ *order) bool {
	w.bury(l)
	return true
}

// order has the leg's worker do something; a closed leg takes no orders.
func (l *Leg) order(o *order, hurry bool) {
	if !l.closed.Load() {
		l.push(o, hurry)
	}
}

func (l *Leg) push(o *order, hurry bool) {
	l.orders.push(o)
	l.poke(hurry)
}

// poke tells the leg's worker that there is something to do for it. Most orders need no hurry: a worker carries out
// all orders before it looks at a packet, so that only sound of its own making is late if it is not woken at once.
func (l *Leg) poke(hurry bool) {
	w := l.at.Load()
	if w == nil {
		return
	}
	listed := w.ready.push(&l.toWork)
	if hurry {
		w.bell.ring()
	} else if listed {
		w.ringLater()
	}
}

func (l *Leg) closeSockets() {
	l.sound.close()
	l.control.close()
	l.own.close()
}
