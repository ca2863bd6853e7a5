package call

import (
	"fmt"
	"time"

	"parley/internal/dest"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// find asks the plan where the call goes now. What the caller is in ends first, unless the answer is to a question of it.
func (t *turn) find(a FindNext) {
	if a.Extension == "" {
		t.stopTreat()
		t.quitRinging()
		t.quitFollow(ringGivenUp)
		t.enter(Routing)
	}
	t.Finding = true
	a.From, a.Travel = t.From, t.Travel
	t.do(a)
}

// leave asks where the call goes that cannot stay where it is.
func (t *turn) leave(at dest.Destination, why string) { t.find(FindNext{Leaving: at, Why: why}) }

// routed takes the plan's answer: the way is told, and the call goes there.
func (t *turn) routed(s Routed) {
	if s.Move > 0 {
		t.moveRouted(s)
		return
	}
	if s.Follow > 0 {
		t.followRouted(s)
		return
	}
	if !t.Finding || t.Stage == Ended {
		return
	}
	t.Finding = false
	t.stopTreat()
	t.timeMenus(s.Travel.MenusUntil)
	t.Travel = s.Travel
	if s.Language != "" {
		t.Language = s.Language
	}
	t.Precedence = s.Precedence.Or(t.Precedence)
	t.tellWay(s)
	t.Route = &s
	t.arrive()
}

// tellWay tells each destination on the way. The first one of all is the number's.
func (t *turn) tellWay(s Routed) {
	if t.Hops == 0 {
		t.Caller, t.Screen, t.Consent = s.Caller, s.Screen, s.Consent
	}
	hops := s.Hops
	if len(hops) == 0 {
		hops = []Hop{{To: s.Destination, Name: s.Name}}
	}
	for i, h := range hops {
		e := Directed{Destination: h.To, Target: h.Name, Entry: h.Entry, Why: h.Why, Hop: t.Hops}
		if t.Hops == 0 {
			e.Direction, e.Type, e.Number, e.Label, e.Caller = t.Direction, t.Type, s.Number, s.Label, s.Caller
			e.Screen = s.Screen
		}
		if i == len(hops)-1 {
			e.Target, e.Type = t.reached(s, e)
		}
		t.Hops++
		t.tell(e)
	}
}

// reached names where the call goes in the end, and what kind of call that makes it.
func (t *turn) reached(s Routed, e Directed) (target string, as Type) {
	target, as = e.Target, e.Type
	switch {
	case s.Queue != nil:
		target = s.Queue.Name
	case s.Agent != "":
		target = s.AgentName
		if t.Direction == Inbound {
			t.Type, as = TypeDirect, TypeDirect
		}
	case s.External != nil:
		t.Type, as = TypeDiverted, TypeDiverted
	}
	return target, as
}

// timeMenus ends the stay in menus after the time that the plan gives.
func (t *turn) timeMenus(until time.Time) {
	switch {
	case until.Equal(t.Travel.MenusUntil):
	case until.IsZero():
		t.do(StopTimer{Timer: menusTimer})
	default:
		t.after(max(until.Sub(t.now), 0), menusTimer)
	}
}

// menusOver sends a caller on who has been in menus for too long.
func (t *turn) menusOver() {
	if t.Treatment.Menu != nil {
		t.leave(t.At, "the caller was in menus for too long")
	}
}

// arrive begins what the plan said, once the caller can hear it.
func (t *turn) arrive() {
	r := t.Route
	if r.heard() && !t.pickUp() {
		return
	}
	if r.Done && t.Stage != Active {
		t.AnsweredAt = t.now
		t.enter(Active)
	}
	if len(r.Say) > 0 && r.Mailbox == nil {
		said := *r
		said.Say = nil
		t.Route = &said
		t.treat(treatment.Begin{Announcement: &treatment.AnnouncementPlan{Prompts: r.Say}})
		return
	}
	t.Route = nil
	t.At, t.AtName = r.Destination, r.Name
	t.begin(r)
}

// heard tells whether the caller hears something of it before somebody answers.
func (r *Routed) heard() bool {
	return len(r.Say) > 0 || r.Queue != nil || r.Menu != nil || r.Mailbox != nil || r.Access != nil
}

// pickUp answers the caller; false when the leg is not up yet, of which LegAnswered tells.
func (t *turn) pickUp() bool {
	c := t.customer()
	if c.Own && !c.Up {
		t.do(AnswerLeg{Leg: c.Leg})
		return false
	}
	t.join(c)
	return true
}

func (t *turn) begin(r *Routed) {
	if r.Queue == nil {
		t.Queue, t.AutoRecord = nil, false
	}
	switch {
	case r.Queue != nil:
		t.joinQueue(*r.Queue)
	case r.Menu != nil:
		t.treat(treatment.Begin{Menu: r.Menu})
	case r.Mailbox != nil:
		t.takeMessage(r)
	case r.Access != nil:
		t.access(r)
	case r.External != nil:
		t.dialOutside(r.External)
	case r.Agent != "":
		t.callDirect(r)
	case r.Done:
		t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
	default:
		t.nowhere(r.Destination)
	}
}

// callDirect calls an agent directly, once the ACD gives the place.
func (t *turn) callDirect(r *Routed) {
	t.TargetName, t.Forward, t.FollowMe = r.AgentName, r.Forward, r.FollowMe
	if t.party(r.Agent) != nil {
		t.Target = r.Agent
		t.unreached(ending{Disposition: Failed, Cause: tel.CauseBusy, Reason: "this is the agent's own extension"}, false)
		return
	}
	if r.Away != "" {
		t.Target = r.Agent
		t.unreached(ending{Disposition: NoAnswer, Cause: tel.CauseNoAnswer, Reason: r.Away}, false)
		return
	}
	if c := t.customer(); c.Own && !c.Up {
		t.do(RingLeg{Leg: c.Leg})
	} else {
		t.Ringback = true
	}
	t.reserve(r.Agent, forDirect, r.RingSeconds)
}

// nowhere ends a call that goes no further.
func (t *turn) nowhere(d dest.Destination) {
	switch {
	case t.customer().Up, t.Unreached != nil:
		t.farewell()
	case d.Kind == dest.Hangup:
		t.finish(ending{Disposition: Failed, Cause: tel.CauseRejected, Reason: "the number leads to a hang-up"})
	default:
		why := fmt.Sprintf("the number leads to a destination that takes no calls: %s", d.Kind)
		t.finish(ending{Disposition: Failed, Cause: tel.CauseNotImplemented, Reason: why})
	}
}

// farewell ends a call in which all has been said.
func (t *turn) farewell() {
	e := ending{Disposition: NoAnswer, Cause: tel.CauseNormal, Reason: t.Trouble}
	switch {
	case t.Unreached != nil && t.Message == nil:
		e = *t.Unreached
	case t.Trouble != "":
	case t.Message != nil:
		e.Disposition, e.Reason = Abandoned, "the caller left no message"
	default:
		e.Reason = "the call was led to its end without a person"
	}
	t.finish(t.ended(e))
}

// unrouted hears that the plan does not know where to. A menu is told of an extension that nobody has; a caller who is
// there already hears an apology.
func (t *turn) unrouted(s Unrouted) {
	if s.Move > 0 {
		t.moveRefused(s.Move, s.Cause, orWords(s.Why, s.Cause))
		return
	}
	if s.Follow > 0 {
		t.followUnrouted(s)
		return
	}
	if !t.Finding || t.Stage == Ended {
		return
	}
	t.Finding = false
	switch why := orWords(s.Why, s.Cause); {
	case t.Treatment.On():
		t.drive(treatment.Unknown{})
	case t.customer().Up:
		t.apologise(why)
	default:
		t.finish(ending{Disposition: Failed, Cause: s.Cause, Code: s.Cause.Status(), Reason: why})
	}
}

// apologise ends a call that cannot be sent on: the caller is told.
func (t *turn) apologise(why string) {
	t.Trouble = why
	t.Route = &Routed{Destination: dest.Destination{Kind: dest.Hangup}, Say: []prompt.Prompt{prompt.OfStandard(prompt.Apology)}}
	t.arrive()
}
