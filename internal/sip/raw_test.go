package sip

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// rawPeer is a UDP socket that sends what it likes.
type rawPeer struct {
	t    *testing.T
	conn net.Conn
}

func dialRaw(t *testing.T, h *house) *rawPeer {
	t.Helper()
	conn, err := net.Dial("udp", h.at())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &rawPeer{t: t, conn: conn}
}

func (p *rawPeer) local() string { return p.conn.LocalAddr().String() }

func (p *rawPeer) send(message string) {
	p.t.Helper()
	if _, err := p.conn.Write([]byte(message)); err != nil {
		p.t.Fatal(err)
	}
}

// answer waits for the final response whose Call-ID is that.
func (p *rawPeer) answer(callID string) string {
	p.t.Helper()
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	buf := make([]byte, 65536)
	for {
		n, err := p.conn.Read(buf)
		if err != nil {
			p.t.Fatalf("no answer to %s: %v", callID, err)
		}
		message := string(buf[:n])
		if strings.HasPrefix(message, "SIP/2.0 ") && !strings.HasPrefix(message, "SIP/2.0 1") && strings.Contains(message, "Call-ID: "+callID+"\r\n") {
			return message
		}
	}
}

func (p *rawPeer) answerTo(callID string) int {
	p.t.Helper()
	code, _ := strconv.Atoi(strings.Fields(p.answer(callID))[1])
	return code
}

// plainRequest is a request without a body; lines are added before Content-Length.
func plainRequest(method, local, callID string, lines ...string) string {
	head := fmt.Sprintf("%s sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK%s%s;rport\r\nFrom: <sip:x@test>;tag=1\r\n"+
		"To: <sip:100@127.0.0.1>\r\nCall-ID: %s\r\nCSeq: 1 %s\r\nMax-Forwards: 70\r\nContact: <sip:x@%s>\r\n",
		method, local, strings.NewReplacer("=", "", "-", "").Replace(callID), method, callID, method, local)
	for _, line := range lines {
		head += line + "\r\n"
	}
	return head + "Content-Length: 0\r\n\r\n"
}

// TestAnswersToTheOdd: requests that are sound but not for us.
func TestAnswersToTheOdd(t *testing.T) {
	h := openHouse(t, withTrunk)
	raw := dialRaw(t, h)
	tests := []struct {
		name, method string
		lines        []string
		want         int
	}{
		{"options", "OPTIONS", nil, 200}, {"message", "MESSAGE", nil, 405}, {"unknown", "DANCE", nil, 405},
		{"bye", "BYE", nil, 481}, {"cancel", "CANCEL", nil, 481}, {"require", "INVITE", []string{"Require: 100rel"}, 420},
		{"register", "REGISTER", nil, 401}, {"accept", "INVITE", []string{"Accept: text/nobody"}, 406},
		{"coding", "INVITE", []string{"Content-Encoding: gzip"}, 415},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			raw.send(plainRequest(test.method, raw.local(), test.name, test.lines...))
			if got := raw.answerTo(test.name); got != test.want {
				t.Errorf("%d, not %d", got, test.want)
			}
		})
	}
}

// TestStrangers: what the gate answers by itself, and what it does not answer.
func TestStrangers(t *testing.T) {
	h := openHouse(t, withPhone)
	raw := dialRaw(t, h)
	raw.send("\x00\x01junk that is no message at all, by far")
	raw.send(plainRequest("OPTIONS", raw.local(), "scan", "User-Agent: friendly-scanner"))
	raw.send(plainRequest("ACK", raw.local(), "ack"))
	raw.send("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKguess\r\n\r\n")
	tests := []struct {
		name, request string
		want          int
	}{
		{"stranger", plainRequest("INVITE", raw.local(), "stranger"), 403},
		{"named", strings.Replace(plainRequest("INVITE", raw.local(), "named"), "sip:x@test", "sip:ann@acme.test", 1), 401},
		{"register", plainRequest("REGISTER", raw.local(), "register"), 401},
		{"ping", plainRequest("OPTIONS", raw.local(), "ping"), 200},
		{"subscribe", plainRequest("SUBSCRIBE", raw.local(), "subscribe"), 401},
	}
	for _, test := range tests {
		raw.send(test.request)
		if got := raw.answerTo(test.name); got != test.want {
			t.Errorf("%s: %d, not %d", test.name, got, test.want)
		}
	}
	h.transactions.mu.Lock()
	defer h.transactions.mu.Unlock()
	if kept := len(h.transactions.theirs); kept != 0 {
		t.Errorf("%d transactions are kept after strangers spoke", kept)
	}
}
