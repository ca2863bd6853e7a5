package media

import (
	"encoding/binary"
	"sync"
	"testing"
)

func TestRingKeepsOrderAndCountsDrops(t *testing.T) {
	r := newRing(1 << 8)
	var gone sync.WaitGroup
	const records = 20000
	gone.Go(func() {
		var b [4]byte
		for i := range uint32(records) {
			binary.LittleEndian.PutUint32(b[:], i)
			r.put(b[:], make([]byte, i%50))
		}
	})
	last, got := -1, 0
	take := func() bool {
		var b [100]byte
		n := r.take(b[:])
		if n < 0 {
			return false
		}
		i := int(binary.LittleEndian.Uint32(b[:]))
		if i <= last || n != 4+i%50 {
			t.Errorf("record %d of %d bytes after %d", i, n, last)
		}
		last = i
		got++
		return true
	}
	eventually(t, "the writer ends", func() bool {
		for take() {
		}
		return got+int(r.dropped.Load()) == records
	})
	gone.Wait()
	if got == 0 {
		t.Error("nothing came through")
	}
}

func TestOrdersKeepTheirOrder(t *testing.T) {
	var o orders
	var gone sync.WaitGroup
	done := make([][]int, 4)
	for writer := range done {
		gone.Go(func() {
			for i := range 1000 {
				o.push(&order{do: func(*worker, *Leg, *order) bool { done[writer] = append(done[writer], i); return true }})
			}
		})
	}
	count := 0
	eventually(t, "all orders", func() bool {
		for next := o.pop(); next != nil; next = o.pop() {
			next.do(nil, nil, next)
			count++
		}
		return count == 4000
	})
	gone.Wait()
	for writer := range done {
		for i, is := range done[writer] {
			if i != is {
				t.Fatalf("order %d of writer %d came at place %d", is, writer, i)
			}
		}
	}
}
