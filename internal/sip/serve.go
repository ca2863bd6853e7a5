package sip

import (
	"runtime/debug"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

// serve takes a request that is new.
func (s *Server) serve(req *sipgo.Request, tx *incomingTx) {
	defer func() {
		if v := recover(); v != nil { // one message must not stop the others
			s.log.Error("request broke the server", "method", string(req.Method), "panic", v, "stack", string(debug.Stack()))
			tx.Terminate()
		}
	}()
	if req.From() == nil || req.To() == nil || req.CallID() == nil || req.CSeq() == nil || req.CSeq().MethodName != req.Method {
		s.refuse(req, tx, 400) // over a connection of our own making, which the gate does not see
		return
	}
	if unknown := required(req); unknown != "" {
		s.refuse(req, tx, 420, sipgo.NewHeader("Unsupported", unknown)) // RFC 3261 §8.2.2.3
		return
	}
	if req.Method == sipgo.SUBSCRIBE {
		s.subscribed(req, tx)
		return
	}
	if tagOf(req.To().Params) != "" {
		s.inDialog(req, tx)
		return
	}
	s.outside(req, tx)
}

// outside serves a request that belongs to no dialog.
func (s *Server) outside(req *sipgo.Request, tx *incomingTx) {
	switch req.Method {
	case sipgo.INVITE:
		s.invited(req, tx)
	case sipgo.REGISTER:
		s.register(req, tx)
	case sipgo.OPTIONS:
		res := s.response(req, 200, s.tokens.tag())
		res.AppendHeader(sipgo.NewHeader("Accept", typeSDP))
		s.reply(tx, res)
	case sipgo.CANCEL:
		s.cancelCame(req, tx)
	case sipgo.REFER:
		s.refuse(req, tx, 403) // nobody from outside begins a call by it (RFC 3515 §5.2)
	case sipgo.BYE, sipgo.UPDATE, sipgo.INFO, sipgo.PRACK, sipgo.NOTIFY:
		s.refuse(req, tx, 481)
	default:
		s.refuse(req, tx, 405)
	}
}

// required lists the extensions that a request requires and we have not: all but replaces. CANCEL is exempt (RFC 3261 §8.2.2.3).
func required(req *sipgo.Request) string {
	if req.IsCancel() {
		return ""
	}
	var list []string
	for _, header := range req.GetHeaders("require") {
		for one := range strings.SplitSeq(header.Value(), ",") {
			if one = strings.TrimSpace(one); !strings.EqualFold(one, "replaces") || !req.IsInvite() {
				list = append(list, one)
			}
		}
	}
	return clip(strings.Join(list, ", "), 200)
}

func (s *Server) refuse(req *sipgo.Request, tx *incomingTx, code int, headers ...sipgo.Header) {
	res := s.response(req, code, s.tokens.tag())
	for _, header := range headers {
		res.AppendHeader(header)
	}
	s.reply(tx, res)
}

func (s *Server) reply(tx *incomingTx, res *sipgo.Response) {
	setBody(res, "", "")
	if err := tx.Respond(res); err != nil {
		s.log.Debug("response not sent", "code", res.StatusCode, "error", err)
	}
}

// callerKey names an INVITE whatever way it came (RFC 3261 §8.2.2.2).
func callerKey(req *sipgo.Request) string {
	return req.CallID().Value() + " " + tagOf(req.From().Params)
}

// find is the leg that a message inside a dialog belongs to.
func (s *Server) find(req *sipgo.Request) (*leg, bool) {
	if req.To() == nil || req.CallID() == nil {
		return nil, false
	}
	l, ok := s.legs.byTag(tagOf(req.To().Params))
	if !ok || l.callID != req.CallID().Value() || req.From() == nil || !l.knows(tagOf(req.From().Params)) {
		return nil, false
	}
	return l, true
}

// knows tells whether the far side's tag is that of one of the leg's dialogs.
func (l *leg) knows(tag string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.dialogs {
		if n.name.Tag == tag {
			return true
		}
	}
	return false
}

func (s *Server) ackCame(req *sipgo.Request) {
	l, ok := s.find(req)
	if !ok || req.CSeq() == nil {
		return
	}
	l.ackCame(req)
}

func (l *leg) ackCame(req *sipgo.Request) {
	a := acked{CSeq: req.CSeq().SeqNo}
	if typeOf(req) == typeSDP {
		a.SDP = string(req.Body())
	}
	_ = l.owner.Post(a)
}

// cancelCame answers a CANCEL that overtook the transaction's own search for its INVITE.
func (s *Server) cancelCame(req *sipgo.Request, tx *incomingTx) {
	l, ok := s.legs.byInvite(callerKey(req))
	if !ok {
		s.refuse(req, tx, 481)
		return
	}
	s.reply(tx, s.response(req, 200, l.tag))
	l.mu.Lock()
	in, ok := l.inbound.of(0)
	l.mu.Unlock()
	if ok && in.req.CSeq().SeqNo == req.CSeq().SeqNo {
		_ = in.tx.Receive(req)
	}
}

// inDialog hands a request to the leg that it belongs to.
func (s *Server) inDialog(req *sipgo.Request, tx *incomingTx) {
	l, ok := s.find(req)
	if !ok {
		s.refuse(req, tx, 481)
		return
	}
	kind := typeOf(req)
	if len(req.Body()) > 0 && req.Method != sipgo.INFO && kind != typeSDP {
		s.refuse(req, tx, 415)
		return
	}
	number := l.take(req, tx)
	cause, reason := readReason(req)
	asked := requested{
		Tx: number, Method: string(req.Method), CSeq: req.CSeq().SeqNo, Type: kind, Body: string(req.Body()),
		Cause: cause, Reason: reason, Allow: allowOf(req),
	}
	if req.Method == sipgo.REFER {
		asked.Refer = l.referralOf(req)
	}
	if err := l.owner.Post(asked); err != nil {
		l.respond(respond{Tx: number, Code: 481})
	}
}

// take keeps a request until its response, and learns the far side's new address from it.
func (l *leg) take(req *sipgo.Request, tx *incomingTx) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lastTx++
	l.inbound.add(l.lastTx, req, tx)
	if req.IsInvite() || req.Method == sipgo.UPDATE {
		l.retarget(req)
		l.watch(l.lastTx, tx)
	}
	return l.lastTx
}

// retarget is the target refresh of RFC 3261 §12.2.2. The lock is held.
func (l *leg) retarget(req *sipgo.Request) {
	for i, n := range l.dialogs {
		if n.name.Tag == tagOf(req.From().Params) {
			fresh := *n.dialog
			fresh.hop = l.server.hopOf(req)
			if old := n.dialog.hop; fresh.hop.Transport == "tls" && fresh.hop.Addr == old.Addr {
				fresh.hop = old // whom we checked when we made the connection
			}
			fresh.aim(req.Contact())
			l.dialogs[i].dialog = &fresh
		}
	}
}

// watch forgets a request whose transaction has ended: nothing can be answered any more.
func (l *leg) watch(number int, tx *incomingTx) {
	gone := func(string, error) {
		if number == 0 {
			_ = l.owner.Post(lost{})
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.inbound.drop(number)
	}
	if !tx.OnTerminate(gone) {
		l.server.spawn(func() { gone("", nil) })
	}
}

// newLegID names a leg that arrives.
func newLegID() id.Leg { return id.New[id.Leg]() }
