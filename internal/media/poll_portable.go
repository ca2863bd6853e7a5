//go:build !linux || portable

package media

import (
	"sync/atomic"
	"time"
)

// poll is what one worker waits for: its bell, its clock, and the sockets whose readers have put packets into their
// rings.
type poll struct {
	bell    *bell
	clock   *time.Timer
	arrived atomic.Pointer[wire] // sockets with packets that the worker does not know of; readers push, the worker takes
	full    []*wire              // those it knows of
	eager   atomic.Bool          // a packet wakes the worker
}

func newPoll(b *bell) (*poll, error) {
	p := &poll{bell: b, clock: time.NewTimer(time.Hour)}
	p.clock.Stop()
	return p, nil
}

// add watches a socket of the leg that has the port; reports says that it is the RTCP socket.
func (p *poll) add(s socket, port uint16, reports bool) error {
	s.port, s.reports = port, reports
	s.poll.Store(p)
	p.push(s.wire) // packets that came while it moved are told to nobody else
	s.start.Do(func() { go s.read() })
	return nil
}

// remove lets go of a socket; what its ring holds is for the poll that gets it.
func (p *poll) remove(s socket) { s.poll.CompareAndSwap(p, nil) }

// ignore would let the packets of a socket wake nobody until heed is called: here its reader has been woken already.
func (p *poll) ignore(socket) {}

func (p *poll) heed(socket, uint16) error { return nil }

// push tells the worker of a socket with packets. Anyone may.
func (p *poll) push(s *wire) {
	if s.told.Swap(true) {
		return
	}
	p.pass(s)
}

func (p *poll) pass(s *wire) {
	for {
		s.next = p.arrived.Load()
		if p.arrived.CompareAndSwap(s.next, s) {
			break
		}
	}
	if p.eager.Load() {
		p.bell.shout()
	}
}

// ready is how many sockets are to be read.
func (p *poll) ready() int {
	kept := p.full[:0]
	for _, s := range p.full {
		if p.keeps(s) {
			kept = append(kept, s)
		}
	}
	p.full = kept
	for s := p.arrived.Swap(nil); s != nil; {
		next := s.next
		if p.keeps(s) {
			p.full = append(p.full, s)
		}
		s = next
	}
	return len(p.full)
}

// keeps reports whether a socket that the worker was told of has packets for it.
func (p *poll) keeps(s *wire) bool {
	if at := s.poll.Load(); at != p {
		s.told.Store(false)
		if at != nil {
			at.push(s)
		}
		return false
	}
	if !s.in.empty() {
		return true
	}
	s.told.Store(false) // from here on its reader tells anew, so that one more look is due
	return !s.in.empty() && !s.told.Swap(true)
}

// event is the port and kind of the i-th socket of the last look.
func (p *poll) event(i int) (port uint16, reports bool) { return p.full[i].port, p.full[i].reports }

// serve calls round now and at each wake-up, until it says that it is over.
func (p *poll) serve(round func() (over bool)) {
	for !round() {
		select {
		case <-p.bell.rung:
		case <-p.clock.C:
		}
	}
}

// wakeAt sets when the worker is to be woken if nothing else does, in the engine's time, and whether a packet wakes it.
func (p *poll) wakeAt(at, now int64, eager bool) {
	if eager && !p.eager.Swap(true) && p.arrived.Load() != nil {
		p.bell.shout()
	} else if !eager {
		p.eager.Store(false)
	}
	if at == never {
		p.clock.Stop()
		return
	}
	p.clock.Reset(time.Duration(max(at-now, 1)))
}

func (p *poll) close() { p.clock.Stop() }

func (r *ring) empty() bool { return r.head.Load() == r.tail.Load() }
