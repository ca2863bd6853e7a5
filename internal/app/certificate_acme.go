package app

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// authority gets certificates from a certificate authority by ACME (RFC 8555), for some names and no other.
type authority struct {
	names   []string
	manager *autocert.Manager
	log     *slog.Logger
	told    *lately
}

// acmeCertificates prepares ACME; the authority is asked later. Certificates and the account's key stay in the data folder.
func acmeCertificates(s Settings, names []string, log *slog.Logger) (*certificates, error) {
	folder, err := s.acmeFolder()
	if err != nil {
		return nil, err
	}
	through, err := s.acmeTransport()
	if err != nil {
		return nil, err
	}
	told := newLately()
	a := &authority{names: names, log: log, told: told, manager: &autocert.Manager{
		Prompt: autocert.AcceptTOS, Email: s.ACMEEmail, HostPolicy: autocert.HostWhitelist(names...),
		Cache: issuedFiles{autocert.DirCache(folder), log},
		Client: &acme.Client{
			DirectoryURL: s.ACMEDirectory, HTTPClient: &http.Client{Transport: newEnvoy(through, log, told), Timeout: time.Minute},
		},
	}}
	return &certificates{
		tls:       &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: a.show},
		challenge: a.challenge, ask: a.ask, source: "ACME",
	}, nil
}

// show gives the certificate of the name that is asked for; the first time, the authority is asked while the peer waits.
func (a *authority) show(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if hello.ServerName == "" || net.ParseIP(hello.ServerName) != nil {
		named := *hello // desk phones often send no name (RFC 6066 §3), and an address is none
		named.ServerName = a.names[0]
		hello = &named
	}
	found, err := a.manager.GetCertificate(hello)
	if err == nil {
		return found, nil
	}
	level := slog.LevelDebug // strangers ask for any name, and peers again and again
	name := strings.ToLower(strings.TrimSuffix(hello.ServerName, "."))
	if slices.Contains(a.names, name) && a.told.isNews("show "+name) {
		level = slog.LevelWarn
	}
	a.log.Log(hello.Context(), level, "no certificate from ACME", "name", hello.ServerName, "err", err)
	return nil, err
}

// ask has the certificates there before anybody wants them, and tells at the start when that is not possible.
func (a *authority) ask() {
	for _, name := range a.names {
		modern := &tls.ClientHelloInfo{
			ServerName: name, SignatureSchemes: []tls.SignatureScheme{tls.ECDSAWithP256AndSHA256},
			SupportedCurves: []tls.CurveID{tls.CurveP256}, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		}
		_, _ = a.show(modern) // it logs
	}
}

// challengePath is where an authority looks for the answer of HTTP-01 (RFC 8555 §8.3).
const challengePath = "/.well-known/acme-challenge/"

// challenge answers HTTP-01 before a web server. The authority asks at port 80, which may be another's that leads here.
func (a *authority) challenge(fallback http.Handler) http.Handler {
	answer := a.manager.HTTPHandler(http.NotFoundHandler())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, challengePath) {
			fallback.ServeHTTP(w, r)
			return
		}
		if host, _, err := net.SplitHostPort(r.Host); err == nil {
			r = r.WithContext(r.Context()) // a request is not ours to change; this is a copy
			r.Host = host
		}
		answer.ServeHTTP(w, r)
	})
}

// acmeNames reads --acme-domain; nil when it is not set.
func (s Settings) acmeNames() ([]string, error) {
	if s.ACMEDomain == "" {
		if s.ACMEDirectory != "" || s.ACMECA != "" {
			return nil, errors.New("--acme-directory and --acme-ca go with --acme-domain: say for which names")
		}
		return nil, nil
	}
	var names []string
	for name := range strings.SplitSeq(s.ACMEDomain, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if !strings.Contains(name, ".") || strings.ContainsAny(name, " :/*") || net.ParseIP(name) != nil {
			return nil, fmt.Errorf("--acme-domain %s: give names such as phone.example.com, with commas between them", s.ACMEDomain)
		}
		names = append(names, name)
	}
	return names, nil
}

// acmeFolder is where certificates are kept: a folder for each authority but Let's Encrypt, so that who has tried another
// one does not go on with its certificate.
func (s Settings) acmeFolder() (string, error) {
	if s.ACMEDirectory == "" {
		return s.certificateFolder(), nil
	}
	at, err := url.Parse(s.ACMEDirectory)
	if err != nil || at.Scheme != "https" || at.Host == "" {
		return "", fmt.Errorf("--acme-directory %s: give the https address of an authority's directory", s.ACMEDirectory)
	}
	plain := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' {
			return r
		}
		return '_'
	}, strings.ToLower(at.Host+at.Path))
	return filepath.Join(s.certificateFolder(), "acme-"+plain), nil
}

// acmeTransport speaks to the authority, and trusts --acme-ca besides the authorities of this machine.
func (s Settings) acmeTransport() (*http.Transport, error) {
	through := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, IdleConnTimeout: time.Minute}
	if s.ACMECA == "" {
		return through, nil
	}
	text, err := os.ReadFile(s.ACMECA)
	if err != nil {
		return nil, fmt.Errorf("--acme-ca: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("--acme-ca %s: there is no certificate in it", s.ACMECA)
	}
	through.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return through, nil
}
