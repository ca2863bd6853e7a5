// Package lab is a telephone world for tests: the real program, with callers, agent browsers, desk phones and ears
// around it.
package lab

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley/internal/store"
	"parley/internal/testdb"
)

// Patience is how long a condition is waited for where nothing else is said. It is long, since two cores carry the
// program, its callers and other tests.
const Patience = 15 * time.Second

// slots bounds how many programs run at the same time.
var slots = make(chan struct{}, 2)

// User is a sign-in as the program prints it.
type User struct {
	Email       string `json:"email"`
	Password    string `json:"password"`
	Role        string `json:"role"`
	Extension   string `json:"extension"`
	SIPUsername string `json:"sip_username"`
	SIPPassword string `json:"sip_password"`
	SIPDomain   string `json:"sip_domain"`
}

// Setup says how a World begins.
type Setup struct {
	Args []string // flags of `parley demo` beyond those of the lab
	Data string   // data folder; empty: a fresh one
	// Prepare changes what the demo was furnished with, before the program starts.
	Prepare func(ctx context.Context, db *store.DB) error
}

// World is one running program with a data folder of its own.
type World struct {
	HTTP    string   `json:"http"` // URL
	SIP     string   `json:"sip"`  // host:port
	Numbers []string `json:"numbers"`
	Users   []User   `json:"users"`
	Data    string   `json:"-"` // data folder

	t        testing.TB
	setup    Setup
	rtp      string
	database string // address of its PostgreSQL database; empty: SQLite in the data folder
	log      logBook
	run      *running
}

// running is one process.
type running struct {
	cmd    *exec.Cmd
	exited chan struct{} // closed when it is gone
}

// Start runs `parley demo` on a fresh data folder and waits until it takes calls. It ends with the test, whose failure
// shows its log.
func Start(t testing.TB, setup Setup) *World {
	t.Helper()
	slots <- struct{}{}
	w := &World{t: t, setup: setup, Data: setup.Data, rtp: portRange()}
	if w.Data == "" {
		w.Data = t.TempDir()
	}
	w.database = testdb.For(t, w.Data)
	t.Cleanup(func() {
		w.Kill()
		<-slots
		if t.Failed() {
			t.Logf("log of the program:\n%s", w.log.tail(80))
		}
	})
	if setup.Prepare != nil {
		if err := w.Edit(setup.Prepare); err != nil {
			t.Fatalf("prepare the data: %v", err)
		}
	}
	w.Again()
	return w
}

var ranges atomic.Int64

// portRange gives each world RTP ports of its own, below those that the system gives out.
func portRange() string {
	first := 20000 + 400*(ranges.Add(1)%12)
	return fmt.Sprintf("%d-%d", first, first+399)
}

// Again starts the program on the same data folder, after Kill or Stop. Passwords are new then; sessions stay.
func (w *World) Again() {
	w.t.Helper()
	binary, err := Binary()
	if err != nil {
		w.t.Fatal(err)
	}
	sip, web := "127.0.0.1:0", "127.0.0.1:0"
	if w.SIP != "" {
		sip, web = w.SIP, strings.TrimPrefix(w.HTTP, "http://")
	}
	args := []string{"demo", "--json", "--data", w.Data, "--http", web, "--sip", sip, "--rtc", "127.0.0.1:0", "--rtp", w.rtp}
	args = append(args, "--log-level", "debug", "--disk-full", "100")
	cmd := exec.CommandContext(context.Background(), binary, append(args, w.setup.Args...)...)
	cmd.Env = append(os.Environ(), "PARLEY_DATABASE="+w.database)
	cmd.Stderr = &w.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.run = &running{cmd: cmd, exited: make(chan struct{})}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	ready := make(chan []byte, 1)
	go func(r *running) {
		defer close(r.exited)
		if lines.Scan() {
			ready <- append([]byte{}, lines.Bytes()...)
		}
		for lines.Scan() {
			_, _ = w.log.Write(append(lines.Bytes(), '\n'))
		}
		_ = r.cmd.Wait()
	}(w.run)
	w.readReady(ready)
}

func (w *World) readReady(ready chan []byte) {
	w.t.Helper()
	select {
	case line := <-ready:
		if err := json.Unmarshal(line, w); err != nil {
			w.t.Fatalf("the ready line is no JSON: %v: %s", err, line)
		}
	case <-w.run.exited:
		w.t.Fatalf("the program ended before it was ready:\n%s", w.log.tail(20))
	case <-time.After(Patience):
		w.t.Fatal("the program was not ready in time")
	}
}

// Kill ends the program as a crash does.
func (w *World) Kill() {
	if w.run == nil {
		return
	}
	_ = w.run.cmd.Process.Kill()
	<-w.run.exited
	w.run = nil
}

// Term asks the program to stop gracefully.
func (w *World) Term() {
	w.t.Helper()
	if err := w.run.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		w.t.Fatal(err)
	}
}

// Exited waits until the program has ended by itself and gives its code.
func (w *World) Exited(within time.Duration) int {
	w.t.Helper()
	select {
	case <-w.run.exited:
	case <-time.After(within):
		w.t.Fatalf("the program still runs after %s", within)
	}
	code := w.run.cmd.ProcessState.ExitCode()
	w.run = nil
	return code
}

// Memory is the resident memory of the program in bytes.
func (w *World) Memory() int64 {
	w.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", w.run.cmd.Process.Pid))
	if err != nil {
		w.t.Fatal(err)
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(text), &size, &resident); err != nil {
		w.t.Fatal(err)
	}
	return resident * int64(os.Getpagesize())
}

// SIPPort is the port of SIP.
func (w *World) SIPPort() string {
	_, port, _ := net.SplitHostPort(w.SIP)
	return port
}

// Log is what the program has logged so far, in lines.
func (w *World) Log() []string { return w.log.lines() }
