package dispatch

import (
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// An agent's hours begin hours after the configuration was told: the ACD hears of it at that moment, and rings.
func TestHoursBegin(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		f.mu.Lock()
		f.opens = time.Now().Add(150 * time.Minute)
		f.mu.Unlock()
		c := conf()
		c.Agents[0].Closed = true
		f.mu.Lock()
		f.stands = acd.Stand{Calls: []id.Call{"a"}}
		f.mu.Unlock()
		f.tell(c, acd.DeviceUp{Agent: "ann"}, acd.Enqueue{Call: "a", Queue: "sales", EnteredAt: time.Now()})
		<-time.After(149 * time.Minute)
		if heard := f.heardBy("a"); len(heard) > 0 {
			t.Errorf("before the hours: %+v", heard)
		}
		<-time.After(61 * time.Second)
		if o := f.offered("a"); o.Agent != "ann" {
			t.Errorf("offered %+v", o)
		}
	})
}
