package media

import "parley/internal/jitter"

// noiseLimit bounds what is taken for the background behind a voice, as a mean square: -50 dB of full scale, so that no
// voice is. A far side that says how loud its background is (RFC 3389) may say more.
const noiseLimit = 100 * 100

// pause makes the sound of a time in which the far side sends none.
func (v *voice) pause(p jitter.Piece, samples int) {
	switch {
	case v.codec != Opus:
		v.hollow = true
		v.made = v.noise.Fill(v.made[:0], samples)
	case p.Kind == jitter.Empty: // its decoder knows the noise of the far side
		v.made = v.decoder.Conceal(v.made[:0], samples)
	default:
		v.made = v.made[:0]
	}
}

// learn takes the strength of a frame for what is behind the voice, if it came from the far side.
func (v *voice) learn(strength int64) {
	if !v.hollow {
		v.noise.Hear(min(strength, noiseLimit))
	}
}

// arriveNoise takes comfort noise (RFC 3389): the far side pauses and says how loud it is there. From the first one on
// the leg's sound is made out of samples for all who hear it, since they may not take such packets.
func (w *worker) arriveNoise(l *Leg, h header, payload []byte) {
	if !l.pauses && l.terms.Codec != Opus {
		l.pauses = true
		w.retune(l)
	}
	w.arriveNothing(l, h)
	if v := l.voice; v != nil && len(payload) > 0 {
		v.noise.SetLevel(max(payload[0]&0x7F, loudestNoise))
		v.sounded = true
	}
}

// arriveNothing takes a packet that carries no sound.
func (w *worker) arriveNothing(l *Leg, h header) {
	l.pass(w.now, h, 0)
	for _, listener := range l.listeners {
		listener.sending.skip(l, h)
	}
}

// loudestNoise is the level, in dB below the overload point, above which a stranger's noise is not believed.
const loudestNoise = 30
