package door

import (
	"bytes"
	"errors"
	"log/slog"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// stumbling is a listener that fails so often, then gives one connection, then is closed.
type stumbling struct {
	net.Listener

	fails int
	given bool
}

func (s *stumbling) Accept() (net.Conn, error) {
	if s.fails > 0 {
		s.fails--
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	if !s.given {
		s.given = true
		conn, _ := net.Pipe()
		return conn, nil
	}
	return nil, &net.OpError{Op: "accept", Err: net.ErrClosed}
}

// TestSteady: a listener that fails is tried ten times a second and told of once a minute; one that is closed has ended.
func TestSteady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		l := Steady(&stumbling{fails: 900}, slog.New(slog.NewTextHandler(&said, nil)), "nothing taken")
		began := time.Now()
		conn, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.Close()
		if took := time.Since(began); took != 90*time.Second {
			t.Errorf("it took %v", took)
		}
		if n := strings.Count(said.String(), `level=WARN msg="nothing taken" error="accept: too many open files"`); n != 2 {
			t.Errorf("said %d times:\n%s", n, said.String())
		}
		if conn, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a closed one gives %v, %v", conn, err)
		}
	})
}
