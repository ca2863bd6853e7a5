// Package clock is the wall clock of the program: what decides about hours, holidays and deadlines, and what is written
// down, asks it instead of the time package. Builds for tests (tag "test") can start it at any moment; packets, timers and
// certificates always follow the machine's own clock.
package clock

import "time"

// Now is the moment that the wall clock shows. It keeps the monotonic reading, so that spans between two moments are true.
func Now() time.Time { return now() }
