package sip

import (
	"bytes"
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

var errClosed = errors.New("the server is closed")

// largest is the size in bytes above which a request leaves over TCP unless told otherwise (RFC 3261 §18.1.1).
const largest = 1300

// transact sends a request and tells of every response; lost is told instead of a final one: 408 or 503
// (RFC 3261 §8.1.3.1). Both are called from the transaction's goroutines. Once ctx is done no connection is made.
func (s *Server) transact(ctx context.Context, req *sipgo.Request, h hop, hear func(*sipgo.Response), lost func(code int)) {
	if h.Auto && h.Transport == "udp" && sizeOf(req) > largest {
		s.spawn(func() { s.overTCP(ctx, req, h, hear, lost) })
		return
	}
	if h.Transport == "udp" || s.connected(h) {
		s.begin(ctx, req, h, hear, lost)
		return
	}
	s.spawn(func() { s.begin(ctx, req, h, hear, lost) }) // a connection must be made first
}

// sizeOf is the length of a request on the wire, in bytes.
func sizeOf(req *sipgo.Request) int {
	text, _ := wireTexts.Get().(*bytes.Buffer)
	defer wireTexts.Put(text)
	text.Reset()
	writeTo(text, req)
	return text.Len()
}

func (s *Server) connected(h hop) bool {
	if h.Transport == "tls" {
		_, ok := s.secure.standing(h)
		return ok
	}
	conn, err := s.streams.GetConnection("tcp", h.Addr.String())
	if err != nil {
		return false
	}
	_, _ = conn.TryClose()
	return true
}

// overTCP sends a large request over TCP, and over UDP after all when the peer has no TCP (RFC 3261 §18.1.1).
func (s *Server) overTCP(ctx context.Context, req *sipgo.Request, h hop, hear func(*sipgo.Response), lost func(code int)) {
	req.SetTransport("TCP")
	req.SetDestination(h.Addr.String())
	req.Via().Transport = "TCP"
	soon, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if conn, err := s.streams.ClientRequestConnection(soon, req); err == nil {
		_, _ = conn.TryClose()
		s.begin(ctx, req, h, hear, lost)
		return
	}
	req.SetTransport("UDP")
	req.Via().Transport = "UDP"
	s.begin(ctx, req, h, hear, lost)
}

// begin starts the client transaction and listens to it.
func (s *Server) begin(ctx context.Context, req *sipgo.Request, h hop, hear func(*sipgo.Response), lost func(code int)) {
	tx, err := s.asking(ctx, req, h)
	if err != nil {
		s.log.Debug("request not sent", "method", req.Method, "error", err)
		lost(503)
		return
	}
	if req.IsInvite() {
		// Every 2xx after the first comes by this way: repeated ones, and those of forks (RFC 6026 §7.2).
		tx.OnRetransmission(func(res *sipgo.Response) {
			if complete(res) {
				hear(res)
			}
		})
	}
	if err := tx.Init(); err != nil {
		tx.Terminate()
		s.log.Debug("request not sent", "method", req.Method, "error", err)
		lost(503)
		return
	}
	s.spawn(func() { listen(tx, hear, lost) })
}

// asking makes the transaction of a request, and its connection if need be.
func (s *Server) asking(ctx context.Context, req *sipgo.Request, h hop) (*sipgo.ClientTx, error) {
	conn, err := s.connection(ctx, req, h)
	if err != nil {
		return nil, err
	}
	name, _ := nameOfOurs(req)
	tx := sipgo.NewClientTx(name.Branch, req, conn, s.quietly)
	if !s.transactions.ask(name, tx) {
		tx.Terminate()
		return nil, errClosed
	}
	return tx, nil
}

// connection is the way that a request goes, made if need be.
func (s *Server) connection(ctx context.Context, req *sipgo.Request, h hop) (sipgo.Connection, error) {
	transport := req.Via().Transport
	if transport == "UDP" {
		return &way{s.packets, h.Addr}, nil
	}
	soon, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if transport == "TLS" {
		return s.secureTo(soon, h)
	}
	return s.streams.ClientRequestConnection(soon, req)
}

// listen passes responses on until the final one.
func listen(tx *sipgo.ClientTx, hear func(*sipgo.Response), lost func(code int)) {
	for {
		select {
		case res := <-tx.Responses():
			if !complete(res) {
				continue
			}
			hear(res)
			if res.StatusCode >= 200 {
				return
			}
		case <-tx.Done():
			if errors.Is(tx.Err(), sipgo.ErrTransactionTransport) {
				lost(503)
				return
			}
			lost(408)
			return
		}
	}
}

// complete tells whether a response has what every response must have (RFC 3261 §8.1.1).
func complete(res *sipgo.Response) bool {
	return res.To() != nil && res.From() != nil && res.CSeq() != nil && res.CallID() != nil &&
		res.StatusCode >= 100 && res.StatusCode < 700
}

// hopOf is the way a message came.
func (s *Server) hopOf(m sipgo.Message) hop {
	addr, _ := netip.ParseAddrPort(m.Source())
	return hop{Addr: netip.AddrPortFrom(addr.Addr().Unmap(), addr.Port()), Transport: strings.ToLower(m.Transport())}
}
