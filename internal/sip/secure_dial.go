package sip

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// peer is whom a TLS connection of ours leads to: connections are shared only by who asks for the same certificate.
type peer struct {
	Addr netip.AddrPort
	Host string // that the certificate must name
	CA   string // who may have signed it, in PEM; empty: those of the system
}

// dialTime is how long a connection and its handshake may take.
const dialTime = 4 * time.Second

// making is a connection that is about to be there.
type making struct {
	done chan struct{}
	conn *secured
	err  error
}

var errBadCA = errors.New("no certificate in the PEM of the authority")

// standing is the connection of a hop that is there.
func (k *secure) standing(h hop) (*secured, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if h.Host == "" {
		c, ok := k.conns[h.Addr]
		return c, ok
	}
	c, ok := k.made[peer{h.Addr, h.Host, h.CA}]
	return c, ok
}

// secureTo is the connection of a hop, made if need be. A telephone has to have come by itself: nobody listens at the port
// that it calls from.
func (s *Server) secureTo(ctx context.Context, h hop) (*secured, error) {
	if c, ok := s.secure.standing(h); ok {
		return c, nil
	}
	if h.Host == "" {
		return nil, errNoConnection
	}
	k, name := s.secure, peer{h.Addr, h.Host, h.CA}
	k.mu.Lock()
	m, underWay := k.making[name]
	if !underWay {
		m = &making{done: make(chan struct{})}
		k.making[name] = m
	}
	k.mu.Unlock()
	if !underWay {
		m.conn, m.err = s.dialTLS(ctx, name)
		k.mu.Lock()
		delete(k.making, name)
		k.mu.Unlock()
		close(m.done)
	}
	select {
	case <-m.done:
		return m.conn, m.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// dialTLS connects and checks the certificate.
func (s *Server) dialTLS(ctx context.Context, to peer) (*secured, error) {
	config := &tls.Config{ServerName: to.Host, MinVersion: tls.VersionTLS12}
	if to.CA != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(to.CA)) {
			return nil, errBadCA
		}
	}
	dialer := &tls.Dialer{NetDialer: &net.Dialer{Timeout: dialTime}, Config: config}
	conn, err := dialer.DialContext(ctx, "tcp", to.Addr.String())
	if err != nil {
		return nil, fmt.Errorf("TLS with %s at %s: %w", to.Host, to.Addr, err)
	}
	stream := &gatedStream{Conn: conn, gate: s.gate, source: to.Addr, left: func() {}, idle: pingEvery}
	c := &secured{stream: stream, text: to.Addr.String(), peer: to, ours: true}
	if !s.secure.enter(c) {
		return nil, errClosed
	}
	s.spawn(func() { s.readTLS(c) })
	return c, nil
}

// writeTLS sends a request that has no transaction. Where the connection is gone its caller does not wait for a new one.
func (s *Server) writeTLS(req *sipgo.Request, h hop) error {
	if c, ok := s.secure.standing(h); ok {
		return c.WriteMsg(req)
	}
	s.spawn(func() {
		c, err := s.secureTo(s.life, h)
		if err == nil {
			err = c.WriteMsg(req)
		}
		if err != nil {
			s.log.Debug("request not sent", "method", req.Method, "error", err)
		}
	})
	return nil
}
