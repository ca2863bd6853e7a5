package rtc

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"strings"
	"time"
)

// identity is the certificate by which browsers know this server, through the fingerprint in the answer. It lives as long
// as the program.
type identity struct {
	certificate tls.Certificate
	fingerprint string // "sha-256 AA:BB:…"
}

// certificateLife is for how long the certificate is valid: longer than a program runs. Browsers go by the fingerprint.
const certificateLife = 30 * 365 * 24 * time.Hour

func newIdentity() (identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return identity{}, fmt.Errorf("make a key for browsers: %w", err)
	}
	name, yesterday := pkix.Name{CommonName: "parley"}, time.Now().Add(-24*time.Hour) // clocks differ
	form := &x509.Certificate{
		Subject: name, NotBefore: yesterday, NotAfter: yesterday.Add(certificateLife),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		return identity{}, fmt.Errorf("make a certificate for browsers: %w", err)
	}
	sum := sha256.Sum256(certificate)
	return identity{
		certificate: tls.Certificate{Certificate: [][]byte{certificate}, PrivateKey: key},
		fingerprint: "sha-256 " + colons(sum[:]),
	}, nil
}

// colons writes a hash as RFC 8122 §5 does.
func colons(sum []byte) string {
	return strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":")
}

var errFingerprint = errors.New("the browser's certificate is not the one of its offer")

// fits tells whether a certificate has the fingerprint of an offer (RFC 8122 §5).
func fits(certificate []byte, fingerprint string) error {
	hash, want, _ := strings.Cut(fingerprint, " ")
	var sum []byte
	switch strings.ToLower(hash) {
	case "sha-256":
		s := sha256.Sum256(certificate)
		sum = s[:]
	case "sha-384":
		s := sha512.Sum384(certificate)
		sum = s[:]
	case "sha-512":
		s := sha512.Sum512(certificate)
		sum = s[:]
	}
	if len(sum) == 0 || !strings.EqualFold(colons(sum), want) {
		return errFingerprint
	}
	return nil
}
