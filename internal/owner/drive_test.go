package owner

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// script is a day of an owner, by one way of running it: heard tells each word with the moment at which it was carried.
type script struct {
	owner *Owner[string]
	after func(time.Duration, func())
	heard []string
}

// wiring notes words, and lets some of them set, replace and stop timers.
func (s *script) wiring(began time.Time, now func() time.Time) Wiring[string, string] {
	note := func(word string) { s.heard = append(s.heard, fmt.Sprintf("%s %s", now().Sub(began), word)) }
	return Wiring[string, string]{
		Carry: func(at time.Time, _, word string) {
			if !at.Equal(now()) {
				note("handled at " + at.String())
			}
			note(word)
			switch word {
			case "begin":
				s.owner.SetTimer("a", 2*time.Second, "a")
				s.owner.SetTimer("b", time.Second, "never")
				s.owner.SetTimer("b", 3*time.Second, "b")
				s.owner.SetTimer("c", time.Second, "never")
				s.owner.StopTimer("c")
				_ = s.owner.Post("posted while carrying")
			case "b":
				s.owner.SetTimer("d", 0, "d")
			case "break": // on the owner's goroutine, so that both are there before one is read
				_ = s.owner.Post("panic")
				_ = s.owner.Post("after the panic")
			}
		},
		Refused: func(word string, err error) { note(word + ": " + err.Error()) },
		Unread:  func(word string) { note("unread " + word) },
		Broken:  func(p Panic[string]) { note(fmt.Sprint("broken by ", p.Transcript[len(p.Transcript)-1].Signal)) },
		Settle:  func() { note("settled") }, SettleAfter: 10 * time.Second,
	}
}

func (s *script) plan(t *testing.T) {
	post(t, s.owner, "begin", "no")
	s.after(20500*time.Millisecond, func() {
		if err := s.owner.Ask(t.Context(), "no"); !errors.Is(err, errNo) {
			t.Error("asked no:", err)
		}
		if err := s.owner.Ask(t.Context(), "yes"); err != nil {
			t.Error("asked yes:", err)
		}
	})
	s.after(40500*time.Millisecond, func() { post(t, s.owner, "break") })
	s.after(50*time.Second, func() {
		if err := s.owner.Post("late"); !errors.Is(err, ErrGone) {
			t.Error("posted after the end:", err)
		}
		<-s.owner.Done()
	})
}

// TestDrivenDoesTheSame plays the same day with a goroutine and the machine's clock, and in virtual time.
func TestDrivenDoesTheSame(t *testing.T) {
	var actual, virtual script
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		actual.after = func(d time.Duration, f func()) { time.AfterFunc(d, f) }
		actual.owner = Start(ctx, &counter{}, actual.wiring(time.Now(), time.Now))
		actual.plan(t)
		pass(time.Minute)
		synctest.Wait()
	})
	clock := NewVirtual(time.Unix(0, 0), nil)
	virtual.after = func(d time.Duration, f func()) { clock.After(d, f) }
	virtual.owner = Drive(clock, &counter{}, virtual.wiring(clock.Now(), clock.Now))
	virtual.plan(t)
	for clock.Step() {
	}
	if len(virtual.heard) != 13 || !slices.Equal(actual.heard, virtual.heard) {
		t.Errorf("with a goroutine: %q\nin virtual time:  %q", actual.heard, virtual.heard)
	}
}

// TestTiesAreLeftToChance plans many things for one moment: they happen in it together, in the order that tie gives, and
// what is planned meanwhile comes after them.
func TestTiesAreLeftToChance(t *testing.T) {
	orders := map[string]bool{}
	for seed := range uint64(60) {
		clock := NewVirtual(time.Unix(0, 0), rand.New(rand.NewPCG(seed, 0)).Uint64)
		order := ""
		for _, name := range []string{"a", "b", "c"} {
			clock.After(time.Second, func() {
				order += name
				clock.After(0, func() { order += "!" })
			})
		}
		stopped := clock.After(time.Second, func() { t.Error("was stopped") })
		if !stopped.Stop() || stopped.Stop() {
			t.Error("stopped never or twice")
		}
		steps := 0
		for clock.Step() {
			steps++
		}
		if len(order) != 6 || order[3:] != "!!!" || steps != 2 || !clock.Now().Equal(time.Unix(1, 0)) {
			t.Errorf("%s in %d steps, until %s", order, steps, clock.Now())
		}
		orders[order] = true
	}
	if len(orders) != 6 {
		t.Errorf("%d orders of 6", len(orders))
	}
}

// TestSignalsOfAMomentLieTogether: a timer whose signal lies behind what takes it back is not heard.
func TestSignalsOfAMomentLieTogether(t *testing.T) {
	clock := NewVirtual(time.Unix(0, 0), nil)
	w := &witness{}
	wiring := w.wiring()
	var o *Owner[string]
	wiring.Carry = func(_ time.Time, _, word string) {
		w.note(&w.carried, word)
		o.StopTimer("tick")
	}
	o = Drive(clock, &counter{}, wiring)
	clock.After(time.Second, func() { post(t, o, "stop it") })
	o.SetTimer("tick", time.Second, "tick")
	for clock.Step() {
	}
	w.see(t, "carried", &w.carried, "stop it")
}

// TestDrivenEnds stops a driven owner by its machine's end.
func TestDrivenEnds(t *testing.T) {
	clock := NewVirtual(time.Unix(0, 0), nil)
	w := &witness{}
	o := Drive(clock, &counter{}, w.wiring())
	o.SetTimer("never", time.Second, "timer")
	post(t, o, "one", "end", "unread")
	for clock.Step() {
	}
	<-o.Done()
	w.see(t, "carried", &w.carried, "one", "end")
	w.see(t, "unread", &w.unread, "unread")
	if err := o.Ask(t.Context(), "late"); !errors.Is(err, ErrGone) {
		t.Error("asked after the end:", err)
	}
}
