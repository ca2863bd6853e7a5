package callcontrol

import (
	"sync"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/tel"
)

// place says who a leg belongs to and where its sound goes now.
type place struct {
	call     id.Call  // set when the leg is the call's own
	station  id.Agent // set when the leg is a station's own
	phone    bool     // a station's leg to a phone or number: it lives as long as the call, or as the voice path
	spends   bool     // a station's leg to a number through a trunk
	dialIn   bool     // of an agent who dials in, until the station has it
	sounds   id.Call  // a station's leg: the call it sounds in, if any
	org      id.Org   // of a SIP leg
	kept     bool     // in the journal
	replaces id.Leg   // whose place this leg takes as soon as it is up
	// last is the last word about a desk phone's leg, until its station has read of it and told its call.
	last *call.LegEnded
}

// legs finds the owner of each leg, for what the wires have to tell.
type legs struct {
	mu  sync.RWMutex // guards the map, never an owner
	all map[id.Leg]place
}

func (l *legs) enter(leg id.Leg, p place) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[leg] = p
}

// find gives the place of a leg that has not ended.
func (l *legs) find(leg id.Leg) (place, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	p, ok := l.all[leg]
	return p, ok && p.last == nil
}

// end takes the last word about a leg; only the first one counts, whoever says it.
func (l *legs) end(e call.LegEnded) (place, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.all[e.Leg]
	if !ok || p.last != nil {
		return place{}, false
	}
	if p.phone {
		p.last = &e
		l.all[e.Leg] = p
	} else {
		delete(l.all, e.Leg)
	}
	return p, true
}

// lastWord is what the wire said at last about a desk phone's leg.
func (l *legs) lastWord(leg id.Leg, cause tel.Cause) call.LegEnded {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if p := l.all[leg]; p.last != nil {
		return *p.last
	}
	return call.LegEnded{Leg: leg, Cause: cause}
}

// forget drops a leg without a last word, or after it.
func (l *legs) forget(leg id.Leg) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.all, leg)
}

// sound says in which call a station's leg sounds. False: it is not there any more.
func (l *legs) sound(leg id.Leg, which id.Call) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.all[leg]
	if ok && p.station != "" && p.sounds != which {
		p.sounds = which
		l.all[leg] = p
	}
	return ok
}

// adopt gives the leg of who dialled in to a station, and has it told before anything else of the leg is. A leg that has
// ended, or whose station does not hear of it, stays as it is.
func (l *legs) adopt(leg id.Leg, agent id.Agent, tell func() bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.all[leg]
	if !ok || !tell() {
		return false
	}
	p.dialIn, p.station, p.phone = false, agent, true
	l.all[leg] = p
	return true
}

// hand gives a leg of a call's own to another call. False: its last word has been taken.
func (l *legs) hand(leg id.Leg, from, to id.Call) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.all[leg]
	if !ok || p.last != nil || p.call != from {
		return false
	}
	p.call = to
	l.all[leg] = p
	return true
}

// silence ends the sounding of a station's leg in that call.
func (l *legs) silence(leg id.Leg, which id.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p, ok := l.all[leg]; ok && p.sounds == which {
		p.sounds = ""
		l.all[leg] = p
	}
}

// hearer is the call that what is heard on the leg belongs to.
func (p place) hearer() id.Call {
	if p.call != "" {
		return p.call
	}
	return p.sounds
}

// keep says that a SIP leg is in the journal from now on, of which organisation. False: its last word has been taken.
func (l *legs) keep(leg id.Leg) (id.Org, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p, ok := l.all[leg]
	if !ok || p.last != nil || p.org == "" {
		return "", false
	}
	p.kept = true
	l.all[leg] = p
	return p.org, true
}
