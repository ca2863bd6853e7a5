package bench

import (
	"context"
	"fmt"
	"time"
)

const (
	largeCrew   = 1600
	delayCalls  = 400
	firstStep   = 100             // bridged and recorded calls to begin with
	stepLength  = 5 * time.Second // in which nothing may be lost
	enoughSound = 0.98            // of the packets that the calls' length makes, when the machine keeps up
)

// measureLarge measures the delay of many calls, and then how many a machine carries: bridged and recorded, doubled until
// a packet is lost.
func measureLarge(ctx context.Context, r *run) error {
	r.leave()
	c, err := openCentre(ctx, r.Options, large, largeCrew)
	if err != nil {
		return err
	}
	defer c.close()
	load, err := c.delay(ctx, r, delayCalls, limits{cpu: 8, median: 3, last: 10})
	if err != nil {
		return err
	}
	if err := c.release(ctx, load); err != nil {
		return err
	}
	carried, err := c.double(ctx)
	if err != nil {
		return err
	}
	r.add(wanted("bridged and recorded calls without loss, generator included", float64(carried), "calls", 800))
	return nil
}

// double is the most calls, bridged and recorded, of which no packet was lost or missing.
func (c *centre) double(ctx context.Context) (carried int, err error) {
	var load []*line
	for calls := firstStep; calls <= len(c.crew); calls *= 2 {
		more, err := c.record(ctx, calls-len(load))
		if err != nil {
			if ctx.Err() != nil || carried == 0 {
				return carried, err
			}
			return carried, nil // too many to be set up
		}
		load = append(load, more...)
		whole, err := c.hears(ctx, load)
		if err != nil || !whole {
			return carried, err
		}
		carried = calls
	}
	return carried, nil
}

// hears reports whether callers and desk phones hear everything for a while.
func (c *centre) hears(ctx context.Context, callers []*line) (bool, error) {
	ends := append([]*line(nil), callers...)
	c.atDesk.Range(func(_, last any) bool {
		if l, rang := last.(*line); rang && !l.ended() {
			ends = append(ends, l)
		}
		return true
	})
	if err := pause(ctx, 2*soundWarm); err != nil {
		return false, err
	}
	cameBefore, lostBefore := packets(ends)
	began := time.Now()
	if err := pause(ctx, stepLength); err != nil {
		return false, err
	}
	due := float64(len(ends)) * time.Since(began).Seconds() / packetTime.Seconds()
	came, missed := packets(ends)
	if len(ends) < 2*len(callers) {
		return false, fmt.Errorf("%d callers talk to %d desk phones", len(callers), len(ends)-len(callers))
	}
	return missed == lostBefore && float64(came-cameBefore) >= enoughSound*due, nil
}

// packets are those that came and those that are missing.
func packets(lines []*line) (came, missed uint64) {
	for _, l := range lines {
		if l.sound != nil {
			stats := l.sound.Stats()
			came, missed = came+stats.PacketsIn, missed+stats.Lost
		}
	}
	return came, missed
}
