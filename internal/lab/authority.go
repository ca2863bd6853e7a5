package lab

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Authority is a run of pebble, the certificate authority that Let's Encrypt tests ACME clients with (RFC 8555).
type Authority struct {
	Directory string // URL
	CA        string // file of the certificate that its own HTTPS is signed by

	t      testing.TB
	log    logBook
	client *http.Client
	admin  string // URL
}

// AuthoritySetup says where an Authority looks for who asks it.
type AuthoritySetup struct {
	At                  string   // address that every name has
	TLSPort, HTTPPort   string   // where it asks there, instead of 443 and 80
	Listen, ListenAdmin string   // its own
	Refuses             []string // names that it signs nothing for
}

// StartAuthority runs pebble until the test ends.
func StartAuthority(t testing.TB, setup AuthoritySetup) *Authority {
	t.Helper()
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(root, "bin", "tools", "pebble")
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("no pebble, which `make test` installs: %v", err)
	}
	dir := t.TempDir()
	a := &Authority{
		t: t, Directory: "https://" + setup.Listen + "/dir", CA: filepath.Join(dir, "ca.pem"), admin: "https://" + setup.ListenAdmin,
	}
	a.ownCertificate(dir, setup.Listen)
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": setup.Listen, "managementListenAddress": setup.ListenAdmin,
		"certificate": a.CA, "privateKey": filepath.Join(dir, "key.pem"),
		"httpPort": number(t, setup.HTTPPort), "tlsPort": number(t, setup.TLSPort), "keyAlgorithm": "ecdsa",
		"domainBlocklist": setup.Refuses, "retryAfter": map[string]int{"authz": 1, "order": 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "pebble.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.Background(), program, "-config", file, "-dnsserver", serveNames(t, setup.At))
	cmd.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1")
	cmd.Stdout, cmd.Stderr = &a.log, &a.log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("log of pebble:\n%s", a.log.tail(60))
		}
	})
	Eventually(t, "pebble listens", func() bool { _, err := a.read(a.Directory); return err == nil })
	return a
}

// number is a port as a number.
func number(t testing.TB, port string) int {
	t.Helper()
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ownCertificate makes what pebble's own HTTPS shows, and a client that trusts it.
func (a *Authority) ownCertificate(dir, listen string) {
	a.t.Helper()
	host, _, err := net.SplitHostPort(listen)
	must(a.t, err)
	roots := certificate(a.t, host, a.CA, filepath.Join(dir, "key.pem"))
	a.client = &http.Client{
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}, Timeout: 5 * time.Second,
	}
}

// certificate writes a certificate that a host of this machine has signed itself and its key, and gives what trusts it.
func certificate(t testing.TB, host, file, keyFile string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "the lab"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.ParseIP(host)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	must(t, err)
	must(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), 0o600))
	must(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	own, err := x509.ParseCertificate(signed)
	must(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(own)
	return roots
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Roots are what a client trusts that knows nothing but this authority: its root is another one at each start.
func (a *Authority) Roots() *x509.CertPool {
	a.t.Helper()
	text, err := a.read(a.admin + "/roots/0")
	must(a.t, err)
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		a.t.Fatalf("pebble's root is no certificate: %s", text)
	}
	return roots
}

func (a *Authority) read(url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	res, err := a.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	return io.ReadAll(io.LimitReader(res.Body, 1<<20))
}

// Issued counts the certificates that it has signed.
func (a *Authority) Issued() int {
	n := 0
	for _, line := range a.log.lines() {
		if strings.Contains(line, "Issued certificate serial") {
			n++
		}
	}
	return n
}
