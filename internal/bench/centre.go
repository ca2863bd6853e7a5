package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/codec"
	"parley/internal/sip"
)

const (
	crewSize  = 200 // agents with desk phones
	pageCount = 20  // agents whose phone is a browser
)

// The groups of telephones, each with ports of its own.
const (
	groupCallers = iota
	groupDesks
	groupProbeCallers
	groupProbeDesks
	groupG722
	groupOpus
)

// centre is a running call centre: a server, its crew at their desk phones, and callers.
type centre struct {
	*server
	ports   layout
	crew    []member
	spare   member   // with a desk phone that nobody has registered
	pages   []member // with nothing yet
	callers *telephones
	phones  *telephones
	atDesk  sync.Map // the last call of each desk phone: user name to *line
	greet   atomic.Pointer[func(*line)]
	web     *http.Client
	undo    []func()
}

// plain is what telephones speak where nothing else is said.
var plain = sip.Codecs{codec.PCMU, codec.PCMA}

// openCentre starts a server with a crew of a size whose desk phones are registered and at work.
func openCentre(ctx context.Context, o Options, ports layout, size int) (*centre, error) {
	c := &centre{web: &http.Client{Timeout: callWait}, ports: ports}
	if err := c.open(ctx, o, size); err != nil {
		c.close()
		return nil, fmt.Errorf("open the call centre: %w", err)
	}
	return c, nil
}

func (c *centre) open(ctx context.Context, o Options, size int) error {
	dir, remove, err := folder()
	if err != nil {
		return err
	}
	c.undo = append(c.undo, remove)
	first, err := startServer(ctx, o.Program, dir, c.ports.server) // makes the demo's organisation
	if err != nil {
		return err
	}
	first.stop()
	all, err := furnish(ctx, dir, size, pageCount)
	if err != nil {
		return err
	}
	c.crew, c.spare, c.pages = all[:size], all[size], all[size+2:]
	if c.server, err = startServer(ctx, o.Program, dir, c.ports.server); err != nil {
		return err
	}
	c.undo = append(c.undo, c.stop, c.web.CloseIdleConnections)
	if c.callers, err = c.telephones(groupCallers, plain, nil); err != nil {
		return err
	}
	if c.phones, err = c.telephones(groupDesks, plain, c.rings); err != nil {
		return err
	}
	return c.begin(ctx, c.phones, c.crew)
}

// rings hears of a call that reached a desk phone, which answers it at once.
func (c *centre) rings(l *line) {
	c.atDesk.Store(string(l.phone), l)
	if greet := c.greet.Load(); greet != nil {
		(*greet)(l)
	}
}

// atArrival says what else is done with calls that reach a desk phone.
func (c *centre) atArrival(greet func(*line)) { c.greet.Store(&greet) }

// release ends calls, waits until they are over on both sides, and forgets what was said about arrivals.
func (c *centre) release(ctx context.Context, load []*line) error {
	for _, l := range load {
		l.hangUp()
	}
	for _, l := range load {
		if err := l.awaitEnd(ctx); err != nil {
			return fmt.Errorf("hang up: %w", err)
		}
	}
	var failed error
	c.atDesk.Range(func(_, last any) bool {
		if phone, rang := last.(*line); rang {
			failed = phone.awaitEnd(ctx)
		}
		return failed == nil
	})
	c.greet.Store(nil)
	return failed
}

// telephones opens telephones that are closed with the call centre. Those that measure delay hear each packet at once.
func (c *centre) telephones(group uint16, speaks sip.Codecs, arrived func(*line)) (*telephones, error) {
	first := c.ports.first + group*c.ports.share
	grain := ownTime
	if group == groupProbeCallers || group == groupProbeDesks {
		grain = 0
	}
	t, err := openTelephones(first, first+c.ports.share-1, speaks, grain, arrived)
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
	_, err := c.ask(ctx, m, path, body)
	return err
}

// ask sends a command as a member of the crew and gives the answer.
func (c *centre) ask(ctx context.Context, m member, path, body string) ([]byte, error) {
	return c.request(ctx, http.MethodPost, m, path, body)
}

func (c *centre) request(ctx context.Context, method string, m member, path, body string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.HTTP+"/api"+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Parley", "bench")
	req.AddCookie(&http.Cookie{Name: "parley_session", Value: m.session})
	res, err := c.web.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, 64<<10))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if res.StatusCode >= 300 {
		return nil, fmt.Errorf("%s: %s: %s", path, res.Status, text)
	}
	return text, nil
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
