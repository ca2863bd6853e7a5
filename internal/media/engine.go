package media

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"parley/internal/id"
)

// Config says where the engine may listen.
type Config struct {
	Bind        netip.Addr   // address of the RTP sockets; the zero Addr means 127.0.0.1
	First, Last uint16       // port range, both included; RTP takes the even ports, RTCP the odd ones
	Workers     int          // goroutines that carry packets; 0 means one per core
	Log         *slog.Logger // nil means silence
	// Grain says how finely the moments lie at which plays and digits begin, so that one wake-up does for many: 0 means
	// 5 ms. A load generator's telephones, which each keep a time of their own, need a finer one; they are looked after on
	// a tick of that length and hear their packets no sooner.
	Grain time.Duration
}

// ErrClosed means that the engine is closed.
var ErrClosed = errors.New("media engine is closed")

// ErrNameTaken means that a leg of that name is open.
var ErrNameTaken = errors.New("leg is open already")

// Engine owns the workers, the legs and the rooms. Its methods may be called from any goroutine and do not wait
// for a packet, a peer or a disk (Close does).
type Engine struct {
	log     *slog.Logger
	bind    netip.Addr
	start   time.Time // all times inside are nanoseconds since then
	ports   *ports
	workers []*worker
	full    int32 // fullShare, or less in a test that wants all workers in use
	grain   int64 // Config.Grain
	herald  *herald
	disk    *disk
	survey  survey

	mu     sync.Mutex // guards the picture that arrangements work on; no worker takes it
	closed bool
	legs   map[id.Leg]*Leg

	graves ready // buried legs, whose ports may be used again
}

// Open starts the workers. A range in which no port is free, or that cannot be bound, is an error that names it.
func Open(c Config) (*Engine, error) {
	if !c.Bind.IsValid() {
		c.Bind = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Workers <= 0 {
		c.Workers = runtime.NumCPU()
	}
	if c.Grain <= 0 {
		c.Grain = time.Duration(tick)
	}
	pairs, err := newPorts(c.Bind.Unmap(), c.First, c.Last)
	if err != nil {
		return nil, err
	}
	e := &Engine{
		log: c.Log, bind: c.Bind.Unmap(), start: time.Now(), ports: pairs, full: fullShare, grain: int64(c.Grain),
		legs: map[id.Leg]*Leg{},
	}
	e.disk = newDisk(e)
	if e.herald, err = newHerald(e); err != nil {
		return nil, err
	}
	for n := range c.Workers {
		w, err := newWorker(e, n, c.Workers)
		if err != nil {
			e.Close()
			return nil, fmt.Errorf("start media worker: %w", err)
		}
		e.workers = append(e.workers, w)
	}
	return e, nil
}

// now is the time inside the engine, in nanoseconds since it was opened, never going back.
func (e *Engine) now() int64 { return int64(time.Since(e.start)) }

// Close ends all recordings and legs, and waits until the workers have stopped and the files are written.
func (e *Engine) Close() {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return
	}
	e.closed = true
	open := make([]*Leg, 0, len(e.legs))
	for _, l := range e.legs {
		open = append(open, l)
	}
	e.mu.Unlock()
	for _, l := range open {
		l.Close()
	}
	for _, w := range e.workers {
		w.stop()
	}
	e.survey.close()
	e.disk.close()
	e.herald.close()
	for i := range e.ports.tenants {
		if l := e.ports.tenants[i].Load(); l != nil {
			l.closeSockets()
		}
	}
}

// OpenSocket opens a leg with its own pair of UDP sockets from the range; ErrNoPort when the range is used up.
// Hear gets the leg's events, in order, and must not wait.
func (e *Engine) OpenSocket(name id.Leg, hear func(Event)) (*Leg, error) {
	l, err := e.openPair(name, hear)
	if err != nil {
		return nil, err
	}
	if err := e.admit(l); err != nil {
		l.closeSockets()
		e.ports.giveBack(l.port)
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	return l, nil
}

// openPair makes a leg with a pair of sockets, which is not listed yet.
func (e *Engine) openPair(name id.Leg, hear func(Event)) (*Leg, error) {
	e.reap()
	port, pair, err := e.ports.take()
	if err != nil {
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	l := newLeg(e, name, hear)
	l.port, l.sound, l.control = port, pair[0], pair[1]
	e.ports.let(port, l)
	return l, nil
}

// OpenPipe opens a leg whose packets somebody else carries, such as a browser's. Write sends one packet as it is to go on
// the wire: RTP with a fixed header of 12 bytes, or, where the terms say Mux, RTCP, protected as the terms say. Write is
// called from one goroutine, which it may keep for a while (packets are then lost, not queued without end), and must not
// keep the slice. Hear is as for OpenSocket.
func (e *Engine) OpenPipe(name id.Leg, write func(packet []byte), hear func(Event)) (*Leg, error) {
	l := newLeg(e, name, hear)
	l.write, l.in, l.out = write, newRing(pipeBuffer), newRing(pipeBuffer)
	if err := e.admit(l); err != nil {
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	return l, nil
}

// admit lists a new leg. It costs no worker anything before the first Agree.
func (e *Engine) admit(l *Leg) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	if _, taken := e.legs[l.name]; taken {
		return ErrNameTaken
	}
	e.legs[l.name] = l
	e.survey.begin(e)
	return nil
}

// settle gives a leg that agrees for the first time to the worker of its room, or to one that has time for it.
// It reports whether the leg is to hear a play, which can begin now.
func (e *Engine) settle(l *Leg) (plays bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if l.worker != nil || l.closed.Load() {
		return l.hearing.plays
	}
	w := e.roomiest()
	if r := l.room; r != nil && r.worker != nil {
		w = r.worker
	} else if r != nil {
		r.worker = w
	}
	w.load++
	w.fresh.Add(1)
	l.worker, l.post = w, w.post
	if l.sound.open() {
		l.counted.bad.Add(l.sound.drain())
		w.watch(l)
	}
	l.at.Store(w)
	l.poke(false)
	return l.hearing.plays
}

// A worker that is busy for fullShare thousandths of its time gets no new call while another has room. A leg counts for
// legShare before it is known what it takes.
const (
	fullShare = 400
	legShare  = 2
)

// roomiest is the first worker that has room, or the one that has most: fewer workers wake less often, and wake-ups are
// what sound costs on a machine with little to do. The caller holds e.mu.
func (e *Engine) roomiest() *worker {
	best := e.workers[0]
	for _, w := range e.workers {
		if w.burden() < e.full {
			return w
		}
		if w.burden() < best.burden() {
			best = w
		}
	}
	return best
}

func (w *worker) burden() int32 { return w.share.Load() + legShare*w.fresh.Load() }

// leave is the outside half of closing a leg; seated says that a worker has the other half to do.
func (e *Engine) leave(l *Leg) (seated bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.legs[l.name] == l {
		delete(e.legs, l.name)
	}
	if l.room != nil {
		l.room.lose(l)
	}
	l.hearing = hearing{}
	if l.worker != nil {
		l.worker.load--
		return true
	}
	l.closeSockets()
	e.graves.push(&l.toGrave)
	return false
}

// reap gives back the ports of the legs that are buried.
func (e *Engine) reap() {
	for k := e.graves.take(); k != nil; k = k.next {
		if k.leg.port != 0 {
			e.ports.giveBack(k.leg.port)
		}
	}
}
