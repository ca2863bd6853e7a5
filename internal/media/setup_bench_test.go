//go:build unix

package media

import (
	"strconv"
	"syscall"
	"testing"
	"time"

	"parley/internal/id"
)

// BenchmarkSilentPair is what two legs cost that carry no sound: opened, agreed, joined in a room, the arrangement
// changed twice, asked for their figures and closed. The paced run has the workers sleep between, as they do in life.
func BenchmarkSilentPair(b *testing.B) {
	b.Run("at once", func(b *testing.B) {
		e := wideEngine(b)
		b.ReportAllocs()
		before := spent(b)
		for i := 0; b.Loop(); i++ {
			silentPair(b, e, i, func() {})
		}
		b.ReportMetric(float64((spent(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
	})
	b.Run("paced", func(b *testing.B) {
		e := wideEngine(b)
		clock := time.NewTicker(500 * time.Microsecond)
		defer clock.Stop()
		b.ReportAllocs()
		before := spent(b)
		for i := 0; b.Loop(); i++ {
			silentPair(b, e, i, func() { <-clock.C })
		}
		b.ReportMetric(float64((spent(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
	})
	b.Run("clock", func(b *testing.B) { // what the paced run's clock costs by itself
		clock := time.NewTicker(500 * time.Microsecond)
		defer clock.Stop()
		before := spent(b)
		for b.Loop() {
			for range 4 {
				<-clock.C
			}
		}
		b.ReportMetric(float64((spent(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
	})
}

// wideEngine has ports for all that are opened before the workers look at those that are closed.
func wideEngine(b *testing.B) *Engine {
	e, err := Open(Config{First: 10000, Last: 29999, Workers: 2})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(e.Close)
	return e
}

// silentPair is the life of two legs; pause stands where a call waits for its signalling.
func silentPair(b *testing.B, e *Engine, i int, pause func()) {
	ann, bob := id.Leg("ann"+strconv.Itoa(i)), id.Leg("bob"+strconv.Itoa(i))
	far := loopbackTerms()
	caller := openSilent(b, e, ann)
	room := e.OpenRoom("call")
	room.Arrange([]Hearing{{Leg: ann}})
	callee := openSilent(b, e, bob)
	pause()
	room.Arrange([]Hearing{{Leg: ann}, {Leg: bob}})
	pause()
	callee.Agree(far)
	caller.Agree(far)
	room.Arrange([]Hearing{{Leg: ann, From: bob}, {Leg: bob, From: ann}})
	pause()
	caller.Stats()
	caller.Close()
	room.Arrange([]Hearing{{Leg: bob}})
	callee.Stats()
	callee.Close()
	room.Close()
	pause()
}

func loopbackTerms() Terms {
	return Terms{Remote: discard, Codec: PCMU, EventType: 101, Send: true, Receive: true}
}

var discard = loopbackAt(9)

// spent is the CPU time of this process so far.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// openSilent waits for a free port where closed legs have not given theirs back yet.
func openSilent(b *testing.B, e *Engine, name id.Leg) *Leg {
	l, err := e.OpenSocket(name, nil)
	if err == nil {
		return l
	}
	eventually(b, "a port is free", func() bool {
		l, err = e.OpenSocket(name, nil)
		return err == nil
	})
	return l
}
