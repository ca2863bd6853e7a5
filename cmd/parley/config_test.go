package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// run runs a command line and gives what it prints.
func run(t *testing.T, args ...string) string {
	t.Helper()
	p, err := kong.New(&commands{}, kong.BindTo(t.Context(), (*context.Context)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := p.Parse(args)
	if err != nil {
		t.Fatal(err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	printed := make(chan string)
	go func() { // a pipe holds only so much
		out, _ := io.ReadAll(read)
		printed <- string(out)
	}()
	old := os.Stdout
	os.Stdout = write
	err = parsed.Run(parsed)
	os.Stdout = old
	_ = write.Close()
	out := <-printed
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestConfig prints every setting once, where it came from, and no secret.
func TestConfig(t *testing.T) {
	t.Setenv("PARLEY_SIP", "0.0.0.0:5070")
	t.Setenv("PARLEY_HTTP", "0.0.0.0:80")
	t.Setenv("PARLEY_MASTER_KEY_FILE", "/run/keys/parley")
	t.Setenv("PARLEY_DATABASE", "postgres://ann:secret@db/parley")
	out := run(t, "config", "--http", "127.0.0.1:9000", "--acme-domain", "phone.example.com", "--log-json")
	got := map[string][2]string{}
	for _, line := range strings.Split(out, "\n")[1:] {
		if f := strings.Fields(line); len(f) >= 3 {
			got[f[0]] = [2]string{f[1], strings.Join(f[2:], " ")}
		} else if len(f) == 2 {
			got[f[0]] = [2]string{"", f[1]}
		}
	}
	for flag, want := range map[string][2]string{
		"--data": {"parley-data", "default"}, "--http": {"127.0.0.1:9000", "flag"}, "--sip": {"0.0.0.0:5070", "environment PARLEY_SIP"},
		"--rtc": {"127.0.0.1:7878", "default"}, "--rtp": {"16384-24575", "default"}, "--public": {"", "default"},
		"--database": {"postgres://ann:***@db/parley", "environment PARLEY_DATABASE"}, "--drain": {"30s", "default"}, "--disk-full": {"95", "default"},
		"--https": {"127.0.0.1:8443", "default"}, "--sips": {"off", "default"}, "--turn": {"127.0.0.1:3478", "default"}, "--browser-codec": {"auto", "default"},
		"--tls-cert": {"", "default"}, "--tls-key": {"", "default"}, "--acme-domain": {"phone.example.com", "flag"},
		"--acme-email": {"", "default"}, "--acme-directory": {"", "default"}, "--acme-ca": {"", "default"},
		"--master-key": {"/run/keys/parley", "environment PARLEY_MASTER_KEY_FILE"},
		"--log-level":  {"info", "default"}, "--log-json": {"true", "flag"},
	} {
		if got[flag] != want {
			t.Errorf("%s: %q, want %q", flag, got[flag], want)
		}
	}
	if len(got) != 22 || strings.Contains(out, "secret") {
		t.Errorf("printed:\n%s", out)
	}
}

func TestRefusedFlags(t *testing.T) {
	for _, args := range [][]string{{"serve", "--log-level", "loud"}, {"serve", "--nonsense"}, {"nonsense"}, {"serve", "--drain", "soon"}, {"replay", "/nowhere"}} {
		p, err := kong.New(&commands{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Parse(args); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

func TestOpenAPI(t *testing.T) {
	if out := run(t, "openapi"); !strings.HasPrefix(out, "{") || !strings.Contains(out, `"openapi": "3.1`) || !strings.HasSuffix(out, "}\n") {
		t.Errorf("printed %.100s", out)
	}
}

func TestMigrate(t *testing.T) {
	dir := t.TempDir()
	run(t, "migrate", "--data", dir)
	run(t, "migrate", "--data", dir)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		t.Errorf("%v %v", files, err)
	}
}

// TestRotateKeys also runs with a master key that lies elsewhere.
func TestRotateKeys(t *testing.T) {
	dir, key := t.TempDir(), filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(strings.Repeat("5a", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(t, "rotate-keys", "--data", dir, "--master-key", key); !strings.Contains(out, "0 organisations") {
		t.Errorf("printed %q", out)
	}
	if _, err := os.Stat(filepath.Join(dir, "installation.key")); !os.IsNotExist(err) {
		t.Errorf("a key was made in the data folder: %v", err)
	}
}
