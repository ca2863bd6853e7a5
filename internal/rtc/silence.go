package rtc

import (
	"net/netip"
	"time"
)

// pulseTime is how often silence is listened for.
const pulseTime = 500 * time.Millisecond

// pulse looks at every leg for silence, as long as there are legs.
func (s *Server) pulse() {
	s.mu.Lock()
	s.beats = len(s.legs) > 0
	if s.beats {
		s.heart.Reset(pulseTime)
	}
	legs := make([]*leg, 0, len(s.legs))
	for _, l := range s.legs {
		legs = append(legs, l)
	}
	s.mu.Unlock()
	now := time.Now()
	for _, l := range legs {
		if k := l.way(); k != nil {
			k.listen(now)
		}
	}
}

// beat has the pulse go. The caller holds s.mu.
func (s *Server) beat() {
	if s.beats {
		return
	}
	s.beats = true
	if s.heart == nil {
		s.heart = time.AfterFunc(pulseTime, s.pulse)
		return
	}
	s.heart.Reset(pulseTime)
}

// listen tells when nothing at all has come for silenceTimeout, and when something comes again.
func (k *link) listen(now time.Time) {
	k.mu.Lock()
	up := k.up
	k.mu.Unlock()
	switch silent := now.Sub(k.last()) >= silenceTimeout; {
	case !up:
	case !silent:
		k.speaks()
	case !k.silent.Swap(true):
		k.post(missed{})
	}
}

// alive notes a sign of life that does not reach the sound's worker.
func (k *link) alive() {
	k.heard.Store(int64(time.Since(k.port.opened)))
	k.speaks()
}

// speaks tells of a browser that was silent and is not any more.
func (k *link) speaks() {
	if k.silent.Load() && k.silent.Swap(false) {
		k.post(reached{})
	}
}

// last is when anything came from the browser: checks, DTLS, or sound and reports at its worker.
func (k *link) last() time.Time {
	last, sound := k.port.opened.Add(time.Duration(k.heard.Load())), k.sound.Stats()
	for _, sign := range []time.Time{sound.Last, sound.LastReport} {
		if sign.After(last) {
			last = sign
		}
	}
	return last
}

// lives tells whether the browser is there, and reached at that address.
func (k *link) lives(remote netip.AddrPort) bool {
	path := k.path.Load()
	return path != nil && path.Remote == remote && time.Since(k.last()) < silenceTimeout
}

// lose tells that an address is another browser's now. When this browser's checks come from there again, it is given a
// socket of its own anew.
func (k *link) lose(remote netip.AddrPort) {
	if path := k.path.Load(); path != nil && path.Remote == remote {
		k.sound.Detach()
		k.attached.Store(false)
	}
}
