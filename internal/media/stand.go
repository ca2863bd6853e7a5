package media

import (
	"slices"

	"parley/internal/dtmf"
)

// stand is how a leg is sent sound that is made out of samples.
type stand struct {
	mixed bool // it stands at a desk; otherwise packets are forwarded to it
	rate  int  // at which it hears
	pen
	keypad     *dtmf.Generator
	keyLength  int64
	keypadRate int
	rest       []int16 // of a packet that is longer than a frame
	made       header  // numbers of what is made
	edge       int16   // the last sample sent
	soften     bool    // what it hears has changed: no click
	speaking   bool    // packets are being made
}

// wants is the rate at which l must be sent samples; 0 when packets can be forwarded, or nothing is heard.
func (l *Leg) wants(w *worker) int {
	if !l.agreed || !l.terms.Codec.Available() || l.home.Load() != w {
		return 0
	}
	natural := l.terms.Codec.Rate()
	playing := l.play != nil && (l.over && len(l.feeds) > 0 || !companded(l.terms.Codec))
	switch {
	case l.mix != nil:
		return min(natural, l.mix.rateFor(w, l))
	case len(l.feeds) == 1:
		source := l.feeds[0].leg
		if source.home.Load() != w || !source.agreed || !source.terms.Codec.Available() {
			break
		}
		rate := min(natural, source.terms.Codec.Rate())
		if playing || source.keyed || source.pauses || !l.copies(source) {
			return rate
		}
		return 0
	}
	if playing {
		return min(natural, l.play.rate)
	}
	return 0
}

// written is the rate at which sound is made for a leg that could do with heard; 0 stays 0.
func (t *Terms) written(heard int) int {
	if heard == 0 || t.Codec != Opus {
		return heard
	}
	if t.Coding.Rate > 0 {
		heard = rates[rateAt(t.Coding.Rate)]
	}
	if most := t.Coding.Playback; most > 0 {
		for i := len(rates) - 1; i > 0 && heard > most; i-- {
			heard = min(heard, rates[i-1])
		}
	}
	return heard
}

// tune decides how l is sent what it hears, and has the voices made that it takes.
func (w *worker) tune(l *Leg) {
	l.rate = l.terms.written(l.wants(w))
	switch {
	case l.rate > 0 && !l.mixed:
		l.mixed, l.speaking = true, false
		w.serial++
		l.made = header{ssrc: w.serial}
		w.join(l, l.beside(), false)
	case l.rate == 0 && l.mixed:
		l.mixed = false
		l.rest = l.rest[:0]
		w.part(l, false)
		l.pen.close()
		w.schedule(l)
	}
	l.draw()
	for i := range l.feeds {
		if l.feeds[i].linked {
			w.hearken(l.feeds[i].leg)
		}
	}
}

// beside is a leg whose desk would suit l.
func (l *Leg) beside() *Leg {
	for i := range l.feeds {
		if other := l.feeds[i].leg; l.feeds[i].linked && other.desk != nil {
			return other
		}
	}
	return nil
}

// hearken has the voice of a leg made at the rate that its listeners need, or no longer.
func (w *worker) hearken(l *Leg) {
	if l.home.Load() != w { // another worker's: not even a look at it
		return
	}
	rate, mixed := w.voiceRate(l)
	if rate == 0 {
		w.hush(l)
		return
	}
	var err error
	switch v := l.voice; {
	case v == nil || v.codec != l.terms.Codec:
		w.hush(l)
		l.voice, err = newVoice(l.terms.Codec, rate)
	case v.rate != rate:
		err = v.retune(rate)
	}
	w.rouse(l)
	if err == nil {
		err = l.equip()
	}
	if err != nil {
		w.engine.log.Error("sound is not decoded", "leg", l.name, "err", err)
		w.hush(l)
		return
	}
	if l.voice.mixed = mixed; !mixed && l.voice.talk.on {
		l.tell(toldQuiet, nil)
		l.voice.talk = talk{}
	}
	l.voice.forget(w.studio.beats)
	w.join(l, l.heardBy(), true)
	l.draw()
}

// heardBy is a listener whose desk would suit the voice of l.
func (l *Leg) heardBy() *Leg {
	for _, other := range l.listeners {
		if other.mixed && other.desk != nil {
			return other
		}
	}
	return nil
}

// hush ends the voice of a leg.
func (w *worker) hush(l *Leg) {
	if l.voice == nil {
		return
	}
	if l.voice.talk.on {
		l.tell(toldQuiet, nil)
	}
	l.voice.close()
	l.voice = nil
	w.part(l, true)
	l.draw()
}

// voiceRate is the rate at which a leg is to be decoded, 0 for not at all.
func (w *worker) voiceRate(l *Leg) (rate int, mixed bool) {
	if !l.agreed || !l.terms.Codec.Available() {
		return 0, false
	}
	for _, other := range l.listeners {
		if other.mixed {
			rate, mixed = max(rate, other.rate), mixed || other.mix != nil
		}
	}
	if l.keyed || l.terms.InBand || l.answerer != nil {
		rate = max(rate, SampleRate)
	}
	return min(rate, l.terms.Codec.Rate()), mixed
}

// leaveDesk takes l off its desk for good, or until another worker has it; its voice keeps what it knows.
func (w *worker) leaveDesk(l *Leg) {
	w.part(l, true)
	w.part(l, false)
	l.mixed = false
}

// forwards reports whether l is sent the packets of a source as they are.
func (l *Leg) forwards(source *Leg) bool {
	return l.mix == nil && l.play == nil && !source.keyed && !source.pauses && l.copies(source)
}

// lists reports whether other is among those that l hears.
func (l *Leg) lists(other *Leg) bool {
	return slices.ContainsFunc(l.feeds, func(f feed) bool { return f.leg == other })
}
