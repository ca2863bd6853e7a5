package bench

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"
	"time"
)

func TestUnknownMeasurement(t *testing.T) {
	if err := Run(t.Context(), Options{Out: io.Discard, Only: []string{"acd", "speed"}}); !errors.Is(err, ErrUnknown) {
		t.Errorf("the error is %v", err)
	}
}

func TestMeasurementThatFails(t *testing.T) {
	o := Options{Out: io.Discard, Only: []string{"start"}, Program: filepath.Join(t.TempDir(), "none")}
	if err := Run(t.Context(), o); err == nil {
		t.Error("a server that does not exist was measured")
	}
}

func TestDecisions(t *testing.T) {
	c, err := newCrowd(20, 10)
	if err != nil {
		t.Fatal(err)
	}
	each, rate, err := c.run(t.Context(), time.Millisecond)
	if err != nil || each <= 0 || each > time.Millisecond || rate <= 0 {
		t.Errorf("one decision in %s, %g a second, %v", each, rate, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := c.run(ended, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}

func TestTally(t *testing.T) {
	if took, err := (tally{placed: 3, took: time.Second}).whole(); took != time.Second || err != nil {
		t.Errorf("%s, %v", took, err)
	}
	if _, err := (tally{placed: 3, failed: 1, first: io.EOF}).whole(); !errors.Is(err, io.EOF) {
		t.Errorf("a failed call is no error: %v", err)
	}
}
