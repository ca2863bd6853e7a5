package media

import (
	"bytes"
	"fmt"

	"parley/internal/srtp"
)

// Crypto is what protects the packets of a leg (RFC 3711); keys are master key and salt, as srtp.NewContext takes them.
// When terms come again, each direction whose key has stayed keeps its context: to begin anew under an old key would give
// the keystream away (RFC 4568 §7.1.4).
type Crypto struct {
	Profile srtp.Profile
	Send    srtp.Key // what we protect with
	Receive srtp.Key // what the far side protects with
}

// String names the profile and shows no key.
func (c *Crypto) String() string {
	if c == nil {
		return srtp.None.String()
	}
	return c.Profile.String()
}

// Format writes String, whatever the verb.
func (c *Crypto) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(c.String())) }

// SameSend tells whether c and other protect what we send with the same key; nil is no protection.
func (c *Crypto) SameSend(other *Crypto) bool {
	if c == nil || other == nil {
		return c == other
	}
	return c.Profile == other.Profile && bytes.Equal(c.Send, other.Send)
}

// SameReceive tells whether c and other take what comes with the same key.
func (c *Crypto) SameReceive(other *Crypto) bool {
	if c == nil || other == nil {
		return c == other
	}
	return c.Profile == other.Profile && bytes.Equal(c.Receive, other.Receive)
}
