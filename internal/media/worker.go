package media

import (
	"net/netip"
	"runtime"
	"sync/atomic"
	"time"
)

const (
	tick         = int64(5 * time.Millisecond)
	houseTime    = int64(100 * time.Millisecond)
	busyPackets  = 600 // packets in a houseTime above which the sockets are drained on the tick, not at once
	quietPackets = 400 // and below which at once again
)

// worker is one thread that carries the packets of its legs. Outside it there is only what the ready list brings.
type worker struct {
	engine *Engine
	ready  ready
	bell   *bell
	poll   *poll
	post   *postman
	ending atomic.Bool
	done   chan struct{}
	load   int // legs meant for it; guarded by Engine.mu

	now      int64 // time of this round
	slots    []*Leg
	vacant   []int
	timed    []*Leg // legs that play or key
	due      int64  // when the earliest of them must send
	houseDue int64
	packets  int // since the last housekeeping
	busy     bool
	serial   uint32 // counts plays, so that each is its own source
	in, out  [packetSize]byte
}

func newWorker(e *Engine) (*worker, error) {
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
	w := &worker{engine: e, bell: b, poll: p, post: post, done: make(chan struct{})}
	go w.run()
	return w, nil
}

func (w *worker) run() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(w.done)
	for !w.ending.Load() {
		n := w.sleep()
		w.now = w.engine.now()
		w.serveReady()
		w.read(n)
		if w.now >= w.due && len(w.timed) > 0 {
			w.sendDue()
		}
		if w.now >= w.houseDue {
			w.housekeep()
		}
	}
	w.serveReady()
	for _, l := range w.slots {
		if l != nil {
			w.bury(l)
		}
	}
}

// sleep waits for packets, orders or the next thing due, and returns how many sockets are to be read. Under load
// it wakes only on the tick: one wake-up then serves many packets.
func (w *worker) sleep() int {
	if w.busy {
		rest(time.Duration(tick - w.engine.now()%tick))
		return w.poll.wait(0)
	}
	w.bell.asleep.Store(true)
	if !w.ready.empty() || w.ending.Load() {
		w.bell.asleep.Store(false)
		return w.poll.wait(0)
	}
	n := w.poll.wait(w.patience())
	w.bell.asleep.Store(false)
	return n
}

// patience is how long the worker may sleep; negative means for ever.
func (w *worker) patience() time.Duration {
	if len(w.slots) == len(w.vacant) {
		return -1
	}
	until := w.houseDue
	if len(w.timed) > 0 {
		until = min(until, w.due)
	}
	return time.Duration(max(0, until-w.engine.now()))
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
		if !l.gone && !o.do(w, l) {
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

// read takes one packet from each socket that has some. Under load it looks again a few times, for bursts.
func (w *worker) read(n int) {
	for again := 0; n > 0; again++ {
		for i := range n {
			w.readOne(w.poll.event(i))
		}
		if !w.busy || again == 3 {
			return
		}
		n = w.poll.wait(0)
	}
}

func (w *worker) readOne(slot int, control bool) {
	if slot == bellSlot {
		w.bell.hush()
		return
	}
	l := w.slots[slot]
	if l == nil {
		return
	}
	from := l.sound
	if control {
		from = l.control
	}
	n, source, ok := from.receive(w.in[:])
	if !ok {
		return
	}
	w.packets++
	if control {
		w.report(l, w.in[:n], source)
	} else {
		w.arrive(l, w.in[:n], source)
	}
}

// housekeep looks for lost sound and due reports, and decides how eagerly to wake.
func (w *worker) housekeep() {
	w.houseDue = w.now + houseTime
	w.busy = w.packets > busyPackets || w.busy && w.packets > quietPackets
	w.packets = 0
	for _, l := range w.slots {
		if l == nil {
			continue
		}
		l.listenForLoss(w.now)
		if w.now >= l.reportDue {
			w.sendReport(l)
		}
	}
}

// stop ends the worker and waits for it; the legs it still had are closed.
func (w *worker) stop() {
	w.ending.Store(true)
	w.bell.shout()
	<-w.done
	w.post.close()
	w.poll.close()
	w.bell.close()
}
