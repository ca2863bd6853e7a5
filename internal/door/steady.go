// Package door keeps the ports that strangers reach open: what fails for a moment does not shut them, and one subscriber
// cannot take all their places.
package door

import (
	"errors"
	"log/slog"
	"net"
	"time"
)

const (
	// pauseTime is how long a socket that has failed is left alone.
	pauseTime = 100 * time.Millisecond
	// newsTime is for how long the same trouble is no news.
	newsTime = time.Minute
)

// Trouble paces what is tried again when a socket fails. It is for one goroutine.
type Trouble struct {
	Log  *slog.Logger
	What string // what fails, for the log

	told time.Time
}

// Pause waits a tenth of a second, and says in the log what failed, at most once a minute.
func (t *Trouble) Pause(err error) {
	if now := time.Now(); t.told.IsZero() || now.Sub(t.told) >= newsTime {
		t.told = now
		t.Log.Warn(t.What, "error", err)
	}
	<-time.After(pauseTime)
}

// steady is a listener that lasts until it is closed.
type steady struct {
	net.Listener

	trouble Trouble
}

// Steady gives a listener whose Accept, for one goroutine, fails only once l is closed. After every other error it tries
// again: out of files, mostly, and those that are open will close. The SIP stack and the TURN server would end at the
// first error. What says in the log what was not taken.
func Steady(l net.Listener, log *slog.Logger, what string) net.Listener {
	return &steady{Listener: l, trouble: Trouble{Log: log, What: what}}
}

// Accept waits for a connection; net.ErrClosed is its only error.
func (s *steady) Accept() (net.Conn, error) {
	for {
		conn, err := s.Listener.Accept()
		if err == nil || errors.Is(err, net.ErrClosed) {
			return conn, err
		}
		s.trouble.Pause(err)
	}
}
