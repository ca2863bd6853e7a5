package bench

import (
	"context"
	"fmt"
	"time"

	"parley/internal/id"
	"parley/internal/media"
)

const (
	soundWarm = time.Second            // before the measurement, for every call to be bridged
	soundLast = 300 * time.Millisecond // for packets under way
)

// measureSound bridges calls with sound both ways in G.711 and measures what they cost, what is lost, and how much later
// sound arrives than on a direct call between the same telephones.
func measureSound(ctx context.Context, o Options, add func(Row)) error {
	c, err := openCentre(ctx, o, func(l *line) { l.speak() })
	if err != nil {
		return err
	}
	defer c.close()
	load, err := c.bridge(ctx)
	if err != nil {
		return err
	}
	bridged, direct, err := c.probes(ctx)
	if err != nil {
		return err
	}
	if err := pause(ctx, soundWarm); err != nil {
		return err
	}
	calls := len(load) + 1
	length := pick(o, 8*time.Second, time.Minute)
	busy, took, err := c.used(func() error { return sendProbes(ctx, length, bridged, direct) })
	if err != nil {
		return err
	}
	if err := pause(ctx, soundLast); err != nil {
		return err
	}
	work := fmt.Sprintf("%d bridged calls, G.711 both ways: ", calls)
	add(bounded(work+"per 100", 100*busy.Seconds()/took.Seconds()*100/float64(calls), "% of a core", 8))
	came, base := bridged.delays(), direct.delays().median()
	if len(came) == 0 || base == 0 {
		return fmt.Errorf("no sound came: %d packets through the server, %d directly", len(came), len(direct.delays()))
	}
	add(bounded(work+"added delay, median", milliseconds(came.median()-base), "ms", 0.5))
	add(bounded(work+"added delay, 99 %", milliseconds(came.share(0.99)-base), "ms", 2))
	add(bounded(work+"packets lost", 100*lost(load), "% of those sent", 0))
	return nil
}

// bridge calls the whole crew and lets both ends speak.
func (c *centre) bridge(ctx context.Context) ([]*line, error) {
	var load []*line
	for _, m := range c.crew {
		l := c.callers.dial(m.number, c.SIP)
		l.speak()
		if err := l.awaitAnswer(ctx); err != nil {
			return nil, fmt.Errorf("call %s: %w", m.number, err)
		}
		load = append(load, l)
	}
	return load, nil
}

// probes sets up two more calls, one through the server and one that goes directly, between telephones with nothing
// else to do, so that those add little of their own.
func (c *centre) probes(ctx context.Context) (bridged, direct *probe, err error) {
	came := make(chan *line, 1)
	callers, err := c.telephones(2, nil)
	if err != nil {
		return nil, nil, err
	}
	phones, err := c.telephones(3, func(l *line) { came <- l })
	if err != nil {
		return nil, nil, err
	}
	if err := c.begin(ctx, phones, []member{c.spare}); err != nil {
		return nil, nil, err
	}
	var both [2]*probe
	for n, at := range []string{c.SIP, phones.sip.Addr().String()} {
		caller := callers.dial(c.spare.number, at)
		if err := caller.awaitAnswer(ctx); err != nil {
			return nil, nil, fmt.Errorf("call with a probe: %w", err)
		}
		if both[n], err = newProbe(id.Leg(fmt.Sprint("probe", n)), caller, <-came); err != nil {
			return nil, nil, err
		}
	}
	return both[0], both[1], nil
}

// sendProbes sends a stamped packet through each probe every 20 ms.
func sendProbes(ctx context.Context, length time.Duration, probes ...*probe) error {
	clock := time.NewTicker(packetTime)
	defer clock.Stop()
	for end := time.Now().Add(length); time.Now().Before(end); {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		for _, p := range probes {
			p.send()
		}
	}
	return nil
}

// lost is the share of packets that callers miss.
func lost(load []*line) float64 {
	var came, missed uint64
	for _, l := range load {
		if l.sound != nil {
			stats := l.sound.Stats()
			came, missed = came+stats.PacketsIn, missed+stats.Lost
		}
	}
	if came == 0 {
		return 1
	}
	return float64(missed) / float64(came+missed)
}

// hush is what a telephone sends while nobody speaks.
var hush = &media.Play{Tag: "hush", Sounds: []*media.Sound{media.NewSound(make([]int16, media.SampleRate))}, Loop: true}

// speak lets the telephone send sound from the answer on. The room is closed with the telephones.
func (l *line) speak() {
	sound, ok := l.telephones.sip.Media(l.leg)
	if !ok {
		return // the call has ended already
	}
	l.sound = sound
	l.telephones.media.OpenRoom(id.Call(l.leg)).Arrange([]media.Hearing{{Leg: l.leg, Play: hush}})
}
