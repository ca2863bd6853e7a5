package store

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMediaKey(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		one, two := newWorld(t, db, 1), newWorld(t, db, 2)
		_, err := db.MediaKeys(t.Context())
		refused(t, "no organisation", err, ErrNoOrganisation)
		first, err := db.MediaKeys(one.ctx)
		check(t, err)
		again, err := db.MediaKeys(one.ctx)
		check(t, err)
		same(t, "the key", again, first)
		other, err := db.MediaKeys(two.ctx)
		check(t, err)
		if bytes.Equal(other.secrets[0], first.secrets[0]) {
			t.Fatal("two organisations share a key")
		}
		sealed, err := db.storedMediaKeys(one.ctx, db.bun, one.org)
		check(t, err)
		_, err = db.openMediaKey(two.org, sealed[0])
		refused(t, "the row of another organisation", err, ErrUnsealable)
		stranger, err := loadSealer(t.TempDir(), "")
		check(t, err)
		ours := db.seal
		db.seal = stranger
		_, err = db.MediaKeys(one.ctx)
		db.seal = ours
		refused(t, "another installation.key", err, ErrUnsealable)
	})
}

func TestMediaKeyMadeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		keys := make(chan MediaKeys, 8)
		for range cap(keys) {
			go func() {
				k, err := db.MediaKeys(w.ctx)
				if err != nil {
					t.Error(err)
				}
				keys <- k
			}()
		}
		first := <-keys
		for range cap(keys) - 1 {
			same(t, "the key", <-keys, first)
		}
	})
}

// TestMediaKeyRotation: what is sealed from now on has the new key, what was sealed before still opens.
func TestMediaKeyRotation(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		one, two := newWorld(t, db, 1), newWorld(t, db, 2)
		before, err := db.MediaKeys(one.ctx)
		check(t, err)
		others, err := db.MediaKeys(two.ctx)
		check(t, err)
		content, old := sealedBytes(t, before, 100)
		check(t, db.RotateMediaKey(one.ctx))
		check(t, db.RotateMediaKey(one.ctx))
		after, err := db.MediaKeys(one.ctx)
		check(t, err)
		if len(after.secrets) != 3 || bytes.Equal(after.secrets[0], before.secrets[0]) || !bytes.Equal(after.secrets[2], before.secrets[0]) {
			t.Fatalf("%d keys, or in another order", len(after.secrets))
		}
		same(t, "what the old key has sealed", readSealed(t, after, old), content)
		content, fresh := sealedBytes(t, after, 100)
		_, err = opened(before, fresh)
		refused(t, "what the new key has sealed, by the old one", err, ErrOtherKey)
		same(t, "what the new key has sealed", readSealed(t, after, fresh), content)
		unchanged, err := db.MediaKeys(two.ctx)
		check(t, err)
		same(t, "the keys of the other organisation", unchanged, others)
	})
}

func readSealed(t *testing.T, k MediaKeys, file []byte) []byte {
	t.Helper()
	f, err := opened(k, file)
	check(t, err)
	got, err := io.ReadAll(f)
	check(t, err)
	return got
}

// TestMasterKeyRotation: a new master key above the old one opens everything; after the media keys were rotated, theirs open
// without the old one. Without both nothing opens, until they are rotated again, and then new recordings only.
func TestMasterKeyRotation(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "kept elsewhere")
	_, err := Open(t.Context(), Config{Dir: dir, Key: file})
	refused(t, "a master key that is not there", err, os.ErrNotExist)
	oldest, newest := strings.Repeat("0a", 32), strings.Repeat("0b", 32)
	open := func(lines string) *DB {
		check(t, os.WriteFile(file, []byte(lines), 0o600))
		db, err := Open(t.Context(), Config{Dir: dir, Key: file})
		check(t, err)
		t.Cleanup(func() { check(t, db.Close()) })
		check(t, db.Migrate(t.Context()))
		return db
	}
	db := open(oldest + "\n")
	w := newWorld(t, db, 1)
	first, err := db.MediaKeys(w.ctx)
	check(t, err)
	password := db.Seal("pass word")

	db = open("# of this year\n" + newest + "\n\n" + oldest + " # of last year\n")
	again, err := db.MediaKeys(w.ctx)
	check(t, err)
	same(t, "the keys under two master keys", again, first)
	secret, err := db.Unseal(password)
	check(t, err)
	same(t, "what the old one has sealed", secret, "pass word")
	check(t, db.RotateMediaKey(w.ctx))

	db = open(newest)
	again, err = db.MediaKeys(w.ctx)
	check(t, err)
	same(t, "the old key without the old master key", again.secrets[1], first.secrets[0])

	db = open(strings.Repeat("0c", 32))
	_, err = db.MediaKeys(w.ctx)
	refused(t, "without both", err, ErrUnsealable)
	check(t, db.RotateMediaKey(w.ctx))
	last, err := db.MediaKeys(w.ctx)
	check(t, err)
	same(t, "keys that open after both were lost", len(last.secrets), 1)
	for _, broken := range []string{"", "# none\n", "0a0b", strings.Repeat("xy", 32)} {
		check(t, os.WriteFile(file, []byte(broken), 0o600))
		if _, err := Open(t.Context(), Config{Dir: dir, Key: file}); err == nil || strings.Contains(err.Error(), "xyxy") {
			t.Errorf("%q: %v", broken, err)
		}
	}
}

// TestMediaKeysOfBefore: an installation that had one key for each organisation keeps it.
func TestMediaKeysOfBefore(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		secret := bytes.Repeat([]byte{7}, 32)
		for _, step := range []string{
			"DROP TABLE media_keys",
			"CREATE TABLE media_keys (organisation TEXT NOT NULL PRIMARY KEY REFERENCES organisations (id)," +
				" created_at TIMESTAMPTZ NOT NULL, sealed_key TEXT NOT NULL)",
			"INSERT INTO media_keys VALUES ('" + string(w.org) + "', '2026-11-20 12:00:00', '" + db.sealMediaKey(w.org, secret) + "')",
			"DELETE FROM migrations WHERE name LIKE '%0008_media_key_rotation.sql'",
		} {
			_, err := db.bun.DB.ExecContext(t.Context(), step)
			check(t, err)
		}
		check(t, db.Migrate(t.Context()))
		keys, err := db.MediaKeys(w.ctx)
		check(t, err)
		same(t, "the key", keys.secrets, [][]byte{secret})
	})
}
