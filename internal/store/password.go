package store

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/alexedwards/argon2id"
)

// passwordGate keeps a core free for sound: each hash takes 19 MB and tens of milliseconds of a core.
var passwordGate = make(chan struct{}, max(1, runtime.NumCPU()-1))

// passwordCost is OWASP's least for argon2id (19 MiB, two passes, one lane). RFC 9106's 64 MiB would be half of the
// memory that the whole program takes while it is idle, and a morning's sign-ins would crowd the sound out.
var passwordCost = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword makes the argon2id hash that stands in the database (RFC 9106). It takes some 20 ms.
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
