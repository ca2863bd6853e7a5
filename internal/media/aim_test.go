package media

import (
	"net/netip"
	"strings"
	"testing"
)

// TestNumbersOfBothSides: each side names the numbers that it wants to hear (RFC 3264 §6.1), and a telephone that sends those
// of its own is understood where they are not ours for something else.
func TestNumbersOfBothSides(t *testing.T) {
	for _, c := range []struct {
		name  string
		terms Terms
		want  map[uint8]kind
	}{
		{"the same", Terms{Codec: PCMA, PayloadType: 8, EventType: 101}, map[uint8]kind{
			8: holdsSound, 101: holdsEvent, 13: holdsPause, 0: holdsNothing, 96: holdsNothing,
		}},
		{"others", Terms{Codec: Opus, PayloadType: 96, ReceiveType: 111, EventType: 97, EventHeard: 110}, map[uint8]kind{
			111: holdsSound, 110: holdsEvent, 96: holdsSound, 97: holdsEvent, 0: holdsNothing,
		}},
		{"crossed", Terms{Codec: Opus, PayloadType: 101, ReceiveType: 111, EventType: 111, EventHeard: 101}, map[uint8]kind{
			111: holdsSound, 101: holdsEvent,
		}},
		{"PCMU under another number", Terms{Codec: PCMU, PayloadType: 97}, map[uint8]kind{0: holdsSound, 97: holdsSound, 101: holdsNothing}},
		{"no events", Terms{Codec: G722, PayloadType: 9, EventHeard: 101}, map[uint8]kind{9: holdsSound, 101: holdsNothing, 0: holdsNothing}},
		{"noise in place of sound", Terms{Codec: G722, PayloadType: 9, ReceiveType: 13}, map[uint8]kind{13: holdsSound}},
	} {
		t.Run(c.name, func(t *testing.T) {
			terms := c.terms.settled()
			for number, want := range c.want {
				if got := terms.kind(number); got != want {
					t.Errorf("%d holds %d, want %d", number, got, want)
				}
			}
		})
	}
}

// TestSoundUnderAnotherNumber: we send by the far side's numbers and hear by ours.
func TestSoundUnderAnotherNumber(t *testing.T) {
	e := openEngine(t, 1)
	ann, bob := newPhone(t, PCMA), newPhone(t, PCMU)
	var heard log
	leg := ann.dial(e, "ann", heard.hear)
	bob.dial(e, "bob", nil)
	ann.next.payloadType = 100
	terms := ann.terms()
	terms.ReceiveType, terms.PayloadType, terms.EventType, terms.EventHeard = 100, 8, 97, 99
	leg.Agree(terms)
	e.OpenRoom("call").Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	ann.hum(440)
	bob.hum(700)
	eventually(t, "they talk", func() bool { return ann.hears(700) && bob.hears(440) })
	leg.SendDigit("5", 0)
	eventually(t, "a key goes out by the far side's number", func() bool {
		for _, p := range ann.packets() {
			if p.payloadType == 97 && p.payload[0] == 5 {
				return true
			}
		}
		return false
	})
	ann.mu.Lock()
	h := ann.next
	ann.mu.Unlock()
	h.payloadType, h.marker = 99, true
	ann.write(h, []byte{7, 0x8A, 3, 0x20})
	eventually(t, "a key comes by ours", func() bool { return heard.has(DigitPressed{"ann", "7"}) })
}

func at(text string) netip.AddrPort { return netip.MustParseAddrPort(text) }

// TestWhereReportsGo: RTCP goes to the port above RTP or to where SDP says, and behind an address translator to where it
// comes from. A stranger who is first cannot have it, but from the translator itself.
func TestWhereReportsGo(t *testing.T) {
	for _, c := range []struct {
		name    string
		terms   Terms
		sound   []string // sources of RTP, in their order
		reports string   // sources of RTCP, each with + or - for whether it counts
		want    string
	}{
		{"the port above", Terms{Remote: at("10.0.0.1:4000")}, nil, "", "10.0.0.1:4001"},
		{"no port above", Terms{Remote: at("10.0.0.1:65535")}, nil, "", ""},
		{"told", Terms{Remote: at("10.0.0.1:4000"), Control: at("10.0.0.1:5555")}, nil, "", "10.0.0.1:5555"},
		{"told, another host", Terms{Remote: at("10.0.0.1:4000"), Control: at("10.0.0.9:5555")}, nil, "+10.0.0.9:5555", "10.0.0.9:5555"},
		{"one port", Terms{Remote: at("10.0.0.1:4000"), Control: at("10.0.0.1:5555"), Mux: true}, nil, "+10.0.0.1:4000", "10.0.0.1:4000"},
		{"one port, translated", Terms{Remote: at("10.0.0.1:4000"), Mux: true}, []string{"192.0.2.1:7"}, "+192.0.2.1:7 -192.0.2.1:8 -10.0.0.1:4000",
			"192.0.2.1:7"},
		{"translated", Terms{Remote: at("10.0.0.1:4000"), Control: at("10.0.0.1:5555")}, []string{"192.0.2.1:7000"}, "", "192.0.2.1:7001"},
		{"translated, and heard", Terms{Remote: at("10.0.0.1:4000")}, []string{"192.0.2.1:7000"}, "+192.0.2.1:9 -192.0.2.1:10 +192.0.2.1:9", "192.0.2.1:9"},
		{"translated, told another host", Terms{Remote: at("10.0.0.1:4000"), Control: at("10.0.0.9:5555")}, []string{"192.0.2.1:7000"}, "",
			"10.0.0.9:5555"},
		{"a stranger", Terms{Remote: at("10.0.0.1:4000")}, []string{"10.0.0.1:4000"}, "-192.0.2.1:4001", "10.0.0.1:4001"},
		{"another port of theirs, then the right one", Terms{Remote: at("10.0.0.1:4000")}, nil, "+10.0.0.1:9 +10.0.0.1:4001 -10.0.0.1:9",
			"10.0.0.1:4001"},
		{"a neighbour was first, then the true one speaks", Terms{Remote: at("10.0.0.1:4000")}, []string{"192.0.2.1:7000", "10.0.0.1:4000"},
			"", "10.0.0.1:4001"},
		{"on hold before it began", Terms{Remote: at("0.0.0.0:4000")}, nil, "-10.0.0.1:4001", ""},
	} {
		t.Run(c.name, func(t *testing.T) { whereReportsGo(t, c.terms, c.sound, c.reports, c.want) })
	}
}

func whereReportsGo(t *testing.T, terms Terms, sound []string, reports, want string) {
	_, l, _ := bare(t)
	l.agreed = false
	terms.Codec = PCMU
	l.agree(terms.settled(), 0)
	for _, source := range sound {
		l.admits(at(source))
	}
	for said := range strings.FieldsSeq(reports) {
		if ok := l.admitsReport(at(said[1:])); ok != (said[0] == '+') {
			t.Errorf("%s counts: %v", said[1:], ok)
		}
	}
	got := ""
	if l.reports.known() {
		got = l.reports.addr.String()
	}
	if got != want {
		t.Errorf("reports go to %q, want %q", got, want)
	}
}

// TestHoldByZeros: an address of zeros (RFC 3264 §8.4) leaves the stream where it was, so that nobody else can take it over,
// and nothing is sent to ourselves.
func TestHoldByZeros(t *testing.T) {
	_, l, _ := bare(t)
	l.agreed = false
	terms := Terms{Remote: at("10.0.0.1:4000"), Codec: PCMU, Send: true, Receive: true}
	l.agree(terms.settled(), 0)
	l.admits(at("192.0.2.1:7000"))
	held := terms
	held.Remote, held.Send = at("0.0.0.0:4000"), false
	l.agree(held.settled(), 0)
	if l.admits(at("192.0.2.9:7000")) || !l.admits(at("192.0.2.1:7000")) {
		t.Error("another took the stream over while it was held")
	}
	l.agree(terms.settled(), 0)
	if l.target.addr != at("192.0.2.1:7000") || l.reports.addr != at("192.0.2.1:7001") {
		t.Errorf("sound goes on to %s, reports to %s", l.target.addr, l.reports.addr)
	}
}
