package sip

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// Waits of a registration at a carrier.
const (
	wantExpires  = 3600
	leastRefresh = 20 * time.Second
	leastRetry   = 5 * time.Second
	mostRetry    = 5 * time.Minute
)

// TrunkState is how the registration of a trunk stands.
type TrunkState struct {
	Registered bool
	Code       int    // last final status, 0 when there was none
	Problem    string // in words, empty when registered
	Expires    int    // seconds granted by the registrar
}

// keepRegistered refreshes at half the expiry, and tries again ever more slowly while it fails, as long as it is wanted.
func (s *Server) keepRegistered(ctx, wanted context.Context, r *registering) {
	defer close(r.done)
	retry := leastRetry
	for {
		state := s.registerOnce(wanted, r, wantExpires)
		s.tell(r, state)
		r.set(state)
		wait := retry
		if state.Registered {
			retry = leastRetry
			wait = max(time.Duration(state.Expires)*time.Second/2, leastRefresh)
		} else {
			retry = min(2*retry, mostRetry)
		}
		select {
		case <-time.After(wait):
		case <-wanted.Done():
			s.letGo(ctx, r)
			return
		}
	}
}

// tell logs every failure, and a success that follows none: refreshes are no news.
func (s *Server) tell(r *registering, state TrunkState) {
	log := s.log.With("trunk", string(r.trunk.ID), "name", r.trunk.Name)
	switch {
	case !state.Registered:
		log.Warn("trunk not registered", "code", state.Code, "problem", state.Problem)
	case !r.registered():
		log.Info("trunk registered", "expires", state.Expires)
	}
}

// letGo removes our contact when the trunk is no longer wanted.
func (s *Server) letGo(ctx context.Context, r *registering) {
	if !r.registered() || ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	_ = s.registerOnce(ctx, r, 0)
}

// registerOnce sends REGISTER and answers one challenge, or two when the first nonce had grown old.
func (s *Server) registerOnce(ctx context.Context, r *registering, expires int) TrunkState {
	transport := transportOf(r.trunk.Transport)
	place := withPort(or(r.trunk.Registrar, r.trunk.Proxy), transport)
	addr, err := resolve(ctx, place)
	if err != nil {
		return TrunkState{Problem: "the registrar's name has no address"}
	}
	r.mu.Lock()
	r.addr = addr.Addr()
	r.mu.Unlock()
	h := hop{Addr: addr, Transport: transport}
	if transport == "tls" {
		host, _ := splitHostPort(place)
		h.Host, h.CA = strings.Trim(host, "[]"), r.trunk.CA
	}
	var asked challenge
	for range 3 {
		res, code := s.registerThrough(ctx, r, h, place, asked, expires)
		switch {
		case res == nil:
			return TrunkState{Code: code, Problem: "the registrar does not answer"}
		case code >= 200 && code < 300:
			return TrunkState{Registered: expires > 0, Code: code, Expires: granted(res, r.token)}
		case code == 423 && res.GetHeader("min-expires") != nil:
			expires = max(expires, seconds(res.GetHeader("min-expires").Value()))
		case code == 401 || code == 407:
			asked = challengeOf(res)
		default:
			return TrunkState{Code: code, Problem: fmt.Sprintf("refused: %d %s", code, clip(res.Reason, 100))}
		}
	}
	return TrunkState{Code: 401, Problem: "user name or password refused"}
}

// registerThrough sends one REGISTER (RFC 3261 §10.2) and waits for its final response; nil when there was none.
func (s *Server) registerThrough(ctx context.Context, r *registering, h hop, place string, asked challenge, expires int) (*sipgo.Response, int) {
	domain := r.trunk.FromDomain
	if domain == "" {
		domain, _ = splitHostPort(place)
	}
	req := s.request("REGISTER", sipgo.Uri{Scheme: "sip", Host: domain}, h)
	us := sipgo.Uri{Scheme: "sip", User: r.trunk.Username, Host: domain}
	r.cseq++
	from := &sipgo.FromHeader{Address: us, Params: sipgo.HeaderParams{{K: "tag", V: s.tokens.tag()}}}
	identify(req, from, &sipgo.ToHeader{Address: us}, r.callID, r.cseq)
	req.AppendHeader(s.contact(r.token, h))
	req.AppendHeader(sipgo.NewHeader("Expires", strconv.Itoa(expires)))
	if len(asked.offers) > 0 {
		header, err := asked.answer("REGISTER", req.Recipient.String(), or(r.trunk.AuthUser, r.trunk.Username), r.trunk.Password)
		if err != nil {
			return nil, 401
		}
		req.AppendHeader(header)
	}
	setBody(req, "", "")
	type outcome struct {
		res  *sipgo.Response
		code int
	}
	final := make(chan outcome, 1)
	s.transact(ctx, req, h, func(res *sipgo.Response) {
		if res.StatusCode >= 200 {
			final <- outcome{res, res.StatusCode}
		}
	}, func(code int) { final <- outcome{nil, code} })
	select {
	case out := <-final:
		return out.res, out.code
	case <-ctx.Done():
		return nil, 408
	}
}

// granted is the expiry that the registrar gave our contact (RFC 3261 §10.2.4).
func granted(res *sipgo.Response, token string) int {
	for _, contact := range contactsOf(res) {
		if text, ok := contact.Params.Get("expires"); ok && contact.Address.User == token {
			return seconds(text)
		}
	}
	if res.GetHeader("expires") != nil {
		return expiresOf(res)
	}
	return wantExpires
}
