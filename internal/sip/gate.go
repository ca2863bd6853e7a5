package sip

import (
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// gate judges every message before the SIP stack sees it. The stack keeps each source address for ever and creates a
// transaction for each request, so what a stranger sends is answered here without keeping state (RFC 3261 §8.2.7),
// until it shows a nonce of ours.
type gate struct {
	tokens      *tokens
	credentials *credentials
	ban         *Ban
	budget      *budget
	legs        *legs
	known       func(netip.AddrPort) bool                            // a trunk or a registered contact
	device      func(user, domain string) (realm string, found bool) // a device of that name
}

// scanners never get an answer (BX-16).
var scanners = []string{
	"friendly-scanner", "sipvicious", "sip-scan", "sipcli", "sundayddr", "iwar", "sipsak", "vaxsipuseragent", "pplsip", "smap",
}

var envelopes = sync.Pool{New: func() any { return &envelope{} }}

// ruling is what becomes of a message: it passes as message, or answer is sent back. Without both there is silence.
type ruling struct {
	message sipgo.Message
	answer  []byte
}

// judge tells whether a message may pass to the SIP stack.
func (g *gate) judge(raw []byte, source netip.AddrPort, now time.Time) ruling {
	if g.ban.Banned(source.Addr(), now) {
		return ruling{}
	}
	e, _ := envelopes.Get().(*envelope) // nothing that comes out of here points to it
	defer envelopes.Put(e)
	if err := e.split(raw); err != nil {
		return ruling{}
	}
	if pass, answer := g.admit(e, source, now); !pass {
		return ruling{answer: answer}
	}
	message, err := e.message()
	if err != nil {
		return ruling{answer: g.refusal(e, 400, source)}
	}
	return ruling{message: message}
}

// admit is judge for an envelope; if it may not pass, answer is what to send back, nil for silence.
func (g *gate) admit(e *envelope, source netip.AddrPort, now time.Time) (pass bool, answer []byte) {
	if !e.isRequest() {
		return g.admitResponse(e), nil
	}
	known := g.known(source)
	if scanner(e) || !known && !g.budget.take(source.Addr(), now) {
		return false, nil
	}
	if f := e.inspect(); f != nil {
		return false, g.refusal(e, f.Code, source)
	}
	if known || g.belongs(e) {
		return true, nil
	}
	return g.stranger(e, source, now)
}

func scanner(e *envelope) bool {
	agent := strings.ToLower(e.value("user-agent"))
	if agent == "" {
		return false
	}
	for _, name := range scanners {
		if strings.Contains(agent, name) {
			return true
		}
	}
	return false
}

// admitResponse takes only responses to requests of ours: their top Via is ours (RFC 3261 §18.1.2).
func (g *gate) admitResponse(e *envelope) bool {
	branch, ok := param(e.value("via"), "branch")
	return ok && g.tokens.ours(branch) && e.inspect() == nil
}

// belongs tells whether a request is part of something that we know: a dialog by our tag, or an INVITE by its names.
func (g *gate) belongs(e *envelope) bool {
	if tag, ok := param(e.value("to"), "tag"); ok && g.tokens.ours(tag) {
		return true
	}
	tag, _ := param(e.value("from"), "tag")
	return e.Method == "CANCEL" && g.legs.known(e.value("call-id")+" "+tag)
}

// stranger serves a request of nobody we know. Only who holds a nonce of ours for its address gets further.
func (g *gate) stranger(e *envelope, source netip.AddrPort, now time.Time) (bool, []byte) {
	switch e.Method {
	case "ACK":
		return false, nil
	case "OPTIONS":
		return false, g.refusal(e, 200, source, "Allow: "+methods, "Accept: "+typeSDP)
	case "REGISTER":
		return g.identified(e, e.value("to"), source, now)
	case "SUBSCRIBE":
		return g.identified(e, e.value("from"), source, now)
	case "INVITE":
		user, domain := userOf(e.value("from"))
		if _, found := g.device(user, domain); found {
			return g.identified(e, e.value("from"), source, now)
		}
		return false, g.refusal(e, 403, source)
	case "BYE", "CANCEL", "UPDATE", "INFO", "PRACK", "NOTIFY":
		return false, g.refusal(e, 481, source)
	}
	return false, g.refusal(e, 405, source, "Allow: "+methods)
}

// identified lets a request pass that carries a nonce of ours, and challenges every other.
func (g *gate) identified(e *envelope, address string, source netip.AddrPort, now time.Time) (bool, []byte) {
	if nonce, ok := nonceOf(e.value("authorization")); ok {
		if _, ours := g.credentials.ours(nonce, source.Addr()); ours {
			return true, nil
		}
	}
	user, domain := userOf(address)
	realm, _ := g.device(user, domain)
	challenge := g.credentials.challenge(or(realm, domain), source.Addr(), e.value("authorization") != "", now)
	return false, g.refusal(e, 401, source, "WWW-Authenticate: "+challenge)
}

func nonceOf(authorization string) (string, bool) {
	rest, ok := strings.CutPrefix(authorization, "Digest ")
	if !ok {
		return "", false
	}
	return param(strings.ReplaceAll(";"+rest, ",", ";"), "nonce")
}

// userOf takes user and host from an address, as far as a stranger's can be trusted.
func userOf(address string) (user, host string) {
	if _, inside, found := strings.Cut(afterQuoted(strings.TrimSpace(address)), "<"); found {
		address, _, _ = strings.Cut(inside, ">")
	}
	_, rest, _ := strings.Cut(address, ":")
	rest, _, _ = strings.Cut(rest, ";")
	user, host, found := strings.Cut(rest, "@")
	if !found {
		user, host = "", rest
	}
	user, _, _ = strings.Cut(user, ":")
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host = host[:i]
	}
	return clip(user, 120), clip(host, 120)
}

// refusal is a response made of the request's own lines, with no state kept; nil when it cannot be sent anywhere or
// must not be (RFC 3261 §17.1: nothing answers an ACK).
func (g *gate) refusal(e *envelope, code int, source netip.AddrPort, extra ...string) []byte {
	if e.Method == "ACK" || e.value("via") == "" || !e.isRequest() {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "SIP/2.0 %d %s\r\n", code, phrases[code])
	first := true
	for _, f := range e.Fields {
		value := strings.ReplaceAll(f.Value, "\n", " ")
		switch f.Name {
		case "via":
			if first {
				value = received(value, source)
			}
			first = false
			fmt.Fprintf(&b, "Via: %s\r\n", value)
		case "from":
			fmt.Fprintf(&b, "From: %s\r\n", value)
		case "to":
			if _, tagged := param(value, "tag"); !tagged {
				value += ";tag=" + g.tokens.derived(e.value("call-id")+e.value("via")+e.value("cseq"))
			}
			fmt.Fprintf(&b, "To: %s\r\n", value)
		case "call-id":
			fmt.Fprintf(&b, "Call-ID: %s\r\n", value)
		case "cseq":
			fmt.Fprintf(&b, "CSeq: %s\r\n", value)
		}
	}
	for _, line := range extra {
		b.WriteString(line + "\r\n")
	}
	b.WriteString("Content-Length: 0\r\n\r\n")
	return []byte(b.String())
}

// received notes where a request came from in its top Via (RFC 3261 §18.2.1, RFC 3581 §4).
func received(via string, source netip.AddrPort) string {
	top, others, several := strings.Cut(via, ",")
	params := strings.Split(top, ";")
	for i, p := range params {
		if strings.EqualFold(strings.TrimSpace(p), "rport") {
			params[i] = fmt.Sprintf("rport=%d", source.Port())
		}
	}
	top = strings.Join(params, ";") + ";received=" + source.Addr().String()
	if several {
		return top + "," + others
	}
	return top
}

// answerPort is where an answer to a datagram goes: the source, or its address with the port of the top Via when no
// rport was asked for (RFC 3261 §18.2.2).
func answerPort(answer []byte, source netip.AddrPort) netip.AddrPort {
	_, rest, _ := strings.Cut(string(answer[:min(len(answer), 1024)]), "Via: ")
	line, _, _ := strings.Cut(rest, "\r\n")
	if _, asked := param(line, "rport"); asked {
		return source
	}
	_, sentBy, _ := strings.Cut(spaceless(line), " ")
	sentBy, _, _ = strings.Cut(sentBy, ";")
	_, port := splitHostPort(strings.TrimSpace(sentBy))
	return netip.AddrPortFrom(source.Addr(), port)
}
