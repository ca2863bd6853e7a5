package sip

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"hash"
	"io"
	"strings"
	"sync"
)

// tokens makes the branches and tags of this process. Each carries a mark, so that a message that names one of ours is
// told from a stranger's guess without any memory.
type tokens struct {
	secret [32]byte
	macs   sync.Pool // of hash.Hash keyed with the secret: making one costs more than using it
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
	t := &tokens{}
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
	mark := t.sign("mark", chance[:])
	return tokenText.EncodeToString(chance[:]) + tokenText.EncodeToString(mark[:tokenMark])
}

// ours tells whether token, with or without the cookie, was made by this process.
func (t *tokens) ours(token string) bool {
	token = strings.TrimPrefix(token, branchCookie)
	length := tokenText.EncodedLen(tokenChance)
	if len(token) != length+tokenText.EncodedLen(tokenMark) {
		return false
	}
	chance, err := tokenText.DecodeString(token[:length])
	if err != nil {
		return false
	}
	mark := t.sign("mark", chance)
	return hmac.Equal([]byte(tokenText.EncodeToString(mark[:tokenMark])), []byte(token[length:]))
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
