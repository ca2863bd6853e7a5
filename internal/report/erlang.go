package report

import (
	"math"
	"time"
)

// Line is a queue as queueing theory sees it: calls arrive by chance and independently (Poisson), are answered in the order of
// arrival, and last exponentially long. Two formulas say how long callers wait: Erlang C, where everybody waits until answered
// (M/M/c; A. K. Erlang 1917), and Erlang A, where patience is exponential too (M/M/c+M; C. Palm 1943, in the form of Mandelbaum
// and Zeltyn, "Service Engineering in Action: The Palm/Erlang-A Queue", 2007). Erlang A is used when Patience is set.
type Line struct {
	Agents   int           // at least 1
	Arrivals float64       // calls a second, above 0
	Handling time.Duration // mean time for which a call holds an agent, above 0
	Patience time.Duration // mean, above 0; 0 when nobody hangs up
}

// Load is the work that arrives, in erlangs: as many agents would be busy without a break.
func (l Line) Load() float64 { return l.Arrivals * l.Handling.Seconds() }

// Occupancy is the share of their time for which agents are busy, 0 to 1.
func (l Line) Occupancy() float64 {
	return math.Min(1, l.Load()*(1-l.Abandon())/float64(l.Agents))
}

// Wait is the share of callers who have to wait at all, 0 to 1. Without patience and with a load of as many agents as there
// are, or more, all wait.
func (l Line) Wait() float64 {
	blocked := ErlangB(l.Agents, l.Load())
	if l.Patience > 0 {
		ease := math.Exp(-l.strain())
		return blocked / (ease + (1-ease)*blocked)
	}
	used := l.Load() / float64(l.Agents)
	if used >= 1 {
		return 1
	}
	return blocked / (1 - used*(1-blocked))
}

// Abandon is the share of callers who hang up before they are answered, 0 to 1.
func (l Line) Abandon() float64 {
	if l.Patience <= 0 {
		return 0
	}
	used := l.Load() / float64(l.Agents)
	return math.Max(0, l.Wait()*(math.Exp(-l.strain())/used+1-1/used))
}

// MeanWait is the mean time that callers wait, those who do not and those who hang up included. It has no end (the longest
// Duration) without patience and with a load of as many agents as there are, or more.
func (l Line) MeanWait() time.Duration {
	if l.Patience > 0 {
		return ofSeconds(l.Abandon() * l.Patience.Seconds()) // as many hang up as Little's law has wait
	}
	if l.Load() >= float64(l.Agents) {
		return math.MaxInt64
	}
	return ofSeconds(l.Wait() * l.Handling.Seconds() / (float64(l.Agents) - l.Load()))
}

// InTime is the service level: the share of all callers who are answered within a time, 0 to 1.
func (l Line) InTime(within time.Duration) float64 {
	if l.Patience > 0 {
		return l.patientlyInTime(within.Seconds())
	}
	spare := float64(l.Agents) - l.Load()
	if spare <= 0 {
		return 0
	}
	return 1 - l.Wait()*math.Exp(-spare*within.Seconds()/l.Handling.Seconds())
}

// ErlangB is the share of calls that find all agents busy where nobody can wait, 0 to 1, for a load in erlangs.
func ErlangB(agents int, load float64) float64 {
	inverse := 1.0
	for n := 1; n <= agents; n++ {
		inverse = 1 + inverse*float64(n)/load
	}
	return 1 / inverse
}

// strain is the logarithm of A(x, y) of Mandelbaum and Zeltyn, with x the agents' and y the callers' number in a patience: near
// 0 where hardly anybody has to wait for long, large where callers are far too many.
func (l Line) strain() float64 {
	x := float64(l.Agents) * l.Patience.Seconds() / l.Handling.Seconds()
	y := l.Arrivals * l.Patience.Seconds()
	sum, term, scale := 1.0, 1.0, 0.0
	for j := 1.0; term > sum*1e-16; j++ {
		term *= y / (x + j)
		sum += term
		if sum > 1e200 {
			sum, term, scale = sum/1e200, term/1e200, scale+200*math.Ln10
		}
	}
	return math.Log(sum) + scale
}

// patientlyInTime is InTime of Erlang A: those who find a free agent, and the density of the time that a call would have to
// wait, up to the limit, times the chance to be there still (Zeltyn and Mandelbaum, Queueing Systems 51, 2005, §2: M/M/n+G).
func (l Line) patientlyInTime(limit float64) float64 {
	patience, speed, strain := l.Patience.Seconds(), float64(l.Agents)/l.Handling.Seconds(), l.strain()
	density := func(v float64) float64 { // of the wait, in parts of that of one who would find all agents just busy
		return math.Exp(l.Arrivals*patience*(1-math.Exp(-v/patience)) - speed*v - strain - v/patience)
	}
	steps := 2 * int(math.Ceil(min(500+10*limit*(speed+l.Arrivals), 1e6))) // of Simpson's rule
	sum := 0.0
	for i := range steps + 1 {
		weight := float64(2 + 2*(i%2))
		if i == 0 || i == steps {
			weight = 1
		}
		sum += weight * density(limit*float64(i)/float64(steps))
	}
	blocked, ease := ErlangB(l.Agents, l.Load()), math.Exp(-strain)
	share := (1 - blocked) / (ease + (1-ease)*blocked) // of those who find a free agent, over ease
	return math.Min(1, share*(ease+ErlangB(l.Agents-1, l.Load())*l.Arrivals*sum*limit/float64(steps)/3))
}

func ofSeconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
