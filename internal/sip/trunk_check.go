package sip

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

const (
	checkEvery = 30 * time.Second // how often a trunk is asked whether it lives (BX-33)
	checkWait  = 10 * time.Second // for its answer
)

// checks asks every trunk's proxy by OPTIONS whether it lives (RFC 3261 §11).
type checks struct {
	every, wait time.Duration

	mu   sync.RWMutex // guards the map
	list map[id.Trunk]*checking
}

// checking is one trunk with a goroutine that asks it.
type checking struct {
	trunk Trunk
	stop  context.CancelFunc
	down  atomic.Bool
}

func newChecks() *checks {
	return &checks{every: checkEvery, wait: checkWait, list: map[id.Trunk]*checking{}}
}

// TrunkDown tells whether a trunk's proxy did not answer when it was asked last. One that has not been asked is not down.
func (s *Server) TrunkDown(trunk id.Trunk) bool {
	s.checks.mu.RLock()
	defer s.checks.mu.RUnlock()
	c, ok := s.checks.list[trunk]
	return ok && c.down.Load()
}

// checkTrunks says which trunks are asked: those that calls are sent to.
func (s *Server) checkTrunks(list []Trunk) {
	s.checks.mu.Lock()
	defer s.checks.mu.Unlock()
	fresh := map[id.Trunk]Trunk{}
	for _, trunk := range list {
		if trunk.Proxy != "" {
			fresh[trunk.ID] = trunk
		}
	}
	for name, c := range s.checks.list {
		if trunk, ok := fresh[name]; ok && trunk == c.trunk {
			delete(fresh, name)
			continue
		}
		c.stop()
		delete(s.checks.list, name)
	}
	for name, trunk := range fresh {
		wanted, stop := context.WithCancel(s.life)
		c := &checking{trunk: trunk, stop: stop}
		s.checks.list[name] = c
		s.spawn(func() { s.keepChecking(wanted, c) })
	}
}

func (s *Server) keepChecking(wanted context.Context, c *checking) {
	for {
		code, problem := s.askTrunk(wanted, c.trunk)
		if wanted.Err() != nil {
			return
		}
		s.noteCheck(c, code, problem)
		select {
		case <-time.After(s.checks.every):
		case <-wanted.Done():
			return
		}
	}
}

// noteCheck logs what has changed. Any answer proves that the trunk lives, but 503: it takes no calls (RFC 3261 §21.5.4).
func (s *Server) noteCheck(c *checking, code int, problem string) {
	down := code == 0 || code == 503
	if c.down.Swap(down) == down {
		return
	}
	log := s.log.With("trunk", string(c.trunk.ID), "name", c.trunk.Name)
	if down {
		log.Warn("trunk does not answer: calls try it last", "code", code, "problem", problem)
		return
	}
	log.Info("trunk answers again", "code", code)
}

// askTrunk sends one OPTIONS and gives the status of its answer; 0 when there was none, with the reason in words.
func (s *Server) askTrunk(ctx context.Context, trunk Trunk) (code int, problem string) {
	ctx, cancel := context.WithTimeout(ctx, s.checks.wait)
	defer cancel()
	place, h, err := wayTo(ctx, trunk.Proxy, trunk)
	if err != nil {
		return 0, "the proxy's name has no address"
	}
	res, _ := s.once(ctx, s.options(place, trunk, h), h)
	if res == nil {
		return 0, fmt.Sprintf("no answer within %s", s.checks.wait)
	}
	return res.StatusCode, ""
}

// once sends a request outside of any dialog and waits for its final response; nil when there was none, with 408 or 503.
func (s *Server) once(ctx context.Context, req *sipgo.Request, h hop) (*sipgo.Response, int) {
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

// options asks who stands at place, host:port, what it can do (RFC 3261 §11.1).
func (s *Server) options(place string, trunk Trunk, h hop, more ...sipgo.Header) *sipgo.Request {
	to := atTrunk(place, h.Transport)
	req := s.request("OPTIONS", to, h)
	us := fromOf(or(trunk.Username, "parley"), s.hostFor(h.Addr.Addr()), "")
	us.Params = sipgo.HeaderParams{{K: "tag", V: s.tokens.tag()}}
	identify(req, &us, &sipgo.ToHeader{Address: to}, s.tokens.tag(), 1)
	req.AppendHeader(s.contact("", h))
	for _, header := range more {
		req.AppendHeader(header)
	}
	setBody(req, "", "")
	return req
}

// atTrunk is the address of a trunk itself.
func atTrunk(place, transport string) sipgo.Uri {
	host, port := splitHostPort(place)
	uri := sipgo.Uri{Scheme: "sip", Host: host}
	if port != usualPort(transport) {
		uri.Port = int(port)
	}
	return uri
}
