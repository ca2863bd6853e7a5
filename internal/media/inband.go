package media

import (
	"time"

	"parley/internal/dtmf"
	"parley/internal/tel"
)

// soundKey sends the next 20 ms of l's digit as sound.
func (w *worker) soundKey(l *Leg) {
	k := &l.keys
	k.due += keyUpdate
	if k.sent == 1 {
		if err := l.strikeKey(&k.waiting[k.first], l.toneRate()); err != nil {
			w.engine.log.Error("digit is not sounded", "leg", l.name, "err", err)
			k.drop()
			return
		}
	}
	if err := l.pen.take(l.terms.Codec, l.keypadRate, l.coding()); err != nil { // other terms meanwhile
		k.drop()
		return
	}
	pcm := w.studio.tone[:l.keypadRate/int(frames)]
	l.keypad.Fill(pcm)
	n := len(l.encoder.Encode(w.out[headerSize:headerSize], pcm))
	units := uint32(unitsIn(int64(frameTime), l.sending.clock))
	if n > 0 {
		h := l.sending.inject(k.stamp+uint32(k.sent-1)*units, w.now)
		h.marker, h.payloadType = k.sent == 1, l.terms.PayloadType
		h.put(w.out[:])
		l.sending.length = units
		w.send(l, n)
	}
	if int64(k.sent)*keyUpdate >= k.waiting[k.first].length {
		l.edge, l.soften = 0, l.mixed
		k.finish(w.now)
	}
}

// toneRate is the rate at which l's digits sound: that of its other sound.
func (l *Leg) toneRate() int {
	if l.mixed {
		return l.rate
	}
	return SampleRate
}

// strikeKey prepares the sound of a digit. One that a source still holds down gets the usual length, since the sound
// cannot be taken back.
func (l *Leg) strikeKey(p *press, rate int) error {
	if p.open {
		p.open, p.length = false, int64(usualKey)
	}
	p.length = (p.length + keyUpdate - 1) / keyUpdate * keyUpdate
	if err := l.pen.take(l.terms.Codec, rate, l.coding()); err != nil {
		return err
	}
	if l.keypad == nil || l.keyLength != p.length || l.keypadRate != rate {
		keypad, err := dtmf.NewGenerator(dtmf.Settings{Rate: rate, On: time.Duration(p.length)})
		if err != nil {
			return err
		}
		l.keypad, l.keyLength, l.keypadRate = keypad, p.length, rate
	}
	l.keypad.Clear()
	l.keypad.Press(digitNames[p.event&15])
	return nil
}

// equip has a voice listen for digits, or take them out, as its leg wants.
func (l *Leg) equip() (err error) {
	v := l.voice
	switch {
	case !l.keyed:
		v.guard = nil
	case v.guard == nil || v.guarded != v.rate:
		v.guarded = v.rate
		if v.guard, err = dtmf.NewGuard(v.rate); err != nil {
			return err
		}
	}
	switch {
	case !l.terms.InBand || v.guard != nil: // a guard hears them as well
		v.detector = nil
	case v.detector == nil || v.detected != v.rate:
		v.detected = v.rate
		v.detector, err = dtmf.NewDetector(v.rate)
	}
	return err
}

// listenForDigits tells of the digits in the sound of a leg, unless it has shown that it sends telephone-events, and
// takes them out where nobody may hear them.
func (w *worker) listenForDigits(l *Leg) {
	v := l.voice
	var found []dtmf.Event
	if v.guard != nil {
		found = v.guard.Pass(v.frame)
	} else {
		found = v.detector.Feed(v.frame)
	}
	if l.incoming.heard || !l.terms.InBand {
		return
	}
	for _, f := range found {
		if !f.Over {
			event := [1]byte{byte(f.Digit.Event())}
			l.tell(toldDigit, event[:])
			l.bySound = soundKey{told: true, event: event[0], at: w.now}
		}
	}
}

// soundKey is the key that was told last because it was found in the sound.
type soundKey struct {
	told  bool
	event uint8
	at    int64
}

// leadTime is how long before its first event a key may have been found in the sound: a gateway needs a while to know a
// key that it takes out of the sound.
const leadTime = int64(500 * time.Millisecond)

// same reports whether an event that begins is that of the key told already, which it can be once.
func (k *soundKey) same(event uint8, now int64) bool {
	is := k.told && k.event == event && now-k.at < leadTime
	k.told = false
	return is
}

// tapGuarded gives the recorders the sound of a leg without its digits.
func (w *worker) tapGuarded(l *Leg) {
	v := l.voice
	h := v.tapped
	v.tapped.sequence++
	v.tapped.timestamp += uint32(SampleRate / frames)
	if len(l.taps) == 0 {
		return
	}
	payload := Compress(PCMU, w.studio.octets[:0], v.at(SampleRate))
	for _, t := range l.taps {
		t.put(w.now, PCMU, h, payload)
	}
}

// digitNames are the digits of RFC 4733 by event.
var digitNames = func() (names [16]tel.Digit) {
	for event := range names {
		names[event], _ = tel.DigitOf(uint8(event))
	}
	return names
}()
