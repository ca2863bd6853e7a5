package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// DropVoicemail leaves a prepared message on the answering machine that an agent has reached, without the agent (VM-13).
type DropVoicemail struct {
	Agent    id.Agent      `json:"agent"`
	Greeting string        `json:"greeting"` // its name
	Prompt   prompt.Prompt `json:"prompt"`
}

// The events of a drop. Exactly one DropOver follows a DropBegan.
type (
	// DropBegan says that an agent has left the call to a prepared message.
	DropBegan struct {
		Agent    id.Agent `json:"agent"`
		Greeting string   `json:"greeting"`
	}
	// DropOver says whether it was left, and if not why.
	DropOver struct {
		Agent    id.Agent `json:"agent"`
		Greeting string   `json:"greeting"`
		Failure  string   `json:"failure,omitempty"`
	}
)

func (DropVoicemail) callSignal() {}
func (DropBegan) callEvent()      {}
func (DropOver) callEvent()       {}

// Drop is a prepared message that is being left.
type Drop struct {
	Agent    id.Agent      `json:"agent"`
	Greeting string        `json:"greeting"`
	Prompt   prompt.Prompt `json:"prompt"`
	Plays    time.Time     `json:"plays,omitzero"` // since when; zero: the machine is listened to
}

// DropTag is that of the message.
const DropTag = "drop"

const (
	dropTimer = "drop"
	dropWait  = 15 * time.Second  // for the beep or a pause
	dropPlay  = 130 * time.Second // a greeting lasts 120 s at most
	dropHeard = 100 * time.Millisecond
)

// dropVoicemail takes the agent out of the call and waits for the moment to speak.
func (t *turn) dropVoicemail(s DropVoicemail) error {
	p, err := t.talking(s.Agent)
	if err != nil {
		return err
	}
	if t.Direction != Outbound || p.Kind == Customer {
		return refusal("only in a call that you have placed")
	}
	t.stopSaying()
	t.endRecording()
	t.detected()
	t.do(StopTimer{Timer: detectTimer})
	t.Drop = &Drop{Agent: s.Agent, Greeting: s.Greeting, Prompt: s.Prompt}
	t.tell(DropBegan{Agent: s.Agent, Greeting: s.Greeting})
	t.part(p, tel.CauseNormal)
	t.after(dropWait, dropTimer)
	return nil
}

// dropHearing is what the machine hears.
func (c *Call) dropHearing(h *Hearing) {
	if c.Drop.Plays.IsZero() {
		h.Pause = true
		return
	}
	h.Prompts, h.Tag = []prompt.Prompt{c.Drop.Prompt.In(c.Language)}, DropTag
}

// playDrop speaks to the machine.
func (t *turn) playDrop() {
	if t.Drop == nil || !t.Drop.Plays.IsZero() {
		return
	}
	d := *t.Drop
	d.Plays = t.now
	t.Drop = &d
	t.after(dropPlay, dropTimer)
}

// dropPlayed hears that the message was left. One that was over at once could not be heard: its sound is not there.
func (t *turn) dropPlayed() {
	if t.Drop == nil || t.Drop.Plays.IsZero() {
		return
	}
	failure := ""
	if t.now.Sub(t.Drop.Plays) < dropHeard {
		failure = "the sound of the message is not there"
	}
	t.dropOver(failure)
	t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
}

// dropTimeUp speaks to who has not paused, and gives up on a message that does not end.
func (t *turn) dropTimeUp() {
	switch {
	case t.Drop == nil:
	case t.Drop.Plays.IsZero():
		t.playDrop()
	default:
		t.dropOver("the message did not end")
		t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
	}
}

// dropOver says what has come of the message, if there is one.
func (t *turn) dropOver(failure string) {
	if d := t.Drop; d != nil {
		t.Drop = nil
		t.tell(DropOver{Agent: d.Agent, Greeting: d.Greeting, Failure: failure})
	}
}
