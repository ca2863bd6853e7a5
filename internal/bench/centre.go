package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// crewSize is how many agents the measured call centre has.
const crewSize = 50

// centre is a running call centre: a server, its crew at their desk phones, and callers.
type centre struct {
	*server
	crew    []member
	spare   member // whose desk phone is not registered
	callers *telephones
	phones  *telephones
	atDesk  sync.Map // the last call of each desk phone: user name to *line
	web     *http.Client
	undo    []func()
}

// openCentre starts a server with a crew whose desk phones are registered and at work. Calls that reach a desk phone are
// told to arrived, which may be nil, and answered at once.
func openCentre(ctx context.Context, o Options, arrived func(*line)) (*centre, error) {
	c := &centre{web: &http.Client{Timeout: callWait}}
	if err := c.open(ctx, o, arrived); err != nil {
		c.close()
		return nil, fmt.Errorf("open the call centre: %w", err)
	}
	return c, nil
}

func (c *centre) open(ctx context.Context, o Options, arrived func(*line)) error {
	dir, remove, err := folder()
	if err != nil {
		return err
	}
	c.undo = append(c.undo, remove)
	first, err := startServer(ctx, o.Program, dir) // makes the demo's organisation
	if err != nil {
		return err
	}
	first.stop()
	all, err := furnish(ctx, dir, crewSize+1)
	if err != nil {
		return err
	}
	c.crew, c.spare = all[:crewSize], all[crewSize]
	if c.server, err = startServer(ctx, o.Program, dir); err != nil {
		return err
	}
	c.undo = append(c.undo, c.stop, c.web.CloseIdleConnections)
	if c.callers, err = c.telephones(0, nil); err != nil {
		return err
	}
	if c.phones, err = c.telephones(1, func(l *line) {
		c.atDesk.Store(string(l.phone), l)
		if arrived != nil {
			arrived(l)
		}
	}); err != nil {
		return err
	}
	return c.begin(ctx, c.phones, c.crew)
}

// telephones opens telephones that are closed with the call centre, with the nth share, 0 to 3, of the ports.
func (c *centre) telephones(nth uint16, arrived func(*line)) (*telephones, error) {
	first := firstPhone + nth*phonePorts
	t, err := openTelephones(first, first+phonePorts-1, arrived)
	if err != nil {
		return nil, err
	}
	c.undo = append(c.undo, t.close)
	return t, nil
}

// begin registers the desk phones of a crew and starts their work.
func (c *centre) begin(ctx context.Context, t *telephones, crew []member) error {
	if err := t.register(ctx, c.SIP, crew); err != nil {
		return err
	}
	for _, m := range crew {
		if err := c.post(ctx, m, "/station/desk", `{"on":true}`); err != nil {
			return err
		}
	}
	return nil
}

// close ends everything in reverse.
func (c *centre) close() {
	for n := len(c.undo) - 1; n >= 0; n-- {
		c.undo[n]()
	}
}

// post sends a command as a member of the crew.
func (c *centre) post(ctx context.Context, m member, path, body string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.HTTP+"/api"+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Parley", "bench")
	req.AddCookie(&http.Cookie{Name: "parley_session", Value: m.session})
	res, err := c.web.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, 4<<10))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s: %s: %s", path, res.Status, text)
	}
	return nil
}

// used is the server's CPU time while do runs, and how long that took.
func (s *server) used(do func() error) (cpu, took time.Duration, err error) {
	before, err := s.cpu()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	if err := do(); err != nil {
		return 0, 0, err
	}
	took = time.Since(began)
	after, err := s.cpu()
	return after - before, took, err
}
