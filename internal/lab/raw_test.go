package lab

import (
	"fmt"
	"math/rand/v2"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// raw is a UDP socket that sends what it likes to the world.
type raw struct {
	t    *testing.T
	conn *net.UDPConn
	n    int
}

// stranger opens a raw socket at an address of this machine.
func stranger(t *testing.T, w *World, from string) *raw {
	t.Helper()
	to, err := net.ResolveUDPAddr("udp", w.SIP)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.DialUDP("udp", &net.UDPAddr{IP: net.ParseIP(from)}, to)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &raw{t: t, conn: conn}
}

func (r *raw) send(text string) {
	r.t.Helper()
	if _, err := r.conn.Write([]byte(text)); err != nil {
		r.t.Fatal(err)
	}
}

// reply waits for the final response of a Call-ID; "" when none comes.
func (r *raw) reply(callID string, within time.Duration) string {
	r.t.Helper()
	_ = r.conn.SetReadDeadline(time.Now().Add(within))
	buf := make([]byte, 65536)
	for {
		n, err := r.conn.Read(buf)
		if err != nil {
			return ""
		}
		text := string(buf[:n])
		if strings.HasPrefix(text, "SIP/2.0 ") && !strings.HasPrefix(text, "SIP/2.0 1") && strings.Contains(text, "Call-ID: "+callID+"\r\n") {
			return text
		}
	}
}

func code(response string) int {
	fields := strings.Fields(response)
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(fields[1])
	return n
}

// request is a request with further header lines; the Call-ID is the second result.
func (r *raw) request(method, user, from string, lines ...string) (text, callID string) {
	r.n++
	at := r.conn.LocalAddr().String()
	callID = fmt.Sprintf("raw%d-%d@lab", r.n, rand.Uint32())
	head := []string{
		fmt.Sprintf("%s sip:%s@127.0.0.1 SIP/2.0", method, user), "Via: SIP/2.0/UDP " + at + ";branch=z9hG4bK" + callID[:len(callID)-4] + ";rport",
		"From: <sip:" + from + "@127.0.0.1>;tag=1", "To: <sip:" + user + "@127.0.0.1>", "Call-ID: " + callID, "CSeq: 1 " + method,
		"Max-Forwards: 70", "Contact: <sip:x@" + at + ">",
	}
	head = append(head, lines...)
	if !strings.Contains(strings.Join(lines, "\n"), "Content-Length") {
		head = append(head, "Content-Length: 0")
	}
	return strings.Join(head, "\r\n") + "\r\n\r\n", callID
}

// asks sends a request and gives the code of the response.
func (r *raw) asks(method, user, from string, lines ...string) int {
	r.t.Helper()
	text, callID := r.request(method, user, from, lines...)
	r.send(text)
	return code(r.reply(callID, Patience))
}

// wrongPassword tries to register and gives the challenge and what followed the wrong answer to it.
func (r *raw) wrongPassword(user string) (challenged, refused string) {
	r.t.Helper()
	text, callID := r.request("REGISTER", user, user)
	r.send(text)
	challenged = r.reply(callID, Patience)
	nonce := regexp.MustCompile(`nonce="([^"]*)"`).FindStringSubmatch(challenged)
	if nonce == nil {
		r.t.Fatalf("%s is not challenged but answered %q", user, challenged)
	}
	text, callID = r.request("REGISTER", user, user, fmt.Sprintf(`Authorization: Digest username="%s", realm="parley", nonce="%s", uri="sip:127.0.0.1", `+
		`response="%s", algorithm=MD5, qop=auth, cnonce="ab", nc=00000001`, user, nonce[1], strings.Repeat("0", 32)))
	r.send(text)
	return challenged, r.reply(callID, Patience)
}
