package bench

import (
	"context"
	"fmt"
	"time"

	"parley/internal/codec"
	"parley/internal/sip"
	"parley/internal/tel"
)

const (
	queueCalls = 100 // callers whose calls are recorded: one for each of half the crew
	waiters    = 100 // callers who hear music
	transcoded = 20  // calls between two codecs: their telephones decode and encode on the same machine
)

// measureRecorded bridges calls of a queue with sound both ways and records each on two channels.
func measureRecorded(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	load, err := c.record(ctx, queueCalls)
	if err != nil {
		return err
	}
	return c.steady(ctx, r, load, "%d bridged calls, recorded on two channels: per 100", 11)
}

// record brings callers to a queue that records, and waits until each talks to one of the crew.
func (c *centre) record(ctx context.Context, calls int) ([]*line, error) {
	met := make(chan *line, calls)
	c.atArrival(func(l *line) {
		l.speak()
		met <- l
	})
	load, err := c.enter(ctx, recordedNumber, calls)
	if err != nil {
		return nil, err
	}
	for range load {
		if err := soon(ctx, met); err != nil {
			return nil, fmt.Errorf("calls of the recorded queue: %w", err)
		}
	}
	return load, nil
}

// measureG722 bridges callers who speak G.722 with desk phones that speak G.711.
func measureG722(ctx context.Context, r *run) error {
	return measureTranscoding(ctx, r, groupG722, codec.G722, "%d bridged calls that talk, G.722 with G.711: per 100", 22)
}

// measureOpus bridges callers who speak Opus, which the server makes at 8 kHz, with desk phones that speak G.711.
func measureOpus(ctx context.Context, r *run) error {
	return measureTranscoding(ctx, r, groupOpus, codec.Opus, "%d bridged calls that talk, Opus at 8 kHz with G.711: per 100", 50)
}

func measureTranscoding(ctx context.Context, r *run, group uint16, theirs codec.Codec, work string, target float64) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	callers, err := c.telephones(group, sip.Codecs{theirs}, nil)
	if err != nil {
		return err
	}
	plainly := c.callers
	defer func() { c.callers = plainly }()
	c.callers = callers
	c.atArrival(func(l *line) { l.utter(talk()) })
	load, err := c.bridge(ctx, c.crew[:transcoded])
	if err != nil {
		return err
	}
	for _, l := range load {
		l.utter(talk())
	}
	return c.steady(ctx, r, load, work, target)
}

// measureWaiting lets callers wait in a queue where nobody works.
func measureWaiting(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	load, err := c.enter(ctx, musicNumber, waiters)
	if err != nil {
		return err
	}
	return c.steady(ctx, r, load, "%d callers who wait with music: per 100", 3)
}

// enter calls a queue and speaks; the queue answers at once.
func (c *centre) enter(ctx context.Context, number tel.Number, calls int) ([]*line, error) {
	var load []*line
	for range calls {
		l := c.callers.dial(number, c.SIP)
		if err := l.awaitAnswer(ctx); err != nil {
			return nil, fmt.Errorf("call %s: %w", number, err)
		}
		l.speak()
		load = append(load, l)
	}
	return load, nil
}

// steady adds the row of what calls cost while nothing begins or ends, and ends them.
func (c *centre) steady(ctx context.Context, r *run, load []*line, work string, target float64) error {
	if err := pause(ctx, soundWarm); err != nil {
		return err
	}
	busy, took, err := c.used(func() error { return pause(ctx, pick(r.Options, 3*time.Second, 30*time.Second)) })
	if err != nil {
		return err
	}
	r.add(bounded(fmt.Sprintf(work, len(load)), perHundred(busy, took, len(load)), "% of a core", target))
	if share := lost(load); share > 0 {
		r.add(bounded(fmt.Sprintf("%d callers: packets lost", len(load)), 100*share, "% of those sent", 0))
	}
	return c.release(ctx, load)
}

// soon waits for the next call to reach a desk phone.
func soon(ctx context.Context, met <-chan *line) error {
	ctx, cancel := context.WithTimeout(ctx, callWait)
	defer cancel()
	select {
	case <-met:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
