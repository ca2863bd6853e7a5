package bench

import (
	"math"
	"slices"
	"time"
)

// spread is a set of measured times.
type spread []time.Duration

// share is the least time that so many of the whole, 0 to 1, do not exceed (nearest rank); 0 of none.
func (s spread) share(whole float64) time.Duration {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	rank := int(math.Ceil(whole * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

func (s spread) median() time.Duration { return s.share(0.5) }

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
