package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// PagePlan is a page as the number plan gives it: who is spoken to at once, each through a device that answers by itself (BX-28).
type PagePlan struct {
	Group   string          `json:"group"` // the record's id
	Name    string          `json:"name"`
	Members []PageMember    `json:"members,omitempty"` // who may be reached now, without the speaker
	Tone    bool            `json:"tone,omitempty"`    // the members hear one first
	Seconds int             `json:"seconds"`           // until it ends by itself
	Lang    prompt.Language `json:"language,omitempty"`
	// Multicast is where the sound goes instead of to members; nil: to them. It is never changed.
	Multicast *Multicast `json:"multicast,omitempty"`
}

// PageMember is an agent of a paging group.
type PageMember struct {
	Agent id.Agent `json:"agent"`
	Name  string   `json:"name,omitempty"`
}

// PageState is how far a page is.
type PageState string

// The states of a page.
const (
	PageGathers PageState = "gathering" // the members' devices are rung; the speaker hears ringback
	PageAnswers PageState = "answering" // enough are there: the speaker's telephone is answered
	PageTells   PageState = "telling"   // the speaker hears a tone and how many hear
	PageOpen    PageState = "open"      // the speaker is heard
)

// Page is a page under way; replaced, never changed.
type Page struct {
	PagePlan
	State PageState `json:"state"`
	Due   bool      `json:"due,omitempty"`   // it waits no longer than for the first one
	Hears int       `json:"hears,omitempty"` // members who were there when the speaker was told
}

// PageTag and PageToneTag mark what the speaker and the members hear first.
const (
	PageTag     = "page"
	PageToneTag = "page-tone"

	pageTimer     = "page"
	pageToldTimer = "page-told"

	pageGather      = 3 * time.Second  // for the devices to answer
	pageTold        = 10 * time.Second // for the tone and the number to be heard
	pageRingSeconds = 10
)

const onlyHeard = refusal("this is a page: the one who speaks is heard, and ends it by hanging up")

// page rings every member of a paging group at once, each by a device that answers by itself. The speaker is the customer of the call.
func (t *turn) page(s Planned) {
	placer := t.placer()
	t.Direction, t.Type, t.AutoRecord, placer.Kind = Internal, TypePage, false, Customer
	t.From, t.TargetName = placer.Number, s.Page.Name
	t.tell(Directed{Direction: Internal, Type: TypePage, From: placer.Number, To: s.Number, Target: s.Page.Name})
	t.Page = &Page{PagePlan: *s.Page, State: PageGathers}
	if s.Page.Multicast != nil {
		t.pageCasts(s)
	} else {
		t.pageRings()
	}
	t.after(pageGather, pageTimer)
	t.farRings()
	t.pageOn()
}

// pageRings has the devices of the members rung.
func (t *turn) pageRings() {
	for _, m := range t.Page.Members {
		if t.party(m.Agent) == nil && t.findSeat(m.Agent) == nil {
			t.reserve(m.Agent, forIntercom, pageRingSeconds)
		}
	}
}

// changePage gives the page to be changed.
func (t *turn) changePage() *Page {
	p := *t.Page
	t.Page = &p
	return t.Page
}

// pageJoined adds a member whose device has answered.
func (t *turn) pageJoined(s RingEnded) {
	t.do(Connected{Agent: s.Agent})
	p := Party{Kind: Agent, Agent: s.Agent, Leg: s.Leg, Device: s.Device, Up: true, Listens: true, Toned: !t.Page.Tone}
	for _, m := range t.Page.Members {
		if m.Agent == s.Agent {
			p.Name = m.Name
		}
	}
	t.add(p)
	if t.Page.begun() {
		t.pageHeard()
		t.join(t.party(s.Agent))
	}
	t.pageOn()
}

// pageMissed does without a member whose device did not answer.
func (t *turn) pageMissed(r *OpenRing, result RingResult) {
	agent := r.Agent
	t.overRing(r, result, "")
	t.release(agent, false)
	t.pageOn()
}

// pageLeft takes out a member who has hung up, or whose device is gone.
func (t *turn) pageLeft(p *Party, cause tel.Cause) {
	t.part(p, cause)
	t.pageOn()
}

// pageListeners counts the members who are there.
func (c *Call) pageListeners() (n int) {
	for i := range c.Parties {
		if p := &c.Parties[i]; p.Listens && p.Up && p.State != Gone {
			n++
		}
	}
	return n
}

// pageComing tells whether somebody's device may still answer, or the stream to the group begin.
func (c *Call) pageComing() bool {
	if c.find(func(p *Party) bool { return p.Listens && !p.Up }) != nil {
		return true
	}
	for i := range c.Seats {
		if s := &c.Seats[i]; s.Asked && s.Purpose == forIntercom {
			return true
		}
	}
	return len(c.Rings) > 0
}

// pageOn begins a page when those are there who are to be, and ends it when nobody is any more.
func (t *turn) pageOn() {
	if t.Stage == Ended {
		return
	}
	hear, coming := t.pageListeners(), t.pageComing()
	switch gathers := t.Page.State == PageGathers; {
	case hear == 0 && !coming && t.AnsweredAt.IsZero():
		t.finish(ending{Disposition: Busy, Cause: tel.CauseBusy, Reason: "nobody of " + t.Page.Name + " can hear you now"})
	case hear == 0 && !coming:
		t.finish(t.ended(ending{Cause: tel.CauseNormal, Reason: "nobody of " + t.Page.Name + " hears you any more"}))
	case gathers && hear > 0 && (t.Page.Due || !coming):
		t.pageAnswers()
	}
}

// pageAnswers answers the speaker.
func (t *turn) pageAnswers() {
	t.do(StopTimer{Timer: pageTimer})
	t.changePage().State = PageAnswers
	if p := t.placer(); p.Own && !p.Up {
		t.do(AnswerLeg{Leg: p.Leg})
		return
	}
	t.pageTells()
}

// pageUp hears that the speaker's telephone is answered, or that the stream to the group goes.
func (t *turn) pageUp(p *Party) {
	if p.Listens {
		t.pageOn()
		return
	}
	t.pageTells()
}

// pageTells begins the page: the members hear the tone, the speaker another one and how many they are.
func (t *turn) pageTells() {
	p := t.changePage()
	p.State, p.Hears = PageTells, t.pageListeners()
	t.Ringback = false
	if p.Hears > 0 { // all of them may have hung up since the speaker was to be answered, while somebody is rung still
		t.pageHeard()
	}
	t.join(t.placer())
	for i := range t.Parties { // nobody has talked before: a page that nobody spoke was not answered
		if t.Parties[i].Listens {
			t.join(&t.Parties[i])
		}
	}
	t.enter(Active)
	t.after(time.Duration(p.Seconds)*time.Second, pageTimer)
	t.after(pageTold, pageToldTimer)
}

// begun tells whether the speaker is there.
func (p *Page) begun() bool { return p.State == PageTells || p.State == PageOpen }

// pageHeard notes that somebody hears the page, which is answered by that.
func (t *turn) pageHeard() {
	if t.AnsweredAt.IsZero() {
		t.AnsweredAt = t.now
	}
}

// pagePlayed hears that somebody has heard what comes first.
func (t *turn) pagePlayed(s PlayEnded) {
	p := t.byLeg(s.Leg)
	switch {
	case p == nil || t.Page == nil:
	case s.Tag == PageTag && t.Page.State == PageTells && !p.Listens:
		t.changePage().State = PageOpen
	case s.Tag == PageToneTag:
		p.Toned = true
	}
}

// pageTimeUp waits for no more members, lets the speaker speak whose tone was not to be heard, or ends a page that lasts too long.
func (t *turn) pageTimeUp(timer string) {
	switch {
	case t.Page == nil || t.Stage == Ended:
	case timer == pageToldTimer:
		if t.Page.State == PageTells {
			t.changePage().State = PageOpen
		}
		for i := range t.Parties {
			t.Parties[i].Toned = t.Parties[i].Listens
		}
	case t.Page.State == PageGathers && t.Page.Multicast != nil:
		why := "the system could not speak to the telephones of " + t.Page.Name
		t.finish(ending{Disposition: Failed, Cause: tel.CauseTemporaryFailure, Reason: why})
	case t.Page.State == PageGathers:
		t.changePage().Due = true
		t.pageOn()
	case !t.Page.begun():
	case t.AnsweredAt.IsZero():
		t.finish(ending{Disposition: NoAnswer, Cause: tel.CauseNoAnswer, Reason: "nobody of " + t.Page.Name + " has answered"})
	default:
		t.finish(t.ended(ending{Cause: tel.CauseNormal, Reason: "the time of a page is over"}))
	}
}

// pageHearing is what somebody hears in a page: the members the speaker, and nobody a member.
func (c *Call) pageHearing(p *Party, h *Hearing) {
	begun := c.Page.begun()
	speaker := c.placer()
	switch {
	case !p.Listens && c.Page.State == PageTells:
		h.Prompts, h.Tag = []prompt.Prompt{{Kind: prompt.Beep}}, PageTag
		if c.Page.Multicast == nil { // nobody knows how many telephones listen to a stream
			h.Prompts = append(h.Prompts, prompt.OfNumber(c.Page.Hears).In(c.Page.Lang))
		}
	case !p.Listens && !begun:
		h.Tone = "ringback"
	case !p.Listens || !begun:
	case !p.Toned:
		h.Prompts, h.Tag = []prompt.Prompt{{Kind: prompt.Beep}}, PageToneTag
	case speaker != nil && speaker.sounds() && !speaker.Muted:
		h.add(speaker.voice())
	}
}
