package rtc

import (
	"fmt"
	"net"
	"regexp"
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
