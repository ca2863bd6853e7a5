package carrier

import (
	"context"
	"fmt"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/tel"
)

// State is where a call stands.
type State string

// The states of a call.
const (
	Dialling State = "dialling"
	Ringing  State = "ringing"
	Early    State = "early" // sound comes before the answer
	Talking  State = "talking"
	Held     State = "held" // by the far side
	Ended    State = "ended"
)

// Times says when a call came so far; a time that has not come is zero.
type Times struct {
	Began    time.Time // Call was called, or the INVITE arrived
	Rang     time.Time // the first ringing or early media
	Answered time.Time
	Ended    time.Time
}

// Call is one call as a peer sees it. Its methods may be called from any goroutine and do not wait, but for Listen.
type Call struct {
	carrier        *Carrier
	leg            id.Leg
	behaviour      Behaviour
	incoming       bool
	called, caller string
	ear            *ear // nil when nobody listens

	rang     chan struct{}
	answered chan struct{}
	over     chan struct{}
	ended    chan sip.Ended

	mu     sync.Mutex // guards what follows
	sound  *media.Leg // nil until it is open, and when there is none
	room   *media.Room
	state  State
	times  Times
	digits []byte
	end    sip.Ended
	speech *speech // nil when nothing is said
	spoken int
	timers []*time.Timer
	forget func() bool // takes the call off the context it was placed with

	playing *media.Play
}

// speech is what a call says now, to be said once.
type speech struct {
	tag  string
	over chan struct{}
}

func newCall(c *Carrier, leg id.Leg, b Behaviour) *Call {
	k := &Call{
		carrier: c, leg: leg, behaviour: b, state: Dialling, playing: silence, times: Times{Began: time.Now()},
		rang: make(chan struct{}), answered: make(chan struct{}), over: make(chan struct{}), ended: make(chan sip.Ended, 1),
	}
	if b.Listen {
		k.ear = newEar()
	}
	return k
}

// Leg names the call on the carrier's side.
func (k *Call) Leg() id.Leg { return k.leg }

// Incoming tells whether the call reached the carrier.
func (k *Call) Incoming() bool { return k.incoming }

// Called is the number, or the SIP address, that was called.
func (k *Call) Called() string { return k.called }

// Caller is the number that called.
func (k *Call) Caller() string { return k.caller }

// Rang is closed when the far side rings, sends early sound, or answers without either.
func (k *Call) Rang() <-chan struct{} { return k.rang }

// Answered is closed when the call is answered.
func (k *Call) Answered() <-chan struct{} { return k.answered }

// Ended gives the end of the call, once; it is closed afterwards.
func (k *Call) Ended() <-chan sip.Ended { return k.ended }

// Over is closed when the call has ended.
func (k *Call) Over() <-chan struct{} { return k.over }

// End is how the call ended; false while it lives.
func (k *Call) End() (sip.Ended, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.end, k.state == Ended
}

// State is where the call stands now.
func (k *Call) State() State {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.state
}

// Times says when what happened.
func (k *Call) Times() Times {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.times
}

// Digits are the keys that the far side has pressed so far.
func (k *Call) Digits() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return string(k.digits)
}

// Stats counts the call's packets; they stay when it has ended.
func (k *Call) Stats() media.Stats {
	k.mu.Lock()
	sound := k.sound
	k.mu.Unlock()
	if sound == nil {
		return media.Stats{}
	}
	return sound.Stats()
}

// Heard is what was heard in the last stretch of time, ten seconds at most and silence where nothing came. It is nil
// when the Behaviour does not listen.
func (k *Call) Heard(window time.Duration) []int16 {
	if k.ear == nil {
		return nil
	}
	return k.ear.last(window, time.Now())
}

// Listen waits until what was heard in the last stretch of time is what the caller of Listen waits for. The error says
// that the call has ended, or that ctx is done.
func (k *Call) Listen(ctx context.Context, window time.Duration, enough func(pcm []int16) bool) error {
	if k.ear == nil {
		return fmt.Errorf("listen to call %s: it was not asked to listen", k.leg)
	}
	for {
		more := k.ear.more()
		if pcm := k.ear.last(window, time.Now()); enough(pcm) {
			return nil
		}
		select {
		case <-more:
		case <-k.over:
			return fmt.Errorf("listen to call %s: %w", k.leg, sip.ErrGone)
		case <-ctx.Done():
			return fmt.Errorf("listen to call %s: %w", k.leg, ctx.Err())
		}
	}
}

// HangUp ends the call in whatever state it is.
func (k *Call) HangUp() {
	k.try("hang up", k.carrier.sip.HangUp(k.leg, tel.CauseNormal))
}

// Answer answers a call that rings, before its Behaviour would.
func (k *Call) Answer() error { return k.carrier.sip.Answer(k.leg) }

// Press sends a key, as RFC 4733 events where the far side takes them.
func (k *Call) Press(digit tel.Digit) error { return k.carrier.sip.SendDigit(k.leg, digit) }
