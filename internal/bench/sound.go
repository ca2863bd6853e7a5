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
	fewCalls  = 50                     // whose delay is measured
	someCalls = 100                    // whose CPU is measured
	manyCalls = 200                    // whose memory is measured
)

// measureSound bridges calls with sound both ways in G.711 and measures how much later sound arrives than on a direct
// call between the same telephones, what is lost, and what more such calls cost in CPU and memory.
func measureSound(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	empty, err := c.resident()
	if err != nil {
		return err
	}
	load, err := c.delay(ctx, r, fewCalls, limits{median: 0.5, last: 2})
	if err != nil {
		return err
	}
	if load, err = c.more(ctx, load, c.crew[fewCalls:someCalls]); err != nil {
		return err
	}
	busy, took, err := c.used(func() error { return pause(ctx, pick(r.Options, 4*time.Second, 30*time.Second)) })
	if err != nil {
		return err
	}
	r.add(bounded(fmt.Sprintf("%d bridged calls, G.711 both ways: per 100", len(load)), perHundred(busy, took, len(load)), "% of a core", 8))
	if load, err = c.more(ctx, load, c.crew[someCalls:manyCalls]); err != nil {
		return err
	}
	full, err := c.resident()
	if err != nil {
		return err
	}
	each := float64(full-empty) / 1024 / manyCalls
	r.add(bounded(fmt.Sprintf("%d bridged calls: memory of the whole process, per call", manyCalls), each, "KB", 120))
	return c.release(ctx, load)
}

// more bridges further calls, and lets all settle.
func (c *centre) more(ctx context.Context, load []*line, crew []member) ([]*line, error) {
	fresh, err := c.bridge(ctx, crew)
	if err != nil {
		return load, err
	}
	return append(load, fresh...), pause(ctx, soundWarm)
}

// limits are targets of bridged calls: percent of a core for 100 of them (0 for none), and ms of added delay.
type limits struct{ cpu, median, last float64 }

// delay bridges calls, adds the rows of their CPU and delay, and leaves them up.
func (c *centre) delay(ctx context.Context, r *run, calls int, most limits) ([]*line, error) {
	c.atArrival(func(l *line) { l.speak() })
	load, err := c.bridge(ctx, c.crew[:calls])
	if err != nil {
		return nil, err
	}
	p, err := c.probes(ctx)
	if err != nil {
		return nil, err
	}
	if err := pause(ctx, soundWarm); err != nil {
		return nil, err
	}
	length := pick(r.Options, 4*time.Second, 30*time.Second)
	busy, took, err := c.used(func() error { return sendProbes(ctx, length, p.bridged, p.direct) })
	if err != nil {
		return nil, err
	}
	if err := pause(ctx, soundLast); err != nil {
		return nil, err
	}
	work := fmt.Sprintf("%d bridged calls, G.711 both ways: ", calls)
	if each := perHundred(busy, took, calls+1); most.cpu > 0 {
		r.add(bounded(work+"per 100", each, "% of a core", most.cpu))
	} else {
		r.add(figure(work+"per 100", each, "% of a core"))
	}
	came, base := p.bridged.delays(), p.direct.delays().median()
	if len(came) == 0 || base == 0 {
		return nil, fmt.Errorf("no sound came: %d packets through the server, %d directly", len(came), len(p.direct.delays()))
	}
	r.add(bounded(work+"added delay, median", milliseconds(came.median()-base), "ms", most.median))
	r.add(bounded(work+"added delay, 99 %", milliseconds(came.share(0.99)-base), "ms", most.last))
	r.add(bounded(work+"packets lost", 100*lost(load), "% of those sent", 0))
	return load, c.part(ctx, p)
}

// part ends the calls with the probes.
func (c *centre) part(ctx context.Context, p probes) error {
	for _, l := range p.callers {
		l.hangUp()
		if err := l.awaitEnd(ctx); err != nil {
			return fmt.Errorf("hang up: %w", err)
		}
	}
	return nil
}

// perHundred is percent of a core for a hundred of what was done so many times at once.
func perHundred(busy, took time.Duration, times int) float64 {
	return 100 * busy.Seconds() / took.Seconds() * 100 / float64(times)
}

// bridge calls some of the crew and lets both ends speak.
func (c *centre) bridge(ctx context.Context, crew []member) ([]*line, error) {
	var load []*line
	for _, m := range crew {
		l := c.callers.dial(m.number, c.SIP)
		l.speak()
		if err := l.awaitAnswer(ctx); err != nil {
			return nil, fmt.Errorf("call %s: %w", m.number, err)
		}
		load = append(load, l)
	}
	return load, nil
}

// probes are two more calls with a probe in each, one through the server and one that goes directly, between telephones
// with nothing else to do, so that those add little of their own.
type probes struct {
	bridged, direct *probe
	callers         []*line
}

func (c *centre) probes(ctx context.Context) (p probes, err error) {
	came := make(chan *line, 1)
	callers, err := c.telephones(groupProbeCallers, plain, nil)
	if err != nil {
		return p, err
	}
	phones, err := c.telephones(groupProbeDesks, plain, func(l *line) { came <- l })
	if err != nil {
		return p, err
	}
	if err := c.begin(ctx, phones, []member{c.spare}); err != nil {
		return p, err
	}
	var both [2]*probe
	for n, at := range []string{c.SIP, phones.sip.Addr().String()} {
		caller := callers.dial(c.spare.number, at)
		if err := caller.awaitAnswer(ctx); err != nil {
			return p, fmt.Errorf("call with a probe: %w", err)
		}
		if both[n], err = newProbe(id.Leg(fmt.Sprint("probe", n)), caller, <-came); err != nil {
			return p, err
		}
		p.callers = append(p.callers, caller)
	}
	p.bridged, p.direct = both[0], both[1]
	return p, nil
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

// silence is what a telephone sends while nobody speaks.
var (
	silence = media.NewSound(make([]int16, media.SampleRate))
	hush    = &media.Play{Tag: "hush", Sounds: []*media.Sound{silence}, Loop: true}
)

// speak lets the telephone send silence from the answer on.
func (l *line) speak() { l.utter(hush) }

// utter lets the telephone send sound. The room is closed with the telephones.
func (l *line) utter(what *media.Play) {
	sound, ok := l.telephones.sip.Media(l.leg)
	if !ok {
		return // the call has ended already
	}
	l.sound = sound
	l.telephones.media.OpenRoom(id.Call(l.leg)).Arrange([]media.Hearing{{Leg: l.leg, Play: what}})
}
