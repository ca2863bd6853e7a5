package sip

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// authority is a certificate that has signed itself, for one address.
type authority struct {
	cert tls.Certificate
	pem  string
}

func newAuthority(host string) authority {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		form.IPAddresses = []net.IP{ip}
	} else {
		form.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	var text bytes.Buffer
	_ = pem.Encode(&text, &pem.Block{Type: "CERTIFICATE", Bytes: der})
	return authority{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, text.String()}
}

var loopback = sync.OnceValue(func() authority { return newAuthority("127.0.0.1") })

func testCA() string { return loopback().pem }

// withTLS listens for TLS too.
func withTLS(_ *house, c *Config) {
	c.ListenTLS, c.TLS = "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{loopback().cert}}
}

// TestCertificateIsChecked: a call over TLS needs a certificate of the right name from the right authority.
func TestCertificateIsChecked(t *testing.T) {
	far, near := openHouse(t, withTrunk, withTLS), openHouse(t)
	other := openHouse(t, withTrunk, withTLS, func(_ *house, c *Config) {
		c.TLS = &tls.Config{Certificates: []tls.Certificate{newAuthority("sip.example").cert}}
	})
	named := newAuthority("sip.example")
	tests := []struct {
		name  string
		to    *house
		trunk Trunk
		code  int
	}{
		{"unknown authority", far, Trunk{}, 503},
		{"another authority", far, Trunk{CA: named.pem}, 503},
		{"no certificate", far, Trunk{CA: "hello"}, 503},
		{"another name", other, Trunk{CA: testCA()}, 503},
	}
	for _, test := range tests {
		t.Run(test.name, func(*testing.T) {
			test.trunk.Proxy, test.trunk.Transport = test.to.SecureAddr().String(), "tls"
			leg := newLegID()
			near.DialTrunk(leg, test.trunk, "1", Caller{Number: "2"})
			near.hears(leg, fmt.Sprintf("Ended{Cause:41 Code:%d", test.code))
		})
	}
	far.on(answering)
	near.DialTrunk("good", Trunk{Proxy: far.SecureAddr().String(), Transport: "tls", CA: testCA()}, "1", Caller{Number: "2"})
	near.hears("good", "Answered")
	near.DialTrunk("bad", Trunk{Proxy: far.SecureAddr().String(), Transport: "tls"}, "1", Caller{Number: "2"})
	near.hears("bad", "Ended{Cause:41 Code:503") // the connection that stands was checked by others
	_ = near.HangUp("good", tel.CauseNormal)
	near.endsOnce("good")
}

// TestNamedTrunk: the certificate is that of the name, whatever address it has.
func TestNamedTrunk(t *testing.T) {
	cert := newAuthority("localhost")
	far, near := openHouse(t, withTrunk, withTLS, func(_ *house, c *Config) {
		c.TLS = &tls.Config{Certificates: []tls.Certificate{cert.cert}}
	}), openHouse(t)
	far.on(answering)
	near.DialTrunk("leg", Trunk{Proxy: fmt.Sprint("localhost:", far.SecureAddr().Port()), Transport: "tls", CA: cert.pem}, "1", Caller{Number: "2"})
	near.hears("leg", "Answered")
	_ = near.HangUp("leg", tel.CauseNormal)
	near.endsOnce("leg")
}

func TestUsualPorts(t *testing.T) {
	for _, test := range []struct{ place, transport, want string }{
		{"sip.example", "tls", "sip.example:5061"}, {"sip.example:7", "tls", "sip.example:7"}, {"sip.example", "udp", "sip.example"},
		{"[2001:db8::1]", "tls", "[2001:db8::1]:5061"}, {"192.0.2.1", "tls", "192.0.2.1:5061"},
	} {
		if got := withPort(test.place, test.transport); got != test.want {
			t.Errorf("%s by %s: %s", test.place, test.transport, got)
		}
	}
}

// TestOneConnectionForManyCalls: calls to the same peer share a connection, also when they begin at once.
func TestOneConnectionForManyCalls(t *testing.T) {
	far, near := openHouse(t, withTrunk, withTLS), openHouse(t)
	far.on(answering)
	trunk := Trunk{Proxy: far.SecureAddr().String(), Transport: "tls", CA: testCA()}
	for _, leg := range []string{"a", "b", "c", "d"} {
		near.DialTrunk(id.Leg(leg), trunk, "1", Caller{Number: "2"})
	}
	for _, leg := range []string{"a", "b", "c", "d"} {
		near.hears(id.Leg(leg), "Answered")
	}
	far.secure.mu.Lock()
	if n := len(far.secure.conns); n != 1 {
		t.Errorf("%d connections", n)
	}
	far.secure.mu.Unlock()
	for n := range 4 {
		_ = far.HangUp(far.call(n).Leg, tel.CauseNormal) // over the connection that the caller made
	}
	for _, leg := range []string{"a", "b", "c", "d"} {
		near.endsOnce(id.Leg(leg))
	}
}

// TestStrangersAtTheTLSPort: who speaks no TLS gets no answer, who is unknown is judged by the gate, and who comes with too
// many connections finds the door shut.
func TestStrangersAtTheTLSPort(t *testing.T) {
	h := openHouse(t, withPhone, withTLS)
	plain, err := net.Dial("tcp", h.SecureAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	_, _ = plain.Write([]byte(plainRequest("OPTIONS", "127.0.0.1:1", "plain")))
	_ = plain.SetReadDeadline(time.Now().Add(patience))
	if got, err := io.ReadAll(plain); err == nil && strings.Contains(string(got), "SIP/2.0 ") {
		t.Errorf("answered without TLS: %q", got)
	}

	conn := h.dialTLSRaw(t)
	local := conn.LocalAddr().String()
	for _, test := range []struct {
		method string
		want   string
	}{{"INVITE", "403"}, {"REGISTER", "401"}, {"OPTIONS", "200"}} {
		_, _ = conn.Write([]byte(strings.ReplaceAll(plainRequest(test.method, local, test.method), "SIP/2.0/UDP", "SIP/2.0/TLS")))
		buf := make([]byte, 4096)
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		n, err := conn.Read(buf)
		if err != nil || !strings.HasPrefix(string(buf[:n]), "SIP/2.0 "+test.want) {
			t.Errorf("%s: %q %v", test.method, buf[:n], err)
		}
	}
	_, _ = conn.Write([]byte("\r\n\r\n"))
	pong := make([]byte, 2)
	if _, err := io.ReadFull(conn, pong); err != nil || string(pong) != "\r\n" {
		t.Errorf("no answer to a keep-alive: %q %v", pong, err)
	}
	var held []net.Conn
	for range maxPerAddress {
		c, err := net.Dial("tcp", h.SecureAddr().String())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
	}
	last := held[len(held)-1]
	_ = last.SetReadDeadline(time.Now().Add(patience))
	if _, err := last.Read(make([]byte, 1)); err == nil || strings.Contains(err.Error(), "timeout") {
		t.Errorf("connection %d is open: %v", maxPerAddress+1, err)
	}
	for _, c := range held {
		_ = c.Close()
	}
}

// TestSilentAtTheTLSPort: who holds as many connections as it may and says nothing keeps nobody else from TLS, and gets
// its turn itself when it lets go.
func TestSilentAtTheTLSPort(t *testing.T) {
	h := openHouse(t, withTLS)
	var silent []net.Conn
	for range maxPerAddress {
		c, err := net.Dial("tcp", h.SecureAddr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		silent = append(silent, c)
	}
	waiting := func() int {
		h.secure.shaking.mu.Lock()
		defer h.secure.shaking.mu.Unlock()
		if own := h.secure.shaking.of[loopbackAddr]; own != nil {
			return own.users
		}
		return 0
	}
	waitFor(t, "the silent ones", func() bool { return waiting() == maxPerAddress })
	dialer := &tls.Dialer{
		NetDialer: &net.Dialer{Timeout: handshakeTime / 2, LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}},
		Config:    &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // whose certificate it is does not matter here
	}
	other, err := dialer.Dial("tcp", h.SecureAddr().String())
	if err != nil {
		t.Fatalf("another subscriber: %v", err)
	}
	_ = other.Close()
	for _, c := range silent {
		_ = c.Close()
	}
	waitFor(t, "their end", func() bool { return waiting() == 0 })
	h.dialTLSRaw(t)
}

func TestTurns(t *testing.T) {
	turns := newTurns(3, 2)
	a, b, c := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2"), netip.MustParseAddr("192.0.2.1")
	over, cancel := context.WithCancel(context.Background())
	cancel()
	take := func(addr netip.Addr) func() {
		t.Helper()
		done, ok := turns.take(context.Background(), addr)
		if !ok {
			t.Fatalf("%s gets no place", addr)
		}
		return done
	}
	first, second := take(a), take(b)
	if _, ok := turns.take(over, b); ok {
		t.Error("a third place for one subscriber")
	}
	third := take(c)
	if _, ok := turns.take(over, c); ok {
		t.Error("a fourth place")
	}
	came := make(chan func())
	go func() { came <- take(a) }()
	first()
	(<-came)()
	second()
	third()
	if len(turns.of) != 0 || len(turns.all) != 0 {
		t.Errorf("left over: %v, %d", turns.of, len(turns.all))
	}
}

func (h *house) dialTLSRaw(t *testing.T) *tls.Conn {
	t.Helper()
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(testCA()))
	conn, err := tls.Dial("tcp", h.SecureAddr().String(), &tls.Config{RootCAs: pool})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// TestPhoneThatHasLeft: a telephone whose connection is gone cannot be called, and that is known at once.
func TestPhoneThatHasLeft(t *testing.T) {
	office, phone := openHouse(t, withPhone, withTLS), openHouse(t)
	phone.SetTrunks([]Trunk{{
		ID: "line", Proxy: office.SecureAddr().String(), Transport: "tls", Register: true, Username: "ann", Password: "secret",
		FromDomain: "acme.test", CA: testCA(),
	}})
	office.until("a registration", func() bool { return len(office.came) == 1 })
	phone.secure.mu.Lock()
	for _, c := range phone.secure.conns {
		_ = c.stream.Close()
	}
	phone.secure.mu.Unlock()
	waitFor(t, "the end of the connection", func() bool {
		office.secure.mu.Lock()
		defer office.secure.mu.Unlock()
		return len(office.secure.conns) == 0
	})
	office.DialDevice("leg", Device{ID: "phone", Username: "ann"}, "1", "")
	office.hears("leg", "Ended{Cause:41 Code:503")
}

func TestTLSPortIsNamed(t *testing.T) {
	first := openHouse(t, withTLS)
	_, err := Open(Config{Listen: "127.0.0.1:0", ListenTLS: first.SecureAddr().String(), TLS: &tls.Config{}, Directory: first}, first)
	if err == nil || !contains(err.Error(), first.SecureAddr().String()+"/tls") {
		t.Errorf("two servers on one port: %v", err)
	}
}
