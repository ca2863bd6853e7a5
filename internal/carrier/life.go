package carrier

import (
	"context"
	"time"

	"parley/internal/sip"
	"parley/internal/tel"
)

// giveUpWith hangs up when ctx is done before the answer.
func (k *Call) giveUpWith(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-k.answered:
		default:
			k.HangUp()
		}
	})
	k.mu.Lock()
	k.forget = stop
	ended := k.state == Ended
	k.mu.Unlock()
	if ended {
		stop()
	}
}

// after does something later, unless the call has ended by then.
func (k *Call) after(d time.Duration, do func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.state != Ended {
		k.timers = append(k.timers, time.AfterFunc(d, do))
	}
}

// when does something once a channel is closed, unless the call ends first.
func (k *Call) when(done <-chan struct{}, do func()) {
	go func() {
		select {
		case <-done:
			do()
		case <-k.over:
		}
	}()
}

// move notes what the wire has reached; an answered call rings no more.
func (k *Call) move(to State) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.state == Ended || !k.times.Answered.IsZero() && (to == Ringing || to == Early) {
		return
	}
	k.state = to
	if k.times.Rang.IsZero() {
		k.times.Rang = time.Now()
		close(k.rang)
	}
	if k.times.Answered.IsZero() && (to == Talking || to == Held) {
		k.times.Answered = time.Now()
		close(k.answered)
	}
}

func (k *Call) note(digit tel.Digit) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.digits = append(k.digits, digit...)
}

// finish is the end of the call. It comes once from the wire, and again from Close for a call that the wire forgot.
func (k *Call) finish(end sip.Ended) {
	k.mu.Lock()
	if k.state == Ended {
		k.mu.Unlock()
		return
	}
	k.state, k.end, k.times.Ended = Ended, end, time.Now()
	for _, t := range k.timers {
		t.Stop()
	}
	if k.forget != nil {
		k.forget()
	}
	k.closeSound()
	k.mu.Unlock()
	k.carrier.forget(k.leg)
	k.ended <- end
	close(k.ended)
	close(k.over)
}
