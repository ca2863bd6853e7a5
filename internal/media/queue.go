package media

import "sync/atomic"

// link is a leg's place in one ready list; it is in the list at most once.
type link struct {
	leg    *Leg
	next   *link
	queued atomic.Bool
}

// ready lists the legs that something has to be done for. Anyone may push, one goroutine takes; nobody locks.
type ready struct{ head atomic.Pointer[link] }

// push lists k's leg and reports whether it was not listed yet.
func (r *ready) push(k *link) bool {
	if k.queued.Swap(true) {
		return false
	}
	r.pass(k)
	return true
}

// pass lists a link that is marked as queued already.
func (r *ready) pass(k *link) {
	for {
		head := r.head.Load()
		k.next = head
		if r.head.CompareAndSwap(head, k) {
			return
		}
	}
}

// take empties the list. Read next before clearing queued: after that the link may be listed anew.
func (r *ready) take() *link { return r.head.Swap(nil) }

func (r *ready) empty() bool { return r.head.Load() == nil }

// order is something the worker of a leg is told to do; it reports whether the leg is still that worker's. What it is
// about stands beside it, so that an order is one piece of memory.
type order struct {
	next *order
	do   func(*worker, *Leg, *order) (stays bool)
	from *Leg
	play *play
	tap  *tap
	to   *worker
}

// orders is the command ring of one leg: it goes with the leg when the leg moves, so orders are kept in their order.
type orders struct {
	newest  atomic.Pointer[order] // anyone pushes here
	pending *order                // oldest first, only for the worker that has the leg
}

func (o *orders) push(fresh *order) {
	for {
		fresh.next = o.newest.Load()
		if o.newest.CompareAndSwap(fresh.next, fresh) {
			return
		}
	}
}

// pop is the oldest order, or nil when all are done.
func (o *orders) pop() *order {
	if o.pending == nil {
		for newest := o.newest.Swap(nil); newest != nil; {
			next := newest.next
			newest.next, o.pending = o.pending, newest
			newest = next
		}
	}
	first := o.pending
	if first != nil {
		o.pending = first.next
	}
	return first
}
