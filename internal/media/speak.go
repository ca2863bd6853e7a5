package media

import "time"

// speak is the step of one frame of a stand: gather what it hears, write it and send it.
func (w *worker) speak(l *Leg) {
	if !l.keys.active() && w.speakPressed(l) {
		return
	}
	pcm, shared := w.gather(l)
	if pcm == nil {
		return
	}
	if l.keys.active() { // what is not sent must not be written either: the far side would not follow the writer
		l.rest = l.rest[:0]
		l.made.timestamp += uint32(unitsIn(int64(frameTime), l.sending.clock))
		return
	}
	if shared != nil && l.shares() {
		payload, err := shared.written(w.studio.beats, pcm, l)
		if err != nil {
			w.unable(l, err)
			return
		}
		l.edge = pcm[len(pcm)-1]
		w.sendMade(l, copy(w.out[headerSize:], payload), frameTime)
		return
	}
	if l.soften && len(pcm) > 0 {
		pcm = w.softened(l, pcm)
	}
	l.edge = pcm[len(pcm)-1]
	w.write(l, pcm)
}

// shares reports whether the packets of others suit l: not where digits of its own come in between as sound, which the
// far side follows only if one writer makes both.
func (l *Leg) shares() bool {
	return l.terms.Ptime == frameTime && !l.soften && (l.terms.EventType != 0 || companded(l.terms.Codec))
}

// gather is the next frame of what l hears, and who else may hear the same; nil when there is nothing to send.
func (w *worker) gather(l *Leg) (pcm []int16, shared *editions) {
	scratch := w.studio.pcm[:l.rate/int(frames)]
	switch {
	case l.mix != nil && !l.mix.has(l) && l.play == nil:
		total := l.mix.at(w, l.rate)
		for i, x := range total {
			scratch[i] = clamp(x)
		}
		return scratch, &l.mix.editions
	case l.mix != nil:
		l.mix.without(w, l, scratch)
		pcm = scratch
	case len(l.feeds) == 1 && l.feeds[0].linked && (l.play == nil || l.over):
		if v := l.feeds[0].leg.voice; v != nil && v.sounded {
			pcm, shared = v.at(l.rate), &v.editions
		}
	}
	if l.play != nil && !l.play.ended {
		pcm, shared = w.addPlay(l, scratch, pcm), nil
	}
	return pcm, shared
}

// softened is the frame with a jump at its beginning stretched over some milliseconds.
func (w *worker) softened(l *Leg, pcm []int16) []int16 {
	l.soften = false
	frame := w.studio.pcm[:copy(w.studio.pcm[:], pcm)]
	jump, length := int32(l.edge)-int32(frame[0]), min(len(frame), l.rate/200)
	for i := range length {
		frame[i] = clamp(int32(frame[i]) + jump*int32(length-i)/int32(length))
	}
	return frame
}

// write puts a frame into packets of the agreed length.
func (w *worker) write(l *Leg, pcm []int16) {
	if err := l.pen.take(l.terms.Codec, l.rate, l.coding()); err != nil {
		w.unable(l, err)
		return
	}
	if l.terms.Ptime == frameTime {
		w.sendMade(l, len(l.encoder.Encode(w.out[headerSize:headerSize], pcm)), frameTime)
		return
	}
	if l.rest == nil {
		l.rest = make([]int16, 0, 4*frameWidth)
	}
	l.rest = append(l.rest, pcm...)
	n := l.rate * int(l.terms.Ptime/time.Millisecond) / 1000
	for len(l.rest) >= n {
		w.sendMade(l, len(l.encoder.Encode(w.out[headerSize:headerSize], l.rest[:n])), l.terms.Ptime)
		l.rest = l.rest[:copy(l.rest, l.rest[n:])]
	}
}

// unable says why nothing can be sent, and takes the leg off its desk.
func (w *worker) unable(l *Leg, err error) {
	w.engine.log.Error("sound is not encoded", "leg", l.name, "err", err)
	l.terms.Send = false
}

// sendMade sends n bytes of payload that stand in w.out and last so long; without any, time passes in silence.
func (w *worker) sendMade(l *Leg, n int, length time.Duration) {
	units := uint32(unitsIn(int64(length), l.sending.clock))
	h := l.made
	l.made.timestamp += units
	if n == 0 {
		l.speaking = false
		return
	}
	h.marker, l.speaking = !l.speaking, true
	l.made.sequence++
	if !l.maySend() || l.keys.active() {
		l.sending.skip(nil, h)
		return
	}
	out, ok := l.sending.follow(nil, h, false, w.now)
	if !ok {
		return
	}
	l.sending.length = units
	out.payloadType = l.terms.PayloadType
	out.put(w.out[:])
	w.send(l, n)
}
