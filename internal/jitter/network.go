package jitter

import "math"

const (
	bins        = 80   // of 2 ms each: delays to 160 ms
	binsPer     = 500  // in a second
	remembered  = 1000 // packets until all weights are halved
	quantile    = 0.99 // of packets that should be in time
	unsure      = 50   // packets until the start value no longer counts
	windowTime  = 4    // seconds over which the fastest packet is looked for
	implausible = 1000 // parts per million: a change of path, not a clock
	longerFor   = 5    // packets in a row that come too late for any delay, over a tenth of a second, are a longer path
)

// network learns how a path delays packets: the distribution of delays beyond the fastest packet's, and the drift
// of the sender's clock, which shows as a slope of the fastest packet's delay.
type network struct {
	clock, start, max int64
	target            int64 // delay that keeps the wanted part of packets in time
	drift             float64

	weights [bins]uint16
	total   int

	opened         int64 // arrival at which the window began
	fastest        low   // of this window
	before         low   // of the last one
	anchor         low   // the last window's minimum that drift was measured to
	known, drifted bool

	tooLate int   // packets in a row that came later than the longest delay allows
	since   int64 // arrival of the first of them
	longer  low   // the fastest of them
}

// low is the fastest packet of a window: its transit – arrival less timestamp – and when it came.
type low struct {
	transit, at int64
}

func (n *network) reset(clock, start, highest int64) {
	*n = network{clock: clock, start: start, max: highest, target: start}
}

// base is the transit of the fastest packet of late.
func (n *network) base() int64 {
	return min(n.fastest.transit, n.before.transit)
}

// observe learns from one packet that arrived then with that timestamp, both in units. It tells when the path has become
// so much longer that all that was learned is void.
func (n *network) observe(arrival, timestamp int64) (moved bool) {
	transit := arrival - timestamp
	if !n.known {
		n.known, n.opened = true, arrival
		n.fastest, n.before = low{transit, arrival}, low{transit, arrival}
	}
	if arrival-n.opened >= windowTime*n.clock {
		n.slope()
		n.before, n.fastest = n.fastest, low{transit, arrival}
		n.opened = arrival
	}
	if n.moves(low{transit, arrival}) {
		n.move(arrival)
		moved = true
	}
	if transit < n.fastest.transit {
		n.fastest = low{transit, arrival}
	}
	bin := (transit - n.base()) * binsPer / n.clock
	n.weights[max(0, min(bin, bins-1))]++
	n.total++
	if n.total >= remembered {
		n.fade()
	}
	if n.total&7 == 0 || n.total < unsure {
		n.aim()
	}
	return moved
}

// moves tells whether packets are not late by chance, but by a path that has become longer, or a sender that stood still:
// several come too late one after the other, and not all at once as after a stall.
func (n *network) moves(p low) bool {
	if p.transit-n.base() <= n.max {
		n.tooLate = 0
		return false
	}
	if n.tooLate++; n.tooLate == 1 {
		n.since, n.longer = p.at, p
	}
	if p.transit < n.longer.transit {
		n.longer = p
	}
	return n.tooLate >= longerFor && p.at-n.since >= n.clock/10
}

// move begins to learn anew from the packets that were too late. The clock of the sender is the same.
func (n *network) move(arrival int64) {
	n.fastest, n.before, n.anchor = n.longer, n.longer, low{}
	n.opened, n.tooLate, n.total, n.target = arrival, 0, 0, n.start
	n.weights = [bins]uint16{}
}

// fade halves all weights, so that what was long ago counts less and less.
func (n *network) fade() {
	n.total = 0
	for i := range n.weights {
		n.weights[i] /= 2
		n.total += int(n.weights[i])
	}
}

// aim sets the target to the upper edge of the bin that the quantile falls into.
func (n *network) aim() {
	left := int(math.Ceil(float64(n.total) * quantile))
	bin := 0
	for ; bin < bins-1; bin++ {
		if left -= int(n.weights[bin]); left <= 0 {
			break
		}
	}
	n.target = min(int64(bin+1)*n.clock/binsPer, n.max)
	if bin == 0 {
		n.target = 0 // a path without jitter needs no delay at all
	}
	if n.total < unsure {
		n.target = max(n.target, n.start)
	}
}

// slope measures drift from one window's fastest packet to the next one's. A sender whose clock is fast stamps more
// time than passes, so that its transit falls.
func (n *network) slope() {
	to := n.fastest
	passed := to.at - n.anchor.at
	from := n.anchor
	n.anchor = to
	if from == (low{}) || passed <= 0 {
		return
	}
	ppm := float64(from.transit-to.transit) / float64(passed) * 1e6
	if math.Abs(ppm) > implausible {
		return
	}
	if !n.drifted {
		n.drifted, n.drift = true, ppm/4
		return
	}
	n.drift += (ppm - n.drift) / 16
}
