package dialing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// Lock keeps an agent from dialling out, until an administrator opens it (BX-15). Emergency numbers, extensions and inbound
// calls go on.
type Lock struct {
	Agent id.Agent  `json:"agent"`
	Why   string    `json:"why"`
	At    time.Time `json:"at"`
}

func (l Lock) words() string {
	return "your outbound calls are locked, since " + l.Why + ": an administrator unlocks them"
}

// burst is whose calls to where are watched.
type burst struct {
	agent  id.Agent
	prefix string
}

// prefixLength is how much of a number in E.164 form, plus included, is where it goes: about country and operator, or area.
const prefixLength = 6

// bursting notes a costly call and tells whether it is one too many to its prefix.
func (t *guardTurn) bursting(s Ask) (Lock, bool) {
	if s.Agent == "" || t.tolls.BurstCalls == 0 || !s.International && !s.Premium {
		return Lock{}, false
	}
	span := time.Duration(t.tolls.BurstMinutes) * time.Minute
	for b, all := range t.bursts { // forget what is over, so that the map does not grow for ever
		if t.now.Sub(all[len(all)-1]) >= span {
			delete(t.bursts, b)
		}
	}
	b := burst{s.Agent, prefixOf(s.Number)}
	all := slices.DeleteFunc(t.bursts[b], func(at time.Time) bool { return t.now.Sub(at) >= span })
	t.bursts[b] = append(all, t.now)
	if len(t.bursts[b]) <= t.tolls.BurstCalls {
		return Lock{}, false
	}
	delete(t.bursts, b)
	why := fmt.Sprintf("more than %d calls went to numbers that begin with %s in %d minutes", t.tolls.BurstCalls, b.prefix, t.tolls.BurstMinutes)
	return Lock{Agent: s.Agent, Why: why, At: t.now}, true
}

func prefixOf(n tel.Number) string {
	if strings.HasPrefix(string(n), "+") && len(n) > prefixLength {
		return string(n[:prefixLength])
	}
	return string(n)
}

func (t *guardTurn) unlock(s Unlock) error {
	if _, locked := t.locks[s.Agent]; !locked {
		return notNow("this user's outbound calls are not locked")
	}
	delete(t.locks, s.Agent)
	t.tell(Unlocked(s))
	return nil
}
