package store

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// SRTP says whether the sound of a peer is encrypted (SDES, RFC 4568).
type SRTP string

// The four ways.
const (
	SRTPAutomatic SRTP = "automatic" // taken when the peer offers it; offered to a phone that is registered over TLS
	SRTPOff       SRTP = "off"       // an offer of it alone is refused
	SRTPOptional  SRTP = "optional"  // offered beside plain sound
	SRTPRequired  SRTP = "required"  // calls without it are refused
)

// DTMF says how keys go to a peer and are heard from it.
type DTMF string

// The four ways.
const (
	DTMFAutomatic DTMF = "automatic" // as agreed with the peer: RFC 4733, else in the sound
	DTMFEvents    DTMF = "rfc4733"
	DTMFInfo      DTMF = "info"
	DTMFInBand    DTMF = "in_band" // tones in the sound
)

// codecNames are what Codecs of a Peering may hold.
var codecNames = []string{"opus", "g722", "pcmu", "pcma"}

// Peering is how a trunk or a phone is spoken with (BX-33).
type Peering struct {
	SRTP   SRTP     `bun:"srtp" json:"srtp"`
	Codecs []string `bun:"codecs" json:"codecs"` // opus, g722, pcmu, pcma: the only ones, the best first; empty: all, in our order
	DTMF   DTMF     `bun:"dtmf" json:"dtmf"`
}

// ErrInvalid means that a setting has a value that means nothing; see InvalidError.
var ErrInvalid = errors.New("not valid")

// InvalidError refuses a value. Field is the one at fault, Why says in words what it may be.
type InvalidError struct{ Field, Why string }

func (e *InvalidError) Error() string        { return e.Field + " is " + ErrInvalid.Error() + ": " + e.Why }
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }

// complete fills in what is not said, and refuses what means nothing.
func (p *Peering) complete() error {
	if p.SRTP == "" {
		p.SRTP = SRTPAutomatic
	}
	if p.DTMF == "" {
		p.DTMF = DTMFAutomatic
	}
	if p.Codecs == nil {
		p.Codecs = []string{}
	}
	if err := among("srtp", p.SRTP, SRTPAutomatic, SRTPOff, SRTPOptional, SRTPRequired); err != nil {
		return err
	}
	if err := among("dtmf", p.DTMF, DTMFAutomatic, DTMFEvents, DTMFInfo, DTMFInBand); err != nil {
		return err
	}
	for i, name := range p.Codecs {
		if err := among("codecs", name, codecNames...); err != nil {
			return err
		}
		if slices.Contains(p.Codecs[:i], name) {
			return &InvalidError{"codecs", name + " stands in it twice"}
		}
	}
	return nil
}

func among[T ~string](field string, value T, known ...T) error {
	if slices.Contains(known, value) {
		return nil
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	return &InvalidError{field, fmt.Sprintf("%q is none of %s", string(value), strings.Join(names, ", "))}
}

// checkCA wants PEM with certificates alone, or nothing.
func checkCA(text string) error {
	for rest := []byte(strings.TrimSpace(text)); len(rest) > 0; {
		block, after := pem.Decode(rest)
		if block == nil || block.Type != "CERTIFICATE" {
			return &InvalidError{"ca", "it is to hold certificates in PEM and nothing else"}
		}
		if _, err := x509.ParseCertificate(block.Bytes); err != nil {
			return &InvalidError{"ca", "a certificate in it cannot be read"}
		}
		rest = []byte(strings.TrimSpace(string(after)))
	}
	return nil
}
