package srtp

import (
	"crypto/aes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"log/slog"
)

// Key is a master key followed by its master salt. It prints as its length only.
type Key []byte

// String hides the key.
func (k Key) String() string { return fmt.Sprintf("key of %d bytes", len(k)) }

// GoString hides the key.
func (k Key) GoString() string { return k.String() }

// Format hides the key whatever the verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(k.String())) }

// LogValue hides the key.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalJSON hides the key: what is kept of a call holds none.
func (k Key) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// Secret is what the keys of one leg are made of. It prints as nothing.
type Secret [32]byte

// NewSecret takes a secret from the system's source of chance.
func NewSecret() Secret {
	var s Secret
	_, _ = rand.Read(s[:]) // it does not fail: without chance the process ends
	return s
}

// Key is the secret's key for a profile in a round, always the same; those of other profiles and rounds tell nothing of it
// (RFC 5869). Who begins anew under a profile that was in use before takes the next round, for under an old key the
// keystream would come again.
func (s Secret) Key(p Profile, round int) (Key, error) {
	if !p.Known() {
		return nil, fmt.Errorf("no such SRTP profile: %s", p)
	}
	key, err := hkdf.Expand(sha256.New, s[:], fmt.Sprintf("SDES %s %d", p, round), p.KeyLength())
	if err != nil {
		return nil, fmt.Errorf("make an SRTP key: %w", err)
	}
	return key, nil
}

// String hides the secret.
func (s Secret) String() string { return "secret" }

// GoString hides the secret.
func (s Secret) GoString() string { return s.String() }

// Format hides the secret whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue hides the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON hides the secret.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// Labels of the session keys (RFC 3711 §4.3.1).
const (
	labelKey         = 0
	labelAuth        = 1
	labelSalt        = 2
	labelControlKey  = 3
	labelControlAuth = 4
	labelControlSalt = 5
)

// derive makes a session key of that many bytes (RFC 3711 §4.3). Keys are derived once: the derivation rate of SDES is
// zero unless KDR says otherwise, and that we do not take.
func derive(p Profile, master Key, label byte, size int) ([]byte, error) {
	form := layouts[p]
	block, err := aes.NewCipher(master[:form.key])
	if err != nil {
		return nil, err
	}
	var x [aes.BlockSize]byte
	copy(x[:], master[form.key:])
	x[7] ^= label
	out := make([]byte, 0, size+aes.BlockSize)
	for n := uint16(0); len(out) < size; n++ {
		var stream [aes.BlockSize]byte
		binary.BigEndian.PutUint16(x[14:], n)
		block.Encrypt(stream[:], x[:])
		out = append(out, stream[:]...)
	}
	return out[:size], nil
}
