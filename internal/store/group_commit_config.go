package store

import (
	"fmt"
	"time"
)

// GroupCommitConfig tunes a GroupCommit; zero fields have the defaults.
type GroupCommitConfig struct {
	Every    time.Duration // least time between two transactions; 50 ms
	Timeout  time.Duration // of one transaction, after which it is tried again; 30 s
	MaxBytes int           // of what may wait while the database is stalled; 256 MB. More is lost, and Failed hears of it
	Failed   func(error)   // hears every failed transaction and every lost row; must return soon
}

func (cfg *GroupCommitConfig) fill() {
	if cfg.Every <= 0 {
		cfg.Every = 50 * time.Millisecond
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.MaxBytes <= 0 {
		cfg.MaxBytes = 256 << 20
	}
	if cfg.Failed == nil {
		cfg.Failed = func(error) {}
	}
}

// LostError says that rows were not stored and never will be: the database refuses what is in them, or too many waited.
type LostError struct {
	Rows  int
	Cause error
}

func (e *LostError) Error() string {
	return fmt.Sprintf("write journal: %d rows lost: %v", e.Rows, e.Cause)
}
func (e *LostError) Unwrap() error { return e.Cause }

// GroupCommitStats counts what a GroupCommit has done.
type GroupCommitStats struct {
	Waiting int    // rows not stored yet, those in the running transaction not counted
	Commits uint64 // transactions that succeeded
	Rows    uint64 // rows they wrote
	Failed  uint64 // transactions that failed
	Lost    uint64 // rows that never will be stored
}
