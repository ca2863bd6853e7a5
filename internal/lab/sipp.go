package lab

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/media"
)

// SIPp is a run of the real program with one scenario of testdata/sipp.
type SIPp struct {
	t      testing.TB
	name   string
	dir    string
	caller string
	cmd    *exec.Cmd
	out    *logBook
	done   chan error
}

var sipps atomic.Int64

// sippVoice is the tone that scenarios speak, in hertz.
const sippVoice = 523

// SIPp calls a number of the world by a scenario; args are further flags of SIPp.
func (w *World) SIPp(scenario, number string, args ...string) *SIPp {
	w.t.Helper()
	return runSIPp(w.t, scenario, append([]string{w.SIP, "-s", number}, args...)...)
}

// SIPpCarrier answers by a scenario at the address, as the network that outbound calls are sent to.
func SIPpCarrier(t testing.TB, scenario, address string, args ...string) *SIPp {
	t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	s := runSIPp(t, scenario, append([]string{"-i", host, "-p", port}, args...)...)
	Eventually(t, "SIPp listens", func() bool {
		c, err := (&net.ListenConfig{}).ListenPacket(context.Background(), "udp", address)
		if err == nil {
			_ = c.Close()
		}
		return err != nil
	})
	return s
}

func runSIPp(t testing.TB, scenario string, args ...string) *SIPp {
	t.Helper()
	file, err := filepath.Abs("testdata/sipp/" + scenario + ".xml")
	if err != nil {
		t.Fatal(err)
	}
	s := &SIPp{t: t, name: scenario, dir: t.TempDir(), out: &logBook{}, done: make(chan error, 1)}
	n := int(sipps.Add(1))
	s.caller = fmt.Sprintf("+3247022%04d", n)
	write(t, filepath.Join(s.dir, "callers.csv"), "SEQUENTIAL\n"+s.caller+"\n")
	write(t, filepath.Join(s.dir, "voice.ul"), muLaw(sippVoice))
	sound := freePort(t)
	_ = freePort(t) // the pair after it is for pictures, which nobody sends
	all := []string{
		"-sf", file, "-inf", "callers.csv", "-nostdin", "-timeout", "60", "-timeout_error", "-trace_err",
		"-mp", fmt.Sprint(sound),
	}
	if !strings.Contains(strings.Join(args, " "), "-i ") {
		all = append(all, "-i", "127.0.0.1")
	}
	if !strings.Contains(strings.Join(args, " "), "-m ") {
		all = append(all, "-m", "1")
	}
	s.cmd = exec.CommandContext(context.Background(), "sipp", append(all, args...)...)
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = s.dir, s.out, s.out
	s.cmd.WaitDelay = time.Second
	if err := s.cmd.Start(); err != nil {
		t.Fatalf("sipp: %v (Debian's package sip-tester is needed)", err)
	}
	go func() { s.done <- s.cmd.Wait() }()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		if t.Failed() {
			t.Logf("SIPp %s said:\n%s\n%s", scenario, s.errors(), s.out.tail(12))
		}
	})
	return s
}

// Number is the caller's number of this run.
func (s *SIPp) Number() string { return s.caller }

// Ends waits for the end of the scenario, and fails the test when SIPp saw anything that it did not expect.
func (s *SIPp) Ends() {
	s.t.Helper()
	select {
	case err := <-s.done:
		if err != nil {
			s.t.Fatalf("SIPp %s: %v\n%s\n%s", s.name, err, s.errors(), s.out.tail(25))
		}
	case <-time.After(90 * time.Second):
		s.t.Fatalf("SIPp %s does not end", s.name)
	}
}

func (s *SIPp) errors() string {
	files, err := filepath.Glob(filepath.Join(s.dir, "*errors.log"))
	if err != nil || len(files) == 0 {
		return ""
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// muLaw is one second of a tone as SIPp streams it.
func muLaw(hertz int) string {
	pcm := make([]int16, media.SampleRate)
	for i := range pcm {
		pcm[i] = Sine(hertz, i)
	}
	return string(media.Compress(media.PCMU, nil, pcm))
}
