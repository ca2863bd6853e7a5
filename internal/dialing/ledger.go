package dialing

import (
	"maps"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// ledger counts what was spent, minute by minute, by user, by trunk and in all.
type ledger struct {
	rates   rates
	minutes map[tollKey]map[int64]sum // by minutes since 1970
	running map[id.Call]running
}

// tollKey is whose account it is.
type tollKey string

const wholeKey tollKey = "organisation"

func agentKey(a id.Agent) tollKey { return tollKey("agent/" + string(a)) }
func trunkKey(t id.Trunk) tollKey { return tollKey("trunk/" + string(t)) }

// sum is what was spent in a time.
type sum struct {
	calls, seconds, abroad int
	spend                  Money
}

func (s sum) plus(o sum) sum {
	return sum{s.calls + o.calls, s.seconds + o.seconds, s.abroad + o.abroad, s.spend + o.spend}
}

// running is a call that was given leave and is not over.
type running struct {
	agent         id.Agent
	trunk         id.Trunk
	number        tel.Number
	rate          Rate // of the number through the trunk, as it was when the call began
	international bool
	since         time.Time // it was answered; zero before
}

func newLedger() ledger {
	return ledger{minutes: map[tollKey]map[int64]sum{}, running: map[id.Call]running{}}
}

// day is how many minutes back anything counts.
const day = 24 * 60

func minuteOf(at time.Time) int64 { return at.Unix() / 60 }

func (l *ledger) add(key tollKey, at time.Time, what sum) {
	all := l.minutes[key]
	if all == nil {
		all = map[int64]sum{}
		l.minutes[key] = all
	}
	if len(all) > day+day/4 {
		maps.DeleteFunc(all, func(m int64, _ sum) bool { return m <= minuteOf(at)-day })
	}
	all[minuteOf(at)] = all[minuteOf(at)].plus(what)
}

// account books to everybody whom a call concerns.
func (l *ledger) account(agent id.Agent, trunk id.Trunk, at time.Time, what sum) {
	l.add(wholeKey, at, what)
	if agent != "" {
		l.add(agentKey(agent), at, what)
	}
	if trunk != "" {
		l.add(trunkKey(trunk), at, what)
	}
}

func (l *ledger) begin(s Ask, trunk id.Trunk, now time.Time) {
	l.account(s.Agent, trunk, now, sum{calls: 1})
	l.running[s.Call] = running{
		agent: s.Agent, trunk: trunk, number: s.Number, rate: l.rates.to(s.Number, trunk), international: s.International,
	}
}

func (l *ledger) answered(which id.Call, now time.Time) {
	if r, ok := l.running[which]; ok && r.since.IsZero() {
		r.since = now
		l.running[which] = r
	}
}

// through books the call to another trunk too: the first one was called through as well.
func (l *ledger) through(s Through, now time.Time) {
	if r, ok := l.running[s.Call]; ok && r.trunk != s.Trunk {
		r.trunk, r.rate = s.Trunk, l.rates.to(r.number, s.Trunk)
		l.running[s.Call] = r
		l.add(trunkKey(s.Trunk), now, sum{calls: 1})
	}
}

func (l *ledger) over(which id.Call, now time.Time) {
	r, ok := l.running[which]
	if !ok {
		return
	}
	delete(l.running, which)
	l.account(r.agent, r.trunk, now, r.talked(now))
}

func (l *ledger) past(p Past) {
	what := sum{calls: 1, seconds: p.Seconds}
	if p.Seconds > 0 {
		what.spend = l.rates.to(p.Number, p.Trunk).of(time.Duration(p.Seconds) * time.Second)
	}
	if p.International {
		what.abroad = p.Seconds
	}
	l.account(p.Agent, p.Trunk, p.At, what)
}

// talked is what a running call has cost so far.
func (r running) talked(now time.Time) sum {
	if r.since.IsZero() {
		return sum{}
	}
	lasted := max(0, now.Sub(r.since))
	s := sum{seconds: int(lasted / time.Second), spend: r.rate.of(lasted)}
	if r.international {
		s.abroad = s.seconds
	}
	return s
}

// sum is what an account has spent in the last minutes, what runs included.
func (l *ledger) sum(key tollKey, now time.Time, minutes int) sum {
	var all sum
	for m, s := range l.minutes[key] {
		if m > minuteOf(now)-int64(minutes) {
			all = all.plus(s)
		}
	}
	for _, r := range l.running {
		if key == wholeKey || key == agentKey(r.agent) || key == trunkKey(r.trunk) {
			all = all.plus(r.talked(now))
		}
	}
	return all
}
