package call

import "fmt"

// referDone is the one answer to a phone's wish, before its leg is ended.
func (l *ledger) referDone(a ReferDone) {
	l.refers[a.Leg]--
	l.must(l.refers[a.Leg] >= 0, "ReferDone twice: %s", a.Leg)
	l.must(l.ended[a.Leg] == 0 || a.Cause != 0, "ReferDone of a leg that was ended before: %s", a.Leg)
	l.steps[fmt.Sprint("refer ", a.Cause == 0)]++
	if l.joins && a.Cause == 0 {
		l.steps["joined by phone"]++
	}
}

// dialled notes a second call of a telephone, which is taken or ended at once.
func (l *ledger) dialled(s LegDials) {
	if l.opened[s.Leg] == 0 {
		l.must(l.ended[s.Leg] == 1, "the second call %s is neither taken nor ended", s.Leg)
	} else {
		l.steps["second lines"]++
	}
}

// replaced notes a leg that took the place of another, or was ended at once.
func (l *ledger) replaced(s LegReplaced) {
	taken := l.opened[s.Leg] == 1 && l.closed[s.Old] == 1 && l.ended[s.Old] == 1
	l.must(taken != (l.ended[s.Leg] == 1), "the leg %s neither takes the place of %s nor is ended", s.Leg, s.Old)
	if taken {
		l.steps["replaced"]++
	}
}

// referred holds when the call has ended: every phone was answered.
func (l *ledger) referred() {
	for leg, n := range l.refers {
		l.must(n == 0, "%d ReferDone owed to %s", n, leg)
	}
}
