package sip

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"hash"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/icholy/digest"
)

// verdict is what came of credentials.
type verdict int

const (
	noCredentials verdict = iota // challenge
	staleNonce                   // challenge, and the password need not be asked again (RFC 7616 §3.3)
	wrong
	right
)

const (
	nonceLife = 5 * time.Minute
	nonceRoom = 65536 // nonces whose counts are remembered at most
)

// credentials checks digest answers (RFC 7616, RFC 8760): qop=auth, SHA-256 and MD5. A nonce names its time and the
// address that asked, so that none needs to be remembered before it was used.
type credentials struct {
	tokens *tokens

	mu     sync.Mutex
	counts map[string]*nonceCount
}

type nonceCount struct {
	last uint64
	made time.Time
}

func newCredentials(tokens *tokens) *credentials {
	return &credentials{tokens: tokens, counts: map[string]*nonceCount{}}
}

// nonce is a fresh nonce for addr.
func (c *credentials) nonce(addr netip.Addr, now time.Time) string {
	var b [8]byte
	_, _ = rand.Read(b[:])
	text := fmt.Sprintf("%x.%x", now.UnixMilli(), b)
	return text + "." + hex.EncodeToString(c.mark(text, addr))
}

func (c *credentials) mark(text string, addr netip.Addr) []byte {
	return c.tokens.sign("nonce", []byte(text+" "+addr.Unmap().String()))[:12]
}

// ours tells whether a nonce was made here for addr, and when.
func (c *credentials) ours(nonce string, addr netip.Addr) (made time.Time, ok bool) {
	i := strings.LastIndexByte(nonce, '.')
	if i < 0 || len(nonce) > 100 {
		return time.Time{}, false
	}
	want := hex.EncodeToString(c.mark(nonce[:i], addr))
	if subtle.ConstantTimeCompare([]byte(want), []byte(nonce[i+1:])) != 1 {
		return time.Time{}, false
	}
	at, _, _ := strings.Cut(nonce, ".")
	ms, err := strconv.ParseInt(at, 16, 64)
	if err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(ms), true
}

// challenge is the header value of a challenge. It names MD5 alone: phones in use, baresip 1.0 among them, give up on a
// challenge that names SHA-256 in whatever order, and as long as an MD5 answer is taken the stronger offer protects
// nobody. A phone that answers with SHA-256 of its own is taken too.
func (c *credentials) challenge(realm string, addr netip.Addr, stale bool, now time.Time) string {
	text := fmt.Sprintf(`Digest realm="%s", nonce="%s", algorithm=MD5, qop="auth"`, quotable(realm), c.nonce(addr, now))
	if stale {
		text += ", stale=true"
	}
	return text
}

// nobody stands in for a device that does not exist, so that it takes the same work to refuse it.
var nobody = Device{HA1MD5: strings.Repeat("0", 32), HA1SHA256: strings.Repeat("0", 64)}

// check judges an Authorization value for device; known is false for a user that does not exist.
func (c *credentials) check(value, method string, device Device, known bool, addr netip.Addr, now time.Time) verdict {
	given, err := digest.ParseCredentials(value)
	if err != nil || given.Nonce == "" {
		return noCredentials // another scheme or none: RFC 4475 §3.3.7
	}
	made, ok := c.ours(given.Nonce, addr)
	if !ok || now.Sub(made) > nonceLife || made.After(now.Add(time.Minute)) {
		return staleNonce
	}
	if !known {
		device = nobody
	}
	if !matches(given, method, device) || !known {
		return wrong
	}
	if !c.count(given.Nonce, uint64(given.Nc), made, now) {
		return staleNonce
	}
	return right
}

// matches compares the answer with the one that the stored hash gives (RFC 7616 §3.4.1).
func matches(given *digest.Credentials, method string, device Device) bool {
	ha1, sum := device.HA1MD5, md5.New
	if strings.EqualFold(given.Algorithm, "SHA-256") {
		ha1, sum = device.HA1SHA256, sha256.New
	}
	ha2 := hashed(sum, method+":"+given.URI)
	want := hashed(sum, strings.Join([]string{ha1, given.Nonce, fmt.Sprintf("%08x", given.Nc), given.Cnonce, "auth", ha2}, ":"))
	same := subtle.ConstantTimeCompare([]byte(want), []byte(strings.ToLower(given.Response))) == 1
	return same && ha1 != "" && given.QOP == "auth" && (device.Username == "" || given.Username == device.Username)
}

func hashed(sum func() hash.Hash, text string) string {
	h := sum()
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// count takes each count of a nonce once, upwards (RFC 7616 §3.4, nc): a replayed answer is refused.
func (c *credentials) count(nonce string, count uint64, made, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen := c.counts[nonce]
	if seen == nil {
		if len(c.counts) >= nonceRoom {
			c.sweep(now)
		}
		if len(c.counts) >= nonceRoom {
			return false
		}
		seen = &nonceCount{made: made}
		c.counts[nonce] = seen
	}
	if count <= seen.last {
		return false
	}
	seen.last = count
	return true
}

// sweep forgets nonces that are too old to be taken. The lock is held.
func (c *credentials) sweep(now time.Time) {
	for nonce, seen := range c.counts {
		if now.Sub(seen.made) > nonceLife {
			delete(c.counts, nonce)
		}
	}
}

// HA1 is the hash that a Device carries, H(username ":" realm ":" password) in hexadecimal, for MD5 and for SHA-256
// (RFC 7616 §3.4.2).
func HA1(username, realm, password string) (md5Hex, sha256Hex string) {
	text := username + ":" + realm + ":" + password
	return hashed(md5.New, text), hashed(sha256.New, text)
}
