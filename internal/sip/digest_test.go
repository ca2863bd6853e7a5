package sip

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/icholy/digest"
)

func TestDigest(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	here, elsewhere := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	weak, strong := HA1("ann", "acme.test", "secret")
	ann := Device{Username: "ann", HA1MD5: weak, HA1SHA256: strong}
	tests := []struct {
		name      string
		algorithm string
		password  string
		user      string
		known     bool
		from      netip.Addr
		after     time.Duration
		device    Device
		want      verdict
	}{
		{"SHA-256", "SHA-256", "secret", "ann", true, here, 0, ann, right},
		{"MD5", "MD5", "secret", "ann", true, here, 0, ann, right},
		{"wrong password", "MD5", "guess", "ann", true, here, 0, ann, wrong},
		{"unknown user", "MD5", "secret", "bob", false, here, 0, Device{}, wrong},
		{"another user", "MD5", "secret", "bob", true, here, 0, ann, wrong},
		{"no hash of that kind", "MD5", "secret", "ann", true, here, 0, Device{Username: "ann", HA1SHA256: strong}, wrong},
		{"old nonce", "MD5", "secret", "ann", true, here, nonceLife + time.Second, ann, staleNonce},
		{"nonce of another address", "MD5", "secret", "ann", true, elsewhere, 0, ann, staleNonce},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newCredentials(newTokens())
			text := strings.Replace(c.challenge("acme.test", here, false, now), "MD5", test.algorithm, 1)
			asked, err := digest.ParseChallenge(text)
			if err != nil {
				t.Fatal(err)
			}
			given, err := digest.Digest(asked, digest.Options{Method: "REGISTER", URI: "sip:acme.test", Username: test.user, Password: test.password, Count: 1})
			if err != nil {
				t.Fatal(err)
			}
			at := now.Add(test.after)
			if got := c.check(given.String(), "REGISTER", test.device, test.known, test.from, at); got != test.want {
				t.Errorf("verdict %d, not %d", got, test.want)
			}
			if test.want != right {
				return
			}
			if got := c.check(given.String(), "REGISTER", test.device, true, here, at); got != staleNonce {
				t.Errorf("taken twice: %d", got)
			}
			if got := c.check(given.String(), "INVITE", test.device, true, here, at); got != wrong {
				t.Errorf("taken for another method: %d", got)
			}
		})
	}
}

func TestDigestOddities(t *testing.T) {
	c, here := newCredentials(newTokens()), netip.MustParseAddr("192.0.2.1")
	for _, value := range []string{"", "Basic abc", "Digest", "Digest nonce=\"" + strings.Repeat("x", 5000) + "\"", `Digest username="ann", realm="r", nonce="1.2.3", uri="x", response="y"`} {
		if got := c.check(value, "REGISTER", Device{}, true, here, time.Now()); got == right || got == wrong {
			t.Errorf("%.40q: verdict %d", value, got)
		}
	}
}

func TestTokens(t *testing.T) {
	a, b := newTokens(), newTokens()
	if tag := a.tag(); !a.ours(tag) || b.ours(tag) || a.ours(tag[:len(tag)-1]+"_") {
		t.Error("a tag is not told apart")
	}
	if branch := a.branch(); !a.ours(branch) || !strings.HasPrefix(branch, branchCookie) {
		t.Error("a branch is not told apart")
	}
	if derived := a.derived("x"); derived != a.derived("x") || a.ours(derived) {
		t.Error("a derived tag")
	}
}
