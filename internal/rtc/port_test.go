package rtc

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pion/stun/v4"

	"parley/internal/id"
	"parley/internal/media"
)

// said finds an attribute of an answer.
func said(t *testing.T, answer, name string) string {
	t.Helper()
	found := regexp.MustCompile(`a=` + name + `:(\S+)`).FindStringSubmatch(answer)
	if found == nil {
		t.Fatalf("no %s in\n%s", name, answer)
	}
	return found[1]
}

// checkBy is a check as another implementation makes it, sealed with a password.
func checkBy(t *testing.T, ufrag, password string, nominates bool) []byte {
	t.Helper()
	parts := []stun.Setter{
		stun.TransactionID, stun.BindingRequest, stun.NewUsername(ufrag + ":browser"),
		stun.RawAttribute{Type: stun.AttrPriority, Value: []byte{1, 2, 3, 4}},
		stun.RawAttribute{Type: stun.AttrICEControlling, Value: make([]byte, 8)},
	}
	if nominates {
		parts = append(parts, stun.RawAttribute{Type: stun.AttrUseCandidate})
	}
	m, err := stun.Build(append(parts, stun.NewShortTermIntegrity(password), stun.Fingerprint)...)
	if err != nil {
		t.Fatal(err)
	}
	return m.Raw
}

// outsider is a UDP socket that speaks to a port.
func outsider(t *testing.T, to net.Addr) *net.UDPConn {
	t.Helper()
	conn, err := net.DialUDP("udp4", nil, to.(*net.UDPAddr))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// ask sends a check and gives the answer, nil when none comes for a moment.
func ask(t *testing.T, from *net.UDPConn, check []byte) *stun.Message {
	t.Helper()
	if _, err := from.Write(check); err != nil {
		t.Fatal(err)
	}
	_ = from.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	b := make([]byte, 1500)
	n, err := from.Read(b)
	if err != nil {
		return nil
	}
	m := &stun.Message{Raw: b[:n]}
	if err := m.Decode(); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestChecksByAnotherImplementation: what pion asks is answered so that pion takes it.
func TestChecksByAnotherImplementation(t *testing.T) {
	s := newSite(t, 29400)
	answer, err := s.Connect("ann", chromium(t))
	if err != nil {
		t.Fatal(err)
	}
	ufrag, password := said(t, answer, "ice-ufrag"), said(t, answer, "ice-pwd")
	conn := outsider(t, s.port.conn.LocalAddr())
	m := ask(t, conn, checkBy(t, ufrag, password, false))
	var mapped stun.XORMappedAddress
	if m == nil || m.Type != stun.BindingSuccess || mapped.GetFrom(m) != nil || stun.NewShortTermIntegrity(password).Check(m) != nil ||
		stun.Fingerprint.Check(m) != nil || mapped.String() != conn.LocalAddr().String() {
		t.Errorf("answered %v, mapped %v", m, mapped)
	}
	m = ask(t, conn, checkBy(t, ufrag, "guessed", true))
	var code stun.ErrorCodeAttribute
	if m == nil || m.Type != stun.BindingError || code.GetFrom(m) != nil || code.Code != stun.CodeUnauthorized {
		t.Errorf("a wrong password is answered %v", m)
	}
	if m = ask(t, conn, checkBy(t, "nobody", password, true)); m != nil {
		t.Errorf("a name that is nobody's is answered %v", m)
	}
	if n := s.Strange(); n != 2 {
		t.Errorf("%d datagrams were nobody's, want 2", n)
	}
}

// TestStrangers: what comes from elsewhere neither reaches a call nor disturbs it, and is counted.
func TestStrangers(t *testing.T) {
	s := newSite(t, 29410)
	ann, bob := s.call(t, "ann", 700), s.call(t, "bob", 1000)
	room := s.sound.OpenRoom("call")
	defer room.Close()
	room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
	stranger := outsider(t, s.port.conn.LocalAddr())
	sound, _ := s.Media("ann")
	before, bad, known := s.Strange(), sound.Stats().Bad, s.Stats("ann").Remote
	hello := append([]byte{22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4}, 1, 0, 0, 0)
	alert := []byte{21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 1, 0}
	rtp := append([]byte{0x80, 0}, make([]byte, 170)...)
	junk := [][]byte{
		checkBy(t, "nobody", "x", true), checkBy(t, ann.ufrag(t), "x", true), hello, alert, rtp, []byte("\x80\xC8"), []byte("GET / HTTP/1.1"), {0}, {1, 2},
	}
	for range 20 {
		for _, datagram := range junk {
			if _, err := stranger.Write(datagram); err != nil {
				t.Fatal(err)
			}
		}
	}
	eventually(t, "all of it is counted", func() bool { return s.Strange() >= before+20*uint64(len(junk)) })
	if now := sound.Stats().Bad; now != bad || s.Stats("ann").Remote != known {
		t.Errorf("%d of the stranger's packets reached ann, who is at %v", now-bad, s.Stats("ann").Remote)
	}
	count := s.Stats("ann").Received
	eventually(t, "ann sounds on", func() bool { return s.Stats("ann").Received > count+50 })
	if !ann.hears(1000) || !bob.hears(700) || len(s.of("ann")) == 0 {
		t.Error("the call was disturbed")
	}
}

// ufrag is the name that the browser was told to call.
func (b *browser) ufrag(t *testing.T) string {
	t.Helper()
	return said(t, b.connection.RemoteDescription().SDP, "ice-ufrag")
}

// TestMovesInACall: a browser that is suddenly seen at another address, as behind a NAT that has forgotten it, nominates
// that and the sound goes on; and nothing that anybody else could send ends the call.
func TestMovesInACall(t *testing.T) {
	s := newSite(t, 29420)
	way := newPath(t, s.port.conn.LocalAddr())
	ann := newBrowser(t, nil)
	answer, err := s.Connect("ann", ann.offer(t))
	if err != nil {
		t.Fatal(err)
	}
	ann.answer(t, way.through(answer))
	eventually(t, "ann connects", func() bool { return s.has("ann", Connected{}) })
	go ann.sing(700)
	bob := s.call(t, "bob", 1000)
	room := s.sound.OpenRoom("call")
	defer room.Close()
	room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
	first := s.Stats("ann").Remote
	for range 3 {
		way.rebind()
		at := s.Stats("ann").Remote
		eventually(t, "something of ann comes by the new way", func() bool {
			way.mu.Lock()
			defer way.mu.Unlock()
			return len(way.inside) > 0
		})
		way.say(t, checkBy(t, ann.ufrag(t), said(t, answer, "ice-pwd"), true))
		eventually(t, "ann is elsewhere", func() bool { return s.Stats("ann").Remote != at })
		count, heard := s.Stats("ann").Received, len(ann.received())
		eventually(t, "sound comes from there", func() bool { return s.Stats("ann").Received > count+30 })
		eventually(t, "and goes there", func() bool { return len(ann.received()) > heard+30 })
	}
	eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
	eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
	if at := s.Stats("ann").Remote; at == first || s.has("ann", Disconnected{}) {
		t.Errorf("ann is at %v, told %v", at, s.of("ann"))
	}
	way.say(t, []byte{21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40}) // a fatal alert in the clear
	way.say(t, []byte{21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 10, 0, 2, 1, 0}) // that ann leaves
	count := s.Stats("ann").Received
	eventually(t, "sound flows on", func() bool { return s.Stats("ann").Received > count+50 })
}

// TestOneAddressOneBrowser: an address is not taken from a browser that lives, for nothing could tell two apart that share
// one; when it is gone, another may have it.
func TestOneAddressOneBrowser(t *testing.T) {
	s := newSite(t, 29430)
	conn := outsider(t, s.port.conn.LocalAddr())
	var checks [2][]byte
	for i, leg := range []id.Leg{"ann", "bob"} {
		answer, err := s.Connect(leg, chromium(t))
		if err != nil {
			t.Fatal(err)
		}
		checks[i] = checkBy(t, said(t, answer, "ice-ufrag"), said(t, answer, "ice-pwd"), true)
	}
	if ask(t, conn, checks[0]) == nil {
		t.Fatal("ann is not answered")
	}
	if ask(t, conn, checks[1]) != nil {
		t.Error("bob took ann's address")
	}
	s.HangUp("ann")
	s.ends(t, "ann", HungUp)
	eventually(t, "bob has the address", func() bool { return ask(t, conn, checks[1]) != nil })
}

// TestEachByItself: many browsers on one port, each with its own tone, and each call hears its own.
func TestEachByItself(t *testing.T) {
	const pairs = 6
	s := newSite(t, 29440)
	browsers := make([]*browser, 2*pairs)
	tone := func(i int) float64 { return 400 + 100*float64(i) }
	for i := range browsers {
		browsers[i] = s.call(t, nameOf(fmt.Sprint("leg", i)), tone(i))
	}
	for i := 0; i < len(browsers); i += 2 {
		a, b := nameOf(fmt.Sprint("leg", i)), nameOf(fmt.Sprint("leg", i+1))
		s.sound.OpenRoom(id.New[id.Call]()).Arrange([]media.Hearing{{Leg: a, From: b}, {Leg: b, From: a}})
	}
	for i, b := range browsers {
		eventually(t, fmt.Sprintf("browser %d hears its other side", i), func() bool { return b.hears(tone(i ^ 1)) })
	}
	for i := range browsers {
		sound, _ := s.Media(nameOf(fmt.Sprint("leg", i)))
		if stats := sound.Stats(); stats.Bad > 0 || stats.Lost > 0 {
			t.Errorf("leg %d: %+v", i, stats)
		}
	}
}

// TestAnswersFromWhereItWasAsked: on a port of every address, a browser that asks at the machine's second one gets checks,
// handshake and sound from there.
func TestAnswersFromWhereItWasAsked(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", "[::]:0"} {
		t.Run(listen, func(t *testing.T) {
			s := newSite(t, 29450)
			every, err := Open(Config{Listen: listen, Media: s.sound, Log: quiet(), Addresses: secondAddress}, s)
			if err != nil {
				t.Fatal(err)
			}
			defer every.Close()
			there := &site{Server: every, ledger: s.ledger, sound: s.sound}
			ann, bob := there.call(t, "ann", 700), there.call(t, "bob", 1000)
			room := s.sound.OpenRoom("call")
			defer room.Close()
			room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
			eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
			eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
			pair, err := ann.connection.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
			if err != nil || pair.Remote.Address != secondAddress()[0].String() {
				t.Errorf("ann found %v, %v", pair, err)
			}
		})
	}
}

// TestWrongCertificate: a browser whose certificate is not that of its offer gets no call (RFC 8122 §5).
func TestWrongCertificate(t *testing.T) {
	s := newSite(t, 29460)
	ann := newBrowser(t, nil)
	offer := ann.offer(t)
	other := regexp.MustCompile(`sha-256 [0-9A-F]{2}`).ReplaceAllStringFunc(offer, func(found string) string {
		if strings.HasSuffix(found, "00") {
			return "sha-256 01"
		}
		return "sha-256 00"
	})
	answer, err := s.Connect("ann", other)
	if err != nil {
		t.Fatal(err)
	}
	ann.answer(t, answer)
	s.ends(t, "ann", Failed)
	if s.has("ann", Connected{}) {
		t.Error("ann was connected")
	}
}

func TestFits(t *testing.T) {
	certificate := []byte("a certificate")
	for _, c := range []struct{ name, fingerprint string }{
		{"unknown hash", "sha-1 00:11"}, {"nothing", ""}, {"another", "sha-256 00:11"}, {"cut off", "sha-256 " + strings.Repeat("00:", 30) + "00"},
	} {
		if fits(certificate, c.fingerprint) == nil {
			t.Errorf("%s fits", c.name)
		}
	}
	for name, sum := range map[string]string{
		"sha-256": colons(sum256(certificate)), "SHA-384": colons(sum384(certificate)), "sha-512": strings.ToLower(colons(sum512(certificate))),
	} {
		if err := fits(certificate, name+" "+sum); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAlarms: an alert in the clear is found wherever it stands in a datagram.
func TestAlarms(t *testing.T) {
	record := func(kind, epoch byte, body string) string {
		return string([]byte{kind, 0xFE, 0xFD, 0, epoch, 0, 0, 0, 0, 0, 1, 0, byte(len(body))}) + body
	}
	for _, c := range []struct {
		name, in string
		want     bool
	}{
		{"alone", record(21, 0, "\x01\x00"), true}, {"behind a handshake", record(22, 0, "hello") + record(21, 0, "\x02\x28"), true},
		{"sealed", record(21, 1, "secret"), false}, {"a handshake", record(22, 0, "hello"), false}, {"cut off", record(22, 0, "hello")[:15], false},
		{"nothing", "", false}, {"short", "\x15\xFE", false},
	} {
		if got := alarms(bytes.Clone([]byte(c.in))); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func sum256(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
func sum384(b []byte) []byte { s := sha512.Sum384(b); return s[:] }
func sum512(b []byte) []byte { s := sha512.Sum512(b); return s[:] }

// secondAddress is loopback's second one, which every Linux machine has.
func secondAddress() []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.2")} }
