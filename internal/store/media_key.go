package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// MediaKey encrypts the media of one organisation (AES-256). It is kept in the database, encrypted with installation.key,
// so that neither a copy of the database nor one of the media alone gives a sound away.
type MediaKey struct{ secret []byte }

// MediaKey is that of the context's organisation; it is made when it is first asked for. ErrUnsealable: installation.key is
// not the one that it was made with.
func (db *DB) MediaKey(ctx context.Context) (MediaKey, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return MediaKey{}, err
	}
	sealed, err := db.storedMediaKey(ctx, org)
	if errors.Is(err, ErrNotFound) {
		if err := db.makeMediaKey(ctx, org); err != nil {
			return MediaKey{}, fmt.Errorf("make media key: %w", err)
		}
		sealed, err = db.storedMediaKey(ctx, org)
	}
	if err != nil {
		return MediaKey{}, fmt.Errorf("read media key: %w", err)
	}
	return db.openMediaKey(org, sealed)
}

// openMediaKey also refuses the key of another organisation, whose row somebody has put here.
func (db *DB) openMediaKey(org id.Org, sealed string) (MediaKey, error) {
	text, err := db.Unseal(sealed)
	if err != nil {
		return MediaKey{}, fmt.Errorf("read media key: %w", err)
	}
	owner, digits, _ := strings.Cut(text, " ")
	secret, err := hex.DecodeString(digits)
	if err != nil || owner != string(org) || len(secret) != 32 {
		return MediaKey{}, fmt.Errorf("read media key: %w", ErrUnsealable)
	}
	return MediaKey{secret}, nil
}

func (db *DB) storedMediaKey(ctx context.Context, org id.Org) (sealed string, err error) {
	err = db.bun.NewSelect().Table("media_keys").Column("sealed_key").Where("organisation = ?", org).Scan(ctx, &sealed)
	return sealed, translate(err)
}

// makeMediaKey stores a new key, unless another process was first.
func (db *DB) makeMediaKey(ctx context.Context, org id.Org) error {
	secret := make([]byte, 32)
	rand.Read(secret)
	sealed := db.Seal(string(org) + " " + hex.EncodeToString(secret))
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("INSERT INTO media_keys (organisation, created_at, sealed_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
			org, now(), sealed).Exec(ctx)
		return err
	})
}

// cipher is that of one file: its key comes from the file's head (RFC 5869), so that a changed head opens nothing, and two
// files never share a nonce.
func (k MediaKey) cipher(head []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, k.secret, nil, "parley sealed file "+string(head), 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// print tells keys apart without giving them away.
func (k MediaKey) print() ([]byte, error) {
	return hkdf.Key(sha256.New, k.secret, nil, "parley key print", printBytes)
}
