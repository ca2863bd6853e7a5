package sip

import (
	"net/netip"
	"sync"
	"time"

	"parley/internal/door"
)

// Budgets of strangers, in messages (BX-16). Trunks and registered devices have none.
const (
	strangerRate  = 5 // a second and address
	strangerBurst = 30
	allRate       = 200 // a second, all strangers together
	allBurst      = 600
	budgetRoom    = 16384 // addresses remembered at most
)

// budget limits what strangers may send: each address, and all of them together. Time is an argument.
type budget struct {
	mu     sync.Mutex
	all    bucket
	source map[netip.Addr]bucket // by subscriber
}

// bucket is a token bucket: how much was left at a moment.
type bucket struct {
	left float64
	at   time.Time
}

// take fills the bucket for the time that passed, and takes one.
func (b *bucket) take(now time.Time, rate, burst float64) bool {
	if b.at.IsZero() {
		b.left = burst
	} else if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.left = min(burst, b.left+passed*rate)
	}
	b.at = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

func newBudget() *budget { return &budget{source: map[netip.Addr]bucket{}} }

// take tells whether a stranger's message may be looked at.
func (b *budget) take(addr netip.Addr, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	addr = door.Subscriber(addr)
	own, known := b.source[addr]
	if !known && len(b.source) >= budgetRoom {
		b.sweep(now)
		if len(b.source) >= budgetRoom {
			return b.all.take(now, allRate, allBurst)
		}
	}
	ok := own.take(now, strangerRate, strangerBurst)
	b.source[addr] = own
	return ok && b.all.take(now, allRate, allBurst)
}

// sweep forgets full buckets. The lock is held.
func (b *budget) sweep(now time.Time) {
	for addr, own := range b.source {
		if now.Sub(own.at).Seconds()*strangerRate >= strangerBurst {
			delete(b.source, addr)
		}
	}
}
