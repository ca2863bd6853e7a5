package bench

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serverOf is a server whose process is given.
func serverOf(p *os.Process) *server { return &server{cmd: &exec.Cmd{Process: p}} }

// program writes a shell script that stands for a server.
func program(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "server")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

const says = `echo '{"http":"http://127.0.0.1:1","sip":"127.0.0.1:2","numbers":["+12025550100"]}'` + "\n"

func TestServerIsStartedAndStopped(t *testing.T) {
	s, err := startServer(t.Context(), program(t, says+"echo more\nexec sleep 100"), t.TempDir(), usual.server)
	if err != nil {
		t.Fatal(err)
	}
	if s.HTTP != "http://127.0.0.1:1" || s.SIP != "127.0.0.1:2" || len(s.Numbers) != 1 || s.took <= 0 {
		t.Errorf("understood %+v after %s", s.ready, s.took)
	}
	s.stop()
	if s.cmd.ProcessState == nil {
		t.Error("the process still runs")
	}
}

func TestServerEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := startServer(ctx, program(t, says+"exec sleep 100"), t.TempDir(), usual.server)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case <-s.over:
	case <-time.After(10 * time.Second):
		s.stop()
		t.Error("the process outlived the context")
	}
}

func TestServerThatDoesNotStart(t *testing.T) {
	_, err := startServer(t.Context(), program(t, "echo --sip is taken >&2\nexit 1"), t.TempDir(), usual.server)
	if !errors.Is(err, errEnded) || !strings.Contains(err.Error(), "--sip is taken") {
		t.Errorf("the error is %v", err)
	}
	if _, err = startServer(t.Context(), program(t, "echo hello"), t.TempDir(), usual.server); err == nil {
		t.Error("a line that is no JSON was taken for ready")
	}
	if _, err = startServer(t.Context(), filepath.Join(t.TempDir(), "none"), t.TempDir(), usual.server); err == nil {
		t.Error("a program that does not exist was started")
	}
}

func TestFirstLineInPieces(t *testing.T) {
	f := &firstLine{got: make(chan []byte, 1)}
	for _, piece := range []string{`{"a"`, `:1}`, "\nsecond\n", "third\n"} {
		if n, err := f.Write([]byte(piece)); n != len(piece) || err != nil {
			t.Fatalf("took %d of %q, %v", n, piece, err)
		}
	}
	if line := string(<-f.got); line != `{"a":1}` {
		t.Errorf("the first line is %q", line)
	}
}

func TestTailForgetsTheBeginning(t *testing.T) {
	l := &tail{}
	_, _ = l.Write([]byte(strings.Repeat("a", tailRoom)))
	_, _ = l.Write([]byte("end"))
	if text := l.String(); len(text) != tailRoom || !strings.HasSuffix(text, "aend") {
		t.Errorf("%d bytes kept, ending in %q", len(text), text[len(text)-4:])
	}
}
