package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

const (
	startWait = 30 * time.Second // for the server to be ready
	stopWait  = 10 * time.Second // for the server to end by itself
	tailRoom  = 4 << 10          // bytes of the server's log that are kept
)

// layout says which RTP ports are whose. All lie below those that Linux gives out by itself.
type layout struct {
	server string // range
	first  uint16 // of the telephones
	share  uint16 // of each group of telephones
}

var (
	usual = layout{"28000-29999", 30000, 440}
	large = layout{"10000-17999", 18000, 3600}
)

var errEnded = errors.New("the server ended by itself")

// ready is the line that `parley demo --json` prints when it takes calls.
type ready struct {
	HTTP    string   `json:"http"`
	SIP     string   `json:"sip"`
	Numbers []string `json:"numbers"`
}

// server is a Parley in a process of its own.
type server struct {
	ready
	cmd  *exec.Cmd
	took time.Duration // from exec to the ready line
	log  *tail
	over chan struct{} // closed when the process has ended
}

// startServer starts a demo on free loopback ports and waits until it is ready. It ends with ctx, or by stop.
func startServer(ctx context.Context, program, data, ports string) (*server, error) {
	line := &firstLine{got: make(chan []byte, 1)}
	s := newProcess(ctx, program, "demo", "--json", "--data", data, "--http", "127.0.0.1:0",
		"--sip", "127.0.0.1:0", "--rtc", "127.0.0.1:0", "--rtp", ports)
	s.cmd.Stdout = line
	began := time.Now()
	if err := s.start(); err != nil {
		return nil, err
	}
	if err := s.await(ctx, line.got, began); err != nil {
		s.stop()
		return nil, fmt.Errorf("start the server: %w; its last words:\n%s", err, s.log)
	}
	return s, nil
}

// newProcess prepares the program with arguments; it is ended with ctx, and with this process where the system can.
func newProcess(ctx context.Context, program string, args ...string) *server {
	s := &server{log: &tail{}, over: make(chan struct{})}
	s.cmd = exec.CommandContext(ctx, program, args...)
	s.cmd.Stderr = s.log
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.WaitDelay = stopWait
	bind(s.cmd)
	return s
}

func (s *server) start() error {
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	go func() {
		_ = s.cmd.Wait() // how it ended is told by its log
		close(s.over)
	}()
	return nil
}

func (s *server) await(ctx context.Context, got <-chan []byte, began time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, startWait)
	defer cancel()
	select {
	case text := <-got:
		s.took = time.Since(began)
		if err := json.Unmarshal(text, &s.ready); err != nil {
			return fmt.Errorf("ready line: %w", err)
		}
		return nil
	case <-s.over:
		return errEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stop ends the process: politely, then by force. It is the very process that was started, so nothing else is hit.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // an error means that it has ended
	timer := time.NewTimer(stopWait)
	defer timer.Stop()
	select {
	case <-s.over:
	case <-timer.C:
		_ = s.cmd.Process.Kill()
		<-s.over
	}
}

// firstLine passes the first line on and drops the rest.
type firstLine struct {
	got  chan []byte
	held []byte
	done bool
}

// Write takes a piece of the program's output.
func (f *firstLine) Write(p []byte) (int, error) {
	if f.done {
		return len(p), nil
	}
	f.held = append(f.held, p...)
	if line, _, whole := bytes.Cut(f.held, []byte("\n")); whole {
		f.done = true
		f.got <- line
	}
	return len(p), nil
}

// tail keeps the last of what was written.
type tail struct {
	mu   sync.Mutex
	text []byte
}

// Write takes a piece of the program's log.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if over := len(t.text) - tailRoom; over > 0 {
		t.text = append(t.text[:0], t.text[over:]...)
	}
	return len(p), nil
}

// String is what was kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}

// folder makes a data folder that is gone after use.
func folder() (dir string, remove func(), err error) {
	dir, err = os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return "", nil, fmt.Errorf("make a data folder: %w", err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil
}
