package owner

import "time"

// timer is one running timer of an owner. Its identity tells a live one from one that was stopped or set anew.
type timer struct {
	name  string
	clock stopper
}

func (t *timer) stop() { _ = t.clock.Stop() }

// SetTimer sends signal to the owner after d. A timer of the same name is replaced; one that was replaced or
// stopped is never heard, even when it had already run out and its signal was waiting to be read.
func (o *Owner[Signal]) SetTimer(name string, d time.Duration, signal Signal) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.gone {
		return
	}
	o.drop(name)
	t := &timer{name: name}
	t.clock = o.clock.plan(d, func() { _ = o.put(letter[Signal]{signal: signal, timer: t}) })
	if o.timers == nil {
		o.timers = map[string]*timer{}
	}
	o.timers[name] = t
}

// StopTimer stops the timer of that name, if there is one.
func (o *Owner[Signal]) StopTimer(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.drop(name)
}

// drop forgets a timer. The lock is held.
func (o *Owner[Signal]) drop(name string) {
	if t, ok := o.timers[name]; ok {
		t.stop()
		delete(o.timers, name)
	}
}

// stale tells whether a timer's signal must not be read any more, and forgets a timer that is being read.
func (o *Owner[Signal]) stale(t *timer) bool {
	if t == nil {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.timers[t.name] != t {
		return true
	}
	delete(o.timers, t.name)
	return false
}
