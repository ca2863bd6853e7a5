package media

import "time"

// cleanTime is how long the far side must miss nothing before packets are written as if nothing got lost.
const cleanTime = int64(time.Minute)

// missing is what the far side says it does not get of our packets: only then are packets worth the work and the octets
// that make up for others.
type missing struct {
	percent int
	at      int64 // when it last missed some
}

// told takes a report.
func (m *missing) told(percent int, now int64) {
	switch {
	case percent > 0:
		m.percent, m.at = percent, now
	case now-m.at >= cleanTime:
		m.percent = 0
	}
}

// coding is how Opus is written for l now.
func (l *Leg) coding() Coding {
	how := l.terms.Coding
	how.Loss = max(how.Loss, l.missing.percent)
	return how
}
