package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// ownLife is how long a certificate of our own is valid: browsers and phones refuse those of more than 398 days.
	ownLife = 397 * 24 * time.Hour
	// ownRenewal is how long before its end it is replaced.
	ownRenewal = 30 * 24 * time.Hour
	// ownPause is how long after a failure it is tried again.
	ownPause = time.Minute
)

// ownMade is a certificate that Parley signs itself, so that there is TLS without any preparation. It is kept in the data
// folder, for who has accepted it once must not be asked again, and made anew near its end or for other names. TLS goes on
// while the folder takes no file: with the one that is there as long as it is valid, then with one in memory.
type ownMade struct {
	folder string
	names  []string
	log    *slog.Logger

	mu      sync.Mutex // guards what follows
	current *tls.Certificate
	unkept  []byte    // the file of current while the folder does not take it; nil: it did
	again   time.Time // before which nothing is tried after a failure
}

func (o *ownMade) show() (*tls.Certificate, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	if o.current == nil {
		o.current = o.kept()
	}
	valid := o.current != nil && !now.Before(o.current.Leaf.NotBefore) && !now.After(o.current.Leaf.NotAfter)
	if valid && (now.Before(o.again) || o.unkept == nil && o.serves(o.current.Leaf, now)) {
		return o.current, nil
	}
	err := o.renew(valid, now)
	switch {
	case err != nil && o.current == nil:
		return nil, fmt.Errorf("make a certificate: %w", err)
	case err != nil:
		o.again = now.Add(ownPause)
		o.log.Warn("certificate of our own not kept, tried again in a minute", "file", o.file(), "error", err,
			"shown until", o.current.Leaf.NotAfter.Format(time.DateOnly))
	}
	return o.current, nil
}

// renew makes a certificate and keeps it. One that cannot be kept is shown only where there is no valid one.
func (o *ownMade) renew(valid bool, now time.Time) error {
	pair, text := o.current, o.unkept
	if text == nil || !o.serves(pair.Leaf, now) {
		var err error
		if pair, text, err = o.make(now); err != nil {
			return err
		}
	}
	err := o.keep(text)
	switch {
	case err == nil:
		o.current, o.unkept = pair, nil
		o.log.Info("certificate of our own made", "file", o.file(), "names", o.names, "until", pair.Leaf.NotAfter.Format(time.DateOnly))
	case !valid:
		o.current, o.unkept = pair, text
	}
	return err
}

func (o *ownMade) file() string { return filepath.Join(o.folder, "self-signed.pem") }

// kept is the certificate of an earlier start; nil when there is none that can be read.
func (o *ownMade) kept() *tls.Certificate {
	pair, err := tls.LoadX509KeyPair(o.file(), o.file())
	if err != nil {
		return nil
	}
	return &pair
}

func (o *ownMade) serves(c *x509.Certificate, now time.Time) bool {
	if now.Before(c.NotBefore) || now.After(c.NotAfter.Add(-ownRenewal)) {
		return false
	}
	for _, name := range o.names {
		if c.VerifyHostname(name) != nil {
			return false
		}
	}
	return true
}

// make gives a new one, and the text of its file.
func (o *ownMade) make(now time.Time) (*tls.Certificate, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template, err := ownTemplate(o.names, now)
	if err != nil {
		return nil, nil, err
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed})
	text = append(text, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...)
	pair, err := tls.X509KeyPair(text, text)
	if err != nil {
		return nil, nil, err
	}
	return &pair, text, nil
}

func (o *ownMade) keep(text []byte) error {
	if err := os.MkdirAll(o.folder, 0o700); err != nil {
		return err
	}
	return replaceFile(o.file(), text)
}

func ownTemplate(names []string, now time.Time) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: names[0], Organization: []string{"Parley, self-signed"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(ownLife), // clocks differ
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true,
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	return template, nil
}

// replaceFile writes a file that only we may read, whole or not at all.
func replaceFile(name string, text []byte) error {
	next := name + ".new"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, name)
}

// ownNames are those under which this machine may be asked for: its host name, localhost, its addresses, --public.
func (s Settings) ownNames() []string {
	var names []string
	if host, err := os.Hostname(); err == nil && host != "" {
		names = append(names, host)
	}
	names = append(names, "localhost", "127.0.0.1", "::1")
	seen := map[string]bool{"": true, "127.0.0.1": true, "::1": true, "localhost": len(names) > 3}
	add := func(a netip.Addr) {
		name := a.Unmap().WithZone("").String()
		if a.IsValid() && !a.IsLinkLocalUnicast() && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	if public, err := s.public(); err == nil {
		add(public)
	}
	found, err := net.InterfaceAddrs()
	if err != nil {
		return names
	}
	for _, a := range found {
		if network, ok := a.(*net.IPNet); ok {
			ip, _ := netip.AddrFromSlice(network.IP)
			add(ip)
		}
	}
	return names
}
