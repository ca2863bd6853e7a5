package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/tel"
	"parley/internal/treatment"
)

const (
	moveTreatTimer = "move treatment"
	moveMenusTimer = "move menus"
)

// What an agent is told whose line 2 has gone through a queue or a menu and met nobody.
const (
	inMenusTooLong = "nobody was reached: line 2 was in menus for too long"
	toMailbox      = "nobody was reached: the menu leads to a mailbox"
	toItsEnd       = "nobody was reached: the menu ends the call there"
)

// goThrough lets line 2 go into a queue or a menu as a caller would, with the agent there.
func (t *turn) goThrough(s Routed) {
	m := t.changeMove()
	if m.Route == nil { // so that late words about what the caller has heard are known for what they are
		m.Treatment.Serial = t.Treatment.Serial
	}
	m.Route, m.Travel, m.Precedence = &s, s.Travel, s.Precedence.Or(m.Precedence)
	if s.Language != "" {
		m.Language = s.Language
	}
	if m.State == MoveAsking {
		t.reach(m)
	}
	if until := s.Travel.MenusUntil; !until.IsZero() {
		t.after(max(until.Sub(t.now), 0), moveMenusTimer)
	}
	if len(s.Say) > 0 {
		t.driveMove(treatment.Begin{Announcement: &treatment.AnnouncementPlan{Prompts: s.Say}})
		return
	}
	t.stayThere()
}

// stayThere begins the menu or the wait, once all was heard that is said before it.
func (t *turn) stayThere() {
	r := *t.Move.Route
	if r.Queue == nil {
		t.driveMove(treatment.Begin{Menu: r.Menu})
		return
	}
	q := *r.Queue
	p := t.Move.Precedence.Or(treatment.Precedence{Priority: q.Priority, AgeSeconds: q.AgeSeconds, Steps: q.Steps})
	q.Priority, q.AgeSeconds, q.Steps = p.Priority, p.AgeSeconds, p.Steps
	r.Queue = &q
	m := t.changeMove()
	m.Route, m.Waits, m.EnteredAt = &r, true, t.now
	t.Offered = false
	e := q.enqueue(t.now)
	e.Consult = true
	t.do(e)
	t.driveMove(treatment.Begin{Wait: consultPlan(&q)})
}

// driveMove gives what line 2 goes through a signal and does what comes of it.
func (t *turn) driveMove(s treatment.Signal) {
	m := t.changeMove()
	m.Treatment = m.Treatment.Copy()
	if b, begins := s.(treatment.Begin); begins {
		if b.Language = m.Language; b.Language == "" {
			b.Language = t.Language
		}
		s = b
	}
	for _, a := range m.Treatment.Handle(t.now, s) {
		if t.moving() != nil {
			t.heedThere(a)
		}
	}
}

func (t *turn) heedThere(action treatment.Action) {
	m := t.Move
	switch a := action.(type) {
	case treatment.Over:
		t.treatedThere(a)
	case treatment.WantExtension:
		t.findThere(FindNext{Extension: a.Keys})
	case treatment.WantPlace:
		t.do(AskPlace{})
	case treatment.Asked:
		t.tell(MenuAsked{Menu: m.Name, Try: a.Try, Agent: m.By})
	case treatment.Keyed:
		t.tell(MenuKeyed{Keys: a.Keys, Result: a.Result, Agent: m.By})
	}
}

// treatedThere takes line 2 on whose treatment is over.
func (t *turn) treatedThere(o treatment.Over) {
	switch o.How {
	case treatment.Done:
		t.stayThere()
	case treatment.Chosen, treatment.Default:
		if o.To.Kind == "" {
			o.To.Kind = dest.Hangup
		}
		m := t.changeMove()
		m.Precedence = o.Precedence.Or(m.Precedence)
		t.findThere(FindNext{To: o.To})
	default:
		t.failMove(tel.CauseNoAnswer, toItsEnd)
	}
}

// findThere asks the plan where line 2 goes on to.
func (t *turn) findThere(a FindNext) {
	m := t.changeMove()
	m.Finding = true
	a.From, a.Travel, a.Move = t.From, m.Travel, m.Number
	t.do(a)
}

// ledOn hears where a menu leads line 2.
func (t *turn) ledOn(s Routed) {
	m := t.changeMove()
	m.Finding = false
	if m.Treatment.On() { // an extension was keyed
		t.driveMove(treatment.Stop{})
		m = t.changeMove()
	}
	if s.Name != "" {
		m.Name = s.Name
	}
	switch {
	case s.Away != "":
		t.failMove(tel.CauseNoAnswer, s.Away)
	case s.Agent != "" && t.here(s.Agent):
		t.failMove(tel.CauseBusy, hereAlready)
	case s.Agent != "":
		m.Name = s.AgentName
		t.moveToAgent(m, s.Agent, s.RingSeconds)
	case m.Left && (s.Queue != nil || s.Menu != nil || s.Mailbox != nil): // the agent has gone meanwhile
		s.Precedence = s.Precedence.Or(m.Precedence)
		t.sendOn(s)
	case s.Queue != nil, s.Menu != nil:
		t.goThrough(s)
	case s.External != nil:
		m.Dials, m.Ways = s.External.To, s.External.Ways
		if s.Name == "" {
			m.Name = string(m.Dials)
		}
		t.dialMove()
	case s.Mailbox != nil:
		t.failMove(tel.CauseNoAnswer, toMailbox)
	default:
		t.failMove(tel.CauseNoAnswer, toItsEnd)
	}
}

// unledOn hears that the plan knows no way for line 2; a menu is told of an extension that nobody has.
func (t *turn) unledOn(cause tel.Cause, why string) {
	t.changeMove().Finding = false
	if t.Move.Treatment.On() {
		t.driveMove(treatment.Unknown{})
		return
	}
	t.failMove(cause, why)
}

// keyedThere gives a key of the agent on line 2 to the menu there; false when there is none.
func (t *turn) keyedThere(p *Party, digit tel.Digit) bool {
	if !t.hearsThere(p) {
		return false
	}
	t.driveMove(treatment.Digit{Digit: digit})
	return true
}

// hearsThere tells whether a party speaks on line 2 and hears a queue or a menu there.
func (c *Call) hearsThere(p *Party) bool {
	m := c.moving()
	return m != nil && !m.Left && p.Agent != "" && m.By == p.Agent && p.Side == 1 && m.Treatment.On()
}

// goesOnThere tells whether line 2 is in a queue or a menu, where the other one can be left.
func (c *Call) goesOnThere() bool {
	m := c.moving()
	return m != nil && m.State == MoveRinging && m.Route != nil && m.Agent == "" && m.Party == "" && !m.Finding
}

// unsettled tells whether it is not known yet where a move leads.
func (t *turn) unsettled(m *Move) bool {
	s := t.findSeat(m.Agent)
	return m.State == MoveAsking || m.Finding || m.State == MoveRinging && s != nil && s.Asked
}

// quitThere takes line 2 out of the queue or menu that it is in.
func (t *turn) quitThere(why string) {
	if t.Move.Route == nil {
		return
	}
	if t.Move.Waits {
		t.cancelOffers(why)
		t.do(LeaveQueue{Result: leftTransferred})
	}
	t.stopThere()
	m := t.changeMove()
	m.Waits, m.Finding = false, false
}

// stopThere ends what the agent hears on line 2 of a queue or a menu.
func (t *turn) stopThere() {
	t.driveMove(treatment.Stop{})
	t.Treatment.Serial = max(t.Treatment.Serial, t.Move.Treatment.Serial)
}

// alarmThere has line 2 woken when what it goes through wants to be.
func (t *turn) alarmThere() {
	var due time.Time
	if m := t.moving(); m != nil {
		due = m.Treatment.Due
	}
	t.alarmAt(&t.MoveAlarm, due, moveTreatTimer)
}

// wakeThere is that alarm.
func (t *turn) wakeThere() {
	t.MoveAlarm = noTime
	if t.moving() != nil {
		t.driveMove(treatment.Wake{})
	}
}

// menusOverThere ends a consultation that has been in menus for too long.
func (t *turn) menusOverThere() {
	m := t.moving()
	if m != nil && m.Treatment.Menu != nil && !t.now.Before(m.Travel.MenusUntil) {
		t.failMove(tel.CauseNoAnswer, inMenusTooLong)
	}
}
