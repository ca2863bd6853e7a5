package sip

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"hash"
	"io"
	"strings"
	"sync"
)

// tokens makes the branches and tags of this process. Each carries a mark, so that a message that names one of ours is
// told from a stranger's guess without any memory.
type tokens struct {
	marks  cipher.Block // for tokens
	secret [32]byte     // for everything else
	macs   sync.Pool    // of hash.Hash keyed with the secret: making one costs more than using it
}

var tokenText = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

// Bytes of chance and of mark in a token; RFC 3261 §19.3 wants at least 32 bits of chance.
const (
	tokenChance = 10
	tokenMark   = 5
)

// branchCookie begins every branch (RFC 3261 §8.1.1.7).
const branchCookie = "z9hG4bK"

func newTokens() *tokens {
	var key [16]byte
	_, _ = rand.Read(key[:])
	marks, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // a key of 16 bytes is none too short
	}
	t := &tokens{marks: marks}
	_, _ = rand.Read(t.secret[:])
	return t
}

// tag is a fresh dialog tag.
func (t *tokens) tag() string {
	var b [tokenChance]byte
	_, _ = rand.Read(b[:])
	return t.marked(b)
}

// branch is a fresh transaction branch.
func (t *tokens) branch() string { return branchCookie + t.tag() }

// derived is a tag that depends on seed alone, for answers that keep no state (RFC 3261 §8.2.7). It is none of ours:
// nothing that comes back with it needs an answer.
func (t *tokens) derived(seed string) string {
	return tokenText.EncodeToString(t.sign("stateless", []byte(seed))[:tokenChance])
}

func (t *tokens) marked(chance [tokenChance]byte) string {
	mark := t.mark(chance)
	return tokenText.EncodeToString(append(chance[:], mark[:]...))
}

// mark is a code for chance that only our key makes. For a text of one block AES is enough, at a tenth of the cost of a
// hash.
func (t *tokens) mark(chance [tokenChance]byte) [tokenMark]byte {
	var block [aes.BlockSize]byte
	copy(block[:], chance[:])
	t.marks.Encrypt(block[:], block[:])
	return [tokenMark]byte(block[:tokenMark])
}

// ours tells whether token, with or without the cookie, was made by this process.
func (t *tokens) ours(token string) bool {
	token = strings.TrimPrefix(token, branchCookie)
	if len(token) != tokenText.EncodedLen(tokenChance+tokenMark) {
		return false
	}
	var given [tokenChance + tokenMark]byte
	if n, err := tokenText.Decode(given[:], []byte(token)); err != nil || n != len(given) {
		return false
	}
	mark := t.mark([tokenChance]byte(given[:tokenChance]))
	return subtle.ConstantTimeCompare(mark[:], given[tokenChance:]) == 1
}

func (t *tokens) sign(purpose string, text []byte) []byte {
	mac, ok := t.macs.Get().(hash.Hash)
	if !ok {
		mac = hmac.New(sha256.New, t.secret[:])
	}
	mac.Reset()
	_, _ = io.WriteString(mac, purpose)
	mac.Write(text)
	mark := mac.Sum(nil)
	t.macs.Put(mac)
	return mark
}
