package store

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/alexedwards/argon2id"
)

// passwordGate keeps a core free for sound: each hash takes 64 MB and tens of milliseconds of every core it gets.
var passwordGate = make(chan struct{}, max(1, runtime.NumCPU()-1))

// passwordCost follows RFC 9106 §4, second choice, with one lane.
var passwordCost = &argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword makes the argon2id hash that stands in the database (RFC 9106). It takes about 0.1 s.
func HashPassword(password string) (string, error) {
	passwordGate <- struct{}{}
	defer func() { <-passwordGate }()
	hash, err := argon2id.CreateHash(password, passwordCost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

var nobodysHash = sync.OnceValues(func() (string, error) { return HashPassword("nobody has this password") })

// PasswordMatches tells whether password made hash. An empty hash matches nothing and takes as long, so that a stranger
// cannot learn from the time which users exist.
func PasswordMatches(password, hash string) (bool, error) {
	nobodys, err := nobodysHash()
	if err != nil {
		return false, err
	}
	known := hash != ""
	if !known {
		hash = nobodys
	}
	passwordGate <- struct{}{}
	defer func() { <-passwordGate }()
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return match && known, nil
}
