package sip

import (
	"net/url"
	"slices"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
	"parley/internal/tel"
)

// referEvent is the event package of a REFER, sipfrag the type of what tells how it went on (RFC 3515 §2.4.4, RFC 3420 §2).
const (
	referEvent = "refer"
	sipfrag    = "message/sipfrag;version=2.0"
)

// Referred asks for a transfer by REFER inside the dialog of a device's leg (RFC 3515): the other side of the call is to speak
// with To, or with who is on the leg Replaces. Server.Refer answers it once.
type Referred struct {
	To       string `json:"to"`                 // user of the Refer-To, as it would be dialled from this device
	Replaces id.Leg `json:"replaces,omitempty"` // the dialog that it names is of this leg (RFC 3891)
}

func (Referred) progress() {}

// Refer says what has come of a Referred: cause 0, that the transfer has been made; else why not, in words. The far side is
// told by NOTIFY.
func (s *Server) Refer(leg id.Leg, cause tel.Cause, why string) error {
	return s.ask(leg, referOver{Cause: cause, Why: why})
}

// referral is a REFER as its header fields say it. Code refuses it.
type referral struct {
	Code     int    `json:"code,omitempty"`
	To       string `json:"to,omitempty"`
	Replaces id.Leg `json:"replaces,omitempty"`
	Unknown  bool   `json:"unknown,omitempty"` // it names a dialog that is not here
	Foreign  bool   `json:"foreign,omitempty"` // or one of somebody else
	Quiet    bool   `json:"quiet,omitempty"`   // nobody wants to be told (RFC 4488)
}

// referTo is the one URI of a Refer-To.
type referTo struct {
	scheme, user, host string
	replaces           string // of its header fields, unescaped
}

// readReferTo reads what is asked for; a code refuses it: 400 what is no single address, 603 what is no call (RFC 3515 §2.4.2).
func readReferTo(values []string) (referTo, int) {
	if len(values) != 1 || !soundAddress(values[0]) || strings.Count(values[0], "<") > 1 {
		return referTo{}, 400
	}
	value := strings.TrimSpace(values[0])
	if open := strings.IndexByte(afterQuoted(value), '<'); open >= 0 {
		value = afterQuoted(value)[open+1:]
		inside, after, _ := strings.Cut(value, ">")
		if nextAddress(after) != "" || strings.Contains(after, ",") {
			return referTo{}, 400
		}
		value = inside
	} else {
		value, _, _ = strings.Cut(value, ";")
	}
	return readReferURI(strings.TrimSpace(value))
}

func readReferURI(text string) (referTo, int) {
	text, headers, _ := strings.Cut(text, "?")
	var uri sipgo.Uri
	if !readable(text, &uri) {
		return referTo{}, 400
	}
	to := referTo{scheme: strings.ToLower(uri.Scheme), user: unescape(uri.User), host: uri.Host}
	method, named := uri.UriParams.Get("method")
	switch {
	case to.scheme == "tel":
		to.user, _ = telNumber(uri)
	case to.scheme != "sip" && to.scheme != "sips", named && !strings.EqualFold(method, "INVITE"):
		return referTo{}, 603
	}
	for field := range strings.SplitSeq(headers, "&") {
		name, value, _ := strings.Cut(field, "=")
		if !strings.EqualFold(name, "replaces") {
			continue
		}
		plain, err := url.PathUnescape(value)
		if err != nil || to.replaces != "" || plain == "" {
			return referTo{}, 400
		}
		to.replaces = plain
	}
	if to.user == "" && to.replaces == "" {
		return referTo{}, 603
	}
	return to, 0
}

// farEnd is who a leg was made with: a device or a trunk, or neither.
type farEnd struct {
	Org    id.Org
	Trunk  id.Trunk
	Device id.Device
	Agent  id.Agent
	Realm  string // of the device
}

// replaced is what a Replaces names: a dialog as its end here knows it (RFC 3891 §3).
type replaced struct {
	callID, ours, theirs string
	early                bool // only while it is not answered
}

// readReplaces reads a Replaces; false when it is none: one of each tag is needed (RFC 3891 §6.1).
func readReplaces(value string) (replaced, bool) {
	parts := strings.Split(value, ";")
	r := replaced{callID: strings.TrimSpace(parts[0])}
	for _, part := range parts[1:] {
		name, tag, _ := strings.Cut(strings.TrimSpace(part), "=")
		tag = strings.TrimSpace(tag)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "to-tag":
			if r.ours != "" {
				return replaced{}, false
			}
			r.ours = tag
		case "from-tag":
			if r.theirs != "" {
				return replaced{}, false
			}
			r.theirs = tag
		case "early-only":
			r.early = true
		}
	}
	return r, r.callID != "" && r.ours != "" && r.theirs != ""
}

// standingFor is the leg of the dialog that a Replaces names.
func (s *Server) standingFor(r replaced) (*leg, bool) {
	l, ok := s.legs.byTag(r.ours)
	if !ok || l.callID != r.callID || !l.knows(r.theirs) {
		return nil, false
	}
	return l, true
}

// referralOf reads a REFER that came inside the dialog of a leg.
func (l *leg) referralOf(req *sipgo.Request) referral {
	var values []string
	for _, name := range []string{"refer-to", "r"} {
		for _, header := range req.GetHeaders(name) {
			values = append(values, header.Value())
		}
	}
	to, code := readReferTo(values)
	if code != 0 {
		return referral{Code: code}
	}
	r := referral{To: to.user}
	if sub := req.GetHeader("refer-sub"); sub != nil {
		r.Quiet = strings.EqualFold(strings.TrimSpace(sub.Value()), "false")
	}
	if to.replaces != "" {
		l.findReplaced(&r, to.replaces)
		return r
	}
	if to.scheme != "tel" && !l.here(req, to.host) {
		return referral{Code: 603} // nobody here calls other domains
	}
	return r
}

func (l *leg) findReplaced(r *referral, value string) {
	named, ok := readReplaces(value)
	if !ok {
		r.Code = 400
		return
	}
	switch other, found := l.server.standingFor(named); {
	case !found:
		r.Unknown = true
	case !other.far.same(l.far):
		r.Foreign = true
	default:
		r.Replaces = other.id
	}
}

// same tells whether two legs are with one device, with devices of one agent, or with one trunk.
func (p farEnd) same(q farEnd) bool {
	return p.Org == q.Org && (p.Device != "" && p.Device == q.Device || p.Agent != "" && p.Agent == q.Agent || p.Trunk != "" && p.Trunk == q.Trunk)
}

// here tells whether a host is ours, as the far side calls us: in the request, by our address, or as the device's domain.
func (l *leg) here(req *sipgo.Request, host string) bool {
	ours := []string{l.far.Realm, req.From().Address.Host, req.To().Address.Host, l.server.hostFor(l.server.hopOf(req).Addr.Addr())}
	return host != "" && slices.ContainsFunc(ours, func(one string) bool { return strings.EqualFold(one, host) })
}
