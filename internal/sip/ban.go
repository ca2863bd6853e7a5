package sip

import (
	"net/netip"
	"sync"
	"time"
)

// Limits of a Ban (BX-16).
const (
	banFailures = 10
	banWindow   = 5 * time.Minute
	banLength   = time.Hour
	banRoom     = 65536 // addresses remembered at most
)

// Ban shuts an address out for an hour after ten failures in five minutes, for the registrar and the sign-in alike
// (BX-16). Loopback is an address like any other. Its memory is bounded: when it is full, the one whose mark is
// oldest is forgotten. It is safe for concurrent use.
type Ban struct {
	mu    sync.Mutex
	marks map[netip.Addr]*banMark
}

type banMark struct {
	failures [banFailures]time.Time // a ring: the next to be written is the oldest
	next     int
	last     time.Time
	until    time.Time
}

// NewBan makes an empty Ban.
func NewBan() *Ban { return &Ban{marks: map[netip.Addr]*banMark{}} }

// Failed notes one failed attempt of addr and tells whether addr is banned now.
func (b *Ban) Failed(addr netip.Addr, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	addr = addr.Unmap()
	mark := b.marks[addr]
	if mark == nil {
		b.makeRoom(now)
		mark = &banMark{}
		b.marks[addr] = mark
	}
	mark.failures[mark.next] = now
	mark.next = (mark.next + 1) % banFailures
	oldest := mark.failures[mark.next] // the tenth last, zero when there were fewer
	mark.last = now
	if !oldest.IsZero() && now.Sub(oldest) <= banWindow {
		mark.until = now.Add(banLength)
	}
	return now.Before(mark.until)
}

// Banned tells whether addr is shut out at this moment.
func (b *Ban) Banned(addr netip.Addr, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	mark := b.marks[addr.Unmap()]
	return mark != nil && now.Before(mark.until)
}

// makeRoom forgets what no longer matters and, when that is not enough, the oldest mark.
func (b *Ban) makeRoom(now time.Time) {
	if len(b.marks) < banRoom {
		return
	}
	var oldest netip.Addr
	var last time.Time
	for addr, mark := range b.marks {
		if now.Sub(mark.last) > banWindow && !now.Before(mark.until) {
			delete(b.marks, addr)
			continue
		}
		if last.IsZero() || mark.last.Before(last) {
			oldest, last = addr, mark.last
		}
	}
	if len(b.marks) >= banRoom {
		delete(b.marks, oldest)
	}
}
