package app

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"

	"golang.org/x/crypto/acme"
)

// certificates is what HTTPS and SIP over TLS show of themselves: files, ACME or a certificate of our own.
type certificates struct {
	tls *tls.Config
	// challenge lets the web server without TLS answer ACME's HTTP-01; nil without ACME.
	challenge func(fallback http.Handler) http.Handler
	// ask gets from ACME what is not there yet, once the ports are open; nil without ACME.
	ask    func()
	source string // in words, for the log
}

// openCertificates prepares what the settings ask for. Files and a certificate of our own are read or made at once, so
// that a mistake is told at the start; ACME asks as soon as the ports are open.
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
		return acmeCertificates(s, names, log)
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
