// Package demo is `parley demo`: an organisation to try Parley with, and customers in the box who ring it.
package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/tel"
)

// Config is what a Demo works with.
type Config struct {
	DB      *store.DB
	Carrier *carrier.Carrier
	SIP     string // host:port where Parley takes calls
	// Live tells when an agent has taken a caller, who only then begins to speak; nil: as soon as the call is answered.
	Live *live.Hub
	Log  *slog.Logger // nil means silence
}

// timing is how long the demo's callers take.
type timing struct {
	between  time.Duration // callers who come together
	patience time.Duration // least time that a caller waits; at most twice as long
	stay     time.Duration // after a speech has ended
	ring     time.Duration // until a person who asked to be rung hears why not
}

// Demo lets customers of the box call. Its methods may be called from any goroutine.
type Demo struct {
	Config
	timing timing
	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu      sync.Mutex // guards what follows
	closed  bool
	voices  map[string]*media.Sound
	visits  map[tel.Number]*visit
	turn    int // who of the callers is next
	rung    map[id.Agent]*carrier.Call
	watched map[id.Org]bool
}

// New gives a demo; nobody calls by himself.
func New(config Config) *Demo {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	config.SIP, _ = Addresses{SIP: config.SIP}.reachable()
	d := &Demo{
		Config: config, voices: map[string]*media.Sound{}, visits: map[tel.Number]*visit{},
		rung: map[id.Agent]*carrier.Call{}, watched: map[id.Org]bool{},
		timing: timing{between: 1500 * time.Millisecond, patience: 2 * time.Minute, stay: 20 * time.Second, ring: 3 * time.Second},
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	return d
}

// Close sends all callers away and waits until they are gone. The carrier is closed after it.
func (d *Demo) Close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	d.cancel()
	d.work.Wait()
}

// spawn runs what takes a while, until Close.
func (d *Demo) spawn(run func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.work.Go(run)
	}
}

// refuse is a refusal in words for the person who asked.
func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", call.ErrNotNow, fmt.Sprintf(format, args...))
}

// RingMe has a customer of the box call the agent's own number, and speak to whoever answers. A refusal says what to
// do; it is known within three seconds, and no later than the first ring.
func (d *Demo) RingMe(ctx context.Context, org id.Org, agent id.Agent) error {
	number, err := d.directNumber(store.WithOrg(ctx, org), agent)
	if err != nil {
		return err
	}
	voice, err := d.voice(friend.speech)
	if err != nil {
		return err
	}
	k, err := d.ring(agent, d.target(number, friend), carrier.Behaviour{Speak: voice, HangUpAfter: 5 * time.Minute})
	if err != nil {
		return err
	}
	patience := time.NewTimer(d.timing.ring)
	defer patience.Stop()
	select {
	case <-k.Rang():
	case <-patience.C:
	case <-ctx.Done():
	case <-k.Over():
		return notRung(k)
	}
	return nil
}

// ring places the call that an agent asked for, one at a time.
func (d *Demo) ring(agent id.Agent, target sip.Target, b carrier.Behaviour) (*carrier.Call, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if before := d.rung[agent]; before != nil && before.State() != carrier.Ended {
		return nil, refuse("the call that you asked for is still there")
	}
	k, err := d.Carrier.Call(d.ctx, target, b)
	if err != nil {
		return nil, fmt.Errorf("ring an agent: %w", err)
	}
	d.rung[agent] = k
	return k, nil
}

// notRung says why a call to an agent ended before it rang; an answer comes after the ring.
func notRung(k *carrier.Call) error {
	end, _ := k.End()
	if !k.Times().Rang.IsZero() {
		return nil
	}
	switch end.Code {
	case tel.CauseNoAnswer.Status():
		return refuse("your phone cannot ring now, press Start, set yourself available and keep this page open")
	case tel.CauseBusy.Status():
		return refuse("your phone cannot ring while you are in a call or finishing one")
	default:
		return refuse("your phone could not be rung, %s", end.Cause.Words())
	}
}

func (d *Demo) directNumber(ctx context.Context, agent id.Agent) (tel.Number, error) {
	all, err := d.DB.AllNumbers(ctx)
	if err != nil {
		return "", fmt.Errorf("find the number of agent %s: %w", agent, err)
	}
	for _, n := range all {
		if n.Destination == (dest.Destination{Kind: dest.Agent, Target: string(agent)}) {
			return n.PhoneNumber, nil
		}
	}
	return "", refuse("you have no number of your own in this demo")
}

// queueNumbers lists the numbers that lead to queues.
func (d *Demo) queueNumbers(ctx context.Context) ([]tel.Number, error) {
	all, err := d.DB.AllNumbers(ctx)
	if err != nil {
		return nil, fmt.Errorf("find the numbers of queues: %w", err)
	}
	var found []tel.Number
	for _, n := range all {
		if n.Destination.Kind == dest.Queue {
			found = append(found, n.PhoneNumber)
		}
	}
	if len(found) == 0 {
		return nil, refuse("no number of this demo leads to a queue")
	}
	slices.SortFunc(found, func(a, b tel.Number) int { return strings.Compare(string(a), string(b)) })
	return found, nil
}

// target is how a caller reaches a number of Parley.
func (d *Demo) target(number tel.Number, from caller) sip.Target {
	return sip.Target{
		URI: "sip:" + string(number) + "@" + d.SIP, From: string(from.number), DisplayName: from.name,
	}
}

// voice gives a speech of the box, decoded once.
func (d *Demo) voice(name string) (*media.Sound, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known := d.voices[name]; known != nil {
		return known, nil
	}
	sound, err := sounds.Load(name, sounds.Narrow)
	if errors.Is(err, sounds.ErrNotBuilt) {
		return nil, refuse("the voices of the demo are missing from this program, build it with make build")
	}
	if err != nil {
		return nil, fmt.Errorf("voice of a caller: %w", err)
	}
	d.voices[name] = media.NewSound(sound.Samples)
	return d.voices[name], nil
}
