package rtc

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"regexp"
	"strings"
	"testing"
)

// TestWrongCertificate: a browser whose certificate is not that of its offer gets no call (RFC 8122 §5).
func TestWrongCertificate(t *testing.T) {
	s := newSite(t, 29460)
	ann := newBrowser(t, nil)
	offer := ann.offer(t)
	other := regexp.MustCompile(`sha-256 [0-9A-F]{2}`).ReplaceAllStringFunc(offer, func(found string) string {
		if strings.HasSuffix(found, "00") {
			return "sha-256 01"
		}
		return "sha-256 00"
	})
	answer, err := s.Connect("ann", other)
	if err != nil {
		t.Fatal(err)
	}
	ann.answer(t, answer)
	s.ends(t, "ann", Failed)
	if s.has("ann", Connected{}) {
		t.Error("ann was connected")
	}
}

func TestFits(t *testing.T) {
	certificate := []byte("a certificate")
	for _, c := range []struct{ name, fingerprint string }{
		{"unknown hash", "sha-1 00:11"}, {"nothing", ""}, {"another", "sha-256 00:11"}, {"cut off", "sha-256 " + strings.Repeat("00:", 30) + "00"},
	} {
		if fits(certificate, c.fingerprint) == nil {
			t.Errorf("%s fits", c.name)
		}
	}
	for name, sum := range map[string]string{
		"sha-256": colons(sum256(certificate)), "SHA-384": colons(sum384(certificate)), "sha-512": strings.ToLower(colons(sum512(certificate))),
	} {
		if err := fits(certificate, name+" "+sum); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAlarms: an alert in the clear is found wherever it stands in a datagram.
func TestAlarms(t *testing.T) {
	record := func(kind, epoch byte, body string) string {
		return string([]byte{kind, 0xFE, 0xFD, 0, epoch, 0, 0, 0, 0, 0, 1, 0, byte(len(body))}) + body
	}
	for _, c := range []struct {
		name, in string
		want     bool
	}{
		{"alone", record(21, 0, "\x01\x00"), true}, {"behind a handshake", record(22, 0, "hello") + record(21, 0, "\x02\x28"), true},
		{"sealed", record(21, 1, "secret"), false}, {"a handshake", record(22, 0, "hello"), false}, {"cut off", record(22, 0, "hello")[:15], false},
		{"nothing", "", false}, {"short", "\x15\xFE", false},
	} {
		if got := alarms(bytes.Clone([]byte(c.in))); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func sum256(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
func sum384(b []byte) []byte { s := sha512.Sum384(b); return s[:] }
func sum512(b []byte) []byte { s := sha512.Sum512(b); return s[:] }
