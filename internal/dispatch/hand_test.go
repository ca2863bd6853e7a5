package dispatch

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
)

// over collects the calls that nobody has in hand any more.
func (f *floor) over() []id.Call {
	synctest.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.ended
	f.ended = nil
	return all
}

// TestWorkEnds tells when a call is in nobody's hand any more: by Wrap, when the time is over, by sign-out, without a
// wrap-up, and not before the last of two agents (CH-9).
func TestWorkEnds(t *testing.T) {
	queued := []acd.Signal{acd.Occupy{Call: "a", Agent: "ann", Queue: "sales"}, acd.Release{Call: "a", Agent: "ann"}}
	for _, c := range []struct {
		name   string
		before []acd.Signal
		end    acd.Signal // nil: time
	}{
		{"by Wrap", queued, acd.EndWrap{Agent: "ann"}},
		{"by a status", queued, acd.SetStatus{Agent: "ann", Status: acd.Unavailable}},
		{"when the time is over", queued, nil},
		{"by a sign-out", queued, acd.SignOut{Agent: "ann"}},
		{"with the agent's devices", queued, acd.DeviceDown{Agent: "ann", Trigger: acd.AutoDisconnect}},
		{"with the agent", queued, acd.Configure{}},
		{"with the next call", queued, acd.Reserve{Call: "c", Agent: "ann", Purpose: acd.Outbound}},
		{"without a wrap-up", []acd.Signal{acd.Occupy{Call: "a", Agent: "ann"}}, acd.Release{Call: "a", Agent: "ann"}},
		{"with the last of two", append([]acd.Signal{acd.Occupy{Call: "a", Agent: "bob"}}, queued...), acd.Release{Call: "a", Agent: "bob"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			test(t, func(t *testing.T, f *floor) {
				f.tell(acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"})
				f.tell(c.before...)
				if c.name == "with the last of two" {
					f.tell(acd.EndWrap{Agent: "ann"})
				}
				if f.HandOf("acme", "ann") != "a" && c.name != "with the last of two" {
					t.Errorf("ann has %q in hand", f.HandOf("acme", "ann"))
				}
				if all := f.over(); len(all) > 0 || !f.InHand("acme", "a") {
					t.Fatalf("before its end: over %v, in hand: %t", all, f.InHand("acme", "a"))
				}
				if c.end != nil {
					f.tell(c.end)
				} else {
					<-time.After(5*time.Second + time.Millisecond)
				}
				if all := f.over(); !slices.Equal(all, []id.Call{"a"}) || f.InHand("acme", "a") {
					t.Errorf("over: %v, in hand: %t", all, f.InHand("acme", "a"))
				}
			})
		})
	}
}

// TestWorkEndsWithTheACD ends wrap-ups with an ACD that broke, and no call that goes on.
func TestWorkEndsWithTheACD(t *testing.T) {
	test(t, func(t *testing.T, f *floor) {
		<-time.After(time.Minute)
		f.tell(acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.Occupy{Call: "c", Agent: "bob"})
		f.tell(acd.Occupy{Call: "a", Agent: "ann", Queue: "sales"}, acd.Release{Call: "a", Agent: "ann"})
		f.mu.Lock()
		f.standing = []acd.Signal{acd.DeviceUp{Agent: "ann"}, acd.DeviceUp{Agent: "bob"}, acd.Occupy{Call: "c", Agent: "bob"}}
		f.breakAt = func(s acd.Signal) bool { e, is := s.(acd.Enqueue); return is && e.Call == "b" && f.rebuilt == 1 }
		f.mu.Unlock()
		f.tell(acd.Enqueue{Call: "b", Queue: "sales", EnteredAt: time.Now()})
		if all := f.over(); !slices.Equal(all, []id.Call{"a"}) || !f.InHand("acme", "c") || f.InHand("acme", "a") {
			t.Errorf("over: %v", all)
		}
	})
}
