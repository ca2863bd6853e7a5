package sip

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// largest is the size in bytes above which a request leaves over TCP unless told otherwise (RFC 3261 §18.1.1).
const largest = 1300

// transact sends a request and tells of every response; lost is told instead of a final one: 408 or 503
// (RFC 3261 §8.1.3.1). Both are called from the transaction's goroutines. Once ctx is done no connection is made.
func (s *Server) transact(ctx context.Context, req *sipgo.Request, h hop, hear func(*sipgo.Response), lost func(code int)) {
	if h.Auto && h.Transport == "udp" && sizeOf(req) > largest {
		s.spawn(func() { s.overTCP(ctx, req, hear, lost) })
		return
	}
	if h.Transport == "tcp" && s.connected(h.Addr) || h.Transport == "udp" {
		s.begin(ctx, req, hear, lost)
		return
	}
	s.spawn(func() { s.begin(ctx, req, hear, lost) }) // a connection must be made first
}

// sizeOf is the length of a request on the wire, in bytes.
func sizeOf(req *sipgo.Request) int {
	var size counter
	req.StringWrite(&size)
	return int(size)
}

// counter counts what is written to it.
type counter int

// WriteString never fails.
func (c *counter) WriteString(text string) (int, error) {
	*c += counter(len(text))
	return len(text), nil
}

func (s *Server) connected(addr netip.AddrPort) bool {
	conn, err := s.layer.Transport().GetConnection("tcp", addr.String())
	if err != nil {
		return false
	}
	_, _ = conn.TryClose()
	return true
}

// overTCP sends a large request over TCP, and over UDP after all when the peer has no TCP (RFC 3261 §18.1.1).
func (s *Server) overTCP(ctx context.Context, req *sipgo.Request, hear func(*sipgo.Response), lost func(code int)) {
	laddr := req.Laddr
	req.SetTransport("TCP")
	req.Via().Transport = "TCP"
	req.Laddr = sipgo.Addr{}
	soon, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if conn, err := s.layer.Transport().ClientRequestConnection(soon, req); err == nil {
		_, _ = conn.TryClose()
		s.begin(ctx, req, hear, lost)
		return
	}
	req.SetTransport("UDP")
	req.Via().Transport = "UDP"
	req.Laddr = laddr
	s.begin(ctx, req, hear, lost)
}

// begin starts the client transaction and listens to it.
func (s *Server) begin(ctx context.Context, req *sipgo.Request, hear func(*sipgo.Response), lost func(code int)) {
	if req.Transport() != "UDP" { // a connection may have to be made
		soon, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		ctx = soon
	}
	tx, err := s.layer.NewClientTransaction(ctx, req)
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
