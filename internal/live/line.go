package live

import (
	"parley/internal/call"
	"parley/internal/id"
)

// lineOf is the call as it stands on one agent's line; false when the agent has no part in it now.
func lineOf(which id.Agent, c *call.Call, a *agent) (Line, bool) {
	l := Line{
		Call: c.ID, Line: 1, Direction: c.Direction, StartedAt: c.Started, Since: c.Since,
		Recording: call.RecordingOff, Tab: a.station.Tab, Notice: c.Notice, Emergency: c.Emergency,
		Intercom: c.Type == call.TypeIntercom,
	}
	if c.Recording.State != "" {
		l.Recording = c.Recording.State
	}
	if q := c.QueueOf(which); q != nil {
		l.Queue, l.QueueName = q.ID, q.Name
	}
	if c.Attempt.Callback != "" {
		l.Callback = &LineCallback{Attempt: c.Attempt.Number, Since: c.EnteredAt}
	}
	l.face(which, c)
	if c.Park != nil {
		l.Slot = c.Park.Slot
	}
	if c.Page != nil {
		l.Page = pageOf(which, c)
	}
	if c.Lead.ID != "" {
		l.Lead = &LineLead{ID: c.Lead.ID, Name: c.Lead.Name, CampaignName: c.Lead.CampaignName}
	}
	if c.Stage == call.Ended {
		return l, false
	}
	if r := c.RingAt(which); r != nil {
		l.brought(which, c)
		l.State, l.Offer, l.RingStartedAt, l.Since = "incoming", r.Offer, r.Began, r.Began
		return l, true
	}
	mine := place(which, c)
	if mine == nil {
		return l, false
	}
	l.Device, l.Muted, l.TwoCalls, l.Aside = mine.Device, mine.Muted, mine.TwoCalls, mine.Aside
	l.State = lineState(c, mine)
	if supervises(mine) {
		return l, true
	}
	l.in(c, mine)
	l.CanRecord = a.CanRecord && c.Page == nil && (l.State == "active" || l.State == "held")
	if l.State == "active" {
		l.hears(c, mine)
	}
	return l, true
}

// pageOf is a page as one agent sees it.
func pageOf(which id.Agent, c *call.Call) *LinePage {
	p := &LinePage{Group: c.Page.Name, Listens: c.RingAt(which) != nil, Multicast: c.Page.Multicast != nil}
	for i := range c.Parties {
		if one := &c.Parties[i]; one.Listens && !one.Casts() && one.State == call.Joined {
			p.Hears++
			p.Listens = p.Listens || one.Agent == which
		}
	}
	return p
}

// face says who is at the other end, as this agent sees it.
func (l *Line) face(which id.Agent, c *call.Call) {
	placed := false
	for i := range c.Parties {
		p := &c.Parties[i]
		placed = placed || p.Agent == which && p.Kind == call.Customer
	}
	switch {
	case c.Direction == call.Inbound, c.Direction == call.Internal && !placed:
		l.Number, l.Name = string(c.From), c.Name
	default:
		l.Number = string(c.To)
	}
	l.MenuData, l.MenuText = c.Screen.Data, c.Screen.Text
	if c.Caller.Name != "" {
		l.Name, l.Customer = c.Caller.Name, c.Caller.ID
	}
	if c.Direction == call.Internal && placed {
		l.Name = c.TargetName
	}
}

// place is the agent's latest place in the call; nil when the agent has none now.
func place(which id.Agent, c *call.Call) *call.Party {
	for i := len(c.Parties) - 1; i >= 0; i-- {
		if p := &c.Parties[i]; p.Agent == which && p.State != call.Gone {
			return p
		}
	}
	return nil
}

func lineState(c *call.Call, mine *call.Party) string {
	if supervises(mine) {
		return "active"
	}
	if c.Stage != call.Active || mine.State != call.Joined {
		return "dialling"
	}
	if mine.Aside || away(c, mine) {
		return "held"
	}
	return "active"
}
