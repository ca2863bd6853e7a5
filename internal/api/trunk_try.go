package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/sip"
)

// TrunkTested is what came of testing a trunk (BX-33, BX-48).
type TrunkTested struct {
	OK           bool         `json:"ok" doc:"calls can go by it, as far as was tried"`
	Words        string       `json:"words" doc:"what happened, in a sentence"`
	Advice       string       `json:"advice,omitempty" doc:"what to do when it is not well"`
	Method       string       `json:"method" enum:"REGISTER,OPTIONS"`
	Address      string       `json:"address,omitempty" doc:"IP address and port that were asked"`
	Transport    string       `json:"transport" enum:"udp,tcp,tls"`
	Milliseconds int64        `json:"milliseconds" doc:"until the answer, or until it was given up"`
	Code         int          `json:"code,omitempty" doc:"SIP status of the answer; none: there was no answer"`
	Reason       string       `json:"reason,omitempty" doc:"the answer's own words"`
	Why          string       `json:"why,omitempty" doc:"of a connection that could not be made"`
	TLS          string       `json:"tls,omitempty" doc:"version, and whose certificate it was"`
	Codecs       string       `json:"codecs,omitempty" doc:"that the carrier says it speaks"`
	Offered      string       `json:"offered" doc:"codecs that calls will offer"`
	SRTP         sip.Security `json:"srtp,omitempty" doc:"of the calls' sound; empty: taken when the carrier offers it"`
}

type trunkTestedOutput struct{ Body TrunkTested }

func (d *doors) trunkTestRoutes(api huma.API) {
	route(api, http.MethodPost, "/settings/trunks/{id}/test", access.Administrate, "Ask a trunk whether calls can go by it", d.tryTrunk)
}

func (d *doors) tryTrunk(ctx context.Context, q *recordInput) (*trunkTestedOutput, error) {
	trunk, err := d.Sites.TrunkAsSet(ctx, who(ctx).org, id.Trunk(q.ID))
	if err != nil {
		return nil, d.refusal(err)
	}
	t := d.TryTrunk(ctx, trunk)
	out := &trunkTestedOutput{TrunkTested{
		OK: t.OK(), Words: t.Words(), Advice: t.Advice(), Method: t.Method, Transport: t.Transport, Milliseconds: t.Took.Milliseconds(),
		Code: t.Code, Reason: t.Reason, Why: t.Why, TLS: t.TLS, Codecs: t.Codecs.String(), Offered: t.Offered.String(), SRTP: t.SRTP,
	}}
	if t.Address.IsValid() {
		out.Body.Address = t.Address.String()
	}
	return out, nil
}
