package lab

import (
	"crypto/md5" //nolint:gosec // what digest of telephones asks for
	"fmt"
	"math/rand/v2"
	"net"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// keyPhone is a desk phone with a transfer key for two calls, which baresip has not: it registers, takes every call at once, places
// further ones, holds, and sends REFER. It sends no sound.
type keyPhone struct {
	t    *testing.T
	w    *World
	user User
	conn *net.UDPConn

	mu      sync.Mutex
	calls   []*keyCall
	told    []string            // status lines of NOTIFY
	glows   map[string][]string // what NOTIFY said of a light, by Call-ID
	answers map[string]string
}

// keyCall is one of its dialogs.
type keyCall struct {
	phone      *keyPhone
	id         string
	ours       string // From of its requests
	theirs     string // To
	target     string // of its requests
	cseq       int
	ended      bool
	tag, other string
}

var (
	tagOf     = regexp.MustCompile(`;tag=([^;>\s]+)`)
	contactOf = regexp.MustCompile(`(?m)^Contact: <([^>]+)>`)
	glowOf    = regexp.MustCompile(`<state>([a-z]+)</state>`)
	fieldOf   = regexp.MustCompile(`(?m)^([A-Za-z-]+): (.*?)\r?$`)
)

func field(message, name string) string {
	for _, f := range fieldOf.FindAllStringSubmatch(message, -1) {
		if strings.EqualFold(f[1], name) {
			return f[2]
		}
	}
	return ""
}

// keysAt starts the phone of an agent, who works on it.
func keysAt(t *testing.T, w *World, u User) (*agent, *keyPhone) {
	t.Helper()
	p := plugIn(t, w, u, nil)
	return workingAtDesk(t, w, u), p
}

// workingAtDesk is an agent whose device is the desk phone.
func workingAtDesk(t *testing.T, w *World, u User) *agent {
	t.Helper()
	a := sitDown(t, w, u)
	a.Must("POST", "/station/desk", map[string]bool{"on": true}, nil)
	a.become("available", "")
	a.status("available")
	return a
}

// plugIn is a telephone with keys at an address of its own, or at any.
func plugIn(t *testing.T, w *World, u User, own *net.UDPAddr) *keyPhone {
	t.Helper()
	to, err := net.ResolveUDPAddr("udp", w.SIP)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.DialUDP("udp", own, to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	p := &keyPhone{t: t, w: w, user: u, conn: conn, answers: map[string]string{}, glows: map[string][]string{}}
	go p.listen()
	c := p.call("sip:"+w.SIP, u.SIPUsername)
	if got := c.asks("REGISTER", "", "Expires: 600"); code(got) != 200 {
		t.Fatalf("the phone does not register: %s", got)
	}
	return p
}

// call begins a dialog to somebody.
func (p *keyPhone) call(target, user string) *keyCall {
	c := &keyCall{phone: p, id: fmt.Sprintf("keys%d", rand.Uint64()), target: target, tag: fmt.Sprint(rand.Uint64())}
	c.ours, c.theirs = fmt.Sprintf("<sip:%s@%s>;tag=%s", p.user.SIPUsername, p.w.SIP, c.tag), fmt.Sprintf("<sip:%s@%s>", user, p.w.SIP)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, c)
	return c
}

// dial begins a call; answered waits for what comes of it.
func (p *keyPhone) dial(user string, lines ...string) *keyCall {
	p.t.Helper()
	c := p.call("sip:"+user+"@"+p.w.SIP, user)
	session := p.session("sendrecv")
	challenge := c.ask("INVITE", session, lines)
	c.acknowledge(challenge)
	c.begin("INVITE", session, append(lines, p.password("INVITE", c.target, field(challenge, "WWW-Authenticate"))))
	return c
}

func (c *keyCall) answered() int {
	c.phone.t.Helper()
	answer := c.answer("INVITE")
	if code(answer) == 200 {
		c.other = tagOf.FindStringSubmatch(field(answer, "To"))[1]
		c.theirs, c.target = field(answer, "To"), contactOf.FindStringSubmatch(answer)[1]
	}
	c.acknowledge(answer)
	return code(answer)
}

// taken waits for the call that it has been rung for.
func (p *keyPhone) taken() (found *keyCall) {
	p.t.Helper()
	Eventually(p.t, "the phone is rung", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, c := range p.calls {
			if strings.Contains(c.tag, "taken") && !c.ended {
				found = c
			}
		}
		return found != nil
	})
	return found
}

// latest waits for the call that the phone has been rung for besides another one.
func (p *keyPhone) latest(besides *keyCall) (found *keyCall) {
	p.t.Helper()
	Eventually(p.t, "the phone is rung once more", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, c := range p.calls {
			if strings.Contains(c.tag, "taken") && !c.ended && c != besides {
				found = c
			}
		}
		return found != nil
	})
	return found
}

// tells waits for a NOTIFY with that status.
func (p *keyPhone) tells(status string) {
	p.t.Helper()
	Eventually(p.t, "the phone is told "+status, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return strings.Contains(strings.Join(p.told, "\n"), status)
	})
}

// holds sends a re-INVITE with another direction.
func (c *keyCall) holds(direction string) {
	c.phone.t.Helper()
	answer := c.asks("INVITE", c.phone.session(direction))
	c.acknowledge(answer)
	if code(answer) != 200 {
		c.phone.t.Fatalf("%s is answered %s", direction, answer)
	}
}

// refers presses the transfer key: to a user, or to another of its calls.
func (c *keyCall) refers(user string, with *keyCall) string {
	c.phone.t.Helper()
	to := fmt.Sprintf("<sip:%s@%s", user, c.phone.w.SIP)
	if with != nil {
		to += fmt.Sprintf("?Replaces=%s%%3Bto-tag%%3D%s%%3Bfrom-tag%%3D%s", with.id, with.other, with.tag)
	}
	return c.asks("REFER", "", "Refer-To: "+to+">", "Referred-By: "+c.ours)
}

// over waits until the other side has ended the call.
func (c *keyCall) over() {
	c.phone.t.Helper()
	Eventually(c.phone.t, "the phone's call ends", func() bool {
		c.phone.mu.Lock()
		defer c.phone.mu.Unlock()
		return c.ended
	})
}

// asks sends a request, with a password where one is asked for, and gives the final answer.
func (c *keyCall) asks(method, body string, lines ...string) string {
	c.phone.t.Helper()
	answer := c.ask(method, body, lines)
	if code(answer) != 401 && code(answer) != 407 {
		return answer
	}
	if method == "INVITE" {
		c.acknowledge(answer)
	}
	return c.ask(method, body, append(lines, c.phone.password(method, c.target, field(answer, "WWW-Authenticate"))))
}

func (c *keyCall) ask(method, body string, lines []string) string {
	c.phone.t.Helper()
	c.begin(method, body, lines)
	return c.answer(method)
}

func (c *keyCall) begin(method, body string, lines []string) {
	c.phone.t.Helper()
	c.cseq++
	c.phone.send(c.request(method, c.cseq, body, lines))
}

// answer waits for the final response to the latest request.
func (c *keyCall) answer(method string) (answer string) {
	p, name := c.phone, fmt.Sprintf("%s %d %s", c.id, c.cseq, method)
	p.t.Helper()
	Eventually(p.t, "an answer to "+method, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		answer = p.answers[name]
		return answer != ""
	})
	return answer
}

// acknowledge sends the ACK of an answer, whose To it has.
func (c *keyCall) acknowledge(answer string) {
	before := c.theirs
	c.theirs = field(answer, "To")
	c.phone.send(c.request("ACK", c.cseq, "", nil))
	if code(answer) >= 300 {
		c.theirs = before
	}
}

func (c *keyCall) request(method string, cseq int, body string, lines []string) string {
	at := c.phone.conn.LocalAddr().String()
	head := []string{
		method + " " + c.target + " SIP/2.0", fmt.Sprintf("Via: SIP/2.0/UDP %s;branch=z9hG4bK%s%d%s;rport", at, c.id, cseq, method),
		"From: " + c.ours, "To: " + c.theirs, "Call-ID: " + c.id, fmt.Sprintf("CSeq: %d %s", cseq, method), "Max-Forwards: 70",
		fmt.Sprintf("Contact: <sip:%s@%s>", c.phone.user.SIPUsername, at),
	}
	return written(append(head, lines...), body)
}

func written(head []string, body string) string {
	if body != "" {
		head = append(head, "Content-Type: application/sdp")
	}
	return strings.Join(append(head, fmt.Sprintf("Content-Length: %d", len(body)), "", ""), "\r\n") + body
}

func (p *keyPhone) session(direction string) string {
	return fmt.Sprintf("v=0\r\no=- 1 %d IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 0\r\na=%s\r\n",
		rand.Uint32(), p.conn.LocalAddr().(*net.UDPAddr).Port, direction)
}

func (p *keyPhone) send(text string) {
	p.t.Helper()
	if _, err := p.conn.Write([]byte(text)); err != nil {
		p.t.Fatal(err)
	}
}

// password answers a challenge (RFC 7616 §3.4).
func (p *keyPhone) password(method, uri, challenge string) string {
	said := map[string]string{}
	for _, part := range regexp.MustCompile(`(\w+)="([^"]*)"`).FindAllStringSubmatch(challenge, -1) {
		said[part[1]] = part[2]
	}
	sum := func(text string) string { return fmt.Sprintf("%x", md5.Sum([]byte(text))) } //nolint:gosec // as above
	known := sum(p.user.SIPUsername + ":" + said["realm"] + ":" + p.user.SIPPassword)
	response := sum(strings.Join([]string{known, said["nonce"], "00000001", "ab", "auth", sum(method + ":" + uri)}, ":"))
	return fmt.Sprintf(`Authorization: Digest username="%s", realm="%s", nonce="%s", uri="%s", response="%s", algorithm=MD5, qop=auth, cnonce="ab", nc=00000001`,
		p.user.SIPUsername, said["realm"], said["nonce"], uri, response)
}

// listen takes what comes until the phone is switched off.
func (p *keyPhone) listen() {
	buf := make([]byte, 65536)
	for {
		n, err := p.conn.Read(buf)
		if err != nil {
			return
		}
		p.came(string(buf[:n]))
	}
}

func (p *keyPhone) came(message string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if strings.HasPrefix(message, "SIP/2.0 ") {
		if code(message) >= 200 {
			p.answers[field(message, "Call-ID")+" "+field(message, "CSeq")] = message
		}
		return
	}
	method, _, _ := strings.Cut(message, " ")
	to, body := field(message, "To"), ""
	switch method {
	case "ACK":
		return
	case "NOTIFY":
		_, status, _ := strings.Cut(message, "\r\n\r\n")
		p.told = append(p.told, strings.TrimSpace(status))
		if glow := glowOf.FindStringSubmatch(status); glow != nil {
			at := field(message, "Call-ID")
			p.glows[at] = append(p.glows[at], glow[1])
		}
	case "BYE", "CANCEL":
		for _, c := range p.calls {
			c.ended = c.ended || c.id == field(message, "Call-ID")
		}
	case "INVITE":
		body = p.session("sendrecv")
		if !strings.Contains(to, ";tag=") {
			to = p.take(message, to)
		}
	}
	head := append(okTo(message, to), fmt.Sprintf("Contact: <sip:%s@%s>", p.user.SIPUsername, p.conn.LocalAddr()))
	_, _ = p.conn.Write([]byte(written(head, body)))
}

// okTo is the head of a 200 to a request (RFC 3261 §8.2.6).
func okTo(request, to string) []string {
	head := []string{"SIP/2.0 200 OK"}
	for _, f := range fieldOf.FindAllStringSubmatch(request, -1) {
		if f[1] == "Via" {
			head = append(head, "Via: "+f[2])
		}
	}
	return append(head, "From: "+field(request, "From"), "To: "+to, "Call-ID: "+field(request, "Call-ID"), "CSeq: "+field(request, "CSeq"))
}

// take makes a call of an INVITE; the lock is held. It gives the To with the phone's tag, the same when the INVITE comes again.
func (p *keyPhone) take(message, to string) string {
	for _, c := range p.calls {
		if c.id == field(message, "Call-ID") {
			return c.ours
		}
	}
	c := &keyCall{phone: p, id: field(message, "Call-ID"), theirs: field(message, "From"), target: contactOf.FindStringSubmatch(message)[1]}
	c.tag, c.other = fmt.Sprintf("taken%d", rand.Uint32()), tagOf.FindStringSubmatch(c.theirs)[1]
	c.ours = to + ";tag=" + c.tag
	p.calls = append(p.calls, c)
	return c.ours
}
