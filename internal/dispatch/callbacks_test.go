package dispatch

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
)

// shelf keeps callbacks as a database does, and notes the attempts that were begun.
type shelf struct {
	f     *floor
	rows  map[id.Callback]acd.BookCallback
	begun []acd.PlaceCallback
	fails bool
}

func (s *shelf) Stored(id.Org) ([]acd.BookCallback, error) {
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	return slices.Collect(maps.Values(s.rows)), nil
}

func (s *shelf) Kept(_ id.Org, b acd.BookCallback) {
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	s.rows[b.Callback] = b
}

func (s *shelf) Gone(_ id.Org, which id.Callback) {
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	delete(s.rows, which)
}

func (s *shelf) place(_ id.Org, a acd.PlaceCallback) error {
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	s.begun = append(s.begun, a)
	if s.fails {
		return errors.New("no calls are taken now")
	}
	return nil
}

// attempt gives the one attempt that was begun since the last look.
func (s *shelf) attempt(t *testing.T) acd.PlaceCallback {
	t.Helper()
	synctest.Wait()
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	if len(s.begun) != 1 {
		t.Fatalf("%d attempts were begun: %+v", len(s.begun), s.begun)
	}
	a := s.begun[0]
	s.begun = nil
	return a
}

func testCallbacks(t *testing.T, story func(t *testing.T, f *floor, s *shelf)) {
	synctest.Test(t, func(t *testing.T) {
		f := newFloor(t)
		s := &shelf{f: f, rows: map[id.Callback]acd.BookCallback{}}
		f.Dispatch.Config.Callbacks, f.CallBack = s, s.place
		story(t, f, s)
	})
}

// A callback is kept as long as it pends. After a restart it has its place, before those who came later.
func TestCallbackIsKept(t *testing.T) {
	testCallbacks(t, func(t *testing.T, f *floor, s *shelf) {
		began := time.Now()
		s.rows["old"] = acd.BookCallback{Callback: "old", Queue: "sales", Number: "+3222123456", Priority: 5, EnteredAt: began.Add(-time.Hour), Attempts: 1}
		s.rows["lost"] = acd.BookCallback{Callback: "lost", Queue: "gone", Number: "+3222123457", Priority: 5, EnteredAt: began}
		f.mu.Lock()
		f.standing = []acd.Signal{acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: began.Add(-2 * time.Hour), Resumed: true}}
		f.mu.Unlock()
		f.Open("acme")
		f.tell(acd.Enqueue{Call: "b", Queue: "sales", EnteredAt: began})
		if _, there := s.rows["lost"]; there || len(f.Pending("acme")) != 1 {
			t.Errorf("a callback of a queue that is no more is kept: %+v", s.rows)
		}
		f.tell(acd.DeviceUp{Agent: "ann"})
		if o := f.offered("a"); o.Agent != "ann" {
			t.Errorf("the earliest was offered %+v", o)
		}
		f.tell(acd.DeviceUp{Agent: "bob"})
		if a := s.attempt(t); a.Callback != "old" || a.Attempt != 2 || a.Agent != "bob" {
			t.Errorf("begun: %+v", a)
		}
		f.tell(acd.CancelCallback{Callback: "old"})
		if len(s.rows)+len(f.Pending("acme")) > 0 {
			t.Errorf("kept after its end: %+v", s.rows)
		}
	})
}

// An ACD that breaks while a customer is dialled does not have the customer dialled twice.
func TestCallbackSurvivesPanic(t *testing.T) {
	testCallbacks(t, func(t *testing.T, f *floor, s *shelf) {
		f.Open("acme")
		<-time.After(time.Minute)
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.BookCallback{Callback: "k", Call: "", Queue: "sales", Number: "+3222123456"})
		a := s.attempt(t)
		f.tell(acd.OfferEnded{Call: a.Call, Offer: a.Offer, Result: acd.Answered})
		f.mu.Lock()
		f.standing = []acd.Signal{
			acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.Occupy{Call: a.Call, Agent: a.Agent, Queue: "sales"},
			acd.BookCallback{Callback: "k", Attempt: a.Call, Agent: a.Agent},
		}
		f.breakAt = func(s acd.Signal) bool { _, is := s.(acd.Toggle); return is && f.rebuilt == 1 }
		f.mu.Unlock()
		f.tell(acd.Toggle{Agent: "bob", Queue: "sales", On: true})
		f.mu.Lock()
		if f.rebuilt != 2 || len(s.begun) > 0 {
			t.Errorf("rebuilt %d times, begun %+v", f.rebuilt, s.begun)
		}
		f.mu.Unlock()
		f.tell(acd.CallbackEnded{Call: a.Call, Result: acd.CallbackBusy})
		if all := f.Pending("acme"); len(all) != 1 || all[0].Attempts != 1 || all[0].RetryAt.IsZero() {
			t.Errorf("after a busy line: %+v", all)
		}
	})
}

// An attempt that cannot begin costs its agent a moment, and is tried again.
func TestCallbackCannotBegin(t *testing.T) {
	testCallbacks(t, func(t *testing.T, f *floor, s *shelf) {
		s.fails = true
		f.Open("acme")
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.BookCallback{Callback: "k", Queue: "sales", Number: "+3222123456"})
		s.attempt(t)
		f.mu.Lock()
		s.fails = false
		f.mu.Unlock()
		<-time.After(6 * time.Second)
		if a := s.attempt(t); a.Attempt != 1 {
			t.Errorf("begun again: %+v", a)
		}
	})
}

// A caller hears of the callback that pends; an agent who answers too late for one is told so.
func TestCallbackIsFound(t *testing.T) {
	testCallbacks(t, func(t *testing.T, f *floor, _ *shelf) {
		f.Open("acme")
		f.tell(acd.BookCallback{Callback: "k", Queue: "sales", Number: "+3222123456", EnteredAt: time.Unix(0, 0)})
		f.tell(acd.FindCallback{Call: "a", Queue: "sales", Number: "+3222123456"})
		want := call.CallbackFound{Callback: "k", Queue: "sales", EnteredAt: time.Unix(0, 0).UTC()}
		if heard := f.heardBy("a"); len(heard) != 1 || heard[0] != want {
			t.Errorf("heard %+v", heard)
		}
	})
}

// What calls took last week is told at the start, and anew with each half-hour (BX-4).
func TestHandleTimesAreTold(t *testing.T) {
	testCallbacks(t, func(t *testing.T, f *floor, _ *shelf) {
		f.HandleTimes = func(_ id.Org, now time.Time) []acd.HandleTime {
			return []acd.HandleTime{{Queue: "sales", Calls: 2, Average: time.Duration(now.Minute()+1) * time.Minute}}
		}
		f.Open("acme")
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.Reserve{Call: "c", Agent: "ann", Purpose: acd.Outbound}, acd.Enqueue{Call: "a", Queue: "sales"})
		f.mu.Lock()
		f.stands = acd.Stand{Calls: []id.Call{"a", "c"}, Held: []acd.Held{{Agent: "ann", Call: "c"}}}
		f.mu.Unlock()
		for _, want := range []time.Duration{time.Minute, 31 * time.Minute} {
			f.tell(acd.WhereIs{Call: "a"})
			if heard := f.heardBy("a"); len(heard) != 1 || heard[0].(call.PlaceIs).Wait != want {
				t.Errorf("heard %+v, not %s", heard, want)
			}
			<-time.After(30*time.Minute + time.Second)
		}
	})
}
