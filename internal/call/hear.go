package call

import (
	"slices"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/treatment"
)

// knock is the kind of tone that tells who talks by telephone that another call waits (package tone; SP-25).
const knock = "call waiting"

// defaultHold names the organisation's hold audio.
const defaultHold = "default"

// hearings adds to a list who hears what, from the flags of all parties and nothing else.
func hearings(c *Call, all []Hearing) []Hearing {
	if c.Frozen() { // another call has their voices, or is about to
		return all
	}
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.State == Gone || p.Leg == "" || p.Closed || p.Aside || !p.hearing() {
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
	h.Leg, h.Detect = p.voice(), p.Detecting
	if p.State == Beside {
		return h, c.besideHears(&h)
	}
	if c.Page != nil {
		c.pageHearing(p, &h)
		return h, true
	}
	if c.Drop != nil {
		c.dropHearing(&h)
		return h, true
	}
	switch {
	case p.Follow > 0:
		return h, c.followHears(p, &h)
	case p.Kind == Customer && c.Treatment.On():
		c.treatmentHearing(&h)
	case c.Whispering != "" && p.Agent == c.Whispering:
		h.Prompts, h.Tag = []prompt.Prompt{c.Queue.Whisper.In(c.Language)}, WhisperTag
	case c.parks(p):
		h.Hold = holdAudio(c)
	case c.parker(p):
		h.Prompts, h.Tag = c.Park.Say, ParkTag
	case c.Announcing && p.State == Joined:
		h.Prompts, h.Tag = c.notice(), NoticeInCall
	case c.hearsThere(p):
		h.treated(&c.Move.Treatment)
	case p.Held:
		h.Hold = holdAudio(c)
	case c.Playing != nil && p.State == Joined:
		c.announcementHearing(&h)
	default:
		return h, c.hearsOthers(p, &h)
	}
	return h, true
}

// hearsOthers lets a party hear those on its line who send sound; false when there is nobody, and nothing to be heard.
func (c *Call) hearsOthers(p *Party, h *Hearing) bool {
	there, silent := 0, false
	for i := range c.Parties {
		q := &c.Parties[i]
		if !q.sounds() || q.ID == p.ID || q.Side != p.Side {
			continue
		}
		there++
		switch {
		case q.Aside:
			silent = true
		case q.Held, q.Muted:
		case q.Silent && q.Device == onBrowser:
			silent = true
		default:
			h.add(q.voice())
		}
	}
	if s := c.speaksTo(p); s != nil {
		there++
		h.add(s.Leg)
	}
	switch {
	case there == 0 && c.ringsBack(p):
		h.Tone = "ringback"
	case h.From == "" && len(h.Mix) == 0 && silent:
		h.Hold = holdAudio(c)
	case p.Knocked && there > 0:
		h.Tone = knock
	}
	return there > 0 || h.Tone != ""
}

// add has one more leg heard.
func (h *Hearing) add(leg id.Leg) {
	switch {
	case h.From == "" && len(h.Mix) == 0:
		h.From = leg
	case len(h.Mix) == 0:
		h.From, h.Mix = "", []id.Leg{h.From, leg}
	default:
		h.Mix = append(h.Mix, leg)
	}
}

// sounds tells whether a party sends sound: in the conversation, or before it has answered.
func (p *Party) sounds() bool {
	if p.State == Gone || p.Leg == "" || p.Closed {
		return false
	}
	return p.speaks() && p.State == Joined || p.Early && p.Agent == ""
}

// ringsBack tells whether a party that hears nobody yet hears that somebody is rung.
func (c *Call) ringsBack(p *Party) bool {
	if m := c.moving(); m != nil {
		return m.Left && p.Up || m.Rung && p.Agent == m.By
	}
	return c.Ringback && p.Up && (p.State == Dialling || p.Kind == Customer && c.Direction != Outbound)
}

// treatmentHearing is what a caller hears in a treatment.
func (c *Call) treatmentHearing(h *Hearing) {
	h.treated(&c.Treatment)
	h.Quiet = c.recordsMessage() || c.tapes()
}

// treated lets a leg hear what is heard in a treatment now.
func (h *Hearing) treated(t *treatment.Treatment) {
	switch {
	case len(t.Playing) > 0:
		h.Prompts, h.Tag = t.Playing, t.Tag
	case t.Looping != "":
		h.Hold = t.Looping
	}
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
		slices.Equal(a.Mix, b.Mix) && a.Tone == b.Tone && a.Tag == b.Tag && slices.Equal(a.Prompts, b.Prompts)
}

// tapeOf says what a recording takes up: channel 0 the customer, channel 1 all others who are in the conversation. What a muted
// party says is nobody's business, nor what an agent says during an announcement; while the customer is on hold, or fewer than
// two can talk, both channels have a gap.
func tapeOf(c *Call) Tape {
	tape := Tape{Customer: []id.Leg{}, Others: []id.Leg{}, Gap: gapOf(c)}
	if c.Frozen() {
		tape.Gap = "hold"
		return tape
	}
	for i := range c.Parties {
		switch p := &c.Parties[i]; {
		case !p.recorded(), p.Muted, p.Held && tape.Gap == "", c.Playing != nil && p.Agent != "":
		case p.Kind == Customer:
			tape.Customer = append(tape.Customer, p.voice())
		default:
			tape.Others = append(tape.Others, p.voice())
		}
	}
	if leg := c.taped(); leg != "" {
		tape.Others = append(tape.Others, leg)
	}
	if c.Treatment.On() || c.Park != nil {
		tape.Gap = "hold"
	}
	if c.Recording.State == RecordingPaused {
		tape.Gap = "pause"
	}
	return tape
}

// gapOf says why nobody is recorded now who talks: the customer is on hold, or fewer than two can talk.
func gapOf(c *Call) string {
	talk, gap := 0, ""
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.Held && p.Kind == Customer {
			gap = "hold"
		}
		if p.recorded() && !p.Held {
			talk++
		}
	}
	if talk < 2 && (c.anyHeld() || c.Move != nil && c.Move.Left) {
		gap = "hold"
	}
	return gap
}

// recorded tells whether a party is one of those whose conversation is recorded; line 2 is nobody's business.
func (p *Party) recorded() bool {
	return p.State == Joined && p.speaks() && !p.Closed && p.Side == 0 && !p.Aside
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
