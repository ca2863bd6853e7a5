package sip

import (
	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

// replacedBy is the leg whose place the sender of an INVITE wants to take, "" when it is a new call; a code refuses it
// (RFC 3891 §3): 400 what is not one Replaces, 481 what is not here or not answered, 486 what only an early dialog was meant to be,
// 403 what is somebody else's.
func (s *Server) replacedBy(req *sipgo.Request, sender Incoming) (id.Leg, int) {
	headers := req.GetHeaders("replaces")
	if len(headers) == 0 {
		return "", 0
	}
	named, ok := readReplaces(headers[0].Value())
	if len(headers) > 1 || !ok {
		return "", 400
	}
	l, found := s.standingFor(named)
	if !found {
		return "", 481
	}
	_, stands := s.legs.byID(l.id)
	switch us := (farEnd{Org: sender.Org, Trunk: sender.Trunk, Device: sender.Device, Agent: sender.Agent}); {
	case !l.far.same(us):
		return "", 403
	case !stands:
		return "", 603
	case !l.talks.Load():
		return "", 481
	case named.early:
		return "", 486
	}
	return l.id, 0
}
