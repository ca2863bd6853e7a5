package owner

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// settled runs a test in virtual time with an owner that settles a second after a signal; it notes what it had carried by then.
func settled(t *testing.T, settle func(*witness), test func(cancel func(), o *Owner[string], w *witness)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &witness{}
		wiring := w.wiring()
		wiring.Settle, wiring.SettleAfter = func() { settle(w) }, time.Second
		o := Start(ctx, &counter{}, wiring)
		test(cancel, o, w)
		cancel()
		<-o.Done()
	})
}

// last notes the last word that was carried.
func last(w *witness) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unread = append(w.unread, w.carried[len(w.carried)-1])
}

func TestSettlesOnceAfterManySignals(t *testing.T) {
	settled(t, last, func(_ func(), o *Owner[string], w *witness) {
		for _, word := range []string{"a", "b", "no", "c"} {
			_ = o.Post(word)
			<-time.After(300 * time.Millisecond) // virtual
		}
		w.see(t, "settled", &w.unread, "c")
		<-time.After(time.Hour)
		w.see(t, "settled without a signal", &w.unread, "c")
		_ = o.Post("no")
		<-time.After(time.Hour)
		w.see(t, "settled after a refusal", &w.unread, "c")
		_ = o.Post("d")
		<-time.After(time.Second)
		synctest.Wait()
		w.see(t, "settled again", &w.unread, "c", "d")
	})
}

func TestSettlesBeforeItStops(t *testing.T) {
	for _, how := range []string{"end", "panic", "stop"} {
		settled(t, last, func(cancel func(), o *Owner[string], w *witness) {
			_ = o.Post("a")
			synctest.Wait()
			if how == "stop" {
				cancel()
			} else {
				_ = o.Post(how)
			}
			<-o.Done()
			want := "a"
			if how == "end" {
				want = how
			}
			w.see(t, how, &w.unread, want)
		})
	}
}

func TestPanicWhileSettlingIsToldOnce(t *testing.T) {
	settled(t, func(*witness) { panic("full") }, func(_ func(), o *Owner[string], w *witness) {
		_ = o.Post("a")
		<-time.After(time.Second)
		<-o.Done()
		if len(w.broken) != 1 || len(w.broken[0].Transcript) != 1 {
			t.Errorf("told %d times: %v", len(w.broken), w.broken)
		}
		_ = o.Post("b")
	})
	settled(t, func(*witness) { panic("full") }, func(_ func(), o *Owner[string], w *witness) {
		_ = o.Post("a")
		_ = o.Post("panic")
		<-o.Done()
		if len(w.broken) != 1 {
			t.Errorf("told %d times", len(w.broken))
		}
	})
}
