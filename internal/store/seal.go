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
var ErrUnsealable = errors.New("the secret was sealed with another key than installation.key in the data folder")

// sealer encrypts secrets that must be shown again, such as the password of a desk phone, so that a copy of the database
// alone does not give them away (AES-256-GCM, NIST SP 800-38D).
type sealer struct{ aead cipher.AEAD }

// loadSealer reads the installation's key from dir, or makes one. Nodes that share a database share this file.
func loadSealer(dir string) (*sealer, error) {
	path := filepath.Join(dir, "installation.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read installation key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("read installation key: %s must hold 64 hexadecimal digits", path)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("read installation key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("read installation key: %w", err)
	}
	return &sealer{aead}, nil
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
	nonce := make([]byte, db.seal.aead.NonceSize())
	rand.Read(nonce)
	return base64.RawStdEncoding.EncodeToString(db.seal.aead.Seal(nonce, nonce, []byte(secret), nil))
}

// Unseal gives back what Seal was given, or ErrUnsealable. An empty text is an empty secret.
func (db *DB) Unseal(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	size := db.seal.aead.NonceSize()
	if err != nil || len(raw) < size {
		return "", ErrUnsealable
	}
	secret, err := db.seal.aead.Open(nil, raw[:size], raw[size:], nil)
	if err != nil {
		return "", ErrUnsealable
	}
	return string(secret), nil
}
