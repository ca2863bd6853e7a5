//go:build test

package app

import (
	"fmt"
	"time"

	"parley/internal/clock"
)

// ClockSettings lets tests call at any moment of a day.
type ClockSettings struct {
	Clock string `help:"Moment at which the wall clock starts, as 2026-12-25T10:00:00+01:00." env:"PARLEY_CLOCK" placeholder:"TIME"`
}

// startClock sets the clock, if it is to show anything else than the machine's.
func (s ClockSettings) startClock() error {
	if s.Clock == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, s.Clock)
	if err != nil {
		return fmt.Errorf("--clock %s is not a moment such as 2026-12-25T10:00:00+01:00", s.Clock)
	}
	clock.Start(at)
	return nil
}
