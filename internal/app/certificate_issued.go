package app

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"strings"
	"time"

	"golang.org/x/crypto/acme/autocert"
)

// issuedFiles keeps what ACME brings, and tells of each certificate.
type issuedFiles struct {
	autocert.DirCache

	log *slog.Logger
}

// Put stores a certificate, the account's key or the answer to a challenge under its key.
func (f issuedFiles) Put(ctx context.Context, key string, text []byte) error {
	err := f.DirCache.Put(ctx, key, text)
	if err != nil {
		f.log.WarnContext(ctx, "what ACME brought not stored", "what", key, "err", err)
		return err
	}
	name, more, _ := strings.Cut(key, "+")
	if leaf := firstCertificate(text); leaf != nil && (more == "" || more == "rsa") {
		f.log.InfoContext(ctx, "certificate from ACME", "name", name, "from", leaf.Issuer.String(), "until", leaf.NotAfter.Format(time.DateOnly))
	}
	return nil
}

// firstCertificate finds the first certificate among keys and certificates in PEM; nil when there is none.
func firstCertificate(text []byte) *x509.Certificate {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		leaf, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil
		}
		return leaf
	}
	return nil
}
