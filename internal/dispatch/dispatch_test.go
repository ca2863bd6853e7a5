package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
)

// floor is a dispatch with calls that only listen.
type floor struct {
	*Dispatch
	t   *testing.T
	dir *owner.Directory

	mu       sync.Mutex
	heard    map[id.Call][]call.Signal
	events   []acd.Event
	status   map[id.Agent]acd.Status
	outcomes []acd.OutcomeChosen
	standing []acd.Signal
	stands   acd.Stand
	broken   []acd.Violation
	opens    time.Time // Ann's hours begin
	rebuilt  int
	ended    []id.Call // that nobody has in hand any more
	breakAt  func(acd.Signal) bool
}

func newFloor(t *testing.T) *floor {
	f := &floor{t: t, dir: owner.NewDirectory(), heard: map[id.Call][]call.Signal{}, status: map[id.Agent]acd.Status{}}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel(); synctest.Wait() })
	f.Dispatch = New(ctx, Config{Directory: f.dir, Screens: f, Statuses: f, Log: slog.New(slog.DiscardHandler), Rebuild: f.rebuild, Stand: f.stand, Hours: f.hours, WorkEnded: f.workEnded})
	f.make = func() distributor { return brittle{acd.New(), f} }
	for _, which := range []id.Call{"a", "b", "c"} {
		f.dir.Enter(owner.At("call", which), listener{f, which})
	}
	return f
}

// brittle panics when the floor says so.
type brittle struct {
	*acd.Distributor
	f *floor
}

func (b brittle) Handle(now time.Time, s acd.Signal) (acd.Outcome, error) {
	b.f.mu.Lock()
	breaks := b.f.breakAt != nil && b.f.breakAt(s)
	b.f.mu.Unlock()
	if breaks {
		panic("brittle")
	}
	return b.Distributor.Handle(now, s)
}

func (b brittle) Check(now time.Time) []acd.Violation {
	b.f.mu.Lock()
	defer b.f.mu.Unlock()
	return append(b.f.broken, b.Distributor.Check(now)...)
}

type listener struct {
	f     *floor
	which id.Call
}

func (l listener) PostAny(s any) error {
	l.f.mu.Lock()
	defer l.f.mu.Unlock()
	l.f.heard[l.which] = append(l.f.heard[l.which], s.(call.Signal))
	return nil
}

func (l listener) AskAny(context.Context, any) error { return nil }

func (f *floor) rebuild(id.Org) []acd.Signal {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rebuilt++
	return append([]acd.Signal{conf()}, f.standing...)
}

func (f *floor) hours(_ id.Org, now time.Time) ([]acd.Hours, time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.opens.IsZero() {
		return nil, time.Time{}
	}
	if now.Before(f.opens) {
		return []acd.Hours{{Agent: "ann"}}, f.opens
	}
	return []acd.Hours{{Agent: "ann", Open: true}}, time.Time{}
}

func (f *floor) stand(id.Org) acd.Stand {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.stands
}

func conf() acd.Configure {
	return acd.Configure{
		Queues: []acd.Queue{{ID: "sales", Members: []id.Agent{"ann", "bob"}, RingSeconds: 20, WrapUpSeconds: 5}},
		Agents: []acd.Agent{{ID: "ann", DefaultStatus: acd.Available}, {ID: "bob", DefaultStatus: acd.Available}},
	}
}

func (f *floor) ACDChanged(_ time.Time, _ id.Org, events []acd.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = append(f.events, events...)
}

func (f *floor) workEnded(_ time.Time, _ id.Org, which id.Call) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = append(f.ended, which)
}

func (f *floor) OutcomeChosen(_ time.Time, _ id.Org, e acd.OutcomeChosen) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outcomes = append(f.outcomes, e)
}

func (f *floor) StatusChanged(_ time.Time, _ id.Org, e acd.StatusChanged) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.status[e.Agent] = e.To
}

// tell sends signals and waits until all is done.
func (f *floor) tell(all ...acd.Signal) {
	for _, s := range all {
		f.Tell("acme", s)
	}
	synctest.Wait()
}

// heardBy gives what a call has heard and forgets it.
func (f *floor) heardBy(which id.Call) []call.Signal {
	synctest.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.heard[which]
	delete(f.heard, which)
	return all
}

func (f *floor) offered(which id.Call) call.Offered {
	f.t.Helper()
	for _, s := range f.heardBy(which) {
		if o, ok := s.(call.Offered); ok {
			return o
		}
	}
	f.t.Fatalf("call %s was not offered anybody", which)
	return call.Offered{}
}

func test(t *testing.T, story func(t *testing.T, f *floor)) {
	synctest.Test(t, func(t *testing.T) {
		f := newFloor(t)
		f.Open("acme")
		synctest.Wait()
		story(t, f)
	})
}

func TestOfferAndAnswer(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: time.Now()})
		o := f.offered("a")
		if o.Agent != "ann" || o.RingSeconds != 20 || len(o.Skipped) != 1 || o.Skipped[0].Why != "device_offline" {
			t.Errorf("offered %+v", o)
		}
		f.tell(acd.OfferEnded{Call: "a", Offer: o.Offer, Result: acd.Answered})
		if f.status["ann"] != acd.OnCall {
			t.Errorf("ann is %s", f.status["ann"])
		}
	})
}

func TestPromisesToCalls(t *testing.T) {
	now := time.Unix(0, 0)
	for _, c := range []struct {
		name string
		in   []acd.Signal
		want call.Signal
	}{
		{"a queue that is no more", []acd.Signal{acd.Enqueue{Call: "a", Queue: "gone", EnteredAt: now}}, call.Dismissed{Queue: "gone", Result: "no_agent"}},
		{"a queue that is removed", []acd.Signal{
			acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: now}, acd.Configure{},
		}, call.Dismissed{Queue: "sales", Result: "no_agent"}},
		{"a priority that cannot be", []acd.Signal{acd.Enqueue{Call: "a", Queue: "sales", Priority: 11}}, call.Dismissed{Queue: "sales", Result: "no_agent"}},
		{"an agent nobody knows", []acd.Signal{acd.Reserve{Call: "a", Agent: "eve", Purpose: acd.Direct}}, call.Denied{Agent: "eve", Why: "not_permitted"}},
		{"a purpose that cannot be", []acd.Signal{acd.Reserve{Call: "a", Agent: "ann", Purpose: "fun"}}, call.Denied{Agent: "ann", Why: "not_permitted"}},
		{"why nobody was offered a call that leaves", []acd.Signal{
			acd.DeviceUp{Agent: "ann"}, acd.SetStatus{Agent: "ann", Status: acd.Unavailable}, acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: now},
			acd.Leave{Call: "a", Result: acd.LeftAbandoned, Why: true},
		}, call.Explained{Queue: "sales", Skipped: []call.Skip{{Agent: "ann", Why: "status"}, {Agent: "bob", Why: "device_offline"}}}},
		{"a question about a call that does not wait", []acd.Signal{acd.Leave{Call: "a", Result: acd.LeftAbandoned, Why: true}}, call.Explained{}},
		{"a place", []acd.Signal{acd.Reserve{Call: "a", Agent: "ann", Purpose: acd.Outbound}}, call.Granted{Agent: "ann"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			test(t, func(t *testing.T, f *floor) {
				f.tell(c.in...)
				if got := f.heardBy("a"); !reflect.DeepEqual(got, []call.Signal{c.want}) {
					t.Errorf("heard %+v, not %+v", got, c.want)
				}
			})
		})
	}
}

func TestCallThatIsGone(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		f.tell(acd.Reserve{Call: "nobody", Agent: "bob", Purpose: acd.Outbound})
		f.tell(acd.Enqueue{Call: "nobody", Queue: "sales"}, acd.DeviceUp{Agent: "ann"}, acd.Enqueue{Call: "a", Queue: "sales"})
		if o := f.offered("a"); o.Agent != "ann" {
			t.Errorf("offered %+v", o)
		}
		if f.status["bob"] == acd.OnCall {
			t.Error("bob is held by a call that is gone")
		}
	})
}

func TestPanicRebuilds(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		entered := time.Now()
		<-time.After(time.Minute)
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.Reserve{Call: "c", Agent: "bob", Purpose: acd.Outbound})
		f.tell(acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: entered})
		open := f.offered("a")
		f.mu.Lock()
		f.standing = []acd.Signal{
			acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.Occupy{Call: "c", Agent: "bob"},
			acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: entered},
		}
		f.breakAt = func(s acd.Signal) bool { e, is := s.(acd.Enqueue); return is && e.Call == "b" && f.rebuilt == 1 }
		f.mu.Unlock()
		f.tell(acd.Enqueue{Call: "b", Queue: "sales", EnteredAt: time.Now()})
		heard := f.heardBy("a")
		if len(heard) != 2 || heard[0] != (call.Revoked{Offer: open.Offer, Result: call.RingFailed}) {
			t.Fatalf("a heard %+v", heard)
		}
		again, _ := heard[1].(call.Offered)
		if again.Agent != "ann" || again.Offer == open.Offer {
			t.Errorf("after the panic: %+v, before: %+v", again, open)
		}
		if f.status["bob"] != acd.OnCall {
			t.Errorf("bob is %s", f.status["bob"])
		}
		f.tell(acd.Enqueue{Call: "b", Queue: "sales", EnteredAt: time.Now()}, acd.Release{Call: "c", Agent: "bob"})
		if o := f.offered("b"); o.Agent != "bob" {
			t.Errorf("b was offered %+v", o)
		}
	})
}

// TestPanicAgain has an ACD break over and over: it rests between, and people are told so.
func TestPanicAgain(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		<-time.After(time.Minute)
		f.mu.Lock()
		f.breakAt = func(s acd.Signal) bool { _, is := s.(acd.Configure); return is || f.rebuilt == 1 }
		f.mu.Unlock()
		f.tell(acd.DeviceUp{Agent: "ann"})
		<-time.After(10*time.Second + time.Millisecond)
		synctest.Wait()
		f.mu.Lock()
		rebuilt := f.rebuilt
		f.breakAt = nil
		f.mu.Unlock()
		if rebuilt < 10 || rebuilt > 13 {
			t.Errorf("rebuilt %d times in 10 s", rebuilt)
		}
		if err := f.Ask(context.Background(), "acme", acd.SetStatus{Agent: "ann", Status: acd.Available}); !errors.Is(err, acd.ErrNotNow) {
			t.Errorf("asked an ACD that rests: %v", err)
		}
		<-time.After(time.Second)
		f.tell(acd.DeviceUp{Agent: "ann"})
		if f.status["ann"] != acd.Available {
			t.Errorf("ann is %q", f.status["ann"])
		}
	})
}

func TestSignalsBetweenPanicAndRebuild(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		<-time.After(time.Minute)
		f.mu.Lock()
		f.breakAt = func(acd.Signal) bool { return f.rebuilt == 1 }
		f.standing = []acd.Signal{acd.DeviceUp{Agent: "ann"}, acd.Occupy{Call: "c", Agent: "ann"}}
		f.mu.Unlock()
		// The second signal waits behind the one that breaks; it is about what the rebuild knows already, or later.
		f.Tell("acme", acd.DeviceUp{Agent: "ann"})
		f.Tell("acme", acd.DeviceUp{Agent: "ann"})
		f.tell(acd.Release{Call: "c", Agent: "ann"})
		f.tell(acd.Release{Call: "c", Agent: "ann"})
		if f.status["ann"] != acd.Available {
			t.Errorf("ann is %q", f.status["ann"])
		}
	})
}
