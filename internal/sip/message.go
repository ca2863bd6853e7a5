package sip

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// methods is what Allow says (RFC 3261 §20.5).
const methods = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER, SUBSCRIBE, REFER"

// phrases are the reason phrases that we send (RFC 3261 §21).
var phrases = map[int]string{
	100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 202: "Accepted", 400: "Bad Request", 401: "Unauthorized",
	403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 410: "Gone",
	415: "Unsupported Media Type", 416: "Unsupported URI Scheme", 420: "Bad Extension", 423: "Interval Too Brief",
	480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 482: "Loop Detected", 483: "Too Many Hops",
	484: "Address Incomplete", 486: "Busy Here", 487: "Request Terminated", 489: "Bad Event", 488: "Not Acceptable Here",
	491: "Request Pending", 500: "Server Internal Error", 501: "Not Implemented", 502: "Bad Gateway",
	503: "Service Unavailable", 504: "Server Time-out", 505: "Version Not Supported", 513: "Message Too Large", 603: "Decline",
}

// hop is where a request goes, and how.
type hop struct {
	Addr      netip.AddrPort
	Transport string // "udp", "tcp", "tls"
	Auto      bool   // UDP by default: TCP when the request is large
	Host      string // whom the certificate must name when we make the connection; "" when the far side makes it
	CA        string // who may have signed it
}

// request begins a request that leaves through hop: Via, Max-Forwards and the identifying headers come later.
func (s *Server) request(method string, to sipgo.Uri, h hop) *sipgo.Request {
	req := sipgo.NewRequest(sipgo.RequestMethod(method), to)
	host := s.hostFor(h.Addr.Addr())
	via := &sipgo.ViaHeader{
		ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: strings.ToUpper(h.Transport), Host: host, Port: s.portFor(h),
		Params: sipgo.HeaderParams{{K: "branch", V: s.tokens.branch()}, {K: "rport"}}, // RFC 3581 §3
	}
	hops := sipgo.MaxForwardsHeader(70)
	req.AppendHeader(via)
	req.AppendHeader(&hops)
	req.SetTransport(via.Transport)
	if h.Transport != "udp" {
		req.SetDestination(h.Addr.String())
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
	uri := sipgo.Uri{Scheme: "sip", User: user, Host: s.hostFor(h.Addr.Addr()), Port: s.portFor(h)}
	if h.Transport != "udp" {
		uri.UriParams = sipgo.HeaderParams{{K: "transport", V: h.Transport}}
	}
	return &sipgo.ContactHeader{Address: uri}
}

// portFor is where we listen for what comes by the transport of a hop. Who has no certificate is called over the
// connections that it makes.
func (s *Server) portFor(h hop) int {
	if h.Transport == "tls" && s.secure.addr.IsValid() {
		return int(s.secure.addr.Port())
	}
	return int(s.addr.Port())
}

// setBody gives a message its body and says what it is. It comes last: the stack looks long for a Content-Length that is
// not there.
func setBody(m sipgo.Message, kind, body string) {
	length := sipgo.ContentLengthHeader(len(body))
	if body == "" {
		m.AppendHeader(&length)
		return
	}
	of := sipgo.ContentTypeHeader(kind)
	m.AppendHeader(&of)
	m.AppendHeader(&length)
	m.SetBody([]byte(body))
}

// Header fields that are the same in every message. They are only read.
var (
	headerAllow  = sipgo.NewHeader("Allow", methods)
	headerKnows  = sipgo.NewHeader("Supported", "replaces")
	headerAccept = sipgo.NewHeader("Accept", typeSDP)
)

// response begins a response. It shares the headers of its request, which nobody changes any more. Every one but 100
// carries a To tag (RFC 3261 §8.2.6.2).
func (s *Server) response(req *sipgo.Request, code int, tag string) *sipgo.Response {
	res := sipgo.NewResponse(code, phrases[code])
	res.SipVersion = req.SipVersion
	top := req.Via()
	for _, header := range req.Headers() {
		switch h := header.(type) {
		case *sipgo.RecordRouteHeader:
			res.AppendHeader(h)
		case *sipgo.ViaHeader:
			if h == top {
				h = withSource(h, req.Source())
			}
			res.AppendHeader(h)
		}
	}
	answerNames(res, req, tag)
	if s.agent != nil {
		res.AppendHeader(s.agent)
	}
	switch code {
	case 405, 200:
		res.AppendHeader(headerAllow)
		res.AppendHeader(headerKnows)
	case 415:
		res.AppendHeader(headerAccept)
	}
	res.SetTransport(req.Transport())
	return res
}

// answerNames copies what names the dialog and the request, as far as it is there.
func answerNames(res *sipgo.Response, req *sipgo.Request, tag string) {
	if h := req.From(); h != nil {
		res.AppendHeader(h)
	}
	if h := req.To(); h != nil {
		if !h.Params.Has("tag") && tag != "" {
			tagged := *h
			tagged.Params = append(slices.Clip(h.Params), sipgo.HeaderKV{K: "tag", V: tag})
			h = &tagged
		}
		res.AppendHeader(h)
	}
	if h := req.CallID(); h != nil {
		res.AppendHeader(h)
	}
	if h := req.CSeq(); h != nil {
		res.AppendHeader(h)
	}
}

// withSource is a Via that says where its message came from, if it asks for that (RFC 3581 §4).
func withSource(via *sipgo.ViaHeader, source string) *sipgo.ViaHeader {
	if asked, ok := via.Params.Get("rport"); !ok || asked != "" {
		return via
	}
	host, port, err := net.SplitHostPort(source)
	if err != nil {
		return via
	}
	marked := *via
	marked.Params = slices.Grow(slices.Clone(via.Params), 1)
	marked.Params.Add("rport", port)
	marked.Params.Add("received", host)
	return &marked
}

// reasonOf writes a Reason header (RFC 3326 §2). A phone whose ring another one has answered takes the call for no missed one
// when it reads the SIP status 200 there (§1).
func reasonOf(cause tel.Cause) sipgo.Header {
	value := fmt.Sprintf("Q.850;cause=%d;text=%q", cause, cause.Words())
	if cause == tel.CauseElsewhere {
		value = `SIP;cause=200;text="Call completed elsewhere",` + value
	}
	return sipgo.NewHeader("Reason", value)
}

// readReason reads the Q.850 cause and the text of Reason headers, zero when there are none.
func readReason(m interface {
	GetHeaders(string) []sipgo.Header
}) (cause tel.Cause, text string) {
	for _, header := range m.GetHeaders("reason") {
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

// typeOf is the media type of a message's body, without parameters and in lower case; "" when it has none.
func typeOf(m interface {
	Body() []byte
	ContentType() *sipgo.ContentTypeHeader
}) string {
	if len(m.Body()) == 0 {
		return ""
	}
	kind := m.ContentType()
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

// allowOf is what a message says of the methods that its sender takes, "" when it says nothing.
func allowOf(m interface {
	GetHeaders(string) []sipgo.Header
}) string {
	headers := m.GetHeaders("allow")
	if len(headers) == 1 {
		return clip(headers[0].Value(), 300)
	}
	var list []string
	for _, header := range headers {
		list = append(list, header.Value())
	}
	return clip(strings.Join(list, ", "), 300)
}
