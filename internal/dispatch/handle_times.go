package dispatch

import (
	"time"

	"parley/internal/acd"
)

// handleTimes lets an ACD hear what queues took last week at this time (BX-4).
type handleTimes struct{ acd.Signal }

// halfHour is the stretch of last week that estimates go by.
const halfHour = 30 * time.Minute

// tellHandleTimes tells the ACD of the half-hour that has begun, and asks for the moment of the next. It is looked up aside,
// so that nobody waits for a database.
func (k *desk) tellHandleTimes(now time.Time) {
	if k.d.HandleTimes == nil {
		return
	}
	k.ownerOf().SetTimer("handle-times", now.Truncate(halfHour).Add(halfHour).Sub(now), handleTimes{})
	go func() {
		for _, s := range k.d.HandleTimes(k.org, now) {
			k.d.Tell(k.org, s)
		}
	}()
}
