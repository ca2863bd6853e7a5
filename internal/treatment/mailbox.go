package treatment

import (
	"time"

	"parley/internal/prompt"
)

// MailboxPlan is how a message is taken (table Mailbox).
type MailboxPlan struct {
	Greetings  []prompt.Prompt `json:"greetings"` // before the beep
	Followup   prompt.Prompt   `json:"followup,omitzero"`
	MaxSeconds int             `json:"max_seconds"` // of the message, 10 to 600
}

// Mailbox is a caller who leaves a message: greeting, beep, message, follow-up (VM-10).
type Mailbox struct {
	Plan      *MailboxPlan `json:"plan"`
	Recording bool         `json:"recording,omitempty"`
}

// The limits of VM-10. A message below ShortestMessage is discarded by whom it is given to.
const (
	ShortestMessage = 2 * time.Second
	SilenceEnds     = 5 * time.Second
	usualMessage    = 180 // seconds
)

const (
	playGreeting = "greeting"
	playFollowup = "followup"
)

func (m *Mailbox) begin(t *turn) {
	greetings := append([]prompt.Prompt(nil), m.Plan.Greetings...)
	t.play(playGreeting, append(greetings, prompt.OfBeep())...)
}

func (m *Mailbox) played(t *turn, what string) {
	if what != playGreeting {
		t.over(Over{How: Done})
		return
	}
	m.Recording = true
	longest := m.Plan.MaxSeconds
	if longest <= 0 {
		longest = usualMessage
	}
	t.wake(time.Duration(longest) * time.Second)
	t.do(StartRecord{})
}

// keyed ends the message, or skips the greeting.
func (m *Mailbox) keyed(t *turn, key string) {
	switch {
	case key != "#":
	case m.Recording:
		m.end(t)
	case t.name() == playGreeting:
		t.play(playGreeting, prompt.OfBeep())
	}
}

func (m *Mailbox) woken(t *turn) {
	if m.Recording {
		m.end(t)
	}
}

func (m *Mailbox) told(t *turn, s Signal) {
	switch s.(type) {
	case Quiet:
		if m.Recording {
			m.end(t)
		}
	case Stopped:
		if m.Recording { // there is nothing to end any more
			m.Recording = false
			m.follow(t)
		}
	}
}

func (m *Mailbox) end(t *turn) {
	m.Recording = false
	t.do(EndRecord{})
	m.follow(t)
}

// follow plays what comes after the message.
func (m *Mailbox) follow(t *turn) {
	t.sleep()
	if m.Plan.Followup.Empty() {
		t.over(Over{How: Done})
		return
	}
	t.play(playFollowup, m.Plan.Followup)
}
