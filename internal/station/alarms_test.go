package station

import (
	"cmp"
	"slices"
	"time"
)

// alarms are the timers of a world whose time is told to it.
type alarms struct {
	set []alarm
}

type alarm struct {
	name string
	at   time.Time
}

func (a *alarms) heed(now time.Time, action Action) {
	switch action := action.(type) {
	case SetTimer:
		a.stop(action.Timer)
		a.set = append(a.set, alarm{name: action.Timer, at: now.Add(action.After)})
	case StopTimer:
		a.stop(action.Timer)
	}
}

func (a *alarms) stop(name string) {
	a.set = slices.DeleteFunc(a.set, func(x alarm) bool { return x.name == name })
}

// next gives the timer that rings first, the one set first among those of one moment.
func (a *alarms) next() (name string, at time.Time, found bool) {
	if len(a.set) == 0 {
		return "", time.Time{}, false
	}
	first := slices.MinFunc(a.set, func(x, y alarm) int { return cmp.Compare(x.at.UnixNano(), y.at.UnixNano()) })
	return first.name, first.at, true
}
