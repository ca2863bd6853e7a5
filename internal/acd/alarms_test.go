package acd

import (
	"cmp"
	"slices"
	"time"
)

// alarms are the timers of a world whose time is told to it.
type alarms struct {
	set   map[string]alarm
	count int
}

type alarm struct {
	at    time.Time
	order int
}

func (a *alarms) heed(now time.Time, action Action) {
	switch action := action.(type) {
	case SetTimer:
		if a.set == nil {
			a.set = map[string]alarm{}
		}
		a.count++
		a.set[action.Timer] = alarm{at: now.Add(action.After), order: a.count}
	case StopTimer:
		a.stop(action.Timer)
	}
}

func (a *alarms) stop(name string) { delete(a.set, name) }

// next gives the timer that rings first, in the order of setting among those of one moment.
func (a *alarms) next() (name string, at time.Time, ok bool) {
	names := make([]string, 0, len(a.set))
	for n := range a.set {
		names = append(names, n)
	}
	if len(names) == 0 {
		return "", time.Time{}, false
	}
	first := slices.MinFunc(names, func(m, n string) int {
		return cmp.Or(a.set[m].at.Compare(a.set[n].at), cmp.Compare(a.set[m].order, a.set[n].order))
	})
	return first, a.set[first].at, true
}
