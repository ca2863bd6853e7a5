package live

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
)

// TestOverflow gives a page that read too late a new snapshot, and the ring that was meant for it.
func TestOverflow(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	p := open(t, w.hub, viewers()["agent"])
	w.arrive("sales")
	for i := range 3 * feedLimit {
		w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Unavailable, Reason: fmt.Sprint("reason ", i)})
		w.hub.Probe("ann", "ann-tab")
		w.hub.ACDChanged(w.now, org, []acd.Event{acd.Health{Agent: "ann", State: "ok"}})
		if n := len(p.feed.queue); n > feedLimit+1 {
			t.Fatalf("%d messages wait", n)
		}
	}
	p.read()
	if p.resets != 1 || len(p.rings) != 1 || p.heard["probe"] != 1 {
		t.Errorf("%d snapshots, rings %v, heard %v", p.resets, p.rings, p.heard)
	}
	compare(t, w, 0, "slow page", p)
}

// TestConfiguredWhileRinging keeps a ring that waits for its page.
func TestConfiguredWhileRinging(t *testing.T) {
	w := newWorld(t)
	w.start("ann")
	p := open(t, w.hub, viewers()["agent"])
	w.arrive("sales")
	w.hub.Configure(org, site())
	p.read()
	if len(p.rings) != 1 || p.see.Me.Lines[0].State != "incoming" {
		t.Errorf("rings %v, lines %+v", p.rings, p.see.Me.Lines)
	}
}

// TestResync gives a page that found a gap a snapshot, numbered on.
func TestResync(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["admin"])
	w.start("ann", "bob")
	p.read()
	before := p.seq
	p.feed.Resync()
	w.start("cleo")
	p.read()
	if p.resets != 2 || p.seq <= before {
		t.Errorf("%d snapshots, number %d after %d", p.resets, p.seq, before)
	}
	compare(t, w, 0, "page", p)
}

// TestConfigure lets queues, members and agents come and go.
func TestConfigure(t *testing.T) {
	w := newWorld(t)
	w.start("ann", "bob", "cleo")
	pages := map[string]*page{}
	for name, v := range viewers() {
		pages[name] = open(t, w.hub, v)
	}
	smaller := site()
	smaller.Queues, smaller.Agents = smaller.Queues[:1], smaller.Agents[:2]
	for _, s := range []Site{smaller, site(), {}, site()} {
		w.arrive("support")
		w.hub.Configure(org, s)
		w.arrive("sales")
		w.tellACD(acd.SetStatus{Agent: "cleo", Status: acd.Unavailable, Reason: fmt.Sprint(len(s.Agents))})
		for name, p := range pages {
			p.read()
			compare(t, w, uint64(len(s.Queues)), name, p)
		}
	}
}

// TestNobodyWaitsForASlowPage feeds the picture from many sides while pages come, read, sleep and go.
func TestNobodyWaitsForASlowPage(t *testing.T) {
	h := New()
	h.Configure(org, site())
	asleep := h.Subscribe(viewers()["admin"]) // never read
	defer asleep.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	var feeding, reading sync.WaitGroup
	for _, v := range viewers() {
		reading.Go(func() {
			f := h.Subscribe(v)
			defer f.Close()
			for {
				if _, err := f.Next(ctx); err != nil {
					return
				}
			}
		})
	}
	for side := range 4 {
		feeding.Go(func() {
			for i := range 500 {
				c := call.Call{ID: "c1", Org: org, Stage: call.Queued, Parties: []call.Party{{Agent: "ann", State: call.Joined}}}
				h.CallChanged(time.Now(), c, []call.Event{call.Entered{Stage: call.Queued}})
				h.ACDChanged(time.Now(), org, []acd.Event{acd.Health{Agent: "ann", State: fmt.Sprint(side, i)}})
				h.ShowRing("ann", "ann-tab", "c1", "o1")
				h.Tick(time.Now())
			}
		})
	}
	feeding.Wait()
	if ctx.Err() != nil {
		t.Fatal("feeding the picture waited for a page")
	}
	cancel()
	reading.Wait()
	if n := len(asleep.queue); n > feedLimit+1 {
		t.Errorf("%d messages wait for a page that sleeps", n)
	}
}

// TestEncode gives every viewer the same text for the same thing, but for the number, and it is what JSON makes of the
// message.
func TestEncode(t *testing.T) {
	w := newWorld(t)
	var feeds []*Feed
	for range 3 {
		feeds = append(feeds, w.hub.Subscribe(viewers()["admin"]))
	}
	feeds[2].Resync()
	feeds[2].take()
	w.start("ann", "bob")
	w.arrive("sales")
	w.hub.Probe("ann", "admin-tab")
	kinds := map[string]int{}
	for _, f := range feeds {
		for m, ok := f.take(); ok; m, ok = f.take() {
			got, err := m.Encode()
			want, wantErr := json.Marshal(m)
			if err != nil || wantErr != nil || string(got) != string(want) {
				t.Fatalf("%s: %s, %v, and JSON is %s, %v", m.Kind, got, err, want, wantErr)
			}
			kinds[m.Kind]++
		}
	}
	for _, kind := range []string{"snapshot", "agent", "queue", "waiting", "call.updated"} {
		if kinds[kind] < 2 {
			t.Errorf("hardly told of %s: %v", kind, kinds)
		}
	}
}

// TestDayRolls begins the figures anew at midnight where the organisation is, and when its timezone changes into another day.
func TestDayRolls(t *testing.T) {
	w := newWorld(t)
	offered := func() int {
		p := open(t, w.hub, viewers()["admin"])
		defer p.feed.Close()
		p.read()
		return p.see.Queues[0].Offered
	}
	w.arrive("sales")
	w.wait(14 * time.Hour) // 23:00
	w.arrive("sales")
	if n := offered(); n != 2 {
		t.Errorf("%d offered before midnight, want 2", n)
	}
	w.wait(time.Hour)
	w.arrive("sales")
	if n := offered(); n != 1 {
		t.Errorf("%d offered after midnight, want 1", n)
	}
	east := site()
	east.Location = time.FixedZone("east", 12*3600)
	w.wait(11 * time.Hour)
	w.hub.Configure(org, east)
	w.wait(2 * time.Hour)
	if n := offered(); n != 0 {
		t.Errorf("%d offered on the next day in the east, want 0", n)
	}
}
