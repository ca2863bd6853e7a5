package dialing

import (
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
)

// Lines counts the calls that run through trunks now and keeps to their caps (BX-33). It is plain data: whoever holds it lets
// one at a time use it.
type Lines struct {
	held    map[id.Leg]line
	begun   map[id.Trunk][]time.Time // outbound calls of the last second
	waiting map[id.Leg]seizing       // emergency calls, by the leg that gives them its channel
	count   int
}

// line is one channel in use.
type line struct {
	trunk  id.Trunk
	in     bool
	urgent bool
	number int // counts up: who came later has a higher one
}

type seizing struct {
	leg   id.Leg
	trunk id.Trunk
}

// Seizure is what became of the wish for a channel: it is had, or Why says why not, or Victim must be hung up first; Free of
// the victim then gives it.
type Seizure struct {
	Had    bool
	Why    string
	Victim id.Leg
}

// NewLines gives lines that nobody uses.
func NewLines() *Lines {
	return &Lines{held: map[id.Leg]line{}, begun: map[id.Trunk][]time.Time{}, waiting: map[id.Leg]seizing{}}
}

// Enter counts a leg that came in. It is never refused: the carrier has found a channel for it.
func (l *Lines) Enter(leg id.Leg, trunk id.Trunk) { l.hold(leg, line{trunk: trunk, in: true}) }

func (l *Lines) hold(leg id.Leg, one line) {
	l.count++
	one.number = l.count
	l.held[leg] = one
}

// Seize wants a channel for a call out. An emergency call always gets one: where all are in use the youngest call that is no
// emergency gives way, one that goes out before one that came in (BX-13).
func (l *Lines) Seize(now time.Time, leg id.Leg, r Route, urgent bool) Seizure {
	full := r.Caps.Channels > 0 && l.inUse(r.Trunk) >= r.Caps.Channels
	if urgent {
		if victim, ok := l.victim(r.Trunk); full && ok {
			l.waiting[victim] = seizing{leg: leg, trunk: r.Trunk}
			return Seizure{Victim: victim}
		}
		l.hold(leg, line{trunk: r.Trunk, urgent: true})
		return Seizure{Had: true}
	}
	if full {
		return Seizure{Why: fmt.Sprintf("all %d channels of trunk %s are in use", r.Caps.Channels, r.Name)}
	}
	recent := slices.DeleteFunc(l.begun[r.Trunk], func(at time.Time) bool { return now.Sub(at) >= time.Second })
	if r.Caps.PerSecond > 0 && len(recent) >= r.Caps.PerSecond {
		l.begun[r.Trunk] = recent
		return Seizure{Why: fmt.Sprintf("trunk %s takes no more than %d calls a second", r.Name, r.Caps.PerSecond)}
	}
	l.begun[r.Trunk] = append(recent, now)
	l.hold(leg, line{trunk: r.Trunk})
	return Seizure{Had: true}
}

// Free gives a channel back when its leg has ended. Next is the emergency call that has it now, empty when none waited. A leg
// that holds nothing changes nothing, but one that waits for a channel does so no more.
func (l *Lines) Free(leg id.Leg) (next id.Leg) {
	for victim, s := range l.waiting {
		if s.leg == leg {
			delete(l.waiting, victim)
		}
	}
	delete(l.held, leg)
	s, ok := l.waiting[leg]
	if !ok {
		return ""
	}
	delete(l.waiting, leg)
	l.hold(s.leg, line{trunk: s.trunk, urgent: true})
	return s.leg
}

func (l *Lines) inUse(trunk id.Trunk) int {
	n := 0
	for _, one := range l.held {
		if one.trunk == trunk {
			n++
		}
	}
	return n
}

// victim is the call that gives its channel to an emergency.
func (l *Lines) victim(trunk id.Trunk) (best id.Leg, found bool) {
	for leg, one := range l.held {
		if _, spoken := l.waiting[leg]; spoken || one.trunk != trunk || one.urgent {
			continue
		}
		if !found || givesWayBefore(one, l.held[best]) {
			best, found = leg, true
		}
	}
	return best, found
}

func givesWayBefore(a, b line) bool {
	if a.in != b.in {
		return b.in
	}
	return a.number > b.number
}
