package media

import (
	"sync/atomic"

	"parley/internal/tel"
)

// eventBuffer is the bytes of one leg's events that wait to be heard.
const eventBuffer = 1 << 10

// The kinds of records from worker to herald.
const (
	toldDigit byte = iota
	toldPlayEnded
	toldLost
	toldBack
	toldTalk
	toldQuiet
	toldWanted
	toldAnswerer
)

// herald tells the legs' owners what happened, so that no worker waits for them.
type herald struct {
	engine *Engine
	ready  ready
	bell   *bell
	stop   atomic.Bool
	done   chan struct{}
}

func newHerald(e *Engine) (*herald, error) {
	b, err := newBell(true)
	if err != nil {
		return nil, err
	}
	h := &herald{engine: e, bell: b, done: make(chan struct{})}
	go h.run()
	return h, nil
}

func (h *herald) run() {
	defer close(h.done)
	h.bell.serve(&h.ready, func() (over bool) {
		for k := h.ready.take(); k != nil; {
			next := k.next
			k.queued.Store(false)
			h.tell(k.leg)
			k = next
		}
		return h.stop.Load() && h.ready.empty()
	})
}

func (h *herald) tell(l *Leg) {
	var record [packetSize]byte
	for l.events != nil {
		n := l.events.take(record[:])
		if n < 1 {
			break
		}
		if l.hear != nil && !l.closed.Load() {
			l.hear(l.event(record[:n]))
		}
	}
}

func (l *Leg) event(record []byte) Event {
	switch record[0] {
	case toldDigit:
		digit, _ := tel.DigitOf(record[1])
		return DigitPressed{Leg: l.name, Digit: digit}
	case toldWanted:
		digit, _ := tel.DigitOf(record[1])
		return KeyWanted{Leg: l.name, Digit: digit}
	case toldPlayEnded:
		return PlayEnded{Leg: l.name, Tag: string(record[1:])}
	case toldLost:
		return SoundLost{Leg: l.name}
	case toldTalk, toldQuiet:
		return Talking{Leg: l.name, On: record[0] == toldTalk}
	case toldAnswerer:
		return l.answererHeard(record[1:])
	default:
		return SoundBack{Leg: l.name}
	}
}

// tell hands an event to the herald. Digits leave room for the rest, so that a flood of them drops only digits.
func (l *Leg) tell(kind byte, rest []byte) {
	if l.events == nil {
		l.events = newRing(eventBuffer)
	}
	if (kind == toldDigit || kind == toldWanted) && l.events.tail.Load()-l.events.head.Load() > eventBuffer/4 {
		return
	}
	first := [1]byte{kind}
	l.events.put(first[:], rest)
	l.engine.herald.call(l)
}

// call has the herald look at a leg.
func (h *herald) call(l *Leg) {
	if h.ready.push(&l.toHear) {
		h.bell.ring()
	}
}

func (h *herald) close() {
	h.stop.Store(true)
	h.bell.shout()
	<-h.done
	h.bell.close()
}
