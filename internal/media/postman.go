package media

import "sync/atomic"

// postman carries the packets of one worker's pipes to those who send them, since their writers lock and allocate.
type postman struct {
	ready ready
	bell  *bell
	stop  atomic.Bool
	done  chan struct{}
}

func newPostman() (*postman, error) {
	b, err := newBell(true)
	if err != nil {
		return nil, err
	}
	p := &postman{bell: b, done: make(chan struct{})}
	go p.run()
	return p, nil
}

func (p *postman) run() {
	defer close(p.done)
	packet := make([]byte, sourceSize+packetSize)
	p.bell.serve(&p.ready, func() (over bool) {
		for k := p.ready.take(); k != nil; {
			next := k.next
			k.queued.Store(false)
			k.leg.deliver(packet)
			k = next
		}
		return p.stop.Load()
	})
}

func (l *Leg) deliver(packet []byte) {
	for n := l.out.take(packet); n > 0; n = l.out.take(packet) {
		if !l.closed.Load() {
			l.write(packet[:n])
		}
	}
	l.deliverReturns(packet)
}

func (p *postman) close() {
	p.stop.Store(true)
	p.bell.shout()
	<-p.done
	p.bell.close()
}
