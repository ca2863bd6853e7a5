package sip

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// handset is a phone written by hand: it calls, and answers re-INVITEs as the test says.
type handset struct {
	*rawPeer
	h     *house
	sound net.PacketConn
	tag   string // of the far side
	theirs
}

type theirs struct{ version, port string }

var (
	originLine = regexp.MustCompile(`o=\S+ \S+ (\d+) `)
	audioLine  = regexp.MustCompile(`m=audio (\d+) RTP/AVP (\d+)`)
	toTag      = regexp.MustCompile(`To: [^\r]*;tag=([^\r;]+)`)
	viaLines   = regexp.MustCompile(`Via: [^\r]*\r\n`)
	cseqLine   = regexp.MustCompile(`CSeq: (\d+) INVITE`)
)

func callByHand(t *testing.T, h *house) (*handset, id.Leg) {
	t.Helper()
	p := &handset{rawPeer: dialRaw(t, h), h: h, sound: newSocket(t)}
	p.send(p.message("INVITE sip:100@127.0.0.1 SIP/2.0", p.via("first"), "", "1 INVITE", p.description(1)))
	ok := p.answer("by-hand")
	p.tag, p.theirs = toTag.FindStringSubmatch(ok)[1], readTheirs(t, ok)
	p.send(p.message("ACK sip:100@127.0.0.1 SIP/2.0", p.via("ack"), p.tag, "1 ACK", ""))
	p.send(p.message("OPTIONS sip:100@127.0.0.1 SIP/2.0", p.via("options"), p.tag, "2 OPTIONS", "")) // behind the ACK
	for !strings.Contains(p.answer("by-hand"), "CSeq: 2 OPTIONS\r\n") {
	}
	return p, h.call(0).Leg
}

func newSocket(t *testing.T) net.PacketConn {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func readTheirs(t *testing.T, message string) theirs {
	t.Helper()
	origin, audio := originLine.FindStringSubmatch(message), audioLine.FindStringSubmatch(message)
	if origin == nil || audio == nil {
		t.Fatalf("no description in\n%s", message)
	}
	if audio[2] != "8" {
		t.Errorf("%s stands first, not the codec in use", audio[2])
	}
	return theirs{version: origin[1], port: audio[1]}
}

func (p *handset) via(branch string) string {
	return fmt.Sprintf("Via: SIP/2.0/UDP %s;branch=z9hG4bK%s;rport\r\n", p.local(), branch)
}

func (p *handset) description(version int) string {
	port := p.sound.LocalAddr().(*net.UDPAddr).Port
	return fmt.Sprintf("v=0\r\no=- 1 %d IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 8\r\n", version, port)
}

// message is a request of the dialog; with a tag To has it.
func (p *handset) message(first, via, tag, cseq, body string) string {
	to := "<sip:100@127.0.0.1>"
	if tag != "" {
		to += ";tag=" + tag
	}
	return p.whole(first, via, "<sip:x@test>;tag=1", to, cseq, body)
}

func (p *handset) whole(first, via, from, to, cseq, body string) string {
	kind := ""
	if body != "" {
		kind = "Content-Type: application/sdp\r\n"
	}
	return fmt.Sprintf("%s\r\n%sFrom: %s\r\nTo: %s\r\nCall-ID: by-hand\r\nCSeq: %s\r\nMax-Forwards: 70\r\nContact: <sip:x@%s>\r\n%sContent-Length: %d\r\n\r\n%s",
		first, via, from, to, cseq, p.local(), kind, len(body), body)
}

// hears waits for a request of that method.
func (p *handset) hears(method string) string {
	p.t.Helper()
	_ = p.conn.SetReadDeadline(time.Now().Add(patience))
	buf := make([]byte, 65536)
	for {
		n, err := p.conn.Read(buf)
		if err != nil {
			p.t.Fatalf("no %s: %v", method, err)
		}
		if message := string(buf[:n]); strings.HasPrefix(message, method+" ") {
			return message
		}
	}
}

// answers answers the re-INVITE that comes next, and gives it.
func (p *handset) answers(code int, words string) string {
	p.t.Helper()
	invite := p.hears("INVITE")
	body := ""
	if code == 200 {
		body = p.description(2)
	}
	via := strings.Join(viaLines.FindAllString(invite, -1), "")
	cseq := cseqLine.FindStringSubmatch(invite)[1] + " INVITE"
	p.send(p.whole(fmt.Sprintf("SIP/2.0 %d %s", code, words), via, "<sip:100@127.0.0.1>;tag="+p.tag, "<sip:x@test>;tag=1", cseq, body))
	p.hears("ACK")
	return invite
}

// TestRepairOnTheWire sends the re-INVITE of a repair to a phone that answers it, one that meets it with its own, and one
// that refuses.
func TestRepairOnTheWire(t *testing.T) {
	h := openHouse(t, withTrunk)
	h.on(answering)
	phone, leg := callByHand(t, h)
	if err := h.Repair(leg); err != nil {
		t.Fatal(err)
	}
	invite := phone.answers(200, "OK")
	h.hears(leg, "Repaired{Code:200}")
	again := readTheirs(t, invite)
	before, _ := strconv.Atoi(phone.version)
	if after, _ := strconv.Atoi(again.version); after <= before || again.port != phone.port {
		t.Errorf("the session went from %+v to %+v", phone.theirs, again)
	}
	_ = h.Repair(leg)
	phone.answers(491, "Request Pending")
	retried := readTheirs(t, phone.answers(200, "OK"))
	h.until("the second repair", func() bool { return h.count(leg, Repaired{Code: 200}) == 2 })
	if retried.version <= again.version {
		t.Errorf("version %s after %s", retried.version, again.version)
	}
	_ = h.Repair(leg)
	phone.answers(488, "Not Acceptable Here")
	h.hears(leg, "Repaired{Code:488}")
	if path := h.path(leg); !strings.Contains(path, "PCMA") {
		t.Errorf("after the refusal the sound goes %s", path)
	}
	_ = h.HangUp(leg, tel.CauseNormal)
	phone.hears("BYE")
	if err := h.Repair("nobody"); !errors.Is(err, ErrGone) {
		t.Errorf("a leg that is not there is repaired: %v", err)
	}
}

// count is how often a leg was told that. The lock is held.
func (h *house) count(leg id.Leg, what Progress) (n int) {
	for _, told := range h.heard[leg] {
		if told == what {
			n++
		}
	}
	return n
}

// TestRepairNamesOurAddress: an address of ours that has changed since is in the description of the repair.
func TestRepairNamesOurAddress(t *testing.T) {
	m := newStoryMachine()
	for _, s := range []signal{invited{Mouth: storyMouth, CSeq: 1, Offer: storySDP("8")}, answer{}, acked{CSeq: 1}} {
		if _, err := m.Handle(storyStart, s); err != nil {
			t.Fatal(err)
		}
	}
	actions, err := m.Handle(storyStart, repair{Addr: netip.MustParseAddr("192.0.2.77")})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range actions {
		if r, ok := a.(request); ok && strings.Contains(r.Body, "c=IN IP4 192.0.2.77\r\n") {
			return
		}
	}
	t.Errorf("it is not in %v", actions)
}
