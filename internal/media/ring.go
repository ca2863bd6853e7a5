package media

import (
	"encoding/binary"
	"sync/atomic"
)

// ring carries records of bytes from one goroutine to one other, without lock or allocation. A record that finds
// no room is dropped.
type ring struct {
	bytes   []byte
	head    atomic.Uint64 // bytes ever taken
	tail    atomic.Uint64 // bytes ever put
	dropped atomic.Uint64 // records
}

// newRing makes a ring of size bytes, a power of two.
func newRing(size int) *ring { return &ring{bytes: make([]byte, size)} }

// put adds one record made of two parts, and reports whether there was room.
func (r *ring) put(first, second []byte) bool {
	tail, n := r.tail.Load(), len(first)+len(second)
	if n > 0xFFFF || tail+uint64(n)+2-r.head.Load() > uint64(len(r.bytes)) {
		r.dropped.Add(1)
		return false
	}
	var size [2]byte
	binary.LittleEndian.PutUint16(size[:], uint16(n))
	at := r.write(tail, size[:])
	at = r.write(at, first)
	r.tail.Store(r.write(at, second))
	return true
}

func (r *ring) write(at uint64, b []byte) uint64 {
	start := int(at & uint64(len(r.bytes)-1))
	n := copy(r.bytes[start:], b)
	copy(r.bytes, b[n:])
	return at + uint64(len(b))
}

// take copies the oldest record to b, cut to what b holds; it is -1 when there is none.
func (r *ring) take(b []byte) int {
	head := r.head.Load()
	if head == r.tail.Load() {
		return -1
	}
	var size [2]byte
	r.read(head, size[:])
	n := int(binary.LittleEndian.Uint16(size[:]))
	got := min(n, len(b))
	r.read(head+2, b[:got])
	r.head.Store(head + 2 + uint64(n))
	return got
}

func (r *ring) read(at uint64, b []byte) {
	start := int(at & uint64(len(r.bytes)-1))
	n := copy(b, r.bytes[start:])
	copy(b[n:], r.bytes)
}
