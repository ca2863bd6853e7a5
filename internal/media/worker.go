package media

import (
	"math"
	"net/netip"
	"sync/atomic"
	"time"
)

const (
	maxPasses = 4   // over the sockets, before a look at orders
	maxEvents = 512 // sockets in one pass
	tick      = int64(5 * time.Millisecond)
	houseTime = int64(100 * time.Millisecond)
	never     = int64(math.MaxInt64)
)

// worker is one goroutine that carries the packets of its legs. Outside it there is only what the ready list brings.
type worker struct {
	engine *Engine
	ready  ready
	bell   *bell
	poll   *poll
	post   *postman
	late   *time.Timer // rings the bell for orders without hurry
	rings  atomic.Bool // and will do so
	ending atomic.Bool
	done   chan struct{}
	load   int          // legs meant for it; guarded by Engine.mu
	share  atomic.Int32 // of time that it was at work lately, in thousandths
	fresh  atomic.Int32 // legs that it got since then

	now      int64 // time of this round
	slots    []*Leg
	vacant   []int
	awaiting []*Leg // legs whose source is not at home here
	timed    []*Leg // legs that play or key
	due      int64  // when the earliest of them must send
	houseDue int64
	packets  int // since the last housekeeping
	pace     pacing
	alarm    int64 // when the last tick was set for
	turn     int64 // place of its ticks between those of the others, in 1024ths of a tick: together they would wake threads more
	studio   studio
	idlers   idler
	serial   uint32 // counts plays, so that each is its own source
	in, out  [packetSize]byte
}

// newWorker starts the n-th worker of several.
func newWorker(e *Engine, n, of int) (*worker, error) {
	b, err := newBell(false)
	if err != nil {
		return nil, err
	}
	p, err := newPoll(b)
	if err != nil {
		b.close()
		return nil, err
	}
	post, err := newPostman()
	if err != nil {
		b.close()
		p.close()
		return nil, err
	}
	w := &worker{engine: e, bell: b, poll: p, post: post, houseDue: never, turn: int64(n) << 10 / int64(of), done: make(chan struct{})}
	if e.grain < tick {
		w.pace.fixed = e.grain
	}
	w.late = time.AfterFunc(time.Hour, w.ringNow)
	w.late.Stop()
	go w.run()
	return w, nil
}

func (w *worker) run() {
	defer close(w.done)
	w.poll.serve(w.round)
	w.serveReady()
	for _, l := range w.slots {
		if l != nil {
			w.bury(l)
		}
	}
}

// round does what there is to do, and sets what is to wake the worker for the next.
func (w *worker) round() (over bool) {
	for {
		w.bell.asleep.Store(false)
		w.now = w.engine.now()
		w.serveReady()
		done := w.read()
		if w.now >= w.due && len(w.timed) > 0 {
			w.sendDue()
		}
		if len(w.idlers.legs) > 0 && w.now >= w.idlers.due {
			w.readIdle()
		}
		if w.packets > 0 {
			w.houseDue = min(w.houseDue, w.now+houseTime)
		}
		if w.now >= w.houseDue {
			w.housekeep()
		}
		if w.ending.Load() {
			return true
		}
		if w.settle() && (done || w.pace.tick > 0) {
			return false
		}
	}
}

// settle prepares for sleep, and reports whether nothing came up meanwhile. On a tick the bell is not heard, either: orders
// wait as packets do.
func (w *worker) settle() bool {
	now := w.engine.now()
	w.pace.ran(now - w.now)
	if every := w.pace.tick; every > 0 {
		after := every * w.turn >> 10
		if every == deskTick { // those of all workers are the desks'
			after = 0
		}
		w.alarm = ((now-after)/every+1)*every + after
		w.poll.wakeAt(w.alarm, now, false)
		return true
	}
	w.poll.wakeAt(w.next(), now, true)
	w.bell.asleep.Store(true)
	return w.ready.empty() && !w.ending.Load()
}

// next is when there is something to do although nothing comes.
func (w *worker) next() int64 {
	next := w.houseDue
	if len(w.timed) > 0 {
		next = min(next, w.due)
	}
	if len(w.idlers.legs) > 0 {
		next = min(next, w.idlers.due)
	}
	return next
}

// serveReady carries out the orders and takes the pipe packets of all legs that asked for it.
func (w *worker) serveReady() {
	for k := w.ready.take(); k != nil; {
		next, l := k.next, k.leg
		if at := l.at.Load(); at != w { // it moved on before we came to it
			at.ready.pass(k)
			at.bell.ring()
		} else {
			k.queued.Store(false)
			w.serve(l)
		}
		k = next
	}
}

func (w *worker) serve(l *Leg) {
	if l.home.Load() != w && !l.gone {
		w.takeIn(l)
	}
	for o := l.orders.pop(); o != nil; o = l.orders.pop() {
		if !l.gone && !o.do(w, l, o) {
			return // the leg is another worker's now: not even a look at it
		}
	}
	if l.in == nil || l.gone {
		return
	}
	for n := l.in.take(w.in[:]); n >= 0; n = l.in.take(w.in[:]) {
		w.packets++
		w.arrive(l, w.in[:n], netip.AddrPort{})
	}
}

// read takes the packets from all sockets, and reports whether it came to an end. A socket of a leg that is not at home
// yet waits until it is. On a tick that comes in time one look is enough: a second packet of one socket is rare then, and
// finds the next tick.
func (w *worker) read() (done bool) {
	once := w.now < w.alarm+w.pace.tick
	for range maxPasses {
		before, sockets := w.packets, w.poll.ready()
		for i := range sockets {
			if slot, own := w.poll.slot(i); own {
				w.readSlot(slot)
			} else {
				w.readOne(w.poll.event(i))
			}
		}
		if w.packets == before || once && sockets < maxEvents {
			return true
		}
	}
	return false
}

func (w *worker) readOne(port uint16, control bool) {
	if l := w.engine.ports.tenant(port); l != nil && l.home.Load() == w {
		w.readLeg(l, control)
	}
}

// readLeg takes one packet; ok is false where there is none.
func (w *worker) readLeg(l *Leg, control bool) (ok bool) {
	from := l.sound
	if control {
		from = l.control
	}
	n, source, ok := from.receive(w.in[:])
	if !ok {
		return false
	}
	w.packets++
	if control {
		w.report(l, w.in[:n], source)
	} else {
		w.arrive(l, w.in[:n], source)
	}
	return true
}

// housekeep looks for lost sound and due reports, and decides how eagerly to wake. Where nothing comes it is not due
// before one of the legs needs it.
func (w *worker) housekeep() {
	w.pace.packets += w.packets
	if share, ok := w.pace.choose(w.now); ok {
		w.share.Store(share)
		w.fresh.Store(0)
	}
	w.houseDue = never
	if w.packets > 0 || w.pace.tick > 0 || len(w.idlers.legs) > 0 {
		w.houseDue = w.now + houseTime
	}
	w.packets = 0
	for _, l := range w.slots {
		if l == nil {
			continue
		}
		l.listenForLoss(w.now)
		w.rest(l)
		if w.now >= l.reportDue {
			w.sendReport(l)
		}
		w.expect(l)
	}
}

// expect has the worker keep house in time for l, and for several legs at once.
func (w *worker) expect(l *Leg) {
	if !l.agreed {
		return
	}
	due := never
	if l.mayReport() {
		due = l.reportDue
	}
	if l.terms.Receive && !l.lost {
		due = min(due, l.lossDue())
	}
	if due < w.houseDue {
		w.houseDue = min(w.houseDue, (due+houseTime-1)/houseTime*houseTime)
	}
}

// stop ends the worker and waits for it; the legs it still had are closed.
func (w *worker) stop() {
	w.ending.Store(true)
	w.bell.shout()
	<-w.done
	w.late.Stop()
	w.post.close()
	w.poll.close()
	w.bell.close()
}
