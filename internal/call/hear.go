package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/prompt"
)

// defaultHold names the organisation's hold audio.
const defaultHold = "default"

// hearings adds to a list who hears what, from the flags of all parties and nothing else.
func hearings(c *Call, all []Hearing) []Hearing {
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.State == Gone || p.Leg == "" || p.Closed || !p.Up && !(p.Early && p.Agent != "") {
			continue
		}
		if h, hears := hearing(c, p); hears {
			all = append(all, h)
		}
	}
	return all
}

// hearing is what one party hears; hears is false when it hears nothing and is not part of the conversation yet.
func hearing(c *Call, p *Party) (h Hearing, hears bool) {
	h.Leg, h.Detect = p.Leg, p.Detecting
	if c.Drop != nil {
		c.dropHearing(&h)
		return h, true
	}
	switch from := source(c, p); {
	case p.Kind == Customer && c.Treatment.On():
		c.treatmentHearing(&h)
	case c.Whispering != "" && p.Agent == c.Whispering:
		h.Prompts, h.Tag = []prompt.Prompt{c.Queue.Whisper.In(c.Language)}, WhisperTag
	case c.Announcing && p.State == Joined:
		h.Prompts, h.Tag = c.notice(), NoticeInCall
	case p.Held:
		h.Hold = holdAudio(c)
	case from == nil && c.ringsBack(p):
		h.Tone = "ringback"
	case from == nil:
		return h, false
	case from.Held, from.Muted:
	case from.Silent && from.Device == onBrowser:
		h.Hold = holdAudio(c)
	default:
		h.From = from.Leg
	}
	return h, true
}

// ringsBack tells whether a party that hears nobody yet hears that somebody is rung.
func (c *Call) ringsBack(p *Party) bool {
	return c.Ringback && p.Up && (p.State == Dialling || p.Kind == Customer && c.Direction != Outbound)
}

// treatmentHearing is what a caller hears in a treatment.
func (c *Call) treatmentHearing(h *Hearing) {
	switch t := &c.Treatment; {
	case len(t.Playing) > 0:
		h.Prompts, h.Tag = t.Playing, t.Tag
	case t.Looping != "":
		h.Hold = t.Looping
	}
	h.Quiet = c.recordsMessage() || c.tapes()
}

// source is the other party that sends sound: in the conversation, or before it has answered.
func source(c *Call, p *Party) *Party {
	return c.find(func(q *Party) bool {
		if q.ID == p.ID || q.Leg == "" || q.Closed {
			return false
		}
		return q.Up && q.State == Joined || q.Early && q.Agent == ""
	})
}

func holdAudio(c *Call) string {
	if c.Queue != nil && c.Queue.HoldAudio != "" {
		return c.Queue.HoldAudio
	}
	return defaultHold
}

// arrange tells the sound when the arrangement is another than the one told last.
func (t *turn) arrange() {
	var room [3]Hearing
	want := hearings(t.Call, room[:0])
	if slices.EqualFunc(t.Arranged, want, same) {
		return
	}
	t.Arranged = append([]Hearing(nil), want...)
	t.do(Arrange{Hearings: slices.Clone(t.Arranged)})
}

// same tells whether a leg hears what it heard.
func same(a, b Hearing) bool {
	return a.Leg == b.Leg && a.Detect == b.Detect && a.Quiet == b.Quiet && a.Pause == b.Pause && a.From == b.From && a.Hold == b.Hold &&
		a.Tone == b.Tone && a.Tag == b.Tag && slices.Equal(a.Prompts, b.Prompts)
}

// tapeOf says what a recording takes up: channel 0 the customer, channel 1 all others. What a muted party says is
// nobody's business; while somebody is on hold or waits, both channels have a gap.
func tapeOf(c *Call) Tape {
	tape := Tape{Customer: []id.Leg{}, Others: []id.Leg{}}
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.Held {
			tape.Gap = "hold"
		}
		if p.State != Joined || !p.Up || p.Closed || p.Muted {
			continue
		}
		if p.Kind == Customer {
			tape.Customer = append(tape.Customer, p.Leg)
		} else {
			tape.Others = append(tape.Others, p.Leg)
		}
	}
	if c.Treatment.On() {
		tape.Gap = "hold"
	}
	if c.Recording.State == RecordingPaused {
		tape.Gap = "pause"
	}
	return tape
}

// tape tells the recorder what has changed for it.
func (t *turn) tape() {
	which := t.Recording.ID
	if which == "" {
		return
	}
	want := tapeOf(t.Call)
	if t.Tape == nil {
		t.do(Record{Recording: which, Customer: want.Customer, Others: want.Others})
		t.Tape = &Tape{Customer: want.Customer, Others: want.Others}
	}
	if !slices.Equal(t.Tape.Customer, want.Customer) || !slices.Equal(t.Tape.Others, want.Others) || t.Tape.Gap != want.Gap {
		t.do(ChangeRecording{Recording: which, Customer: want.Customer, Others: want.Others, Gap: want.Gap})
	}
	t.Tape = &want
}
