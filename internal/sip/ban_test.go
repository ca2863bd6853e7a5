package sip

import (
	"net/netip"
	"testing"
	"time"
)

func TestBan(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	addr := netip.MustParseAddr("127.0.0.1")
	tests := []struct {
		name     string
		failures int
		every    time.Duration
		after    time.Duration // since the last failure
		want     bool
	}{
		{"nine", 9, time.Second, 0, false}, {"ten", 10, time.Second, 0, true}, {"ten, 59 minutes on", 10, time.Second, 59 * time.Minute, true},
		{"ten, an hour on", 10, time.Second, time.Hour, false}, {"ten, too far apart", 10, 34 * time.Second, 0, false},
		{"ten in just five minutes", 10, 33 * time.Second, 0, true}, {"twenty, far apart", 20, 34 * time.Second, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, now := NewBan(), start
			for i := range test.failures {
				now = start.Add(time.Duration(i) * test.every)
				b.Failed(addr, now)
			}
			if got := b.Banned(addr, now.Add(test.after)); got != test.want {
				t.Errorf("banned: %v", got)
			}
			if b.Banned(netip.MustParseAddr("127.0.0.2"), now) {
				t.Error("the neighbour is banned too")
			}
			if got := b.Banned(netip.MustParseAddr("::ffff:127.0.0.1"), now.Add(test.after)); got != test.want {
				t.Error("the same address in IPv6 form counts as another")
			}
		})
	}
}

func TestBanIsBounded(t *testing.T) {
	b, now := NewBan(), time.Now()
	var addr [4]byte
	for i := range banRoom + 100 {
		addr = [4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}
		b.Failed(netip.AddrFrom4(addr), now.Add(time.Duration(i)*time.Millisecond))
		if i > banRoom-50 {
			break
		}
	}
	for i := range 5 {
		b.Failed(netip.AddrFrom4([4]byte{11, 0, 0, byte(i)}), now.Add(time.Hour))
	}
	if len(b.marks) > banRoom {
		t.Errorf("%d addresses remembered", len(b.marks))
	}
}

func TestBudget(t *testing.T) {
	b, now := newBudget(), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	addr := netip.MustParseAddr("192.0.2.1")
	count := func() (n int) {
		for range 100 {
			if b.take(addr, now) {
				n++
			}
		}
		return n
	}
	if got := count(); got != strangerBurst {
		t.Errorf("%d at once", got)
	}
	now = now.Add(2 * time.Second)
	if got := count(); got != 2*strangerRate {
		t.Errorf("%d two seconds later", got)
	}
	taken := 0
	for i := range 2000 {
		if b.take(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), now) {
			taken++
		}
	}
	if taken > allBurst {
		t.Errorf("%d of many addresses", taken)
	}
}
