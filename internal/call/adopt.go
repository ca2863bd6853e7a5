package call

import (
	"cmp"
	"slices"

	"parley/internal/id"
)

// The events of the older of two calls that become one.
type (
	// TookOver says that the parties of another call of the agent are in this one now.
	TookOver struct {
		Call  id.Call  `json:"call"`
		Agent id.Agent `json:"agent"`
	}
	// GaveBack says that they are not: the other call did not wait for the answer, or has ended with them.
	GaveBack struct {
		Call id.Call `json:"call"`
	}
)

func (TookOver) callEvent() {}
func (GaveBack) callEvent() {}

// Loan says of a party that it was taken in from another call and is not handed over yet: its wire still tells that one what happens,
// and that one is to end it.
type Loan struct {
	Call   id.Call  `json:"call"`
	Number int      `json:"number"`
	Party  id.Party `json:"party"` // as that call names it
	// As it was when it came; what has changed since was told here.
	Leg    id.Leg `json:"leg"`
	Away   bool   `json:"away,omitempty"`
	Silent bool   `json:"silent,omitempty"`
}

// lent tells whether somebody is in the call who is not handed over yet.
func (c *Call) lent() bool { return c.find(func(p *Party) bool { return p.Loan.Call != "" }) != nil }

// adopt takes the parties of another call in, with whom all talk then, or says why not.
func (t *turn) adopt(s Adopt) {
	overtaken := t.Call.find(func(p *Party) bool { return p.Loan.Call == s.Call && p.Loan.Number > s.Number }) != nil
	if !overtaken {
		t.giveBack(s.Call, func(l Loan) bool { return l.Number < s.Number }) // of a try that the other call has given up
	}
	if why := t.whyNotAdopt(s); why != "" || overtaken {
		t.do(NotAdopted{Call: s.Call, Number: s.Number, Why: why})
		return
	}
	t.announcementOver(true)
	t.tell(TookOver{Call: s.Call, Agent: s.Agent})
	t.unholdBy(s.Agent)
	for _, g := range s.Guests {
		t.takeIn(s, g)
	}
	for _, g := range s.Guests { // who is held by one of those who have come stays so
		if p := t.guest(s.Call, s.Number, g.Party.ID); g.Party.Held && p != nil && t.party(g.Party.HeldBy) != nil && g.Party.HeldBy != s.Agent {
			t.putOnHold(p, g.Party.HeldBy)
		}
	}
	t.says = Adopted{Call: s.Call, Number: s.Number}
}

// whyNotAdopt says in words for the agent why the parties of another call cannot come into this one; empty when they can.
func (t *turn) whyNotAdopt(s Adopt) string {
	p := t.party(s.Agent)
	switch {
	case t.Stage == Ended:
		return "your other call has ended"
	case p == nil || p.State == Beside:
		return "you are not in your other call any more"
	case t.Stage != Active || p.State != Joined:
		return "nobody has answered in your other call yet"
	case t.Frozen():
		return "your other call is being merged itself: try again"
	case t.Park != nil:
		return "somebody is parked in slot " + t.Park.Slot + " in your other call: take them back first"
	case t.Page != nil:
		return "your other call is a page"
	case t.moving() != nil:
		return "somebody is being called in your other call: complete or cancel that first"
	case t.alone(p):
		return "nobody else is in your other call"
	case t.present()+len(s.Guests) > mostParties:
		return "a conference has ten parties at most"
	}
	for _, g := range s.Guests {
		if a := g.Party.Agent; a != "" && (t.party(a) != nil || t.awaits(a)) {
			return cmp.Or(g.Party.Name, "an agent") + " is in both of your calls"
		}
	}
	return t.whyNotLeave(s)
}

// awaits tells whether the call is still owed an answer about an agent, or owes one.
func (t *turn) awaits(agent id.Agent) bool {
	s := t.findSeat(agent)
	return s != nil && (s.Asked || s.Taking || s.Place || s.Station)
}

// takeIn makes a party of another call one of this call.
func (t *turn) takeIn(s Adopt, g Guest) {
	p := g.Party
	p.Loan = Loan{Call: s.Call, Number: s.Number, Party: p.ID, Leg: p.Leg, Away: p.Away, Silent: p.Silent}
	p.ID = id.Party(t.named(".p", len(t.Parties)+1))
	p.Kind = Agent
	if p.Agent == "" {
		p.Kind = External
	}
	p.Joined, p.BroughtBy, p.Notes = t.now, s.Agent, ""
	p.Held, p.HeldBy, p.HeldAt = false, "", noTime
	p.Early, p.Talks, p.Detecting, p.Side = false, false, false, 0
	deaf, unheard := p.Deaf, p.Unheard
	p.Repair = Repair{}
	t.anew(&p)
	t.Parties = append(t.Parties, p)
	t.tell(LegOpened{Leg: p.Leg, Party: p.ID, Device: p.Device})
	t.tell(PartyJoined{Party: p.ID, Kind: p.Kind, Agent: p.Agent, Number: p.Number, Leg: p.Leg, Device: p.Device})
	if deaf || unheard {
		t.legOneWay(LegOneWay{Leg: p.Leg, Here: unheard, There: deaf})
	}
}

// guest is the party that another call has lent, whether it is still there or not; nil when it has lent none such.
func (t *turn) guest(from id.Call, number int, which id.Party) *Party {
	i := slices.IndexFunc(t.Parties, func(p Party) bool {
		return p.Loan.Call == from && p.Loan.Number == number && p.Loan.Party == which
	})
	if i < 0 {
		return nil
	}
	return &t.Parties[i]
}

// handed makes the parties that were taken in the call's own. Who has left here before is let go now.
func (t *turn) handed(s Handed) {
	var came id.Party
	for _, g := range s.Guests {
		p := t.guest(s.Call, s.Number, g.Party.ID)
		if p == nil || p.State == Gone {
			t.do(letGo(g)...)
			continue
		}
		t.settleIn(p, g)
		p.Loan = Loan{}
		came = cmp.Or(came, p.ID)
	}
	t.takeOut(s.Call, func(l Loan) bool { return l.Number == s.Number }) // who was not named
	t.leaveJoined(s, came)
}

// settleIn brings a party up to date that the other call has had the wire of until now, and takes over what is owed for it.
func (t *turn) settleIn(p *Party, g Guest) {
	now, came := g.Party, p.Loan
	if p.Away == came.Away {
		p.Away = now.Away
	}
	if p.Leg == came.Leg && now.Leg != came.Leg {
		t.moved(Moved{Agent: p.Agent, Leg: now.Leg})
	} else if p.Silent == came.Silent {
		t.setSilent(p, now.Silent)
	}
	p.Knocked = now.Knocked
	if now.Turn > p.Turn {
		p.TwoCalls, p.Aside, p.Turn = now.TwoCalls, now.Aside, now.Turn
	}
	if !p.TwoCalls {
		t.offHold(p)
	}
	if p.Agent == "" {
		return
	}
	seat := t.seat(p.Agent)
	seat.Place, seat.Working, seat.Station, seat.Second = g.Place, g.Working, g.Station, g.Second
}

// letGo gives up a party that came when there was no room for it any more.
func letGo(g Guest) []Action {
	var all []Action
	if g.Party.Own {
		all = append(all, EndLeg{Leg: g.Party.Leg, Cause: endCause})
	}
	if g.Station {
		all = append(all, Leave{Agent: g.Party.Agent, Cause: endCause})
	}
	if g.Place {
		all = append(all, Release{Agent: g.Party.Agent})
	}
	return all
}

// giveBack takes out whom another call has lent and wants back, or has ended with.
func (t *turn) giveBack(to id.Call, which func(Loan) bool) {
	lent := func(p *Party) bool { return p.Loan.Call == to && which(p.Loan) }
	if t.Stage != Ended && t.Call.find(lent) != nil {
		t.tell(GaveBack{Call: to})
	}
	t.takeOut(to, which)
}

// takeOut forgets whom another call has lent: nothing of theirs is ended here.
func (t *turn) takeOut(to id.Call, which func(Loan) bool) {
	for i := range t.Parties {
		p := &t.Parties[i]
		if p.Loan.Call != to || !which(p.Loan) {
			continue
		}
		if p.State != Gone && t.Stage != Ended {
			p.Closed = true
			ended := LegEnded{Leg: p.Leg, Cause: endCause}
			t.tell(LegClosed(ended))
			t.partyGone(p, ended)
		}
		t.Parties[i].Loan = Loan{}
	}
}
