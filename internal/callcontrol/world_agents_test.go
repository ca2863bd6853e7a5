package callcontrol_test

import (
	"context"
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// person is an agent with a page and perhaps a desk phone.
type person struct {
	w        *world
	agent    id.Agent
	strategy station.Strategy
	prefers  station.Device
	phone    bool
	number   tel.Number
	waits    bool // calls may wait while this agent talks

	// Guarded by world.mu.
	tab    id.Tab
	leg    id.Leg
	legs   int
	awake  bool // the socket is open and the page answers
	dialed int
}

func newPerson(w *world, n int) *person {
	p := &person{w: w, agent: id.Agent(fmt.Sprintf("agent%d", n)), prefers: station.Browser, phone: w.rng.IntN(100) < 60}
	p.strategy = []station.Strategy{station.PreferredOnly, station.Sequential, station.Simultaneous}[w.rng.IntN(3)]
	if p.phone && w.rng.IntN(3) == 0 {
		p.prefers = station.DeskPhone
	}
	if w.rng.IntN(3) == 0 {
		p.number = "+32470111222"
		if w.rng.IntN(2) == 0 {
			p.prefers = station.Number
		}
	}
	p.waits = w.rng.IntN(3) > 0
	return p
}

// takesWaiting tells whether calls may wait for an agent who talks.
func (w *world) takesWaiting(agent id.Agent) bool {
	for _, p := range w.people {
		if p.agent == agent {
			return p.waits
		}
	}
	return false
}

// live starts work and does things now and again.
func (p *person) live() {
	w := p.w
	if p.phone {
		w.x.Registered(sip.Registration{Agent: p.agent, Org: org, Device: id.Device("phone-" + string(p.agent)), Contact: "one"})
		w.later(time.Second, func() { _ = p.ask(station.DeskWork{On: w.chance(70)}) })
	}
	p.start(id.Tab("tab-"+string(p.agent)), false)
	p.beat()
	p.act()
}

func (p *person) ask(s station.Signal) error {
	return p.w.x.AskStation(context.Background(), p.agent, s)
}

// start opens the page of a tab, or opens it anew.
func (p *person) start(tab id.Tab, takeover bool) {
	w := p.w
	w.mu.Lock()
	p.legs++
	leg := id.Leg(fmt.Sprintf("%s.b%d", p.agent, p.legs))
	w.mu.Unlock()
	w.x.EnterBrowser(p.agent, leg)
	k := w.wires.openPage(leg, p.agent)
	if err := p.ask(station.Start{Tab: tab, Leg: leg, Takeover: takeover}); err != nil {
		w.later(0, func() { w.wires.pass(k, rtc.Ended{Reason: rtc.HungUp}) })
		return
	}
	w.mu.Lock()
	p.tab, p.leg, p.awake = tab, leg, true
	w.mu.Unlock()
	w.later(w.wires.soon(), func() { w.wires.pass(k, rtc.Connected{}) })
	if w.chance(20) {
		w.later(w.within(120), func() { p.flicker(k) })
	}
}

// flicker is a network that fails for a while.
func (p *person) flicker(k *wire) {
	w := p.w
	w.wires.pass(k, rtc.Sound{Event: media.SoundLost{Leg: k.name}})
	w.wires.pass(k, rtc.Disconnected{})
	w.later(w.within(15), func() {
		if w.chance(30) {
			w.wires.pass(k, rtc.Ended{Reason: rtc.Lost})
			return
		}
		w.wires.pass(k, rtc.Connected{})
		w.wires.pass(k, rtc.Sound{Event: media.SoundBack{Leg: k.name}})
	})
}

// now is the page as it is.
func (p *person) now() (tab id.Tab, awake bool, in id.Call) {
	in = p.w.l.callWith(p.agent)
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	return p.tab, p.awake, in
}

// beat is the page's sign of life.
func (p *person) beat() {
	if tab, awake, _ := p.now(); awake {
		p.w.x.TellStation(p.agent, station.TabSeen{Tab: tab})
	}
	p.w.later(15*time.Second, p.beat)
}

// act does something by chance, then again.
func (p *person) act() {
	w := p.w
	if w.over() {
		p.leave()
		return
	}
	w.later(time.Second+w.within(15), p.act)
	tab, _, in := p.now()
	switch n := w.pick(100); {
	case n < 35:
		if in != "" {
			p.inCall(in)
		}
	case n < 42:
		p.sleep()
	case n < 50:
		p.start(tab, false)
	case n < 53:
		p.start(id.Tab(fmt.Sprintf("tab%d", w.pick(3))), w.chance(50))
	case n < 55:
		_ = p.ask(station.Stop{Tab: tab, Sure: w.chance(50)})
		w.later(w.within(20), func() { p.start(tab, true) })
	case n < 62:
		_ = w.d.Ask(context.Background(), org, acd.SetStatus{Agent: p.agent, Status: acd.Unavailable, Reason: "Lunch"})
		w.later(w.within(20), func() {
			_ = w.d.Ask(context.Background(), org, acd.SetStatus{Agent: p.agent, Status: acd.Available})
		})
	case n < 66:
		if other := w.l.otherCall(p.agent); other != "" {
			_ = p.ask(station.Switch{Call: other})
		}
	case n < 68 || n < 90 && w.merging:
		if other := w.l.otherCall(p.agent); other != "" {
			w.joins(p.agent)
			_ = w.x.MergeCalls(context.Background(), org, p.agent, other)
		}
	case n < 70:
		_ = w.d.Ask(context.Background(), org, acd.EndWrap{Agent: p.agent})
	case n < 76 || n >= 90 && w.merging:
		p.dial()
	case n < 80 && p.phone:
		_ = p.ask(station.DeskWork{On: w.chance(60)})
	case n < 83 && p.phone:
		r := sip.Registration{Agent: p.agent, Org: org, Device: id.Device("phone-" + string(p.agent)), Contact: "one"}
		w.x.Unregistered(r)
		w.later(w.within(10), func() { w.x.Registered(r) })
	}
}

// leave ends the day: whoever is still in a call hangs up, until there is none.
func (p *person) leave() {
	if _, _, in := p.now(); in != "" {
		_ = p.w.x.AskCall(context.Background(), org, in, call.HangUp{Agent: p.agent})
	}
	p.w.later(5*time.Second, p.leave)
}

// sleep closes the socket for a while: a page that is frozen, reloaded or gone.
func (p *person) sleep() {
	w := p.w
	w.mu.Lock()
	tab, leg := p.tab, p.leg
	p.awake = false
	w.mu.Unlock()
	if w.chance(50) {
		w.x.TellStation(p.agent, station.TabLost{Tab: tab})
	}
	if k := w.wires.find(leg); k != nil && w.chance(50) {
		w.wires.pass(k, rtc.Ended{Reason: rtc.BrowserLeft})
	}
	w.later(w.within(60), func() { p.start(tab, w.chance(80)) })
}

func (p *person) dial() {
	w := p.w
	to := []string{"+12025550123", "nowhere", string(w.people[w.pick(len(w.people))].agent)}[w.pick(3)]
	if p.phone && w.chance(40) {
		w.mu.Lock()
		p.dialed++
		leg := id.Leg(fmt.Sprintf("%s.d%d", p.agent, p.dialed))
		w.mu.Unlock()
		k := w.wires.open(leg)
		w.x.Arrived(sip.Incoming{Leg: leg, Org: org, Device: id.Device("phone-" + string(p.agent)), Agent: p.agent, To: to})
		w.later(w.within(60), func() { w.wires.happen(k, sip.Ended{Cause: 16, ByPeer: true}) })
		return
	}
	_, _ = w.x.Dial(org, p.agent, to, "", w.chance(50))
}

// inCall is one of the things that an agent does in a call.
func (p *person) inCall(which id.Call) {
	all := []call.Signal{
		call.Hold{Agent: p.agent}, call.Resume{Agent: p.agent}, call.Mute{Agent: p.agent, On: p.w.chance(50)},
		call.StartRecording{Agent: p.agent}, call.PauseRecording{Agent: p.agent}, call.ResumeRecording{Agent: p.agent},
		call.StopRecording{Agent: p.agent}, call.HangUp{Agent: p.agent}, call.HangUp{Agent: p.agent},
	}
	_ = p.w.x.AskCall(context.Background(), org, which, all[p.w.pick(len(all))])
}

// rung is what a page and the agent before it do about a ring.
func (p *person) rung(tab id.Tab, offer id.Offer) {
	w := p.w
	if _, awake, _ := p.now(); !awake || w.chance(5) {
		return
	}
	w.later(w.wires.soon(), func() { w.x.TellStation(p.agent, station.RingSeen{Offer: offer, Tab: tab}) })
	switch n := w.pick(100); {
	case n < 70:
		w.later(w.within(12), func() { _ = p.ask(station.Answer{Offer: offer, Tab: tab}) })
	case n < 85:
		w.later(w.within(12), func() { _ = p.ask(station.Reject{Offer: offer}) })
	}
}
