package sip

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

// TestMain makes the timers short: T1 is 100 ms, so that an ACK is missed after 6.4 s.
func TestMain(m *testing.M) {
	sipgo.SetTimers(100*time.Millisecond, 400*time.Millisecond, 500*time.Millisecond)
	os.Exit(m.Run())
}

// house is a server with a directory, and an exchange that notes what it hears.
type house struct {
	*Server
	t       testing.TB
	trunks  map[netip.Addr]Trunk
	devices map[string]Device
	arrive  func(*house, Incoming)

	mu      sync.Mutex
	arrived []Incoming
	heard   map[id.Leg][]Progress
	came    []Registration
	gone    []Registration
	changed chan struct{}
}

const patience = 20 * time.Second

func openHouse(t testing.TB, change ...func(*house, *Config)) *house {
	t.Helper()
	engine, err := media.Open(media.Config{Bind: netip.MustParseAddr("127.0.0.1"), First: 30000, Last: 32699, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, trunks: map[netip.Addr]Trunk{}, devices: map[string]Device{}, heard: map[id.Leg][]Progress{}, changed: make(chan struct{})}
	config := Config{Listen: "127.0.0.1:0", Media: engine, Directory: h, UserAgent: "Parley"}
	for _, c := range change {
		c(h, &config)
	}
	server, err := Open(config, h)
	if err != nil {
		t.Fatal(err)
	}
	h.note(func() { h.Server = server })
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		h.Close(ctx)
		engine.Close()
	})
	return h
}

var loopbackAddr = netip.MustParseAddr("127.0.0.1")

// withTrunk knows loopback as a trunk.
func withTrunk(h *house, _ *Config) {
	h.trunks[netip.MustParseAddr("127.0.0.1")] = Trunk{ID: "trunk", Org: "org"}
}

// placeOf is where a house is reached by a transport.
func (h *house) placeOf(transport string) string {
	if transport == "tls" {
		return h.SecureAddr().String()
	}
	return h.at()
}

// withPhone knows the device "ann" with password "secret".
func withPhone(h *house, _ *Config) {
	weak, strong := HA1("ann", "acme.test", "secret")
	h.devices["ann"] = Device{ID: "phone", Org: "org", Agent: "agent-ann", Username: "ann", Realm: "acme.test", HA1MD5: weak, HA1SHA256: strong}
}

func answering(h *house, call Incoming) {
	_ = h.Ring(call.Leg)
	_ = h.Answer(call.Leg)
}

func (h *house) TrunkAt(addr netip.Addr) (Trunk, bool) {
	trunk, ok := h.trunks[addr]
	return trunk, ok
}

func (h *house) Device(username, _ string) (Device, bool) {
	h.mu.Lock()
	device, ok := h.devices[username]
	h.mu.Unlock()
	if !ok {
		return Device{Realm: "acme.test"}, false
	}
	return device, true
}

// on says what to do with a call.
func (h *house) on(arrive func(*house, Incoming)) { h.note(func() { h.arrive = arrive }) }

func (h *house) note(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
	close(h.changed)
	h.changed = make(chan struct{})
}

func (h *house) Arrived(call Incoming) {
	var arrive func(*house, Incoming)
	h.note(func() {
		h.arrived = append(h.arrived, call)
		arrive = h.arrive
	})
	if arrive != nil {
		arrive(h, call)
	}
}

func (h *house) Happened(leg id.Leg, what Progress) {
	h.note(func() { h.heard[leg] = append(h.heard[leg], what) })
}

func (h *house) Registered(r Registration)   { h.note(func() { h.came = append(h.came, r) }) }
func (h *house) Unregistered(r Registration) { h.note(func() { h.gone = append(h.gone, r) }) }

// until waits for a condition on what was heard.
func (h *house) until(what string, met func() bool) {
	h.t.Helper()
	limit := time.After(patience)
	for {
		h.mu.Lock()
		ok, changed := met(), h.changed
		h.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-limit:
			h.mu.Lock()
			defer h.mu.Unlock()
			h.t.Fatalf("waited in vain for %s; heard %v", what, h.heard)
		}
	}
}

// hears waits until a leg has heard that, as the type's name with its fields.
func (h *house) hears(leg id.Leg, want string) {
	h.t.Helper()
	h.until(want, func() bool { return h.hasHeard(leg, want) })
}

// hasHeard is for who holds the lock.
func (h *house) hasHeard(leg id.Leg, want string) bool {
	for _, what := range h.heard[leg] {
		if strings.HasPrefix(strings.TrimPrefix(fmt.Sprintf("%T%+v", what, what), "sip."), want) {
			return true
		}
	}
	return false
}

// pressUntilHeard presses a key twice a second until it is heard: a room takes its legs in on threads of its own, and a key that comes
// before that goes to nobody.
func (h *house) pressUntilHeard(leg id.Leg, digit tel.Digit, at *house, there id.Leg) {
	h.t.Helper()
	asked := 0
	waitFor(h.t, "the key "+string(digit), func() bool {
		if asked++; asked%100 == 1 {
			_ = h.SendDigit(leg, digit)
		}
		at.mu.Lock()
		defer at.mu.Unlock()
		return at.hasHeard(there, fmt.Sprintf("Digit{Digit:%s}", digit))
	})
}

// call waits for the nth call.
func (h *house) call(n int) Incoming {
	h.t.Helper()
	h.until("a call", func() bool { return len(h.arrived) > n })
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.arrived[n]
}

// endsOnce fails when a leg did not end exactly once, last.
func (h *house) endsOnce(leg id.Leg) {
	h.t.Helper()
	h.hears(leg, "Ended")
	h.mu.Lock()
	defer h.mu.Unlock()
	ends := 0
	for _, what := range h.heard[leg] {
		if _, ok := what.(Ended); ok {
			ends++
		}
	}
	if _, last := h.heard[leg][len(h.heard[leg])-1].(Ended); ends != 1 || !last {
		h.t.Errorf("leg %s heard %v", leg, h.heard[leg])
	}
}

func (h *house) at() string { return h.Addr().String() }
