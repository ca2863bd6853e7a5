// Package sip speaks SIP: dialogs, offer and answer, registrar, digest and trunks over the transactions of sipgo.
package sip

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

// ErrGone means that the leg is not known or has ended.
var ErrGone = errors.New("the leg is gone")

// ErrNotNow means that a leg cannot do that in its present state.
var ErrNotNow = errors.New("not possible in this state of the leg")

// Config says how a Server is opened.
type Config struct {
	Listen    string      // host:port for UDP and TCP; port 0 takes one that is free on both
	ListenTLS string      // host:port for TLS; empty: the host of Listen and port 5061
	TLS       *tls.Config // with the certificate for SIP over TLS; nil: nobody can come by TLS
	Public    netip.Addr  // address for Contact and SDP; without it the route to the peer decides
	Media     *media.Engine
	Directory Directory
	Log       *slog.Logger // nil: silence
	UserAgent string
	Codecs    Codecs // for peers that have no order of their own; zero: all, see Codecs
	Ban       *Ban   // nil makes one
	// Journal keeps the state of an answered leg, a LegState as JSON, until Ended is told of it. It returns at once and may
	// be nil.
	Journal func(leg id.Leg, state []byte)
}

// Server is one SIP address with its legs, its registrar and its registrations at carriers.
type Server struct {
	config   Config
	exchange Exchange
	log      *slog.Logger
	ban      *Ban
	times    times

	packets   *net.UDPConn
	listener  net.Listener
	addr      netip.AddrPort
	streams   *sipgo.TransportLayer // TCP; datagrams and TLS are read and written here
	secure    *secure
	gate      *gate
	quietly   *slog.Logger // for the SIP stack
	agent     sipgo.Header // Server, nil without a name
	userAgent sipgo.Header // the same name in requests
	routes    routes
	lastHost  atomic.Pointer[host]

	transactions *transactions

	tokens      *tokens
	credentials *credentials
	registrar   *registrar
	trunks      *trunks
	checks      *checks
	legs        *legs
	watches     *watches

	draining atomic.Bool
	life     context.Context
	end      context.CancelFunc
	work     sync.WaitGroup
	closing  sync.Mutex // guards closed: nothing is spawned once Close waits
	closed   bool
}

// settings of the SIP stack are package variables; they are set before its first use. Its limit for datagrams counts for
// responses too, which have no other way, so transact sorts requests by size instead.
var settings = sync.OnceFunc(func() {
	sipgo.UDPMTUSize = maxMessage
	sipgo.SetDefaultLogger(slog.New(slog.DiscardHandler))
})

// Open listens and starts to answer. A taken port is an error that names it.
func Open(config Config, exchange Exchange) (*Server, error) {
	settings()
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.Ban == nil {
		config.Ban = NewBan()
	}
	life, end := context.WithCancel(context.Background())
	packets, listener, err := listenBoth(life, config.Listen)
	if err != nil {
		end()
		return nil, err
	}
	s := &Server{
		config: config, exchange: exchange, log: config.Log, ban: config.Ban, packets: packets, listener: listener,
		life: life, end: end,
		times: times{T1: sipgo.T1, T2: sipgo.T2}, tokens: newTokens(), registrar: newRegistrar(),
		secure: newSecure(), transactions: newTransactions(), quietly: slog.New(quiet{config.Log.Handler()}), trunks: newTrunks(), legs: newLegs(),
		checks: newChecks(), watches: newWatches(),
	}
	s.credentials = newCredentials(s.tokens)
	if config.UserAgent != "" {
		s.agent, s.userAgent = sipgo.NewHeader("Server", config.UserAgent), sipgo.NewHeader("User-Agent", config.UserAgent)
	}
	s.addr = addrPort(packets.LocalAddr())
	if err := s.listenTLS(); err != nil {
		end()
		_, _ = packets.Close(), listener.Close()
		return nil, err
	}
	s.start()
	return s, nil
}

// start joins the SIP stack to the gated sockets.
func (s *Server) start() {
	s.streams = sipgo.NewTransportLayer(net.DefaultResolver, parser, nil,
		sipgo.WithTransportLayerLogger(s.quietly),
		sipgo.WithTransportLayerTransports(sipgo.TransportsConfig{TCP: &sipgo.TransportTCP{
			WriteTimeout: 2 * time.Second,
			DialerCreate: func(local net.Addr) net.Dialer { return net.Dialer{Timeout: 2 * time.Second, LocalAddr: local} },
		}}))
	s.streams.OnMessage(s.cameByStream)
	g := &gate{
		tokens: s.tokens, credentials: s.credentials, ban: s.ban, budget: newBudget(), legs: s.legs, known: s.knownSource,
		device: func(user, domain string) (string, bool) {
			device, found := s.config.Directory.Device(user, domain)
			return device.Realm, found
		},
	}
	s.gate = g
	s.spawn(func() { s.readPackets(g) })
	s.spawn(func() {
		_ = s.streams.ServeTCP(newGatedListener(s.listener, g, s.log, "SIP connection not taken"))
	})
	if s.secure.listener != nil {
		s.spawn(func() {
			s.acceptTLS(newGatedListener(s.secure.listener, g, s.log, "SIP connection over TLS not taken"))
		})
	}
	s.spawn(s.keepHouse)
}

// keepHouse lets registrations expire.
func (s *Server) keepHouse() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case now := <-ticker.C:
			s.tellGone(s.registrar.expire(now))
			s.watches.expire(now)
		case <-s.life.Done():
			return
		}
	}
}

// knownSource tells whether messages of that source come from a trunk or a registered contact.
func (s *Server) knownSource(source netip.AddrPort) bool {
	if s.registrar.at(source) {
		return true
	}
	if _, ok := s.config.Directory.TrunkAt(source.Addr()); ok {
		return true
	}
	_, ok := s.trunks.at(source.Addr())
	return ok
}

// listenBoth takes the same port for UDP and TCP.
func listenBoth(ctx context.Context, listen string) (*net.UDPConn, net.Listener, error) {
	wanted, err := net.ResolveUDPAddr("udp", listen)
	if err != nil {
		return nil, nil, fmt.Errorf("SIP address %q: %w", listen, err)
	}
	for try := 0; ; try++ {
		packets, err := net.ListenUDP("udp", wanted)
		if err != nil {
			return nil, nil, fmt.Errorf("SIP port %s/udp: %w", listen, err)
		}
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", packets.LocalAddr().String())
		if err == nil {
			return packets, listener, nil
		}
		_ = packets.Close()
		if wanted.Port != 0 || try == 20 {
			return nil, nil, fmt.Errorf("SIP port %s/tcp: %w", listen, err)
		}
	}
}

// Addr is the address that is listened on, the same for UDP and TCP.
func (s *Server) Addr() netip.AddrPort { return s.addr }

// Drain refuses new calls with 503 and Retry-After; dialogs and registrations go on.
func (s *Server) Drain() { s.draining.Store(true) }

// Close hangs up what is left, waits until the far sides know or ctx is done, and frees the port.
func (s *Server) Close(ctx context.Context) {
	s.Drain()
	s.trunks.release()
	for _, l := range s.legs.all() {
		_ = l.owner.Post(hangUp{Cause: tel.CauseNormal}) // a leg that is gone needs no hang-up
	}
	for _, l := range s.legs.all() {
		l.waitQuiet(ctx)
	}
	s.trunks.wait(ctx)
	s.closing.Lock()
	s.closed = true
	s.closing.Unlock()
	s.end()
	s.transactions.close()
	_ = s.packets.Close()
	_ = s.listener.Close()
	_ = s.streams.Close()
	s.secure.close()
	s.work.Wait()
}

// spawn runs what may wait, until Close.
func (s *Server) spawn(run func()) {
	s.closing.Lock()
	defer s.closing.Unlock()
	if !s.closed {
		s.work.Go(run)
	}
}

// Media is the leg's place in the media engine, from Arrived or Dial until Ended.
func (s *Server) Media(leg id.Leg) (*media.Leg, bool) {
	l, ok := s.legs.byID(leg)
	if !ok {
		return nil, false
	}
	return l.sound, true
}
