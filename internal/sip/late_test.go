package sip

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"parley/internal/tel"
)

// forking is a proxy that answers one INVITE several times.
type forking struct {
	t      *testing.T
	conn   net.PacketConn
	caller net.Addr
}

func (f *forking) hear(method string) string {
	f.t.Helper()
	_ = f.conn.SetReadDeadline(time.Now().Add(patience))
	buf := make([]byte, 4096)
	for {
		n, caller, err := f.conn.ReadFrom(buf)
		if err != nil {
			f.t.Fatalf("no %s: %v", method, err)
		}
		if f.caller = caller; strings.HasPrefix(string(buf[:n]), method+" ") {
			return string(buf[:n])
		}
	}
}

// say answers request with 200 under a tag.
func (f *forking) say(request, tag, body string) {
	f.t.Helper()
	answer := "SIP/2.0 200 OK\r\n"
	for _, line := range strings.Split(request, "\r\n") {
		switch name, _, _ := strings.Cut(line, ":"); name {
		case "Via", "From", "Call-ID", "CSeq":
			answer += line + "\r\n"
		case "To":
			line, _, _ = strings.Cut(line, ";tag=")
			answer += line + ";tag=" + tag + "\r\n"
		}
	}
	answer += fmt.Sprintf("Contact: <sip:%s@%s>\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s", tag, f.conn.LocalAddr(), len(body), body)
	if _, err := f.conn.WriteTo([]byte(answer), f.caller); err != nil {
		f.t.Fatal(err)
	}
}

// TestLateFork: when the call is over, an answer that comes again is acknowledged, and one of a fork is ended.
func TestLateFork(t *testing.T) {
	near := openHouse(t)
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	f := &forking{t: t, conn: conn}
	near.Dial("leg", Target{URI: "sip:1@" + conn.LocalAddr().String(), From: "2"})
	invite := f.hear("INVITE")
	f.say(invite, "winner", storySDP("0"))
	f.hear("ACK")
	_ = near.HangUp("leg", tel.CauseNormal)
	f.say(f.hear("BYE"), "winner", "")
	waitFor(t, "no leg left", func() bool { return len(near.legs.all()) == 0 })

	f.say(invite, "winner", storySDP("0"))
	if ack := f.hear("ACK"); !strings.Contains(ack, ";tag=winner") || !strings.Contains(ack, "CSeq: 1 ACK") {
		t.Errorf("the answer that came again got\n%s", ack)
	}
	for range 2 {
		f.say(invite, "late", storySDP("0"))
		if ack := f.hear("ACK"); !strings.Contains(ack, ";tag=late") || !strings.Contains(ack, "CSeq: 1 ACK") {
			t.Errorf("the fork got\n%s", ack)
		}
	}
	bye := f.hear("BYE")
	if !strings.Contains(bye, ";tag=late") || !strings.Contains(bye, "CSeq: 2 BYE") {
		t.Errorf("the fork got\n%s", bye)
	}
	f.say(bye, "late", "")
}
