package app

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// certificates is what HTTPS and SIP over TLS show of themselves: files, ACME or a certificate of our own.
type certificates struct {
	tls *tls.Config
	// challenge lets a web server on port 80 answer ACME's HTTP-01; nil without ACME.
	challenge func(fallback http.Handler) http.Handler
	source    string // in words, for the log
}

// openCertificates prepares what the settings ask for. Files and a certificate of our own are read or made at once, so
// that a mistake is told at the start; ACME asks at the first handshake.
func openCertificates(s Settings, log *slog.Logger) (*certificates, error) {
	names, err := s.acmeNames()
	if err != nil {
		return nil, err
	}
	switch {
	case (s.TLSCert == "") != (s.TLSKey == ""):
		return nil, errors.New("--tls-cert and --tls-key go together: give both or neither")
	case s.TLSCert != "" && names != nil:
		return nil, errors.New("--tls-cert and --acme-domain exclude each other: a certificate comes from files or from ACME")
	case s.TLSCert != "":
		return certificatesOf(&filed{certificate: s.TLSCert, key: s.TLSKey, log: log}, "files")
	case names != nil:
		return acmeCertificates(s, names, log), nil
	}
	return certificatesOf(&ownMade{folder: s.certificateFolder(), names: s.ownNames(), log: log}, "self-signed")
}

// openCertificates opens them when something is to be over TLS.
func (a *App) openCertificates() (err error) {
	if off(a.HTTPS) && off(a.SIPS) {
		return nil
	}
	a.certificates, err = openCertificates(a.Settings, a.log)
	return err
}

func (s Settings) certificateFolder() string { return filepath.Join(s.Data, "certificates") }

// shown is where a certificate comes from; it is asked at every handshake.
type shown interface {
	show() (*tls.Certificate, error)
}

func certificatesOf(from shown, source string) (*certificates, error) {
	if _, err := from.show(); err != nil {
		return nil, err
	}
	return &certificates{source: source, tls: &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return from.show() },
	}}, nil
}

// web is the TLS of the HTTPS port: HTTP/2, HTTP/1.1, and ACME's TLS-ALPN-01 where ACME is used.
func (c *certificates) web() *tls.Config {
	t := c.tls.Clone()
	t.NextProtos = []string{"h2", "http/1.1"}
	if c.challenge != nil {
		t.NextProtos = append(t.NextProtos, acme.ALPNProto)
	}
	return t
}

// acmeCertificates asks a certificate authority (RFC 8555); certificates and the account's key stay in the data folder.
func acmeCertificates(s Settings, names []string, log *slog.Logger) *certificates {
	m := &autocert.Manager{
		Prompt: autocert.AcceptTOS, Email: s.ACMEEmail, HostPolicy: autocert.HostWhitelist(names...),
		Cache: autocert.DirCache(s.certificateFolder()), Client: &acme.Client{DirectoryURL: s.ACMEDirectory},
	}
	get := func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if hello.ServerName == "" || net.ParseIP(hello.ServerName) != nil {
			named := *hello // desk phones often send no name (RFC 6066 §3), and an address is none
			named.ServerName = names[0]
			hello = &named
		}
		found, err := m.GetCertificate(hello)
		if err != nil {
			log.Warn("no certificate from ACME", "name", hello.ServerName, "err", err)
		}
		return found, err
	}
	return &certificates{
		tls:       &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: get},
		challenge: m.HTTPHandler, source: "ACME",
	}
}

// acmeNames reads --acme-domain; nil when it is not set.
func (s Settings) acmeNames() ([]string, error) {
	if s.ACMEDomain == "" {
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
