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
	Workers     int          // threads that carry packets; 0 means one per core
	Log         *slog.Logger // nil means silence
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
	herald  *herald
	disk    *disk

	mu     sync.Mutex // guards the picture that arrangements work on; no worker takes it
	closed bool
	legs   map[id.Leg]*Leg
	all    map[*Leg]struct{} // legs whose sockets may be open, closed legs included
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
	pairs, err := newPorts(c.Bind.Unmap(), c.First, c.Last)
	if err != nil {
		return nil, err
	}
	e := &Engine{
		log: c.Log, bind: c.Bind.Unmap(), start: time.Now(), ports: pairs,
		legs: map[id.Leg]*Leg{}, all: map[*Leg]struct{}{},
	}
	e.disk = newDisk(e)
	if e.herald, err = newHerald(e); err != nil {
		return nil, err
	}
	for range c.Workers {
		w, err := newWorker(e)
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
	e.disk.close()
	e.herald.close()
	for l := range e.all {
		l.closeSockets()
	}
}

// OpenSocket opens a leg with its own pair of UDP sockets from the range; ErrNoPort when the range is used up.
// Hear gets the leg's events, in order, and must not wait.
func (e *Engine) OpenSocket(name id.Leg, hear func(Event)) (*Leg, error) {
	port, pair, err := e.ports.take()
	if err != nil {
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	l := newLeg(e, name, hear)
	l.port, l.sound, l.control = port, pair[0], pair[1]
	if err := e.admit(l); err != nil {
		l.closeSockets()
		e.ports.giveBack(port)
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	return l, nil
}

// OpenPipe opens a leg whose packets somebody else carries, such as a browser's. Write sends one RTP packet, which
// has a fixed header of 12 bytes. Write is called from one goroutine, which it may keep for a while (packets are then
// lost, not queued without end), and must not keep the slice. Hear is as for OpenSocket.
func (e *Engine) OpenPipe(name id.Leg, write func(packet []byte), hear func(Event)) (*Leg, error) {
	l := newLeg(e, name, hear)
	l.write, l.in, l.out = write, newRing(pipeBuffer), newRing(pipeBuffer)
	if err := e.admit(l); err != nil {
		return nil, fmt.Errorf("open leg %s: %w", name, err)
	}
	return l, nil
}

// admit lists a new leg and gives it to the worker that has the fewest.
func (e *Engine) admit(l *Leg) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	if _, taken := e.legs[l.name]; taken {
		return ErrNameTaken
	}
	e.legs[l.name], e.all[l] = l, struct{}{}
	l.worker = e.idlest()
	l.worker.load++
	l.post = l.worker.post
	l.at.Store(l.worker)
	l.poke()
	return nil
}

// idlest is the worker with the fewest legs. The caller holds e.mu.
func (e *Engine) idlest() *worker {
	best := e.workers[0]
	for _, w := range e.workers[1:] {
		if w.load < best.load {
			best = w
		}
	}
	return best
}

// forget is the end of a leg: its sockets are closed, so its port may be used again.
func (e *Engine) forget(l *Leg) {
	e.mu.Lock()
	delete(e.all, l)
	e.mu.Unlock()
	if l.port != 0 {
		e.ports.giveBack(l.port)
	}
}
