package sip

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// methods is what Allow says (RFC 3261 §20.5).
const methods = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER"

// phrases are the reason phrases that we send (RFC 3261 §21).
var phrases = map[int]string{
	100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 400: "Bad Request", 401: "Unauthorized",
	403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 410: "Gone",
	415: "Unsupported Media Type", 416: "Unsupported URI Scheme", 420: "Bad Extension", 423: "Interval Too Brief",
	480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 482: "Loop Detected", 483: "Too Many Hops",
	484: "Address Incomplete", 486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
	491: "Request Pending", 500: "Server Internal Error", 501: "Not Implemented", 502: "Bad Gateway",
	503: "Service Unavailable", 504: "Server Time-out", 505: "Version Not Supported", 513: "Message Too Large", 603: "Decline",
}

// hop is where a request goes, and how.
type hop struct {
	Addr      netip.AddrPort
	Transport string // "udp", "tcp"
	Auto      bool   // UDP by default: TCP when the request is large
}

// request begins a request that leaves through hop: Via, Max-Forwards and the identifying headers come later.
func (s *Server) request(method string, to sipgo.Uri, h hop) *sipgo.Request {
	req := sipgo.NewRequest(sipgo.RequestMethod(method), to)
	host := s.hostFor(h.Addr.Addr())
	via := &sipgo.ViaHeader{
		ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: strings.ToUpper(h.Transport), Host: host, Port: int(s.Addr().Port()),
		Params: sipgo.HeaderParams{{K: "branch", V: s.tokens.branch()}, {K: "rport"}}, // RFC 3581 §3
	}
	hops := sipgo.MaxForwardsHeader(70)
	req.AppendHeader(via)
	req.AppendHeader(&hops)
	req.SetTransport(via.Transport)
	req.SetDestination(h.Addr.String())
	if h.Transport == "udp" {
		req.Laddr = s.udpAddr
	}
	return req
}

// identify adds what names the dialog.
func identify(req *sipgo.Request, from *sipgo.FromHeader, to *sipgo.ToHeader, callID string, cseq uint32) {
	id := sipgo.CallIDHeader(callID)
	req.AppendHeader(from)
	req.AppendHeader(to)
	req.AppendHeader(&id)
	req.AppendHeader(&sipgo.CSeqHeader{SeqNo: cseq, MethodName: req.Method})
}

// contact is where we want to be reached inside a dialog with a peer at that address.
func (s *Server) contact(user string, h hop) *sipgo.ContactHeader {
	uri := sipgo.Uri{Scheme: "sip", User: user, Host: s.hostFor(h.Addr.Addr()), Port: int(s.Addr().Port())}
	if h.Transport == "tcp" {
		uri.UriParams = sipgo.HeaderParams{{K: "transport", V: "tcp"}}
	}
	return &sipgo.ContactHeader{Address: uri}
}

// setBody gives a message its body and says what it is.
func setBody(m sipgo.Message, kind, body string) {
	if body != "" {
		of := sipgo.ContentTypeHeader(kind)
		m.AppendHeader(&of)
	}
	m.SetBody([]byte(body))
}

// response begins a response. Every one but 100 carries a To tag (RFC 3261 §8.2.6.2).
func (s *Server) response(req *sipgo.Request, code int, tag string) *sipgo.Response {
	res := sipgo.NewResponseFromRequest(req, code, phrases[code], nil)
	if to := res.To(); to != nil && tag != "" {
		if old := req.To(); old == nil || !old.Params.Has("tag") {
			to.Params.Add("tag", tag)
		}
	}
	if s.config.UserAgent != "" {
		res.AppendHeader(sipgo.NewHeader("Server", s.config.UserAgent))
	}
	switch code {
	case 405, 200:
		res.AppendHeader(sipgo.NewHeader("Allow", methods))
	case 415:
		res.AppendHeader(sipgo.NewHeader("Accept", typeSDP))
	}
	return res
}

// reasonOf writes a Reason header (RFC 3326 §2).
func reasonOf(cause tel.Cause) sipgo.Header {
	return sipgo.NewHeader("Reason", fmt.Sprintf("Q.850;cause=%d;text=%q", cause, cause.Words()))
}

// readReason reads the Q.850 cause and the text of Reason headers, zero when there are none.
func readReason(m interface {
	GetHeaders(string) []sipgo.Header
}) (cause tel.Cause, text string) {
	for _, header := range m.GetHeaders("Reason") {
		for value := range strings.SplitSeq(header.Value(), ",") {
			protocol, params, _ := strings.Cut(value, ";")
			number, words := readReasonParams(params)
			if text == "" {
				text = words
			}
			if strings.EqualFold(strings.TrimSpace(protocol), "Q.850") && number >= 1 && number <= 127 {
				return tel.Cause(number), words
			}
		}
	}
	return 0, text
}

func readReasonParams(params string) (number int, text string) {
	for param := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		value = strings.Trim(value, `"`)
		switch strings.ToLower(name) {
		case "cause":
			number, _ = strconv.Atoi(value)
		case "text":
			text = clip(value, 200)
		}
	}
	return number, text
}

func clip(text string, most int) string {
	if len(text) > most {
		return text[:most]
	}
	return text
}

// quotable makes a name fit to stand between quotation marks in a header: it comes from people.
func quotable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, clip(name, 120))
}

// typeOf is the media type of a message's body, without parameters and in lower case.
func typeOf(kind *sipgo.ContentTypeHeader) string {
	if kind == nil {
		return ""
	}
	name, _, _ := strings.Cut(string(*kind), ";")
	return strings.ToLower(strings.TrimSpace(name))
}

func tagOf(params sipgo.HeaderParams) string {
	tag, _ := params.Get("tag")
	return tag
}
