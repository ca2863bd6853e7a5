package rtc

import (
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/media"
)

// Server is the UDP port of all browsers and the legs on it.
type Server struct {
	config   Config
	exchange Exchange
	log      *slog.Logger
	port     *port
	identity identity

	mu     sync.Mutex // guards what follows
	heart  *time.Timer
	beats  bool // the heart will beat again
	legs   map[id.Leg]*leg
	relay  *relay // nil without TURN
	closed bool
	alive  sync.WaitGroup // a count per leg until its last goroutine is gone
}

// Open takes the port and waits for Connect. A taken port is an error that names it.
func Open(config Config, exchange Exchange) (*Server, error) {
	if config.Log == nil {
		config.Log = slog.Default()
	}
	mine, err := newIdentity()
	if err != nil {
		return nil, err
	}
	at, err := openPort(config.Listen)
	if err != nil {
		return nil, err
	}
	go at.serve()
	return &Server{config: config, exchange: exchange, log: config.Log, port: at, identity: mine, legs: map[id.Leg]*leg{}}, nil
}

func boundTo(conn net.PacketConn) netip.AddrPort {
	at, ok := conn.LocalAddr().(*net.UDPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(at.AddrPort().Addr().Unmap(), at.AddrPort().Port())
}

// Addr is the address and port that the server is bound to.
func (s *Server) Addr() netip.AddrPort { return s.port.bound }

// Connect answers a browser's SDP offer with an SDP that holds all candidates. From its success on, the Exchange
// hears of the leg, at last Ended; after an error it hears nothing. Errors: ErrBadOffer, ErrNoCodec, ErrTaken,
// ErrClosed.
func (s *Server) Connect(name id.Leg, offerSDP string) (answerSDP string, err error) {
	o, err := readOffer(offerSDP)
	if err != nil {
		return "", err
	}
	l, err := s.enter(name)
	if err != nil {
		return "", err
	}
	answer, err := l.open(o)
	if err != nil {
		l.abandon()
		return "", err
	}
	l.begin()
	return answer, nil
}

// enter makes a leg known, so that no other takes its name and HangUp finds it.
func (s *Server) enter(name id.Leg) (*leg, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if s.legs[name] != nil {
		return nil, ErrTaken
	}
	l := newLeg(name, s)
	s.legs[name] = l
	s.alive.Add(1)
	s.beat()
	return l, nil
}

// leave forgets a leg.
func (s *Server) leave(l *leg) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.legs[l.name] == l {
		delete(s.legs, l.name)
	}
}

func (s *Server) find(name id.Leg) *leg {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.legs[name]
}

// HangUp ends a leg; Ended follows. A leg that is not there is left alone.
func (s *Server) HangUp(name id.Leg) {
	if l := s.find(name); l != nil {
		l.post(hangUp{})
	}
}

// Media is the leg's sound, from a successful Connect until Ended.
func (s *Server) Media(name id.Leg) (*media.Leg, bool) {
	l := s.find(name)
	if l == nil {
		return nil, false
	}
	sound := l.voice()
	return sound, sound != nil
}

// Stats is how a leg does; the zero Stats for a leg that is not there.
func (s *Server) Stats(name id.Leg) Stats {
	l := s.find(name)
	if l == nil {
		return Stats{}
	}
	return l.stats()
}

// Strange is how many datagrams came to the port that were nobody's: from an address of no browser, or a check without the
// name and password of a leg.
func (s *Server) Strange() uint64 { return s.port.strange.Load() }

// Close ends every leg, waits until all of them are gone and frees the port.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	legs := make([]*leg, 0, len(s.legs))
	for _, l := range s.legs {
		legs = append(legs, l)
	}
	s.mu.Unlock()
	for _, l := range legs {
		l.post(closing{})
	}
	s.alive.Wait()
	if s.relay != nil {
		s.relay.close()
	}
	s.port.close()
}
