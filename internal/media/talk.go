package media

import "time"

const (
	talkLoud   = 32768 * 32768 / 10000 // mean square from which a frame is talk: -40 dB of full scale
	talkSoft   = talkLoud / 4          // and below which it is none
	talkBegins = 3                     // frames in a row
	talkEnds   = 25
	talkPause  = int64(250 * time.Millisecond) // between two changes
)

// talk says whether somebody talks, slowly enough to be looked at.
type talk struct {
	on     bool
	frames int // in a row that speak for a change
	last   int64
}

// hear takes the strength of a frame and reports a change.
func (t *talk) hear(strength, now int64) (changed bool) {
	against, need := strength >= talkLoud, talkBegins
	if t.on {
		against, need = strength < talkSoft, talkEnds
	}
	if !against {
		t.frames = 0
		return false
	}
	if t.frames++; t.frames < need || now-t.last < talkPause {
		return false
	}
	t.on, t.frames, t.last = !t.on, 0, now
	return true
}

// listenForTalk tells when a leg in a mix begins or ends to talk.
func (w *worker) listenForTalk(l *Leg, strength int64) {
	if !l.voice.talk.hear(strength, w.now) {
		return
	}
	kind := toldQuiet
	if l.voice.talk.on {
		kind = toldTalk
	}
	l.tell(kind, nil)
}
