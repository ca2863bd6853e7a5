//go:build test

package clock_test

import (
	"testing"
	"time"

	"parley/internal/clock"
)

func TestStart(t *testing.T) {
	t.Cleanup(func() { clock.Start(time.Now()) })
	for _, at := range []time.Time{time.Now().AddDate(0, 0, -40), time.Now().AddDate(3, 0, 0)} {
		clock.Start(at)
		a := clock.Now()
		if d := a.Sub(at); d < 0 || d > time.Minute {
			t.Errorf("started at %s the clock shows %s", at, a)
		}
		if clock.Now().Before(a) {
			t.Error("the clock stands still or goes back")
		}
	}
}
