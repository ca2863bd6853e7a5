package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// acmeWorld is a program that asks an authority for certificates. Both have an address of their own, where no port is
// another's.
type acmeWorld struct {
	*World

	authority   *Authority
	https, sips string // host:port
}

// ports finds free ports at an address.
func ports(t *testing.T, address string, n int) []string {
	t.Helper()
	var all []string
	for range n {
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", net.JoinHostPort(address, "0"))
		must(t, err)
		defer func() { _ = l.Close() }()
		_, port, err := net.SplitHostPort(l.Addr().String())
		must(t, err)
		all = append(all, port)
	}
	return all
}

// startACME runs both; asks tells the authority which port to ask for TLS-ALPN-01 and for HTTP-01, of those that the
// program has for HTTPS and HTTP.
func startACME(t *testing.T, address string, refuses []string, asks func(https, http, none string) (alpn, plain string)) *acmeWorld {
	t.Helper()
	free := ports(t, address, 6)
	at := func(n int) string { return net.JoinHostPort(address, free[n]) }
	setup := AuthoritySetup{At: address, Listen: at(0), ListenAdmin: at(1), Refuses: refuses}
	setup.TLSPort, setup.HTTPPort = asks(free[2], free[3], free[5])
	w := &acmeWorld{authority: StartAuthority(t, setup), https: at(2), sips: at(4)}
	w.World = Start(t, Setup{Args: []string{
		"--http", at(3), "--https", w.https, "--sips", w.sips, "--acme-domain", "pbx.example.test,other.example.test",
		"--acme-email", "boss@example.test", "--acme-directory", w.authority.Directory, "--acme-ca", w.authority.CA,
	}})
	return w
}

// shows is the certificate that a port shows to a client that trusts nobody but the authority.
func (w *acmeWorld) shows(at, name string, roots *x509.CertPool) (*x509.Certificate, error) {
	ctx, cancel := context.WithTimeout(w.t.Context(), Patience)
	defer cancel()
	dialer := &tls.Dialer{Config: &tls.Config{RootCAs: roots, ServerName: name, MinVersion: tls.VersionTLS12}}
	conn, err := dialer.DialContext(ctx, "tcp", at)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	return conn.(*tls.Conn).ConnectionState().PeerCertificates[0], nil
}

func (w *acmeWorld) logs(what ...string) bool {
	for _, line := range w.Log() {
		found := true
		for _, part := range what {
			found = found && strings.Contains(line, part)
		}
		if found {
			return true
		}
	}
	return false
}

// TestACME: an authority signs what HTTPS and SIP over TLS show, before anybody asks; the next start needs no authority.
func TestACME(t *testing.T) {
	t.Parallel()
	w := startACME(t, "127.0.0.41", nil, func(https, _, none string) (string, string) { return https, none })
	roots := w.authority.Roots()
	Within(t, 4*Patience, "both certificates are signed", func() bool { return w.authority.Issued() == 2 })
	for _, name := range []string{"pbx.example.test", "other.example.test"} {
		Eventually(t, "the log tells of "+name, func() bool { return w.logs("certificate from ACME", "name="+name) })
	}
	web, err := w.shows(w.https, "pbx.example.test", roots)
	must(t, err)
	phone, err := w.shows(w.sips, "pbx.example.test", roots)
	must(t, err)
	if !web.Equal(phone) {
		t.Errorf("HTTPS shows %s, SIP %s", web.SerialNumber, phone.SerialNumber)
	}
	if _, err = w.shows(w.https, "stranger.example.test", roots); err == nil {
		t.Error("a name that is not ours is shown a certificate")
	}
	w.answersOver(roots)

	w.Kill()
	w.Again()
	again, err := w.shows(w.sips, "pbx.example.test", roots)
	must(t, err)
	if !web.Equal(again) {
		t.Error("another certificate after the restart")
	}
	if n := w.authority.Issued(); n != 2 {
		t.Errorf("%d certificates were signed for two names", n)
	}
	if found, _ := filepath.Glob(filepath.Join(w.Data, "certificates", "acme-*", "pbx.example.test")); len(found) != 1 {
		t.Errorf("the certificate is kept in %v", found)
	} else if info, err := os.Stat(found[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key is kept with %v, %v", info.Mode(), err)
	}
}

// answersOver asks for the web app by name, as a browser does that trusts the authority.
func (w *acmeWorld) answersOver(roots *x509.CertPool) {
	w.t.Helper()
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, w.https)
		},
	}}
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, "https://pbx.example.test/healthz", nil)
	must(w.t, err)
	res, err := client.Do(req)
	must(w.t, err)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK || res.ProtoMajor != 2 {
		w.t.Errorf("%s over %s", res.Status, res.Proto)
	}
}

// TestACMEOverHTTP: where 443 leads elsewhere the authority asks the port of HTTP, and the log says why not the other.
func TestACMEOverHTTP(t *testing.T) {
	t.Parallel()
	w := startACME(t, "127.0.0.42", nil, func(_, http, none string) (string, string) { return none, http })
	Within(t, 4*Patience, "both certificates are signed", func() bool { return w.authority.Issued() == 2 })
	_, err := w.shows(w.https, "pbx.example.test", w.authority.Roots())
	must(t, err)
	if !w.logs("level=WARN", "could not make sure that the name is ours", "name=pbx.example.test", "challenge=tls-alpn-01", "Failed to connect") {
		t.Error("the log does not say why TLS-ALPN-01 failed")
	}
}

// TestACMERefused: what the authority says against us is in the log, once; the program goes on.
func TestACMERefused(t *testing.T) {
	t.Parallel()
	w := startACME(t, "127.0.0.43", []string{"pbx.example.test"}, func(https, _, none string) (string, string) { return https, none })
	Eventually(t, "the log says why", func() bool {
		return w.logs("level=WARN", "certificate authority refuses", "rejectedIdentifier", "pbx.example.test") &&
			w.logs("level=WARN", "no certificate from ACME", "name=pbx.example.test")
	})
	Within(t, 4*Patience, "the other name is signed", func() bool { return w.authority.Issued() == 1 })
	roots := w.authority.Roots()
	for range 5 {
		if _, err := w.shows(w.https, "pbx.example.test", roots); err == nil {
			t.Fatal("a certificate without an authority")
		}
	}
	told := 0
	for _, line := range w.Log() {
		if strings.Contains(line, "level=WARN") && strings.Contains(line, "no certificate from ACME") {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the log tells %d times that there is no certificate", told)
	}
	_, err := w.shows(w.https, "other.example.test", roots)
	must(t, err)
}
