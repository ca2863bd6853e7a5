package story

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/owner"
)

// Start is the moment at which stories begin.
var Start = time.UnixMilli(0).UTC()

// Story is one machine to which a story is told. A line "< word key=value ..." is a signal by its word in the
// dictionary (a value with spaces stands in quotes), "+ 20s" lets time pass and timers ring, "#" begins a remark. Every
// line that begins with two spaces is expected output.
type Story[Signal, Outcome any] struct {
	T       testing.TB
	Signals *owner.Dictionary[Signal]
	// Handle gives the machine a signal.
	Handle func(now time.Time, signal Signal) (Outcome, error)
	// Carry writes what an outcome holds and heeds its timers.
	Carry func(Outcome)
	// TimeUp is the signal of a timer that rings; nil for a machine without timers.
	TimeUp func(timer string) Signal
	// Moments has the moment written at which a timer rings.
	Moments bool
	// Read makes the value of a field, whose present value shows its type, or nil when the text is to be read as
	// usual; Read itself is nil when all are.
	Read func(field any, text string) any
	// Lines are the machine's own lines by their first word.
	Lines map[string]func(rest string)

	Now    time.Time
	Timers Alarms
	out    strings.Builder
}

// Tell tells a story and gives it back with the output that came.
func (s *Story[Signal, Outcome]) Tell(text string) string {
	s.T.Helper()
	s.Now = Start
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "  ") {
			continue // expected, written anew
		}
		fmt.Fprintln(&s.out, line)
		s.line(line)
	}
	return s.out.String()
}

func (s *Story[Signal, Outcome]) line(line string) {
	s.T.Helper()
	mark, rest, _ := strings.Cut(line, " ")
	own := s.Lines[mark]
	switch {
	case mark == "" || mark == "#":
	case mark == "<":
		s.Hear(s.Signal(rest))
	case mark == "+":
		s.Wait(s.Duration(rest))
	case own != nil:
		own(rest)
	default:
		s.T.Fatalf("line not understood: %q", line)
	}
}

// Write adds a line of output.
func (s *Story[Signal, Outcome]) Write(format string, args ...any) {
	fmt.Fprintf(&s.out, "  "+format+"\n", args...)
}

// Hear gives the machine a signal and writes what comes of it, or why it refused.
func (s *Story[Signal, Outcome]) Hear(signal Signal) {
	out, err := s.Handle(s.Now, signal)
	if err != nil {
		s.Write("no   %v", err)
		return
	}
	s.Carry(out)
}

// Wait lets time pass and rings the timers on the way.
func (s *Story[Signal, Outcome]) Wait(d time.Duration) {
	end := s.Now.Add(d)
	for {
		name, at, set := s.Timers.Next()
		if !set || at.After(end) {
			break
		}
		s.Now = at
		s.Timers.Stop(name)
		if s.Moments {
			s.Write("time %s %s", at.Sub(Start), name)
		} else {
			s.Write("time %s", name)
		}
		s.Hear(s.TimeUp(name))
	}
	s.Now = end
}
