package owner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// counter is a small machine: it adds words up, refuses "no", breaks on "panic", ends on "end".
type counter struct {
	heard []string
	ended bool
	gate  chan struct{} // "wait" stays until it is closed
}

var errNo = errors.New("no is no word")

func (c *counter) Handle(_ time.Time, word string) (string, error) {
	switch word {
	case "no":
		return "", errNo
	case "panic":
		panic("broke")
	case "wait":
		<-c.gate
	case "end":
		c.ended = true
	}
	c.heard = append(c.heard, word)
	return word, nil
}

func (c *counter) Ended() bool { return c.ended }

// witness is what came out of an owner.
type witness struct {
	mu      sync.Mutex
	carried []string
	unread  []string
	refused []string
	broken  []Panic[string]
}

func (w *witness) wiring() Wiring[string, string] {
	return Wiring[string, string]{
		Carry:   func(_ time.Time, _, out string) { w.note(&w.carried, out) },
		Unread:  func(s string) { w.note(&w.unread, s) },
		Refused: func(s string, err error) { w.note(&w.refused, s+": "+err.Error()) },
		Broken: func(p Panic[string]) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.broken = append(w.broken, p)
		},
	}
}

func (w *witness) note(list *[]string, s string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	*list = append(*list, s)
}

func (w *witness) see(t *testing.T, what string, list *[]string, want ...string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(*list, want) {
		t.Errorf("%s %v, want %v", what, *list, want)
	}
}

// bubble runs a test in virtual time with one owner, which is stopped at the end.
func bubble(t *testing.T, test func(ctx context.Context, o *Owner[string], m *counter, w *witness)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m, w := &counter{gate: make(chan struct{})}, &witness{}
		o := Start(ctx, m, w.wiring())
		test(ctx, o, m, w)
		cancel()
		<-o.Done()
	})
}

func post(t *testing.T, o *Owner[string], words ...string) {
	t.Helper()
	for _, word := range words {
		if err := o.Post(word); err != nil {
			t.Fatalf("post %s: %v", word, err)
		}
	}
}

func TestSignalsAreHandledInOrder(t *testing.T) {
	bubble(t, func(_ context.Context, o *Owner[string], _ *counter, w *witness) {
		var want []string
		for n := range 1000 {
			want = append(want, fmt.Sprint(n))
		}
		post(t, o, want...)
		synctest.Wait()
		w.see(t, "carried", &w.carried, want...)
	})
}

func TestPostersDoNotLoseEachOthersOrder(t *testing.T) {
	bubble(t, func(_ context.Context, o *Owner[string], m *counter, _ *witness) {
		var all sync.WaitGroup
		for p := range 4 {
			all.Go(func() {
				for n := range 200 {
					if err := o.Post(fmt.Sprintf("%d %03d", p, n)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		synctest.Wait()
		slices.SortStableFunc(m.heard, func(a, b string) int { return int(a[0]) - int(b[0]) })
		if len(m.heard) != 800 || !slices.IsSorted(m.heard) {
			t.Errorf("%d signals, out of order", len(m.heard))
		}
	})
}

func TestAskIsAnsweredYesOrWhyNot(t *testing.T) {
	bubble(t, func(ctx context.Context, o *Owner[string], m *counter, w *witness) {
		if err := o.Ask(ctx, "yes"); err != nil {
			t.Error("asked yes:", err)
		}
		if err := o.Ask(ctx, "no"); !errors.Is(err, errNo) {
			t.Error("asked no:", err)
		}
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		post(t, o, "no", "wait")
		if err := o.Ask(short, "later"); !errors.Is(err, context.DeadlineExceeded) {
			t.Error("asked too long:", err)
		}
		close(m.gate)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "yes", "wait", "later")
		w.see(t, "refused", &w.refused, "no: "+errNo.Error()) // only the posted one: the asker has heard
	})
}

func TestAfterTheEndNobodyIsThere(t *testing.T) {
	bubble(t, func(ctx context.Context, o *Owner[string], m *counter, w *witness) {
		post(t, o, "wait")
		synctest.Wait()
		post(t, o, "end", "unread 1")
		asked := make(chan error)
		go func() { asked <- o.Ask(ctx, "asked") }()
		synctest.Wait()
		post(t, o, "unread 2")
		o.SetTimer("never", time.Second, "timer")
		close(m.gate)
		if err := <-asked; !errors.Is(err, ErrGone) {
			t.Error("asked at the end:", err)
		}
		<-o.Done()
		if err := o.Post("late"); !errors.Is(err, ErrGone) {
			t.Error("posted after the end:", err)
		}
		if err := o.Ask(ctx, "late"); !errors.Is(err, ErrGone) {
			t.Error("asked after the end:", err)
		}
		o.SetTimer("late", time.Second, "timer")
		o.StopTimer("late")
		pass(time.Minute) // virtual: no timer may be heard
		w.see(t, "carried", &w.carried, "wait", "end")
		w.see(t, "unread", &w.unread, "unread 1", "unread 2")
	})
}

func TestStopsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		o := Start(ctx, &counter{}, (&witness{}).wiring())
		cancel()
		<-o.Done()
		if err := o.Post("late"); !errors.Is(err, ErrGone) {
			t.Error("posted after the end:", err)
		}
	})
}

func TestFullMailboxRefusesPeersButNotTimers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m, w := &counter{gate: make(chan struct{})}, &witness{}
		wiring := w.wiring()
		wiring.Limit = 2
		o := Start(ctx, m, wiring)
		post(t, o, "wait")
		synctest.Wait()
		post(t, o, "1", "2")
		if err := o.Post("3"); !errors.Is(err, ErrFull) {
			t.Error("posted into a full mailbox:", err)
		}
		if err := o.Ask(ctx, "3"); !errors.Is(err, ErrFull) {
			t.Error("asked a full mailbox:", err)
		}
		o.SetTimer("tick", time.Second, "tick")
		pass(2 * time.Second)
		close(m.gate)
		synctest.Wait()
		w.see(t, "carried", &w.carried, "wait", "1", "2", "tick")
		post(t, o, "4")
		cancel()
		<-o.Done()
	})
}

// pass lets virtual time go by.
func pass(d time.Duration) { <-time.After(d) }
