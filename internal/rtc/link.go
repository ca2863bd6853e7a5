package rtc

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"

	"github.com/pion/dtls/v3"

	"parley/internal/ice"
	"parley/internal/media"
)

// link is the way between a browser and its leg: the path that ICE found, DTLS over it, and the sound that its keys protect.
type link struct {
	port *port
	post func(signal) // to the leg's machine

	mail        *mail
	association *dtls.Conn
	stop        context.CancelFunc // of its handshake
	over        chan struct{}      // it has ended

	path   atomic.Pointer[ice.Path] // where we send; nil before the first check
	heard  atomic.Int64             // when STUN or DTLS came last, counted from when the port was opened
	silent atomic.Bool              // nothing at all has come for long
	shaken atomic.Bool              // the handshake is over

	attached atomic.Bool // the sound was given a socket of its own since its address was last another browser's

	mu     sync.Mutex // guards what follows
	agent  *ice.Agent
	sound  *media.Leg
	terms  media.Terms
	crypto *media.Crypto // nil before the handshake is over
	up     bool          // there was a nominated path and keys
	closed bool

	receiving sync.Mutex // one packet at a time goes to the sound from the port

	names   []string         // guarded by port.mu, as is the next
	remotes []netip.AddrPort // addresses from which good checks came, the oldest first
}

func newLink(p *port, post func(signal)) *link {
	k := &link{port: p, post: post, over: make(chan struct{})}
	k.mail = newMail(k.send)
	return k
}

// open has the browser of an offer find us under these credentials, and shake hands.
func (k *link) open(s *Server, c ice.Credentials, o offer, sound *media.Leg, terms media.Terms) error {
	association, err := s.identity.associate(k.mail, o.fingerprint, s.log)
	if err != nil {
		return fmt.Errorf("open DTLS: %w", err)
	}
	k.agent, k.sound, k.terms, k.association = ice.NewAgent(c), sound, terms, association
	ctx, stop := context.WithCancel(context.Background())
	k.stop = stop
	go k.secure(ctx)
	k.port.rename(k, k.agent.Ufrags())
	return nil
}

// secure runs the browser's DTLS from its first message to its last.
func (k *link) secure(ctx context.Context) {
	defer close(k.over)
	if err := shake(ctx, k.association, k.keyed); err != nil {
		k.post(broken{})
		return
	}
	k.post(left{})
}

// send sends to the browser; before its first check that goes nowhere.
func (k *link) send(packet []byte) {
	if path := k.path.Load(); path != nil {
		k.port.send(packet, *path)
	}
}

// check takes a check of a path, and reports whether it was good.
func (k *link) check(m ice.Message, on ice.Path) bool {
	if !k.port.free(k, on.Remote) {
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return false
	}
	o := k.agent.Handle(m, on)
	path, _ := k.agent.Path()
	if o.Valid {
		k.port.enter(k, on.Remote)
		k.path.Store(&path)
		k.alive()
	}
	if o.Reply != nil {
		k.port.send(o.Reply, on)
	}
	if o.Moved || o.Valid && on == path && !k.attached.Load() {
		k.settle()
	}
	return o.Valid
}

// take takes what came from the browser and is no check; false when it is nothing of use.
func (k *link) take(packet []byte) bool {
	switch {
	case ice.IsDTLS(packet):
		if k.shaken.Load() && alarms(packet) {
			return false
		}
		k.alive()
		k.mail.put(packet)
	case media.IsSound(packet):
		k.receiving.Lock()
		k.sound.Receive(packet)
		k.receiving.Unlock()
	default:
		return false
	}
	return true
}

// keyed takes the keys of a handshake.
func (k *link) keyed(keys *media.Crypto) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return
	}
	k.crypto = keys
	k.shaken.Store(true)
	k.agree()
	k.settle()
}

// agree tells the sound its terms. The caller holds k.mu.
func (k *link) agree() {
	if k.crypto == nil {
		return
	}
	t := k.terms
	t.Crypto, t.Mux = k.crypto, true
	k.sound.Agree(t)
}

// settle gives the sound a socket of its own on the nominated path, once there are keys; before, and where the system has
// none, packets cross between port and worker. The caller holds k.mu.
func (k *link) settle() {
	path, nominated := k.agent.Path()
	if !nominated || k.crypto == nil {
		return
	}
	k.attached.Store(true) // before Attach, as lose forgets it after Detach: it may be forgotten in vain, never kept in vain
	k.sound.Attach(path.Local, path.Remote, k.returned)
	if !k.up {
		k.up = true
		k.post(reached{})
	}
}

// returned takes what the sound's own socket got and is no sound of this browser.
func (k *link) returned(packet []byte, from netip.AddrPort) {
	if path := k.path.Load(); path != nil {
		k.port.sort(packet, ice.Path{Local: path.Local, Remote: from})
	}
}

// restart begins ICE anew under these credentials, and changes the terms of the sound.
func (k *link) restart(c ice.Credentials, t media.Terms) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return
	}
	k.agent.Restart(c)
	k.port.rename(k, k.agent.Ufrags())
	k.terms = t
	k.agree()
}

// close ends the association, with a word to the browser, and waits until it is over.
func (k *link) close() {
	k.mu.Lock()
	k.closed = true
	k.mu.Unlock()
	if k.association != nil {
		k.stop()
		_ = k.association.Close() // who does not hear it notices by the silence
		<-k.over
	}
	k.port.forget(k)
}
