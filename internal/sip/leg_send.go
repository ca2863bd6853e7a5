package sip

import (
	"errors"
	"strconv"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/owner"
)

// outCall is one INVITE of ours and what its successors need: CANCEL, the same with credentials, ACK.
type outCall struct {
	uri    sipgo.Uri
	hop    hop
	from   sipgo.FromHeader
	to     sipgo.ToHeader
	more   []sipgo.Header
	routes []sipgo.Uri
	// located is where the caller is, which the INVITE carries beside the offer (PIDF-LO); empty: nothing is told.
	located string

	invite    *sipgo.Request // sent last
	challenge challenge
}

// respond answers a request of the far side.
func (l *leg) respond(a respond) {
	l.mu.Lock()
	in, ok := l.inbound.of(a.Tx)
	if a.Code >= 300 || in.req != nil && a.Code >= 200 && !in.req.IsInvite() {
		l.inbound.drop(a.Tx)
	}
	l.mu.Unlock()
	if !ok {
		return
	}
	res := l.server.response(in.req, a.Code, l.tag)
	if a.RetryAfter > 0 {
		res.AppendHeader(sipgo.NewHeader("Retry-After", strconv.Itoa(a.RetryAfter)))
	}
	if a.Cause != 0 {
		res.AppendHeader(reasonOf(a.Cause))
	}
	if a.Why != "" {
		res.AppendHeader(warning(a.Why))
		l.log().Info("offer refused", "code", a.Code, "why", a.Why, "peer", res.Destination())
	}
	if a.Unsubscribed {
		res.AppendHeader(sipgo.NewHeader("Refer-Sub", "false"))
	}
	if a.Code > 100 && a.Code < 300 && (in.req.IsInvite() || in.req.Method == sipgo.UPDATE || in.req.Method == sipgo.REFER) {
		res.AppendHeader(l.server.contact("", l.server.hopOf(in.req)))
	}
	setBody(res, typeSDP, a.SDP)
	if err := in.tx.Respond(res); err != nil {
		l.log().Debug("response not sent", "code", a.Code, "error", err)
	}
}

// send sends an INVITE that makes dialogs, or a request inside one.
func (l *leg) send(a request) {
	if a.Tag == "" && a.Method == "INVITE" {
		l.invite(a)
		return
	}
	d, ok := l.dialog(dialogName{a.Attempt, a.Tag})
	if !ok {
		return
	}
	req := d.request(l.server, l.callID, a.Method, a.CSeq)
	if a.Cause != 0 {
		req.AppendHeader(reasonOf(a.Cause))
	}
	if a.Event != "" {
		req.AppendHeader(sipgo.NewHeader("Event", a.Event))
		req.AppendHeader(sipgo.NewHeader("Subscription-State", a.State))
	}
	if a.Challenged {
		l.authorize(req, a.Attempt)
	}
	setBody(req, a.Type, a.Body)
	l.transact(req, a.Attempt, d.next())
}

func (l *leg) dialog(name dialogName) (*dialog, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dialogs.of(name)
}

func (l *leg) invite(a request) {
	l.mu.Lock()
	call := l.calls[a.Attempt]
	l.mu.Unlock()
	req := l.server.request("INVITE", call.uri, call.hop)
	for i := range call.routes {
		req.AppendHeader(&sipgo.RouteHeader{Address: call.routes[i]})
	}
	identify(req, &call.from, &call.to, l.callID, a.CSeq)
	req.AppendHeader(l.server.contact(call.from.Address.User, call.hop))
	req.AppendHeader(headerAllow)
	req.AppendHeader(headerKnows)
	for _, header := range call.more {
		req.AppendHeader(header)
	}
	if l.server.userAgent != nil {
		req.AppendHeader(l.server.userAgent)
	}
	if a.Challenged {
		l.authorize(req, a.Attempt)
	}
	kind, body := a.Type, a.Body
	if call.located != "" {
		req.AppendHeader(sipgo.NewHeader("Geolocation", "<cid:"+locationID+">"))
		req.AppendHeader(sipgo.NewHeader("Geolocation-Routing", "yes"))
		kind, body = withLocation(a.Type, a.Body, call.located)
	}
	setBody(req, kind, body)
	l.mu.Lock()
	call.invite = req
	l.mu.Unlock()
	l.transact(req, a.Attempt, call.hop)
}

// authorize answers the challenge that came last (RFC 3261 §22.2).
func (l *leg) authorize(req *sipgo.Request, attempt int) {
	l.mu.Lock()
	var asked challenge
	if attempt < len(l.calls) {
		asked = l.calls[attempt].challenge
	}
	l.mu.Unlock()
	header, err := asked.answer(string(req.Method), req.Recipient.String(), l.login)
	if err != nil {
		l.log().Warn("challenge cannot be answered", "error", err)
		return
	}
	req.AppendHeader(header)
}

// transact sends a request and posts what comes of it.
func (l *leg) transact(req *sipgo.Request, attempt int, h hop) {
	method, cseq := string(req.Method), req.CSeq().SeqNo
	l.server.transact(l.server.life, req, h, func(res *sipgo.Response) {
		l.note(attempt, res)
		r := responded{
			Attempt: attempt, Method: method, CSeq: cseq, Code: res.StatusCode, Reason: reasonPhrase(res), Tag: tagOf(res.To().Params),
			Allow: allowOf(res),
		}
		if why := elsewhere(res, l.login.realm); why != "" {
			r.Foreign, r.Reason = true, clip(res.Reason, 60)+": "+why
		}
		if typeOf(res) == typeSDP {
			r.SDP = string(res.Body())
		}
		if err := l.owner.Post(r); errors.Is(err, owner.ErrGone) && method == "INVITE" && r.Code >= 200 && r.Code < 300 {
			l.late(dialogName{attempt, r.Tag}, r.CSeq)
		}
	}, func(code int) {
		_ = l.owner.Post(failed{Attempt: attempt, Method: method, CSeq: cseq, Code: code})
	})
}

// note keeps what later requests need of a response: its dialog, its challenge.
func (l *leg) note(attempt int, res *sipgo.Response) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if attempt >= len(l.calls) {
		return
	}
	call := l.calls[attempt]
	switch {
	case res.StatusCode == 401 || res.StatusCode == 407:
		call.challenge = challengeOf(res)
	case res.StatusCode > 100 && res.StatusCode < 300 && res.CSeq().MethodName == sipgo.INVITE:
		l.noteDialog(dialogName{attempt, tagOf(res.To().Params)}, call, res)
	}
}

// noteDialog opens a dialog, or takes the target of a 2xx that is new. The owner reads dialogs without the lock, so they
// are replaced and never changed. The lock is held.
func (l *leg) noteDialog(name dialogName, call *outCall, res *sipgo.Response) {
	old, ok := l.dialogs.of(name)
	switch {
	case !ok && len(l.dialogs) < maxForks:
		l.dialogs.put(name, callingDialog(call, res))
	case ok && res.StatusCode >= 200 && res.CSeq().SeqNo > old.aimed:
		fresh := *old
		fresh.aim(res.Contact())
		fresh.aimed = res.CSeq().SeqNo
		l.dialogs.put(name, &fresh)
	}
}

// maxForks bounds the dialogs that one leg keeps.
const maxForks = 64

func (l *leg) acknowledge(a acknowledge) {
	d, ok := l.dialog(dialogName{a.Attempt, a.Tag})
	if !ok {
		return
	}
	ack := d.request(l.server, l.callID, "ACK", a.CSeq)
	setBody(ack, typeSDP, a.SDP)
	if err := l.server.write(ack, d.next()); err != nil {
		l.log().Debug("ACK not sent", "error", err)
	}
}

// cancel sends the CANCEL of an INVITE: its Via, Route, names and CSeq number (RFC 3261 §9.1).
func (l *leg) cancel(a cancel) {
	l.mu.Lock()
	call := l.calls[a.Attempt]
	invite := call.invite
	l.mu.Unlock()
	if invite == nil {
		return
	}
	req := sipgo.NewRequest(sipgo.CANCEL, invite.Recipient)
	req.AppendHeader(invite.Via().Clone())
	for i := range call.routes {
		req.AppendHeader(&sipgo.RouteHeader{Address: call.routes[i]})
	}
	hops := sipgo.MaxForwardsHeader(70)
	req.AppendHeader(&hops)
	identify(req, &call.from, &call.to, l.callID, invite.CSeq().SeqNo)
	if a.Cause != 0 {
		req.AppendHeader(reasonOf(a.Cause))
	}
	setBody(req, "", "")
	req.SetTransport(invite.Transport())
	req.SetDestination(invite.Destination())
	h := call.hop
	h.Auto = false
	l.server.transact(l.server.life, req, h, func(*sipgo.Response) {}, func(int) {})
}
