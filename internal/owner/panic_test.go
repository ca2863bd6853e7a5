package owner

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestPanicEndsOneOwnerOnly(t *testing.T) {
	bubble(t, func(ctx context.Context, other *Owner[string], _ *counter, _ *witness) {
		m, w := &counter{gate: make(chan struct{})}, &witness{}
		o := Start(ctx, m, w.wiring())
		post(t, o, "one", "wait")
		synctest.Wait()
		post(t, o, "panic", "unread")
		o.SetTimer("tick", time.Hour, "tick")
		close(m.gate)
		<-o.Done()
		if len(w.broken) != 1 {
			t.Fatalf("%d times broken", len(w.broken))
		}
		p := w.broken[0]
		if p.Value != "broke" || !strings.Contains(string(p.Stack), "Handle") || !strings.Contains(p.Error(), "broke") {
			t.Errorf("panic %v: %s", p.Value, p.Stack)
		}
		var heard []string
		for _, l := range p.Transcript {
			heard = append(heard, l.Signal)
			if l.At.IsZero() {
				t.Errorf("%s at no time", l.Signal)
			}
		}
		w.see(t, "transcript", &heard, "one", "wait", "panic")
		w.see(t, "unread", &w.unread, "unread")
		if err := o.Post("late"); !errors.Is(err, ErrGone) {
			t.Error("posted to a broken owner:", err)
		}
		if err := other.Ask(ctx, "alive"); err != nil {
			t.Error("the other owner:", err)
		}
	})
}

func TestWhoAskedHearsOfThePanic(t *testing.T) {
	bubble(t, func(ctx context.Context, o *Owner[string], _ *counter, _ *witness) {
		err := o.Ask(ctx, "panic")
		var p Panic[string]
		if !errors.As(err, &p) || p.Value != "broke" {
			t.Error("asked what breaks:", err)
		}
		<-o.Done()
	})
}

func TestPanicWhileCarrying(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &witness{}
		wiring := w.wiring()
		wiring.Carry = func(time.Time, string, string) { panic("dropped") }
		o := Start(t.Context(), &counter{}, wiring)
		post(t, o, "one")
		<-o.Done()
		if len(w.broken) != 1 || w.broken[0].Value != "dropped" {
			t.Errorf("broken: %v", w.broken)
		}
	})
}

func TestTranscriptKeepsTheLastSignals(t *testing.T) {
	bubble(t, func(_ context.Context, o *Owner[string], _ *counter, w *witness) {
		for n := range 2*transcriptLength + 10 {
			post(t, o, fmt.Sprint(n))
		}
		post(t, o, "panic")
		<-o.Done()
		lines := w.broken[0].Transcript
		if len(lines) < transcriptLength/2 || len(lines) > transcriptLength {
			t.Errorf("%d lines", len(lines))
		}
		if last := lines[len(lines)-2].Signal; last != fmt.Sprint(2*transcriptLength+9) {
			t.Errorf("before the panic: %s", last)
		}
	})
}
