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

// registerOnce sends REGISTER to the registrar of a trunk.
func (s *Server) registerOnce(ctx context.Context, r *registering, expires int) TrunkState {
	place, h, err := wayTo(ctx, or(r.trunk.Registrar, r.trunk.Proxy), r.trunk)
	if err != nil {
		return TrunkState{Problem: "the registrar's name has no address"}
	}
	r.mu.Lock()
	r.addr = h.Addr.Addr()
	r.mu.Unlock()
	state, _ := s.enrol(ctx, r, h, place, expires)
	return state
}

// wayTo finds how a host of a trunk is reached; place is its host:port.
func wayTo(ctx context.Context, host string, trunk Trunk) (place string, h hop, err error) {
	transport := transportOf(trunk.Transport)
	place = withPort(host, transport)
	addr, err := resolve(ctx, place)
	if err != nil {
		return place, hop{}, err
	}
	h = hop{Addr: addr, Transport: transport}
	if transport == "tls" {
		name, _ := splitHostPort(place)
		h.Host, h.CA = strings.Trim(name, "[]"), trunk.CA
	}
	return place, h, nil
}

// enrol sends REGISTER and answers one challenge, or two when the first nonce had grown old. It gives the last response, nil
// when there was none.
func (s *Server) enrol(ctx context.Context, r *registering, h hop, place string, expires int) (TrunkState, *sipgo.Response) {
	var asked challenge
	var last *sipgo.Response
	for range 3 {
		res, code := s.registerThrough(ctx, r, h, place, asked, expires)
		if res == nil {
			return TrunkState{Code: code, Problem: "the registrar does not answer"}, nil
		}
		last = res
		switch {
		case code >= 200 && code < 300:
			return TrunkState{Registered: expires > 0, Code: code, Expires: granted(res, r.token)}, res
		case code == 423 && res.GetHeader("min-expires") != nil:
			expires = max(expires, seconds(res.GetHeader("min-expires").Value()))
		case code == 401 || code == 407:
			if why := elsewhere(res, r.trunk.Realm); why != "" {
				return TrunkState{Code: code, Problem: why}, res
			}
			asked = challengeOf(res)
		default:
			return TrunkState{Code: code, Problem: fmt.Sprintf("refused: %d %s", code, clip(res.Reason, 100))}, res
		}
	}
	return TrunkState{Code: 401, Problem: "user name or password refused"}, last
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
		header, err := asked.answer("REGISTER", req.Recipient.String(), r.trunk.login())
		if err != nil {
			return nil, 401
		}
		req.AppendHeader(header)
	}
	setBody(req, "", "")
	return s.once(ctx, req, h)
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
