package dispatch

import (
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
)

// What no call stands for is put right within 20 s, told, and counted; what stands is left alone.
func TestStuckWorkIsRepaired(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.Reserve{Call: "a", Agent: "ann", Purpose: acd.Outbound})
		f.tell(acd.Reserve{Call: "b", Agent: "bob", Purpose: acd.Outbound}, acd.Enqueue{Call: "c", Queue: "sales", EnteredAt: time.Now()})
		f.mu.Lock()
		f.stands = acd.Stand{Calls: []id.Call{"b"}, Held: []acd.Held{{Agent: "bob", Call: "b"}}}
		f.mu.Unlock()
		<-time.After(25 * time.Second)
		synctest.Wait()
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.status["ann"] != acd.Available || f.status["bob"] != acd.OnCall {
			t.Errorf("ann is %s, bob %s", f.status["ann"], f.status["bob"])
		}
		var told []acd.Repaired
		for _, e := range f.events {
			if r, is := e.(acd.Repaired); is {
				told = append(told, r)
			}
		}
		if repairs, violations := f.Counts(); repairs != 2 || violations != 0 || len(told) != 2 || told[0].Agent != "ann" || told[1].Call != "c" {
			t.Errorf("%d repairs, %d violations, told %+v", repairs, violations, told)
		}
	})
}

// A call that nobody was in for 30 s is told to close, and that is told and counted.
func TestLeglessCallIsClosed(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		f.mu.Lock()
		f.stands = acd.Stand{Calls: []id.Call{"a"}, Legless: []id.Call{"a"}}
		f.mu.Unlock()
		<-time.After(35 * time.Second)
		if heard := f.heardBy("a"); len(heard) > 0 {
			t.Errorf("too early: %+v", heard)
		}
		<-time.After(10 * time.Second)
		heard := f.heardBy("a")
		if len(heard) != 1 {
			t.Fatalf("heard: %+v", heard)
		}
		if c, is := heard[0].(call.Close); !is || c.Why == "" {
			t.Errorf("heard: %+v", heard)
		}
		if repairs, _ := f.Counts(); repairs != 1 {
			t.Errorf("%d repairs", repairs)
		}
	})
}

func TestBrokenPromisesAreCounted(t *testing.T) {
	test(t, func(_ *testing.T, f *floor) {
		f.mu.Lock()
		f.broken = []acd.Violation{{Rule: "offers expire", Call: "a"}, {Rule: "one offer per agent", Agent: "ann"}}
		f.mu.Unlock()
		<-time.After(21 * time.Second)
		synctest.Wait()
		if _, violations := f.Counts(); violations != 4 {
			f.t.Errorf("%d violations in two looks", violations)
		}
	})
}
