package callcontrol

import (
	"cmp"
	"context"
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/sip"
	"parley/internal/sounds"
	"parley/internal/station"
	"parley/internal/tel"
)

// dialNumber calls a number of an agent's through a trunk, as the number plan and the agent's class of service say.
func (x *Exchange) dialNumber(s *station.Station, a station.DialNumber) {
	x.legs.enter(a.Leg, place{station: s.Agent, phone: true, spends: true, org: s.Org})
	diverted := x.divertedBy(a.Call)
	org, plan := s.Org, call.FindPlan{Agent: s.Agent, To: string(a.Number), Call: spentBy(a.Leg)}
	if x.Emergency != nil && x.Emergency(org, plan.To) { // nobody's own number
		x.legEnded(call.LegEnded{Leg: a.Leg, Cause: tel.CauseNoRoute})
		return
	}
	if tel.Spent(diverted.Behind) {
		x.Log.Info("an agent's number is not called: the call was forwarded too often on its way here", "agent", s.Agent, "leg", a.Leg)
		x.legEnded(call.LegEnded{Leg: a.Leg, Cause: tel.CauseNoRoute})
		return
	}
	x.planned(func(ctx context.Context) {
		answer, ok := x.plan(ctx, org, plan.Call, plan).(call.Planned)
		if !ok || answer.Agent != "" || answer.Emergency {
			x.Log.Info("an agent's number is not called: the number plan refuses it", "agent", plan.Agent, "leg", a.Leg)
			x.legEnded(call.LegEnded{Leg: a.Leg, Cause: tel.CauseNoRoute})
			return
		}
		x.dialOut(org, a.Leg, answer, diverted)
	})
}

// Spending hears of what agents' numbers cost, under the names that the number plan was asked with (BX-15).
type Spending interface {
	NumberUp(org id.Org, which id.Call)
	NumberOver(org id.Org, which id.Call)
}

// spentBy names the cost of a leg to an agent's number: it is no call's, and a path outlives calls.
func spentBy(leg id.Leg) id.Call { return id.Call(leg) }

func (x *Exchange) numberUp(p place, leg id.Leg) {
	if p.spends && x.Spending != nil {
		x.Spending.NumberUp(p.org, spentBy(leg))
	}
}

func (x *Exchange) numberOver(p place, leg id.Leg) {
	if p.spends && x.Spending != nil {
		x.Spending.NumberOver(p.org, spentBy(leg))
	}
}

// dialOut places a leg of a station through the first trunk that has a channel for it.
func (x *Exchange) dialOut(org id.Org, leg id.Leg, p call.Planned, diverted call.Diverted) {
	for _, r := range routesOf(p) {
		d := call.DialTrunk{
			Leg: leg, Trunk: r.Trunk, Name: r.Name, To: cmp.Or(r.Dial, p.Number), From: cmp.Or(r.From, r.CallerID),
			Channels: r.Channels, PerSecond: r.PerSecond, Diverted: diverted,
		}
		if !x.lines.seize(d, nil).Had {
			continue
		}
		if _, wanted := x.legs.find(leg); !wanted {
			x.freed(leg)
			return
		}
		x.Wires.DialTrunk(org, d)
		if _, wanted := x.legs.find(leg); !wanted { // given up while it was dialled
			x.Wires.End(leg, tel.CauseNormal)
			x.freed(leg)
		}
		return
	}
	x.legEnded(call.LegEnded{Leg: leg, Cause: tel.CauseNoCircuit})
}

// routesOf lists the trunks of a plan, the best first.
func routesOf(p call.Planned) []call.Route {
	if len(p.Routes) > 0 {
		return p.Routes
	}
	return []call.Route{{Trunk: p.Trunk, CallerID: p.CallerID}}
}

// planned does what asks the number plan, off the owner's goroutine.
func (x *Exchange) planned(do func(ctx context.Context)) {
	work := func() {
		ctx, cancel := context.WithTimeout(x.ctx, 3*time.Second)
		defer cancel()
		do(ctx)
	}
	select {
	case x.plans <- work:
	default:
		go work()
	}
}

// cueTag marks what a station plays, so that its end is told to the station.
const cueTag = "cue:"

// roomOf is where a leg hears what its station plays; when it goes to a call, that call's room takes it over.
func roomOf(leg id.Leg) id.Call { return id.Call("voice/" + string(leg)) }

// playCue lets a leg of a station hear something while it is in no call.
func (x *Exchange) playCue(s *station.Station, a station.Play) {
	which, language := roomOf(a.Leg), x.languageOf(s.Agent)
	switch a.Cue {
	case station.Quiet:
		x.Sound.Close(which)
	case station.Waiting:
		x.Sound.Arrange(which, []call.Hearing{{Leg: a.Leg, Hold: sounds.Waiting}})
	case station.Beep:
		x.Sound.Arrange(which, []call.Hearing{{Leg: a.Leg, Prompts: []prompt.Prompt{{Audio: sounds.Beep}}, Tag: cueTag + string(a.Cue)}})
	case station.Accept: // the beep is heard even where no text can be spoken
		said := []prompt.Prompt{prompt.Say(prompt.PressOne, language), {Audio: sounds.Beep}}
		x.Sound.Arrange(which, []call.Hearing{{Leg: a.Leg, Prompts: said, Tag: cueTag + string(a.Cue)}})
	}
}

func (x *Exchange) languageOf(agent id.Agent) prompt.Language {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.people[agent].Language
}

// heardByStation passes on what happened on a leg that is in no call.
func (x *Exchange) heardByStation(agent id.Agent, leg id.Leg, what sip.Progress) {
	switch e := what.(type) {
	case sip.Digit:
		x.post(stationAt(agent), station.KeyPressed{Leg: leg, Key: e.Digit})
	case sip.Sound:
		x.cueEnded(agent, soundSignal(leg, e.Event))
	}
}

// cueEnded tells a station that one of its cues is over; false when it was none.
func (x *Exchange) cueEnded(agent id.Agent, s call.Signal) bool {
	p, played := s.(call.PlayEnded)
	if !played || !strings.HasPrefix(p.Tag, cueTag) {
		return false
	}
	x.post(stationAt(agent), station.CueEnded{Leg: p.Leg})
	return true
}

// cueMissing is for a cue that could not be played: to its station it is over.
func (x *Exchange) cueMissing(s call.Signal) bool {
	ended, played := s.(call.PlayEnded)
	if !played {
		return false
	}
	p, there := x.legs.find(ended.Leg)
	return there && p.station != "" && x.cueEnded(p.station, s)
}
