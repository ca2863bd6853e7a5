package sip

import (
	"math/rand/v2"
	"net/url"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"
)

// invited serves an INVITE that may become a leg.
func (s *Server) invited(req *sipgo.Request, tx *incomingTx) {
	arrival, how, ok := s.sender(req, tx)
	if !ok {
		return
	}
	if s.draining.Load() {
		s.refuse(req, tx, 503, sipgo.NewHeader("Retry-After", "30"))
		return
	}
	if code := unacceptable(req); code != 0 {
		s.refuse(req, tx, code)
		return
	}
	if s.legs.known(callerKey(req)) {
		s.refuse(req, tx, 482) // RFC 3261 §8.2.2.2
		return
	}
	replaces, code := s.replacedBy(req, arrival)
	if code != 0 {
		s.refuse(req, tx, code)
		return
	}
	arrival.Replaces = replaces
	s.arrive(arrival, how, req, tx)
}

// unacceptable refuses bodies and answers that nobody here can read or write.
func unacceptable(req *sipgo.Request) int {
	if len(req.Body()) > 0 && typeOf(req) != typeSDP {
		return 415
	}
	if coding := req.GetHeader("content-encoding"); coding != nil && !strings.EqualFold(coding.Value(), "identity") {
		return 415
	}
	accept := req.GetHeader("accept")
	if accept == nil {
		return 0
	}
	for kind := range strings.SplitSeq(accept.Value(), ",") {
		kind, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(kind)), ";")
		if kind == typeSDP || kind == "application/*" || kind == "*/*" {
			return 0
		}
	}
	return 406
}

// sender finds out who sends an INVITE, or answers it: a registered contact and a device's user name are challenged,
// a trunk is known by its address, anybody else is refused.
func (s *Server) sender(req *sipgo.Request, tx *incomingTx) (Incoming, manner, bool) {
	from := req.From().Address
	h := s.hopOf(req)
	arrival := Incoming{
		To: unescape(req.Recipient.User), From: unescape(from.User), DisplayName: clip(req.From().DisplayName, 120),
		CallID: req.CallID().Value(), Transport: h.Transport, Source: h.Addr,
	}
	if number, ok := telNumber(req.Recipient); ok {
		arrival.To = number
	}
	_, named := s.config.Directory.Device(from.User, from.Host)
	if named || s.registrar.at(h.Addr) {
		device, ok := s.authenticate(req, tx, from.User, from.Host)
		arrival.Org, arrival.Device, arrival.Agent = device.Org, device.ID, device.Agent
		return arrival, device.manner(), ok
	}
	trunk, ok := s.trunkOf(req, h)
	if !ok {
		s.log.Info("call from a stranger refused", "address", h.Addr.String(), "to", clip(arrival.To, 60))
		s.refuse(req, tx, 403)
		return arrival, manner{}, false
	}
	arrival.Org, arrival.Trunk = trunk.Org, trunk.ID
	s.nameCaller(&arrival, req)
	arrival.Behind = forwardings(req)
	if token, ok := s.trunks.tokenOf(trunk.ID); ok && arrival.To == token {
		arrival.To = unescape(req.To().Address.User) // our Contact was called: the number stands in To
	}
	return arrival, trunk.manner(), true
}

func (s *Server) trunkOf(req *sipgo.Request, h hop) (Trunk, bool) {
	if trunk, ok := s.trunks.called(req.Recipient.User); ok {
		return trunk, true
	}
	if trunk, ok := s.config.Directory.TrunkAt(h.Addr.Addr()); ok {
		return trunk, true
	}
	return s.trunks.at(h.Addr.Addr())
}

// nameCaller prefers what the carrier asserts to what the caller says (RFC 3325 §9.1).
func (s *Server) nameCaller(arrival *Incoming, req *sipgo.Request) {
	if header := req.GetHeader("p-asserted-identity"); header != nil {
		var uri sipgo.Uri
		name, err := sipgo.ParseAddressValue(header.Value(), &uri, &sipgo.HeaderParams{})
		if number, ok := telNumber(uri); err == nil && ok {
			arrival.From = number
		} else if err == nil && uri.User != "" {
			arrival.From = unescape(uri.User)
		}
		if err == nil && name != "" {
			arrival.DisplayName = clip(name, 120)
		}
	}
	privacy := req.GetHeader("privacy")
	hidden := privacy != nil && strings.Contains(strings.ToLower(privacy.Value()), "id")
	if hidden || strings.EqualFold(arrival.From, "anonymous") {
		arrival.From, arrival.DisplayName = "", ""
	}
}

// telNumber reads a tel URI (RFC 3966): visual separators and parameters are dropped.
func telNumber(uri sipgo.Uri) (string, bool) {
	if !strings.EqualFold(uri.Scheme, "tel") {
		return "", false
	}
	number, _, _ := strings.Cut(uri.Raw(), ";")
	return strings.NewReplacer("-", "", ".", "", "(", "", ")", "").Replace(number), true
}

// unescape undoes %41 (RFC 3261 §19.1.2) and drops the parameters that some carriers write into the user.
func unescape(user string) string {
	user, _, _ = strings.Cut(user, ";")
	if plain, err := url.PathUnescape(user); err == nil {
		user = plain
	}
	return clip(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, user), 120)
}

// arrive makes the leg of an INVITE.
func (s *Server) arrive(arrival Incoming, how manner, req *sipgo.Request, tx *incomingTx) {
	arrival.Leg = newLegID()
	l, err := s.newLeg(arrival.Leg, arrival.CallID, s.tokens.tag())
	if err != nil {
		s.log.Error("no sound for a call", "call_id", arrival.CallID, "error", err)
		s.refuse(req, tx, 503, sipgo.NewHeader("Retry-After", "10"))
		return
	}
	if !s.legs.claim(callerKey(req), l) {
		s.refuse(req, tx, 482)
		l.abandon()
		return
	}
	l.arrival = arrival
	h := s.hopOf(req)
	l.mu.Lock()
	l.far = farEnd{Org: arrival.Org, Trunk: arrival.Trunk, Device: arrival.Device, Agent: arrival.Agent}
	l.inbound.add(0, req, tx)
	l.dialogs.put(dialogName{Tag: tagOf(req.From().Params)}, calledDialog(req, l.tag, h))
	l.mu.Unlock()
	if !s.onCancel(l, tx) {
		l.abandon()
		return
	}
	l.watch(0, tx)
	first := invited{
		Mouth: l.mouth(h.Addr.Addr(), how), CSeq: req.CSeq().SeqNo, Tag: tagOf(req.From().Params), Offer: string(req.Body()),
		Allow: allowOf(req),
	}
	_ = l.owner.Post(first)
}

// onCancel asks to hear of a CANCEL; false when it has come already, and the INVITE with 487 is history.
func (s *Server) onCancel(l *leg, tx *incomingTx) bool {
	return tx.OnCancel(func(req *sipgo.Request) {
		_, reason := readReason(req)
		_ = l.owner.Post(cancelled{Reason: reason})
	})
}

// abandon takes a leg away that never arrived.
func (l *leg) abandon() { _ = l.owner.Post(dropped{}) }

// sessionNumber is the o= identifier of a session; 62 bits, so that every reader holds it.
func sessionNumber() uint64 { return rand.Uint64() >> 2 }
