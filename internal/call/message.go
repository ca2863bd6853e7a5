package call

import (
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/treatment"
)

// Message is what a caller leaves in a mailbox.
type Message struct {
	Mailbox   id.Mailbox   `json:"mailbox"`
	Recording id.Recording `json:"recording,omitempty"` // empty before the beep
	Began     time.Time    `json:"began,omitzero"`
	Ended     time.Time    `json:"ended,omitzero"` // zero: it is being recorded
}

// takeMessage has the caller leave a message.
func (t *turn) takeMessage(r *Routed) {
	t.Message = &Message{Mailbox: r.Mailbox.ID}
	plan := *r.Mailbox.Plan
	plan.Greetings = append(append([]prompt.Prompt(nil), r.Say...), plan.Greetings...)
	t.treat(treatment.Begin{Mailbox: &plan})
}

// beginMessage records what the caller says: the others' channel stays empty.
func (t *turn) beginMessage() {
	t.Recordings++
	m := *t.Message
	m.Recording, m.Began = id.Recording(t.named(".r", t.Recordings)), t.now
	t.Message = &m
	t.tell(RecordingBegan{Recording: m.Recording, Mailbox: m.Mailbox})
	t.do(Record{Recording: m.Recording, Customer: []id.Leg{t.customer().Leg}, Others: []id.Leg{}})
}

// recordsMessage tells whether a message is being recorded.
func (c *Call) recordsMessage() bool {
	return c.Message != nil && c.Message.Recording != "" && c.Message.Ended.IsZero()
}

// endMessage ends the recording of the message and waits for its last word.
func (t *turn) endMessage() {
	if !t.recordsMessage() {
		return
	}
	m := *t.Message
	m.Ended = t.now
	t.Message = &m
	t.Unstopped = append(t.Unstopped, m.Recording)
	t.do(EndRecording{Recording: m.Recording})
	t.after(recordingTime, recordingTimer)
}

// tookMessage tells whether a message was left that is long enough.
func (c *Call) tookMessage() bool {
	m := c.Message
	return m != nil && !m.Ended.IsZero() && m.Ended.Sub(m.Began) >= treatment.ShortestMessage
}

// messageOver says what came of a message when its recording has had its last word.
func (t *turn) messageOver(s RecordingStopped) {
	m := t.Message
	if m == nil || m.Recording != s.Recording {
		return
	}
	switch {
	case s.Bytes == 0 && s.Failure != "":
		t.tell(MessageDropped{Mailbox: m.Mailbox, Recording: s.Recording, Why: s.Failure})
	case s.Duration < treatment.ShortestMessage:
		t.tell(MessageDropped{Mailbox: m.Mailbox, Recording: s.Recording, Why: "the message is shorter than two seconds"})
	default:
		t.tell(MessageLeft{
			Mailbox: m.Mailbox, Recording: s.Recording, Duration: s.Duration, From: t.From, Name: t.Name, Caller: t.Caller, LeftAt: m.Began,
		})
	}
}

// messageStopped hears that the recording of a message ended by itself; the caller is thanked all the same.
func (t *turn) messageStopped(s RecordingStopped) bool {
	if !t.recordsMessage() || t.Message.Recording != s.Recording {
		return false
	}
	m := *t.Message
	m.Ended = t.now
	t.Message = &m
	t.tell(RecordingOver(s))
	t.messageOver(s)
	t.drive(treatment.Stopped{})
	return true
}

// unstop forgets a recording whose last word has come.
func (t *turn) unstop(which id.Recording) bool {
	i := slices.Index(t.Unstopped, which)
	if i < 0 {
		return false
	}
	t.Unstopped = slices.Delete(t.Unstopped, i, i+1)
	if len(t.Unstopped) == 0 {
		t.do(StopTimer{Timer: recordingTimer})
	}
	return true
}
