//go:build !test

package app

// ClockSettings is empty: the program goes by the machine's clock.
type ClockSettings struct{}

func (ClockSettings) startClock() error { return nil }
