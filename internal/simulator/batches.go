package simulator

import (
	"math"
	"time"
)

// batches is how many means an interval is made of. Waits of callers who come one after the other are alike, means of many
// thousands hardly (the method of batch means: Law and Kelton 2000, §9.5.3).
const batches = 30

// student is by how many standard errors a mean of so many batches lies off at most, with 99.9 % (Student's t, 29 degrees).
const student = 3.659

// waits are callers' waits in batches, in the order of arrival; the first callers are left out, who find an empty line.
type waits struct {
	skip, of                       int
	count, waited, time, abandoned [batches]float64
}

// add takes in the wait of the caller of this number, counted from 0.
func (w *waits) add(number int, waited time.Duration, abandoned bool) {
	if number < w.skip || number >= w.skip+w.of {
		return
	}
	b := (number - w.skip) * batches / w.of
	w.count[b]++
	w.time[b] += waited.Seconds()
	if waited > 0 {
		w.waited[b]++
	}
	if abandoned {
		w.abandoned[b]++
	}
}

func (w *waits) measured() (wait, mean, abandon Measured) {
	return w.interval(w.waited), w.interval(w.time), w.interval(w.abandoned)
}

func (w *waits) interval(sums [batches]float64) Measured {
	var mean, squares float64
	for b := range sums {
		mean += sums[b] / w.count[b] / batches
	}
	for b := range sums {
		off := sums[b]/w.count[b] - mean
		squares += off * off
	}
	return Measured{Mean: mean, Within: student * math.Sqrt(squares/(batches-1)/batches)}
}
