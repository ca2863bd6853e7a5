package treatment

import (
	"parley/internal/id"
	"parley/internal/prompt"
)

// TagPrefix begins the tag of all that a treatment plays.
const TagPrefix = "wait:"

// The tags of what a wait plays. The call listens for TagNotice: once it was heard, recording may begin (RC-9).
const (
	TagGreeting = TagPrefix + "greeting"
	TagNotice   = TagPrefix + "notice"
)

// DefaultAudio names the organisation's hold audio.
const DefaultAudio = "default"

// Wait is what a caller hears while waiting in a queue. It is plain data and lives in the call's owner, which carries
// out what Handle gives.
type Wait struct {
	Leg     id.Leg        `json:"leg"`
	Playing string        `json:"playing,omitempty"` // the tag of the prompt that plays
	Looping bool          `json:"looping,omitempty"` // hold audio plays
	Notice  prompt.Prompt `json:"notice,omitzero"`   // still to be played
	Audio   string        `json:"audio,omitempty"`
}

// NewWait gives the treatment of a caller who is reached through leg.
func NewWait(leg id.Leg) *Wait { return &Wait{Leg: leg} }

// Handle moves the wait on and gives what is to be heard next. Signals that come late or twice change nothing.
func (w *Wait) Handle(signal Signal) []Action {
	switch s := signal.(type) {
	case Begin:
		return w.begin(s)
	case PlayEnded:
		if s.Tag == "" || s.Tag != w.Playing {
			return nil
		}
		return w.next()
	case Stop:
		return w.stop()
	}
	return nil
}

func (w *Wait) begin(s Begin) []Action {
	w.Notice, w.Audio, w.Playing, w.Looping = s.Notice, s.HoldAudio, "", false
	if w.Audio == "" {
		w.Audio = DefaultAudio
	}
	if s.Greeting.Empty() {
		return w.next()
	}
	return w.play(s.Greeting, TagGreeting)
}

// next plays the notice if it is still to be played, else hold audio.
func (w *Wait) next() []Action {
	notice := w.Notice
	if notice.Empty() {
		w.Playing, w.Looping = "", true
		return []Action{Loop{Leg: w.Leg, Audio: w.Audio}}
	}
	w.Notice = prompt.Prompt{}
	return w.play(notice, TagNotice)
}

func (w *Wait) play(p prompt.Prompt, tag string) []Action {
	w.Playing = tag
	return []Action{Play{Leg: w.Leg, Prompts: []prompt.Prompt{p}, Tag: tag}}
}

func (w *Wait) stop() []Action {
	if w.Playing == "" && !w.Looping {
		return nil
	}
	*w = Wait{Leg: w.Leg}
	return []Action{Silence{Leg: w.Leg}}
}
