// Package bench measures Parley against its targets: decisions in process; calls, sound, start and memory with a server
// that it starts as a child process.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Options says what to measure and where to write it.
type Options struct {
	Program string        // the parley binary that is started as server
	Out     io.Writer     // gets the rows
	JSON    bool          // one JSON object per row instead of a table
	Full    bool          // longer, and therefore steadier
	Only    []string      // of Names; empty: all
	Soak    time.Duration // if not 0, calls for so long in place of everything else
}

// ErrUnknown means that a measurement of that name does not exist.
var ErrUnknown = errors.New("no such measurement")

// measurement is a group of rows that come from the same calls.
type measurement struct {
	name    string
	measure func(ctx context.Context, r *run) error
	full    bool // only with Options.Full
}

var measurements = []measurement{
	{"acd", measureDecisions, false},
	{"simulator", measureSimulator, false},
	{"start", measureStart, false},
	{"sound", measureSound, false},
	{"signalling", measureSignalling, false},
	{"transfers", measureTransfers, false},
	{"ring", measureRing, false},
	{"waiting", measureWaiting, false},
	{"g722", measureG722, false},
	{"opus", measureOpus, false},
	{"browser", measureBrowsers, false},
	{"recorded", measureRecorded, false}, // its recordings are compressed afterwards, beside whatever is measured then
	{"rooms", measureRooms, false},
	{"large", measureLarge, true},
}

// run is one run of measurements.
type run struct {
	Options
	add  func(Row)
	hall *centre // shared by the measurements; nil before the first that needs it
}

// centre is the call centre that measurements share, one after the other, so that it has to be opened once only.
func (r *run) centre(ctx context.Context) (*centre, error) {
	if r.hall != nil {
		return r.hall, nil
	}
	var err error
	r.hall, err = openCentre(ctx, r.Options, usual, crewSize)
	return r.hall, err
}

// leave closes the call centre.
func (r *run) leave() {
	if r.hall != nil {
		r.hall.close()
		r.hall = nil
	}
}

// Names lists what Options.Only may name.
func Names() []string {
	var names []string
	for _, m := range measurements {
		names = append(names, m.name)
	}
	return names
}

// Run measures and writes the rows as they come. A missed target is shown in its row and is no error; an error means
// that something could not be measured. Only loopback is used, and the server has ended when Run returns.
func Run(ctx context.Context, o Options) error {
	for _, name := range o.Only {
		if !slices.Contains(Names(), name) {
			return fmt.Errorf("measure %s: %w: there are %s", name, ErrUnknown, strings.Join(Names(), ", "))
		}
	}
	list := measurements
	if o.Soak > 0 {
		list, o.Only = []measurement{{name: "soak", measure: measureSoak}}, nil
	}
	p := printer{out: o.Out, json: o.JSON}
	r := &run{Options: o, add: p.add}
	defer r.leave()
	p.begin()
	for _, m := range list {
		if len(o.Only) > 0 && !slices.Contains(o.Only, m.name) || len(o.Only) == 0 && m.full && !o.Full {
			continue
		}
		if err := m.measure(ctx, r); err != nil {
			return fmt.Errorf("measure %s: %w", m.name, err)
		}
	}
	p.end()
	return p.err
}

// pick gives the size of a measurement: small by default, large with Full.
func pick[T any](o Options, small, large T) T {
	if o.Full {
		return large
	}
	return small
}

// pause waits; the error says that ctx is done.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
