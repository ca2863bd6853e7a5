package app

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// trusting is a client that trusts what stands in the app's own certificate and nothing else.
func trusting(t *testing.T, dir string, protocols ...string) (*http.Client, *tls.Config) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "certificates", "self-signed.pem"))
	check(t, err)
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		t.Fatal("no certificate in the file")
	}
	c := &tls.Config{RootCAs: pool, ServerName: "localhost", MinVersion: tls.VersionTLS12, NextProtos: protocols}
	transport := &http.Transport{TLSClientConfig: c, ForceAttemptHTTP2: len(protocols) > 0}
	if len(protocols) == 0 {
		transport.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}, c
}

// signIn does what the first-run page and the sign-in do, and gives the last answer.
func signIn(t *testing.T, client *http.Client, a *App, url string) *http.Response {
	t.Helper()
	login := `"email":"ann@example.com","password":"correct horse battery"}`
	post(t, client, url+"/api/setup", `{"code":"`+a.SetupCode()+`","organisation":"Acme","name":"Ann",`+login)
	return post(t, client, url+"/api/session", "{"+login)
}

func post(t *testing.T, client *http.Client, url, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	check(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Parley", "1")
	response, err := client.Do(r)
	check(t, err)
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode >= 300 {
		text, _ := io.ReadAll(response.Body)
		t.Fatalf("%s: %s %s", url, response.Status, text)
	}
	return response
}

// TestHTTPS: the first start makes a certificate, a client that trusts it speaks HTTP/2, the cookie is Secure, and TURN
// is on the same port.
func TestHTTPS(t *testing.T) {
	dir := t.TempDir()
	s := settings(t, dir)
	s.HTTPS, s.TURN = "127.0.0.1:0", "127.0.0.1:0"
	a, log := open(t, s)
	secure, source := a.Secure()
	if source != "self-signed" || !strings.HasPrefix(secure, "https://127.0.0.1:") {
		t.Errorf("%s %s", secure, source)
	}
	client, _ := trusting(t, dir, "h2", "http/1.1")
	response := signIn(t, client, a, secure) //nolint:bodyclose // post has closed it
	if response.ProtoMajor != 2 || len(response.Cookies()) != 1 || !response.Cookies()[0].Secure {
		t.Fatalf("%s, cookies %v", response.Proto, response.Cookies())
	}
	old, config := trusting(t, dir)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, secure+"/api/session", nil)
	check(t, err)
	r.AddCookie(response.Cookies()[0])
	again, err := old.Do(r)
	check(t, err)
	_ = again.Body.Close()
	if again.StatusCode != 200 || len(again.Cookies()) != 1 || !again.Cookies()[0].Secure || again.ProtoMajor != 1 {
		t.Errorf("without ALPN: %s %s, cookies %v", again.Proto, again.Status, again.Cookies())
	}
	if reply := binding(t, config, strings.TrimPrefix(secure, "https://")); !bytes.HasPrefix(reply, []byte{1, 1}) {
		t.Errorf("STUN on the HTTPS port is answered %x", reply)
	}
	plain, _ := a.Addresses()
	if status, body := get(t, plain+"/api/setup"); status != 200 { // this machine itself is not sent away
		t.Errorf("http on loopback: %d %s", status, body)
	}
	a.Stop(t.Context())
	if conn, err := net.Dial("tcp", strings.TrimPrefix(secure, "https://")); err == nil {
		_ = conn.Close()
		t.Error("HTTPS still listens")
	}
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log:\n%s", log)
	}
}

// binding asks over TLS for the own address (RFC 8489 §2), as every TURN client can.
func binding(t *testing.T, c *tls.Config, at string) []byte {
	t.Helper()
	conn, err := (&tls.Dialer{Config: c}).DialContext(t.Context(), "tcp", at)
	check(t, err)
	defer func() { _ = conn.Close() }()
	check(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
	_, err = conn.Write(append([]byte{0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42}, "twelve bytes"...))
	check(t, err)
	reply := make([]byte, 20)
	_, err = io.ReadFull(conn, reply)
	check(t, err)
	return reply
}

// TestStrangersAtTheDoor: what speaks no TLS, or says nothing in it, is let go and holds nobody up.
func TestStrangersAtTheDoor(t *testing.T) {
	dir := t.TempDir()
	s := settings(t, dir)
	s.HTTPS = "127.0.0.1:0"
	a, _ := open(t, s)
	defer a.Stop(t.Context())
	secure, _ := a.Secure()
	at := strings.TrimPrefix(secure, "https://")
	for _, say := range []string{"GET / HTTP/1.1\r\n\r\n", "\x00\x01", "\x16\x03\x01\xff\xff", ""} {
		conn, err := net.Dial("tcp", at)
		check(t, err)
		defer func() { _ = conn.Close() }()
		_, err = io.WriteString(conn, say)
		check(t, err)
	}
	_, config := trusting(t, dir)
	silent, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", at)
	check(t, err)
	defer func() { _ = silent.Close() }()
	client, _ := trusting(t, dir, "h2", "http/1.1")
	response, err := client.Get(secure + "/healthz")
	check(t, err)
	_ = response.Body.Close()
	if response.StatusCode != 200 {
		t.Error(response.Status)
	}
}

// TestSilentAtTheDoor: who opens many connections and says nothing keeps nobody else from HTTPS.
func TestSilentAtTheDoor(t *testing.T) {
	s := settings(t, t.TempDir())
	s.HTTPS = "127.0.0.1:0"
	a, _ := open(t, s)
	defer a.Stop(t.Context())
	secure, _ := a.Secure()
	at := strings.TrimPrefix(secure, "https://")
	var last net.Conn
	for range greetingsOfOne + 1 {
		conn, err := net.Dial("tcp", at)
		check(t, err)
		defer func() { _ = conn.Close() }()
		last = conn
	}
	check(t, last.SetReadDeadline(time.Now().Add(greetingTime/2))) // later the first ones go, and it has their place
	if _, err := last.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("connection %d of one subscriber: %v", greetingsOfOne+1, err)
	}
	other := &tls.Dialer{
		NetDialer: &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}},
		Config:    &tls.Config{InsecureSkipVerify: true}, //nolint:gosec // whose certificate it is does not matter here
	}
	conn, err := other.DialContext(t.Context(), "tcp", at)
	check(t, err)
	_ = conn.Close()
}

// TestRedirect: others than this machine are sent to HTTPS, where HTTPS can be reached.
func TestRedirect(t *testing.T) {
	s := settings(t, t.TempDir())
	s.HTTPS = "127.0.0.1:0"
	a, _ := open(t, s)
	defer a.Stop(t.Context())
	secure, _ := a.Secure()
	port := secure[strings.LastIndex(secure, ":"):]
	door := a.plainDoor(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	for _, c := range []struct{ name, from, to, host, path, want string }{
		{"this machine", "127.0.0.1:1", "127.0.0.1:80", "localhost:80", "/a?b=c", ""},
		{"another", "192.0.2.1:1", "127.0.0.1:80", "phone.example:8080", "/a?b=c", "https://phone.example" + port + "/a?b=c"},
		{"without a port", "192.0.2.1:1", "127.0.0.1:80", "phone.example", "/", "https://phone.example" + port + "/"},
		{"by IPv6", "[2001:db8::1]:1", "127.0.0.1:80", "[2001:db8::7]:8080", "/", "https://[2001:db8::7]" + port + "/"},
		{"where HTTPS does not listen", "192.0.2.1:1", "192.0.2.7:80", "192.0.2.7", "/", ""},
		{"a probe", "192.0.2.1:1", "127.0.0.1:80", "phone.example", "/healthz", ""},
		{"Prometheus", "192.0.2.1:1", "127.0.0.1:80", "phone.example", "/metrics", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			local, err := net.ResolveTCPAddr("tcp", c.to)
			check(t, err)
			r := httptest.NewRequestWithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, net.Addr(local)), http.MethodGet, c.path, nil)
			r.RemoteAddr, r.Host = c.from, c.host
			w := httptest.NewRecorder()
			door.ServeHTTP(w, r)
			if got := w.Header().Get("Location"); got != c.want || (w.Code == http.StatusTeapot) != (c.want == "") {
				t.Errorf("%d to %q, want %q", w.Code, got, c.want)
			}
		})
	}
}

func TestSecureHost(t *testing.T) {
	for _, c := range []struct {
		host string
		port uint16
		want string
	}{
		{"a.example:80", 443, "a.example"}, {"a.example", 8443, "a.example:8443"}, {"[::1]", 443, "[::1]"}, {"[::1]:80", 8443, "[::1]:8443"},
	} {
		if got := secureHost(c.host, c.port); got != c.want {
			t.Errorf("%s on %d: %s, want %s", c.host, c.port, got, c.want)
		}
	}
}

// TestSIPS: a phone that trusts the certificate speaks SIP over TLS with the same one.
func TestSIPS(t *testing.T) {
	dir := t.TempDir()
	s := settings(t, dir)
	s.SIPS = "127.0.0.1:0"
	a, _ := open(t, s)
	defer a.Stop(t.Context())
	_, config := trusting(t, dir)
	conn, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", a.sip.SecureAddr().String())
	check(t, err)
	defer func() { _ = conn.Close() }()
	check(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
	_, err = io.WriteString(conn, "OPTIONS sips:localhost SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"+
		"From: <sips:a@localhost>;tag=1\r\nTo: <sips:localhost>\r\nCall-ID: 1@localhost\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
	check(t, err)
	reply := make([]byte, 8)
	if _, err := io.ReadFull(conn, reply); err != nil || string(reply) != "SIP/2.0 " {
		t.Errorf("%q %v", reply, err)
	}
}
