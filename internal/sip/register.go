package sip

import (
	"net/netip"
	"strconv"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// register serves a REGISTER (RFC 3261 §10.3).
func (s *Server) register(req *sipgo.Request, tx *incomingTx) {
	to := req.To().Address
	device, ok := s.authenticate(req, tx, to.User, to.Host)
	if !ok {
		return
	}
	now := time.Now()
	contacts := contactsOf(req)
	if len(contacts) == 1 && contacts[0].Address.Wildcard {
		if expiresOf(req) != 0 {
			s.refuse(req, tx, 400)
			return
		}
		s.tellGone(s.registrar.clear(device.ID))
		s.registered(req, tx, device, now)
		return
	}
	wishes, code := s.wishes(req, device, contacts)
	if code != 0 {
		s.refuse(req, tx, code, sipgo.NewHeader("Min-Expires", strconv.Itoa(leastExpires)))
		return
	}
	came, went, ok := s.registrar.put(device.ID, wishes, now)
	if !ok {
		s.refuse(req, tx, 500)
		return
	}
	s.registered(req, tx, device, now)
	for _, b := range came {
		s.exchange.Registered(b.Registration)
	}
	s.lampAfterRegister(came)
	s.tellGone(went)
}

func (s *Server) tellGone(went []binding) {
	for _, b := range went {
		gone := b.Registration
		gone.Expires = time.Time{}
		s.exchange.Unregistered(gone)
	}
}

// wishes reads the contacts of a REGISTER; a code refuses it.
func (s *Server) wishes(req *sipgo.Request, device Device, contacts []*sipgo.ContactHeader) ([]wish, int) {
	source := s.hopOf(req)
	agent := ""
	if header := req.GetHeader("user-agent"); header != nil {
		agent = clip(header.Value(), 200)
	}
	var wishes []wish
	for _, c := range contacts {
		if c.Address.Wildcard || c.Address.Scheme != "sip" || c.Address.Host == "" {
			return nil, 400
		}
		expires := expiresOf(req)
		if text, ok := c.Params.Get("expires"); ok {
			expires = seconds(text)
		}
		if expires > 0 && expires < leastExpires {
			return nil, 423 // RFC 3261 §10.3 step 7
		}
		w := wish{expires: min(expires, mostExpires)}
		w.uri = c.Address
		w.uri.Headers = nil
		w.hop, w.callID, w.cseq = source, req.CallID().Value(), req.CSeq().SeqNo
		w.Registration = Registration{
			Device: device.ID, Org: device.Org, Agent: device.Agent, Contact: clip(w.uri.String(), 300),
			Source: source.Addr, UserAgent: agent,
		}
		wishes = append(wishes, w)
	}
	if len(wishes) > maxContacts {
		return nil, 400
	}
	return wishes, 0
}

// registered answers with all contacts that stand (RFC 3261 §10.3 step 8).
func (s *Server) registered(req *sipgo.Request, tx *incomingTx, device Device, now time.Time) {
	res := s.response(req, 200, s.tokens.tag())
	for _, b := range s.registrar.contacts(device.ID, now) {
		left := int(b.Expires.Sub(now).Round(time.Second) / time.Second)
		res.AppendHeader(&sipgo.ContactHeader{Address: b.uri, Params: sipgo.HeaderParams{{K: "expires", V: strconv.Itoa(left)}}})
	}
	res.AppendHeader(sipgo.NewHeader("Date", now.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")))
	s.reply(tx, res)
}

func contactsOf(m interface {
	GetHeaders(string) []sipgo.Header
}) []*sipgo.ContactHeader {
	var list []*sipgo.ContactHeader
	for _, header := range m.GetHeaders("contact") {
		if c, ok := header.(*sipgo.ContactHeader); ok {
			list = append(list, c)
		}
	}
	return list
}

// expiresOf is what a request wants for contacts that do not say.
func expiresOf(m interface {
	GetHeader(string) sipgo.Header
}) int {
	header := m.GetHeader("expires")
	if header == nil {
		return defaultExpires
	}
	return seconds(header.Value())
}

// seconds reads an expiry; what is malformed counts as the default (RFC 3261 §20.19).
func seconds(text string) int {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 32)
	if err != nil {
		return defaultExpires
	}
	return int(min(n, 1<<31-1))
}

// authenticate finds the device behind a request, or answers it: a challenge, or 403 for a wrong password and an unknown
// user alike (BX-16).
func (s *Server) authenticate(req *sipgo.Request, tx *incomingTx, user, domain string) (Device, bool) {
	source, now := s.hopOf(req).Addr.Addr(), time.Now()
	device, known := s.config.Directory.Device(user, domain)
	result := noCredentials
	if header := req.GetHeader("authorization"); header != nil {
		result = s.credentials.check(header.Value(), string(req.Method), device, known, source, now)
	}
	switch result {
	case right:
		return device, true
	case wrong:
		if s.ban.Failed(source, now) {
			s.log.Warn("address banned after failed digests", "address", source.String())
		}
		s.refuse(req, tx, 403)
	default:
		s.challenge(req, tx, or(device.Realm, domain), result == staleNonce, source, now)
	}
	return Device{}, false
}

func (s *Server) challenge(req *sipgo.Request, tx *incomingTx, realm string, stale bool, source netip.Addr, now time.Time) {
	res := s.response(req, 401, s.tokens.tag())
	res.AppendHeader(sipgo.NewHeader("WWW-Authenticate", s.credentials.challenge(realm, source, stale, now)))
	s.reply(tx, res)
}
