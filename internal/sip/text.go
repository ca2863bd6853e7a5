package sip

import (
	"context"
	"fmt"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// textPatience is how long a trunk may take to answer a MESSAGE, so that another one is asked in time.
const textPatience = 4 * time.Second

// LongestText is the bytes of a text that fit into a MESSAGE whatever else stands in it: the whole stays below 1300 (RFC 3428 §8).
const LongestText = 600

// TextSent is what came of a text message.
type TextSent struct {
	Code int    // of the final response; 0 when there was none
	Why  string // it was not taken, in words; empty when it was
}

// Later tells whether the same message may be taken at another time: the trunk does not answer, or is at fault itself.
func (t TextSent) Later() bool {
	return t.Code == 0 || t.Code == 408 || t.Code == 480 || t.Code >= 500 && t.Code < 600
}

// SendText sends a text message through a trunk, by MESSAGE outside of any dialog (RFC 3428), and answers its challenge. The numbers are
// written in the carrier's form. It takes 4 s at most. A text longer than LongestText is refused.
func (s *Server) SendText(ctx context.Context, trunk Trunk, from, to, text string) TextSent {
	if len(text) > LongestText {
		return TextSent{Code: 413, Why: fmt.Sprintf("the text is longer than %d bytes", LongestText)}
	}
	ctx, cancel := context.WithTimeout(ctx, textPatience)
	defer cancel()
	place, h, err := wayTo(ctx, trunk.Proxy, trunk)
	if err != nil {
		return TextSent{Why: fmt.Sprintf("the name %s has no address", place)}
	}
	callID, tag := s.tokens.tag(), s.tokens.tag()
	var more []sipgo.Header
	for turn := uint32(1); turn <= 3; turn++ { // a challenge, and another when the first nonce had grown old
		req := s.textRequest(trunk, place, h, from, to)
		req.From().Params = sipgo.HeaderParams{{K: "tag", V: tag}}
		id := sipgo.CallIDHeader(callID)
		req.AppendHeader(&id)
		req.AppendHeader(&sipgo.CSeqHeader{SeqNo: turn, MethodName: req.Method})
		for _, header := range more {
			req.AppendHeader(header)
		}
		setBody(req, "text/plain;charset=UTF-8", text)
		res, _ := s.once(ctx, req, h)
		switch {
		case res == nil:
			return TextSent{Why: fmt.Sprintf("%s does not answer", place)}
		case res.StatusCode < 300:
			return TextSent{Code: res.StatusCode}
		case res.StatusCode != 401 && res.StatusCode != 407:
			return TextSent{Code: res.StatusCode, Why: fmt.Sprintf("it answers %d %s", res.StatusCode, clip(reasonPhrase(res), 100))}
		}
		if why := elsewhere(res, trunk.Realm); why != "" {
			return TextSent{Code: res.StatusCode, Why: why}
		}
		answer, err := challengeOf(res).answer("MESSAGE", req.Recipient.String(), trunk.login())
		if err != nil {
			return TextSent{Code: res.StatusCode, Why: "it asks for a password by a way that is not known here"}
		}
		more = []sipgo.Header{answer}
	}
	return TextSent{Code: 401, Why: "user name or password refused"}
}

// textRequest is a MESSAGE as far as it is the same before and after a challenge: who it is from, whom it is for.
func (s *Server) textRequest(trunk Trunk, place string, h hop, from, to string) *sipgo.Request {
	uri := atTrunk(place, h.Transport)
	uri.User = tel.SIPUser(trunk.inItsForm(to))
	req := s.request("MESSAGE", uri, h)
	host, _ := splitHostPort(place)
	domain := or(trunk.FromDomain, host)
	caller := Caller{Number: trunk.inItsForm(from)}
	if from == "" {
		caller.Number = trunk.Username
	}
	us := trunk.from(caller, domain)
	req.AppendHeader(&us)
	req.AppendHeader(&sipgo.ToHeader{Address: uri})
	for _, header := range trunk.identity(caller, domain) {
		req.AppendHeader(header)
	}
	return req
}
