package carrier

import (
	"strconv"
	"time"

	"parley/internal/id"
	"parley/internal/media"
)

// silence is what a telephone sends while nobody speaks.
var silence = &media.Play{Tag: "silence", Sounds: []*media.Sound{media.NewSound(make([]int16, media.SampleRate))}, Loop: true}

// openSound takes the call's leg into a room of its own, from where it speaks and listens.
func (k *Call) openSound() {
	k.mu.Lock()
	defer k.mu.Unlock()
	sound, ok := k.carrier.sip.Media(k.leg)
	if !ok || k.state == Ended {
		return
	}
	k.sound, k.room = sound, k.carrier.media.OpenRoom(id.Call(k.leg))
	if k.ear != nil {
		k.ear.open(k.carrier, k.leg)
	}
	k.play(k.playing)
}

// closeSound lets go of the room and the ear. The lock is held.
func (k *Call) closeSound() {
	k.hush()
	if k.room != nil {
		k.room.Close()
	}
	if k.ear != nil {
		k.ear.close()
	}
}

// Say says a sound in place of what is said now; nil is silence. The channel is closed when the sound has been said,
// when something else is said, or when the call has ended; with loop it is not said before.
func (k *Call) Say(sound *media.Sound, loop bool) <-chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.hush()
	over := make(chan struct{})
	if k.state == Ended || sound == nil {
		close(over)
		k.play(silence)
		return over
	}
	k.spoken++
	k.speech = &speech{tag: strconv.Itoa(k.spoken), over: over}
	k.play(&media.Play{Tag: k.speech.tag, Sounds: []*media.Sound{sound}, Loop: loop})
	return over
}

// said goes on with silence when the speech of that tag has ended.
func (k *Call) said(tag string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.speech == nil || k.speech.tag != tag {
		return
	}
	k.hush()
	k.play(silence)
}

// hush ends the speech under way. The lock is held.
func (k *Call) hush() {
	if k.speech != nil {
		close(k.speech.over)
		k.speech = nil
	}
}

// play arranges who hears what: the far side the play, the ear the far side. Before the sound is open it is kept for
// then. The lock is held.
func (k *Call) play(p *media.Play) {
	k.playing = p
	if k.room == nil || k.state == Ended {
		return
	}
	hearings := []media.Hearing{{Leg: k.leg, Play: p}}
	if k.ear != nil {
		hearings = append(hearings, media.Hearing{Leg: earOf(k.leg), From: k.leg})
	}
	k.room.Arrange(hearings)
}

// samplesIn is how many samples a stretch of time holds.
func samplesIn(d time.Duration) int { return int(d * media.SampleRate / time.Second) }
