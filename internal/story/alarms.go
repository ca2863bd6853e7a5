package story

import (
	"slices"
	"time"
)

// Alarms are the timers of a world whose time is told to it. The zero value has none.
type Alarms struct {
	set []alarm
}

type alarm struct {
	name string
	at   time.Time
}

// Set sets a timer, and replaces the one of the same name.
func (a *Alarms) Set(name string, at time.Time) {
	a.Stop(name)
	a.set = append(a.set, alarm{name: name, at: at})
}

// Stop stops a timer, if it is set.
func (a *Alarms) Stop(name string) {
	a.set = slices.DeleteFunc(a.set, func(x alarm) bool { return x.name == name })
}

// Waits tells whether a timer is set.
func (a *Alarms) Waits(name string) bool {
	return slices.ContainsFunc(a.set, func(x alarm) bool { return x.name == name })
}

// Next gives the timer that rings first, the one set first among those of one moment.
func (a *Alarms) Next() (name string, at time.Time, found bool) {
	if len(a.set) == 0 {
		return "", time.Time{}, false
	}
	first := slices.MinFunc(a.set, func(x, y alarm) int { return x.at.Compare(y.at) })
	return first.name, first.at, true
}
