package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrUnsealable is what Unseal gives for a value that another installation's key has sealed, or that was altered.
var ErrUnsealable = errors.New("the secret was sealed with another master key (installation.key in the data folder, or --master-key)")

// ErrMasterKey means that Open could not read the file of the master key.
var ErrMasterKey = errors.New("master key not read")

// sealer encrypts secrets that must be shown again, such as the password of a desk phone, so that a copy of the database
// alone does not give them away (AES-256-GCM, NIST SP 800-38D). The first key seals, all open.
type sealer struct{ keys []cipher.AEAD }

// loadSealer reads the master keys from a file: one a line, the newest first, with comments after "#". Without a name it is
// installation.key in dir, which is made when it is not there; a file of another place must be there, since it may lie on a
// disk that is not. Nodes that share a database share this file.
func loadSealer(dir, name string) (*sealer, error) {
	path := name
	if name == "" {
		path = filepath.Join(dir, "installation.key")
	}
	text, err := os.ReadFile(path)
	if name == "" && errors.Is(err, fs.ErrNotExist) {
		text, err = makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMasterKey, err)
	}
	s := &sealer{}
	for line := range strings.Lines(string(text)) {
		digits, _, _ := strings.Cut(line, "#")
		if digits = strings.TrimSpace(digits); digits == "" {
			continue
		}
		key, err := masterKey(digits)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrMasterKey, path, err)
		}
		s.keys = append(s.keys, key)
	}
	if len(s.keys) == 0 {
		return nil, fmt.Errorf("%w: %s: %w", ErrMasterKey, path, errNoMasterKey)
	}
	return s, nil
}

var errNoMasterKey = errors.New("each line must hold a key of 64 hexadecimal digits")

func masterKey(digits string) (cipher.AEAD, error) {
	key, err := hex.DecodeString(digits)
	if err != nil || len(key) != 32 {
		return nil, errNoMasterKey
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// makeKey writes a new key beside path and links it there, so that a crash leaves no half of one and a second process that
// starts at the same moment takes the first one's key.
func makeKey(path string) ([]byte, error) {
	key := make([]byte, 32)
	rand.Read(key)
	draft, err := os.CreateTemp(filepath.Dir(path), "installation-*.tmp") // made with mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(draft.Name())
	_, err = draft.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return nil, err
	}
	err = os.Link(draft.Name(), path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(draft.Name(), path) // a file system without hard links
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return os.ReadFile(path)
}

// Seal encrypts a secret for a column of the database; every call gives another text.
func (db *DB) Seal(secret string) string {
	aead := db.seal.keys[0]
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	return base64.RawStdEncoding.EncodeToString(aead.Seal(nonce, nonce, []byte(secret), nil))
}

// Unseal gives back what Seal was given, or ErrUnsealable. An empty text is an empty secret.
func (db *DB) Unseal(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", ErrUnsealable
	}
	for _, aead := range db.seal.keys {
		if size := aead.NonceSize(); len(raw) >= size {
			if secret, err := aead.Open(nil, raw[:size], raw[size:], nil); err == nil {
				return string(secret), nil
			}
		}
	}
	return "", ErrUnsealable
}
