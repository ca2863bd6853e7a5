package live

import (
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
)

// endedLine is how long a line that has ended stands in the picture.
const endedLine = 10 * time.Second

// me is the viewer's own agent as the page shows it.
func (p *picture) me(which id.Agent) Me {
	a := p.agents[which]
	if a == nil {
		return Me{Status: acd.Offline, Lights: Lights{CallRouting: "red", Detail: "You have no agent profile."}, Lines: []Line{}}
	}
	s := a.station
	m := Me{
		Agent: which, Status: a.status, Reason: a.reason, Since: a.since, Wrap: a.wrap, Lights: a.lights(),
		Started: s.Browser.Tab != "", StationTab: s.Browser.Tab,
		Desk: Desk{Registered: s.Phone.Registered, Working: s.Phone.Working}, Lines: append([]Line{}, a.lines...),
	}
	return m
}

// lights says whether the ACD counts a device of this agent as alive (SP-3).
func (a *agent) lights() Lights {
	switch {
	case a.health == "asleep":
		return Lights{"amber", "This page did not answer a call in time. It is asked again every 15 seconds."}
	case a.health == "ok" && a.status == acd.Available:
		return Lights{"green", "Calls reach you."}
	case a.health == "ok":
		return Lights{"green", "Your device can ring. Calls from queues come when you are available."}
	default:
		return Lights{"red", "Nothing of yours can ring. Press Start."}
	}
}

func (p *picture) agentView(which id.Agent) Agent {
	a := p.agents[which]
	v := Agent{
		ID: which, Name: a.Name, Extension: a.Extension, Status: a.status, Reason: a.reason, Since: a.since, Health: a.health,
	}
	switch {
	case a.station.Browser.Tab != "":
		v.Device = "softphone"
	case a.station.Phone.Working:
		v.Device = "desk_phone"
	}
	for _, l := range a.lines {
		if l.State == "active" || l.State == "held" || l.State == "dialling" {
			v.Call = &AgentCall{ID: l.Call, Number: l.Number, Name: l.Name, QueueName: l.QueueName, Since: l.Since}
		}
	}
	return v
}

func (p *picture) stationChanged(s station.Station) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[s.Agent]
	if a == nil {
		return
	}
	a.station = s
	for i := range a.lines {
		a.lines[i].Tab = s.Browser.Tab
	}
	p.tellMe(s.Agent)
}

func (p *picture) callChanged(now time.Time, c call.Call, events []call.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roll(now)
	before, known := p.calls[c.ID]
	p.calls[c.ID] = c
	touched := agentsOf(c)
	if known {
		touched = append(touched, agentsOf(before)...)
	}
	slices.Sort(touched)
	touched = slices.Compact(touched)
	finished := finishedBy(events)
	for _, which := range touched {
		if p.drawLine(now, which, c, finished) {
			p.tellMe(which)
		}
	}
	if w := p.waiting[c.ID]; w != nil && w.dress(c) {
		p.tellWaiting(w, "waiting", w.Waiting)
	}
	if c.Stage == call.Ended {
		delete(p.calls, c.ID)
	}
	p.tellUpdated(c, touched, events)
}

// tellUpdated tells those who may see the call that its record has changed.
func (p *picture) tellUpdated(c call.Call, touched []id.Agent, events []call.Event) {
	if !slices.ContainsFunc(events, changesRecord) {
		return
	}
	for f := range p.feeds {
		team := f.viewer.supervises() && c.Queue != nil && p.seesQueue(f.viewer, c.Queue.ID)
		if team || f.viewer.everything() || slices.Contains(touched, f.viewer.Agent) {
			f.put("call.updated", Updated{ID: c.ID})
		}
	}
}

// changesRecord leaves out what only the log of events keeps: a caller may press a great many keys.
func changesRecord(e call.Event) bool { _, digit := e.(call.DigitHeard); return !digit }

// drawLine puts the call on the agent's line, or takes it off, and says whether anything changed.
func (p *picture) drawLine(now time.Time, which id.Agent, c call.Call, finished *call.Finished) bool {
	a := p.agents[which]
	if a == nil {
		return false
	}
	at := slices.IndexFunc(a.lines, func(l Line) bool { return l.Call == c.ID })
	line, there := lineOf(which, c, a)
	switch {
	case there && at < 0:
		a.lines = append(slices.DeleteFunc(a.lines, func(l Line) bool { return l.State == "ended" }), line)
		return true
	case there:
		return a.lines[at].become(line, now)
	case at < 0 || a.lines[at].State == "ended":
		return false
	case a.lines[at].State == "incoming":
		a.lines = slices.Delete(a.lines, at, at+1) // a ring that is over leaves nothing behind
		return true
	default:
		a.lines[at].end(now, finished)
		return true
	}
}

// become shows the line as it is now and tells whether that differs. Since is when its state began, not the call's stage.
func (l *Line) become(next Line, now time.Time) bool {
	switch {
	case next.State == "incoming":
	case l.State == next.State:
		next.Since = l.Since
	default:
		next.Since = now
	}
	changed := *l != next
	*l = next
	return changed
}

func (l *Line) end(now time.Time, finished *call.Finished) {
	l.State, l.Since, l.Recording, l.CanRecord = "ended", now, call.RecordingOff, false
	if finished != nil && finished.Disposition != call.Answered {
		l.Reason = finished.Reason
	}
}

func finishedBy(events []call.Event) *call.Finished {
	for _, e := range events {
		if f, ok := e.(call.Finished); ok {
			return &f
		}
	}
	return nil
}

// agentsOf lists the agents who have a part in the call or are rung.
func agentsOf(c call.Call) []id.Agent {
	var all []id.Agent
	for _, p := range c.Parties {
		if p.Agent != "" {
			all = append(all, p.Agent)
		}
	}
	if c.Ring != nil {
		all = append(all, c.Ring.Agent)
	}
	return all
}
