package sip

import (
	"bytes"
	"net"
	"net/netip"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"

	sipgo "github.com/emiago/sipgo/sip"
)

// way is where the messages of a transaction go over the one UDP socket.
type way struct {
	socket *net.UDPConn
	to     netip.AddrPort
}

var wireTexts = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// WriteMsg sends a message, wherever it says that it wants to go.
func (w *way) WriteMsg(m sipgo.Message) error {
	text, _ := wireTexts.Get().(*bytes.Buffer)
	defer wireTexts.Put(text)
	text.Reset()
	writeTo(text, m)
	_, err := w.socket.WriteToUDPAddrPort(text.Bytes(), w.to)
	return err
}

// writeTo writes a message down.
func writeTo(text *bytes.Buffer, m sipgo.Message) {
	var headers []sipgo.Header
	switch m := m.(type) {
	case *sipgo.Request:
		headers = m.Headers()
		text.WriteString(string(m.Method))
		text.WriteByte(' ')
		m.Recipient.StringWrite(text)
		text.WriteByte(' ')
		text.WriteString(m.SipVersion)
	case *sipgo.Response:
		headers = m.Headers()
		m.StartLineWrite(text)
	}
	text.WriteString("\r\n")
	for _, header := range headers {
		if via, ok := header.(*sipgo.ViaHeader); ok {
			writeVia(text, via)
		} else {
			header.StringWrite(text)
		}
		text.WriteString("\r\n")
	}
	text.WriteString("\r\n")
	text.Write(m.Body())
}

// writeVia writes the one field that the stack makes several strings for.
func writeVia(text *bytes.Buffer, via *sipgo.ViaHeader) {
	host := via.Host
	if strings.Contains(host, ":") && !strings.HasPrefix(host, "[") {
		host = "[" + host + "]"
	}
	for _, part := range [...]string{"Via: ", via.ProtocolName, "/", via.ProtocolVersion, "/", via.Transport, " ", host} {
		text.WriteString(part)
	}
	if via.Port > 0 {
		text.WriteByte(':')
		text.Write(strconv.AppendInt(text.AvailableBuffer(), int64(via.Port), 10))
	}
	if len(via.Params) > 0 {
		text.WriteByte(';')
		via.Params.ToStringWrite(';', text)
	}
}

// LocalAddr is the address of the socket.
func (w *way) LocalAddr() net.Addr { return w.socket.LocalAddr() }

// Ref counts nothing: the socket is there until the Server is closed.
func (*way) Ref(int) int { return 1 }

// TryClose closes nothing.
func (*way) TryClose() (int, error) { return 1, nil }

// Close closes nothing.
func (*way) Close() error { return nil }

// write sends a request that has no transaction: an ACK (RFC 3261 §13.2.2.4).
func (s *Server) write(req *sipgo.Request, h hop) error {
	if h.Transport == "udp" {
		return (&way{s.packets, h.Addr}).WriteMsg(req)
	}
	if h.Transport == "tls" {
		return s.writeTLS(req, h)
	}
	return s.streams.WriteMsg(req)
}

// cameByStream takes a message from a TCP connection, on the goroutine of that connection.
func (s *Server) cameByStream(m sipgo.Message) {
	s.came(m, func() (sipgo.Connection, error) { return s.streams.GetConnection("tcp", m.Source()) })
}

// came takes a message on the goroutine of its socket. What it leads to never waits; back is the way for answers.
func (s *Server) came(m sipgo.Message, back func() (sipgo.Connection, error)) {
	defer func() {
		if v := recover(); v != nil { // one message must not stop the others
			s.log.Error("message broke the server", "panic", v, "stack", string(debug.Stack()))
		}
	}()
	switch m := m.(type) {
	case *sipgo.Request:
		s.requestCame(m, back)
	case *sipgo.Response:
		if name, ok := nameOfOurs(m); ok {
			if tx, ok := s.transactions.asking(name); ok {
				tx.Receive(m)
			}
		}
	}
}

// requestCame gives a request to its transaction, or begins one.
func (s *Server) requestCame(req *sipgo.Request, back func() (sipgo.Connection, error)) {
	name, ok := nameOf(req)
	if !ok {
		return
	}
	tx, known := s.transactions.answering(name)
	switch {
	case req.IsAck():
		if known && !tx.accepted.Load() {
			_ = tx.Receive(req)
			return
		}
		s.ackCame(req)
	case known:
		_ = tx.Receive(req) // it came again
	case !req.IsCancel() || !s.cancels(name, req):
		s.begun(name, req, back)
	}
}

// begun serves a request that is new.
func (s *Server) begun(name txName, req *sipgo.Request, back func() (sipgo.Connection, error)) {
	conn, err := back()
	if err != nil {
		return
	}
	tx := &incomingTx{ServerTx: sipgo.NewServerTx(name.Branch, req, conn, s.quietly)}
	if err := tx.Init(); err != nil || !s.transactions.answer(name, tx) {
		tx.Terminate()
		return
	}
	s.serve(req, tx)
}

// cancels ends the INVITE of a CANCEL (RFC 3261 §9.2); false when there is none of its branch.
func (s *Server) cancels(name txName, req *sipgo.Request) bool {
	name.Method = string(sipgo.INVITE)
	tx, ok := s.transactions.answering(name)
	if !ok {
		return false
	}
	res := s.response(req, 200, s.tokens.tag())
	setBody(res, "", "")
	if err := tx.Connection().WriteMsg(res); err != nil {
		s.log.Debug("response not sent", "code", 200, "error", err)
	}
	_ = tx.Receive(req)
	return true
}
