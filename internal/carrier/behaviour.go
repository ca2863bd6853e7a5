package carrier

import (
	"time"

	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/tel"
)

// Forever is a RingFor that never ends.
const Forever = time.Duration(-1)

// Behaviour is what a peer does in a call. The zero Behaviour answers at once, sends silence and stays.
type Behaviour struct {
	// RingFor is how long a call that reached the carrier rings before it is answered or refused; Forever rings until
	// the caller gives up. With Early and a speech that does not loop, 0 lasts until the speech has ended.
	RingFor time.Duration
	// Early sends sound while it rings (183 with SDP): Speak begins then.
	Early bool
	// Refuse is the cause that the call is refused with; 0 answers it.
	Refuse tel.Cause
	// Speak begins with the answer; nil is silence, sent like a telephone's.
	Speak *media.Sound
	Loop  bool // Speak begins anew at its end
	// HangUpAfter is how long the call stays answered, 0 until the far side hangs up.
	HangUpAfter time.Duration
	// Listen keeps the last ten seconds of what is heard.
	Listen bool
}

// take begins with a call that reached the carrier.
func (k *Call) take() {
	b := k.behaviour
	switch {
	case b.Early:
		k.try("send early media", k.carrier.sip.EarlyMedia(k.leg))
		k.move(Early)
		said := k.Say(b.Speak, b.Loop)
		if b.RingFor == 0 && b.Speak != nil && !b.Loop {
			k.when(said, k.decide)
			return
		}
	case b.RingFor != 0:
		k.try("ring", k.carrier.sip.Ring(k.leg))
		k.move(Ringing)
	}
	switch {
	case b.RingFor == 0:
		k.decide()
	case b.RingFor > 0:
		k.after(b.RingFor, k.decide)
	}
}

// decide answers or refuses.
func (k *Call) decide() {
	if cause := k.behaviour.Refuse; cause != 0 {
		k.try("refuse", k.carrier.sip.Reject(k.leg, cause))
		return
	}
	k.try("answer", k.carrier.sip.Answer(k.leg))
}

// try notes what could not be done: the far side was quicker.
func (k *Call) try(what string, err error) {
	if err != nil {
		k.carrier.log.Debug("carrier could not "+what, "leg", string(k.leg), "error", err)
	}
}

// happened takes what the wire did, in order.
func (k *Call) happened(what sip.Progress) {
	switch e := what.(type) {
	case sip.Ringing:
		k.move(Ringing)
	case sip.EarlyMedia:
		k.move(Early)
	case sip.Answered:
		k.up()
	case sip.Held:
		k.move(Held)
	case sip.Resumed:
		k.move(Talking)
	case sip.Digit:
		k.note(e.Digit)
	case sip.Sound:
		if ended, ok := e.Event.(media.PlayEnded); ok {
			k.said(ended.Tag)
		}
	case sip.Ended:
		k.finish(e)
	}
}

// up begins the answered part of the call.
func (k *Call) up() {
	b := k.behaviour
	k.move(Talking)
	if !b.Early {
		k.Say(b.Speak, b.Loop)
	}
	if b.HangUpAfter > 0 {
		k.after(b.HangUpAfter, k.HangUp)
	}
}
