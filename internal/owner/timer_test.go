package owner

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestTimersAreHeardOnce(t *testing.T) {
	bubble(t, func(_ context.Context, o *Owner[string], _ *counter, w *witness) {
		o.SetTimer("b", 2*time.Second, "b")
		o.SetTimer("a", time.Second, "a")
		o.SetTimer("stopped", time.Second, "stopped")
		o.SetTimer("set anew", time.Second, "first")
		o.SetTimer("set anew", 3*time.Second, "second")
		o.StopTimer("stopped")
		o.StopTimer("never set")
		pass(time.Minute)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "a", "b", "second")
		o.SetTimer("a", time.Second, "again")
		pass(time.Minute)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "a", "b", "second", "again")
	})
}

// A timer that has run out, and whose signal waits to be read, is still not heard once it is stopped or set anew.
func TestQueuedTimersCanBeTakenBack(t *testing.T) {
	bubble(t, func(_ context.Context, o *Owner[string], m *counter, w *witness) {
		post(t, o, "wait")
		synctest.Wait()
		o.SetTimer("stopped", time.Second, "stopped")
		o.SetTimer("set anew", time.Second, "first")
		o.SetTimer("kept", time.Second, "kept")
		pass(2 * time.Second) // all three signals are in the mailbox, behind "wait"
		synctest.Wait()
		o.StopTimer("stopped")
		o.SetTimer("set anew", 5*time.Second, "second")
		close(m.gate)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "wait", "kept")
		pass(time.Minute)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "wait", "kept", "second")
	})
}

// The machine's own outcome may stop a timer whose signal was read in the same batch.
func TestTimerStoppedByTheSignalBeforeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m, w := &counter{gate: make(chan struct{})}, &witness{}
		wiring := w.wiring()
		var o *Owner[string]
		wiring.Carry = func(_ time.Time, _, out string) {
			w.note(&w.carried, out)
			if out == "stop it" {
				o.StopTimer("tick")
			}
		}
		o = Start(ctx, m, wiring)
		post(t, o, "wait")
		synctest.Wait()
		post(t, o, "stop it")
		o.SetTimer("tick", time.Second, "tick")
		pass(2 * time.Second)
		synctest.Wait()
		close(m.gate)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "wait", "stop it")
		cancel()
		<-o.Done()
	})
}
