package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// MediaKeys encrypt the media of one organisation (AES-256): the newest seals, each opens what it has sealed. They are kept
// in the database, encrypted with the master key, so that neither a copy of the database nor one of the media alone gives a
// sound away.
type MediaKeys struct{ secrets [][]byte } // the newest first

// MediaKeys are those of the context's organisation; the first is made when it is first asked for. ErrUnsealable: the master
// key is not the one that the newest was made with. An older one that does not open is left out: what it has sealed gives
// ErrOtherKey.
func (db *DB) MediaKeys(ctx context.Context) (MediaKeys, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return MediaKeys{}, err
	}
	sealed, err := db.storedMediaKeys(ctx, db.bun, org)
	if err == nil && len(sealed) == 0 {
		if err = db.makeMediaKey(ctx, org); err == nil {
			sealed, err = db.storedMediaKeys(ctx, db.bun, org)
		}
	}
	if err != nil {
		return MediaKeys{}, fmt.Errorf("read media keys: %w", err)
	}
	var keys MediaKeys
	for i, text := range sealed {
		secret, err := db.openMediaKey(org, text)
		if err != nil && i == 0 {
			return MediaKeys{}, err
		}
		if err == nil {
			keys.secrets = append(keys.secrets, secret)
		}
	}
	return keys, nil
}

// openMediaKey also refuses the key of another organisation, whose row somebody has put here.
func (db *DB) openMediaKey(org id.Org, sealed string) ([]byte, error) {
	text, err := db.Unseal(sealed)
	if err != nil {
		return nil, fmt.Errorf("read media keys: %w", err)
	}
	owner, digits, _ := strings.Cut(text, " ")
	secret, err := hex.DecodeString(digits)
	if err != nil || owner != string(org) || len(secret) != 32 {
		return nil, fmt.Errorf("read media keys: %w", ErrUnsealable)
	}
	return secret, nil
}

// storedMediaKeys gives the newest first.
func (db *DB) storedMediaKeys(ctx context.Context, from bun.IDB, org id.Org) (sealed []string, err error) {
	err = from.NewSelect().Table("media_keys").Column("sealed_key").Where("organisation = ?", org).OrderExpr("number DESC").Scan(ctx, &sealed)
	return sealed, translate(err)
}

func (db *DB) newMediaKey(org id.Org) (sealed string) {
	secret := make([]byte, 32)
	rand.Read(secret)
	return db.sealMediaKey(org, secret)
}

func (db *DB) sealMediaKey(org id.Org, secret []byte) string {
	return db.Seal(string(org) + " " + hex.EncodeToString(secret))
}

const insertMediaKey = "INSERT INTO media_keys (organisation, number, created_at, sealed_key) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"

// makeMediaKey stores the first key, unless another process was first.
func (db *DB) makeMediaKey(ctx context.Context, org id.Org) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw(insertMediaKey, org, 1, now(), db.newMediaKey(org)).Exec(ctx)
		return err
	})
}

// RotateMediaKey gives the context's organisation a new key for what is sealed from now on, and seals the older ones with the
// first of the master keys. One that no master key opens stays as it is.
func (db *DB) RotateMediaKey(ctx context.Context) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	err = db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		sealed, err := db.storedMediaKeys(ctx, tx, org)
		if err != nil {
			return err
		}
		for i, text := range sealed {
			secret, unsealable := db.openMediaKey(org, text)
			if unsealable != nil {
				continue
			}
			_, err := tx.NewRaw("UPDATE media_keys SET sealed_key = ? WHERE organisation = ? AND number = ?",
				db.sealMediaKey(org, secret), org, len(sealed)-i).Exec(ctx)
			if err != nil {
				return err
			}
		}
		_, err = tx.NewRaw(insertMediaKey, org, len(sealed)+1, now(), db.newMediaKey(org)).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("rotate media key: %w", err)
	}
	return nil
}

// cipherOf is that of one file: its key comes from the file's head (RFC 5869), so that a changed head opens nothing, and two
// files never share a nonce.
func cipherOf(secret, head []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "parley sealed file "+string(head), 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// printOf tells keys apart without giving them away.
func printOf(secret []byte) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, nil, "parley key print", printBytes)
}
