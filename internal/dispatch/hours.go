package dispatch

import (
	"time"

	"parley/internal/acd"
)

// hours lets an ACD hear which schedules open or close at this moment (QU-18).
type hours struct{ acd.Signal }

// maxAhead is how far ahead the next change is awaited: the clock may be set.
const maxAhead = time.Hour

// awaitHours asks for the moment at which a schedule opens or closes next.
func (k *desk) awaitHours(now time.Time) {
	if _, next := k.d.Hours(k.org, now); !next.IsZero() {
		k.ownerOf().SetTimer("hours", min(max(next.Sub(now), time.Second), maxAhead), hours{})
	}
}

// tellHours tells the ACD how all schedules stand; what has not changed is no news to it.
func (k *desk) tellHours(now time.Time) {
	all, _ := k.d.Hours(k.org, now)
	for _, s := range all {
		o, err := k.machine.Handle(now, s)
		if err != nil {
			k.refused(s, err)
			continue
		}
		k.carry(now, o)
	}
	k.awaitHours(now)
}
