package bench

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	soakCalls = 200 // at any time
	soakTurn  = 10  // calls that end each second, and as many begin
	soakLook  = 250 * time.Millisecond
	// The process grows at first: SIP remembers for 32 s what has ended (RFC 3261 §17, timers H and J), and there must be
	// room for the garbage between two collections. So it is looked at only after a while that is longer than that, and
	// this much, in MB, may be added later.
	soakWarmLeast, soakWarmMost = 40 * time.Second, time.Minute
	soakMemory, soakHeap        = 40, 16
)

// measureSoak keeps calls with sound up for a long time, replaces one after the other, and judges what became of memory
// and goroutines between the first tenth of that time and the last.
func measureSoak(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	c.atArrival(func(l *line) { l.speak() })
	load, err := c.bridge(ctx, c.crew[:soakCalls])
	if err != nil {
		return err
	}
	s := &soak{centre: c, load: load, ended: -1}
	if _, err := s.turn(ctx, min(max(r.Soak/5, soakWarmLeast), soakWarmMost)); err != nil {
		return err
	}
	tenth := max(r.Soak/10, time.Second)
	before, err := s.turn(ctx, tenth)
	if err != nil {
		return err
	}
	if _, err := s.turn(ctx, r.Soak-2*tenth); err != nil {
		return err
	}
	after, err := s.turn(ctx, tenth)
	if err != nil {
		return err
	}
	s.report(r, before, after)
	return nil
}

// soak is calls that are replaced all the time.
type soak struct {
	*centre
	load           []*line // by member of the crew
	next, ended    int     // whose call ends next, and whose has ended: -1 for nobody
	placed, failed int
	first          error // why the first call failed
}

// look is what the server holds, in the middle of a stretch of time: memory in MB, the size of the heap, in MB, at which it
// is to be collected next, which follows what lives in it, and goroutines.
type look struct{ memory, heap, goroutines float64 }

// turn replaces calls for so long, and looks at the server meanwhile.
func (s *soak) turn(ctx context.Context, length time.Duration) (look, error) {
	var memory, heap, goroutines []float64
	clock := time.NewTicker(time.Second / soakTurn)
	defer clock.Stop()
	due := time.Now().Add(soakLook)
	for end := time.Now().Add(length); time.Now().Before(end); {
		select {
		case <-clock.C:
			s.replace(ctx)
		case <-ctx.Done():
			return look{}, ctx.Err()
		}
		if time.Now().Before(due) {
			continue
		}
		due = time.Now().Add(soakLook)
		resident, err := s.resident()
		if err != nil {
			return look{}, err
		}
		inside, err := s.gauges(ctx, "go_memstats_next_gc_bytes", "go_goroutines")
		if err != nil {
			return look{}, err
		}
		memory, heap = append(memory, float64(resident)/(1<<20)), append(heap, inside[0]/(1<<20))
		goroutines = append(goroutines, inside[1])
	}
	return look{middle(memory), middle(heap), middle(goroutines)}, nil
}

func middle(of []float64) float64 {
	if len(of) == 0 {
		return 0
	}
	slices.Sort(of)
	return of[len(of)/2]
}

// replace ends the oldest call, and calls the agent again whose call ended the time before: with nobody else to take it,
// a call in the moment of the end would be told that the agent is busy.
func (s *soak) replace(ctx context.Context) {
	s.placed++
	err := s.end(ctx, s.next)
	if s.ended >= 0 {
		err = cmp.Or(err, s.again(ctx, s.ended))
	}
	s.ended, s.next = s.next, (s.next+1)%len(s.load)
	if err != nil {
		s.failed++
		s.first = cmp.Or(s.first, err)
	}
}

var errLost = errors.New("a call ended by itself")

// end ends a call and waits until both telephones are free.
func (s *soak) end(ctx context.Context, n int) error {
	var lost error
	if s.load[n].ended() {
		lost = errLost
	}
	s.load[n].hangUp()
	if err := s.load[n].awaitEnd(ctx); err != nil {
		return err
	}
	last, _ := s.atDesk.Load(s.crew[n].username)
	if phone, rang := last.(*line); rang {
		if err := phone.awaitEnd(ctx); err != nil {
			return err
		}
	}
	return lost
}

func (s *soak) again(ctx context.Context, n int) error {
	more, err := s.bridge(ctx, s.crew[n:n+1])
	if err == nil {
		s.load[n] = more[0]
	}
	return err
}

func (s *soak) report(r *run, before, after look) {
	work := fmt.Sprintf("%d calls at any time for %s: ", len(s.load), r.Soak)
	failed := "calls that failed"
	if s.first != nil {
		failed += fmt.Sprintf(" (%s)", s.first)
	}
	r.add(figure(work+"calls replaced", float64(s.placed), "calls"))
	r.add(bounded(work+failed, float64(s.failed), "calls", 0))
	r.add(figure(work+"memory at the beginning", before.memory, "MB"))
	r.add(bounded(work+"memory that was added", after.memory-before.memory, "MB", soakMemory))
	r.add(figure(work+"heap at the beginning", before.heap, "MB"))
	r.add(bounded(work+"heap that was added", after.heap-before.heap, "MB", soakHeap))
	r.add(figure(work+"goroutines at the beginning", before.goroutines, "goroutines"))
	r.add(bounded(work+"goroutines that were added", after.goroutines-before.goroutines, "goroutines", 30))
}

// gauges are what the server's metrics tell.
func (c *centre) gauges(ctx context.Context, names ...string) ([]float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.HTTP+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	res, err := c.web.Do(req)
	if err != nil {
		return nil, fmt.Errorf("read the server's metrics: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("read the server's metrics: %w", err)
	}
	values := make([]float64, len(names))
	for n, name := range names {
		if values[n], err = gauge(text, name); err != nil {
			return nil, err
		}
	}
	return values, nil
}

var errNoGauge = errors.New("the server's metrics do not tell")

// gauge finds a value without labels in Prometheus' text format.
func gauge(text []byte, name string) (float64, error) {
	for line := range bytes.Lines(text) {
		if rest, found := bytes.CutPrefix(line, []byte(name+" ")); found {
			value, err := strconv.ParseFloat(string(bytes.TrimSpace(rest)), 64)
			if err != nil {
				return 0, fmt.Errorf("%s: %w", name, err)
			}
			return value, nil
		}
	}
	return 0, fmt.Errorf("%s: %w", name, errNoGauge)
}
