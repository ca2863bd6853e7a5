package store

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func contains(text string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func TestSeal(t *testing.T) {
	dir := t.TempDir()
	db := openIn(t, dir)
	sealed := db.Seal("pass word")
	if contains(sealed, "pass") || sealed == db.Seal("pass word") {
		t.Fatalf("not sealed: %s", sealed)
	}
	again := openIn(t, dir)
	secret, err := again.Unseal(sealed)
	check(t, err)
	same(t, "secret after a restart", secret, "pass word")
	stat, err := os.Stat(filepath.Join(dir, "installation.key"))
	check(t, err)
	same(t, "mode", stat.Mode().Perm(), os.FileMode(0o600))
	for name, in := range map[string]string{"garbage": "%%%", "short": "AAAA", "altered": "A" + sealed[1:] + "AAAA"} {
		_, err := db.Unseal(in)
		refused(t, name, err, ErrUnsealable)
	}
	_, err = openIn(t, t.TempDir()).Unseal(sealed)
	refused(t, "another installation", err, ErrUnsealable)
	check(t, os.WriteFile(filepath.Join(dir, "installation.key"), []byte("short"), 0o600))
	if _, err := Open(t.Context(), Config{Dir: dir}); err == nil {
		t.Fatal("a broken key was accepted")
	}
}

func openIn(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(t.Context(), Config{Dir: dir})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	return db
}

func TestOpenRefusesUnknownDatabases(t *testing.T) {
	for _, url := range []string{"mysql://x", "sqlite.db", "postgres://127.0.0.1:1/none?connect_timeout=1", "postgres://:bad:port/"} {
		if db, err := Open(t.Context(), Config{URL: url, Dir: t.TempDir()}); err == nil {
			check(t, db.Close())
			t.Fatalf("%s was opened", url)
		}
	}
}

func TestPasswords(t *testing.T) {
	hash, err := HashPassword("correct horse")
	check(t, err)
	for _, test := range []struct {
		name, password, hash string
		want                 bool
	}{
		{"right", "correct horse", hash, true},
		{"wrong", "battery staple", hash, false},
		{"empty", "", hash, false},
		{"nobody", "nobody has this password", "", false},
	} {
		got, err := PasswordMatches(test.password, test.hash)
		check(t, err)
		same(t, test.name, got, test.want)
	}
	if _, err := PasswordMatches("x", "no hash"); err == nil {
		t.Fatal("a broken hash was accepted")
	}
	if !strings.HasPrefix(hash, "$argon2id$") {
		t.Fatal(hash)
	}
}

func TestBlobs(t *testing.T) {
	dir := t.TempDir()
	blobs, err := OpenBlobs(filepath.Join(dir, "blobs"))
	check(t, err)
	defer blobs.Close()
	const key = "recordings/2026/a.wav"
	put := func(key string, content io.Reader) error {
		_, _, err := blobs.PutSealed(key, someKey(1), func(w io.Writer) error {
			_, err := io.Copy(w, content)
			return err
		})
		return err
	}
	read := func() string {
		t.Helper()
		file, err := blobs.OpenSealed(key, someKey(1))
		check(t, err)
		content, err := io.ReadAll(file)
		check(t, errors.Join(err, file.Close()))
		return string(content)
	}
	check(t, put(key, strings.NewReader("sound")))
	same(t, "content", read(), "sound")
	check(t, os.WriteFile(filepath.Join(dir, "blobs", filepath.FromSlash(key)+".part"), make([]byte, 1000), 0o600))
	check(t, put(key, strings.NewReader("more")))
	same(t, "content over what a crash has left", read(), "more")

	refused(t, "half a blob", put(key, io.MultiReader(strings.NewReader("half"), failing{})), errFull)
	same(t, "the old one stays", read(), "more")
	left, err := os.ReadDir(filepath.Join(dir, "blobs", "recordings", "2026"))
	check(t, err)
	same(t, "no draft is left", len(left), 1)

	check(t, blobs.Delete(key))
	refused(t, "delete", blobs.Delete(key), ErrNotFound)
	_, err = blobs.Open(key)
	refused(t, "open", err, ErrNotFound)
	_, _, err = blobs.Digest(key)
	refused(t, "digest", err, ErrNotFound)
	free, total, err := blobs.Disk()
	check(t, err)
	if free <= 0 || total < free {
		t.Fatalf("%d bytes of the disk's %d are free", free, total)
	}
}

func TestBlobsStayInTheirFolder(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600))
	blobs, err := OpenBlobs(filepath.Join(dir, "blobs"))
	check(t, err)
	defer blobs.Close()
	check(t, os.Symlink(dir, filepath.Join(dir, "blobs", "link")))
	for _, key := range []string{"", ".", "..", "../secret", "a/../../secret", "/etc/passwd", "a//b", "./a", "a/", "link/secret"} {
		if _, err := blobs.Open(key); err == nil {
			t.Errorf("open %q", key)
		}
		if _, _, err := blobs.PutSealed(key, someKey(1), func(io.Writer) error { return nil }); err == nil {
			t.Errorf("put %q", key)
		}
		if err := blobs.Delete(key); err == nil {
			t.Errorf("delete %q", key)
		}
		if _, err := blobs.Path(key); err == nil && !strings.HasPrefix(key, "link/") {
			t.Errorf("path %q", key)
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFull }
