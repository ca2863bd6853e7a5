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
		none := Lights{CallRouting: "red", Detail: "You have no agent profile."}
		return Me{Status: acd.Offline, Lights: none, Lines: []Line{}, Queues: []id.Queue{}}
	}
	s := a.station
	m := Me{
		Agent: which, Status: a.status, Reason: a.reason, Custom: a.custom, Since: a.since, Wrap: a.wrap, Lights: a.lights(),
		Next: a.next, Outcome: a.chosen, Queues: a.memberOf(), Off: a.Off,
		Started: s.Tab != "", StationTab: s.Tab,
		Desk: Desk{Registered: s.Registered, Working: s.Working}, Lines: p.ownLines(a),
	}
	m.Voice = voiceOf(s)
	return m
}

// memberOf is a copy of the list of the agent's queues: what is sent is written later.
func (a *agent) memberOf() []id.Queue { return append([]id.Queue{}, a.queues...) }

// voiceOf is the session's voice as the page shows it.
func voiceOf(s station.Face) *Voice {
	v := &Voice{Mode: string(s.Voice.Mode), Persistent: s.Voice.Persistent, Number: string(s.Voice.Number), Path: s.Path}
	switch {
	case v.Mode != "":
	case s.Tab != "":
		v.Mode = string(station.ByWeb)
	default:
		return nil
	}
	return v
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
		Custom: a.custom, Queues: a.memberOf(), Off: a.Off, Image: a.Image,
		Presence: p.lookOf(which),
	}
	switch {
	case a.station.Tab != "":
		v.Device = "softphone"
	case a.station.Voice.Mode != "":
		v.Device = string(a.station.Voice.Mode)
	case a.station.Working:
		v.Device = "desk_phone"
	}
	v.Rings = slices.ContainsFunc(a.lines, Line.rings)
	for _, l := range a.lines {
		if l.talks() && l.Watches == nil && !l.Aside {
			v.Call = &AgentCall{
				ID: l.Call, Number: l.Number, Name: l.Name, QueueName: l.QueueName, Since: l.Since, WatchedBy: l.WatchedBy, Help: l.Help,
			}
		}
	}
	return v
}

func (p *picture) stationChanged(which id.Agent, s station.Face) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.agents[which]
	if a == nil || a.station == s {
		return
	}
	a.station = s
	for i := range a.lines {
		a.lines[i].Tab = s.Tab
	}
	p.tellMe(which)
}

func (p *picture) callChanged(now time.Time, c *call.Call, events []call.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roll(now)
	k := p.calls[c.ID]
	if k == nil {
		k = &known{}
		p.calls[c.ID] = k
	}
	var room [8]id.Agent
	touched := k.become(c, room[:0])
	was := k.place
	k.led(c, events)
	finished, _ := finishedBy(events)
	for _, which := range touched {
		if p.drawLine(now, which, c, finished) {
			p.tellMe(which)
		}
	}
	p.tooLate(now, c, events)
	p.notWatched(events)
	p.park(c, events)
	p.help(c)
	p.notHelped(events)
	if w := p.waiting[c.ID]; w != nil && w.dress(k) {
		p.tellWaiting(w, "waiting", w.Waiting)
	}
	if c.Stage == call.Ended {
		delete(p.calls, c.ID)
	}
	p.tellPlaces(c, was, k.place)
	p.tellUpdated(c, touched, events)
}

// become remembers the call as it is now, and adds to touched who has a part in it now or had one before, each once.
func (k *known) become(c *call.Call, touched []id.Agent) []id.Agent {
	touched = append(touched, k.agents...)
	k.agents = agentsOf(k.agents[:0], c)
	touched = append(touched, k.agents...)
	slices.Sort(touched)
	k.number, k.name = string(c.From), c.Name
	if c.Caller.Name != "" {
		k.name = c.Caller.Name
	}
	return slices.Compact(touched)
}

// tellUpdated tells those who may see the call that its record has changed.
func (p *picture) tellUpdated(c *call.Call, touched []id.Agent, events []call.Event) {
	if len(p.feeds) == 0 || !slices.ContainsFunc(events, changesRecord) {
		return
	}
	sees := func(v Viewer) bool {
		team := v.supervises() && c.Queue != nil && p.seesQueue(v, c.Queue.ID)
		return team || v.everything() || slices.Contains(touched, v.Agent)
	}
	p.tell("call.updated", sees, func() any { return Updated{ID: c.ID} })
}

// changesRecord leaves out what only the log of events keeps, as a caller may press a great many keys, and what need not
// be seen at once.
func changesRecord(e call.Event) bool {
	switch e.(type) {
	case call.DigitHeard, call.SoundSampled:
		return false
	}
	return true
}

// drawLine puts the call on the agent's line, or takes it off, and says whether anything changed.
func (p *picture) drawLine(now time.Time, which id.Agent, c *call.Call, finished call.Finished) bool {
	a := p.agents[which]
	if a == nil {
		return false
	}
	first := p.drawFirst(now, a, which, c, finished)
	second := p.drawSecond(a, which, c)
	return a.number() || second || first
}

// number says on which of the two lines each call is: of two calls at once the later one is on line 2 (SP-25).
func (a *agent) number() (changed bool) {
	n := 0
	for i := range a.lines {
		if l := &a.lines[i]; l.State != "ended" && !l.consults {
			n++
			changed = changed || l.Line != min(n, 2)
			l.Line = min(n, 2)
		}
	}
	return changed
}

// drawFirst shows the call on line 1.
func (p *picture) drawFirst(now time.Time, a *agent, which id.Agent, c *call.Call, finished call.Finished) bool {
	at := slices.IndexFunc(a.lines, func(l Line) bool { return l.Call == c.ID && !l.consults })
	line, there := lineOf(which, c, a)
	if there {
		p.name(&line, c)
		p.watchOf(which, &line, c)
		p.helpOf(which, &line, c)
	}
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
	changed := !l.same(next)
	*l = next
	return changed
}

func (l *Line) end(now time.Time, finished call.Finished) {
	l.State, l.Since, l.Recording, l.CanRecord = "ended", now, call.RecordingOff, false
	l.Quality, l.OneWay, l.Repair, l.Parties, l.Transfer = nil, nil, "", nil, nil
	l.WatchedBy, l.Help, l.Helped, l.CanAskHelp = nil, nil, false, false
	l.TwoCalls, l.Aside, l.Merge = false, false, nil
	if finished.Disposition != call.Answered {
		l.Reason, l.Code = finished.Reason, finished.Code
	}
}

func finishedBy(events []call.Event) (f call.Finished, ok bool) {
	for _, e := range events {
		if f, ok = e.(call.Finished); ok {
			return f, true
		}
	}
	return f, false
}

// agentsOf adds to a list the agents who have a part in the call or are rung.
func agentsOf(all []id.Agent, c *call.Call) []id.Agent {
	for i := range c.Parties {
		if a := c.Parties[i].Agent; a != "" {
			all = append(all, a)
		}
	}
	for i := range c.Rings {
		all = append(all, c.Rings[i].Agent)
	}
	return all
}
