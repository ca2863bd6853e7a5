package call

import (
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// FollowMe is where a direct call rings besides the agent's own devices (BX-29). It is never changed.
type FollowMe struct {
	InOrder bool           `json:"in_order,omitempty"` // one after the other; else all at once
	Targets []FollowTarget `json:"targets"`            // ten at most
}

// FollowTarget is a number outside, or a colleague, that the call rings at.
type FollowTarget struct {
	To   dest.Destination `json:"to"`             // external or agent
	Name string           `json:"name,omitempty"` // of a colleague
	// Delay is how many seconds pass before it is rung: since the call came or, in order, since the one before was over. Seconds is how
	// long it rings, 0 is the default of 20.
	Delay   int `json:"delay,omitempty"`
	Seconds int `json:"seconds,omitempty"`
}

// FollowResult is what has come of one target.
type FollowResult string

// The results. Not accepted is who has answered and pressed nothing in time, or another key: a voicemail, mostly.
const (
	FollowAccepted    FollowResult = "accepted"
	FollowNotAccepted FollowResult = "not_accepted"
	FollowUnanswered  FollowResult = "no_answer"
	FollowBusy        FollowResult = "busy"
	FollowFailed      FollowResult = "error" // it could not be called, and Why says why not
	FollowCanceled    FollowResult = "canceled"
)

// The events of follow-me. Exactly one FollowOver follows each FollowBegan.
type (
	// FollowBegan says that the call of an agent is to ring elsewhere too.
	FollowBegan struct {
		Agent id.Agent         `json:"agent"`
		Try   int              `json:"try"` // 1 and up: the place in the agent's list
		To    dest.Destination `json:"to"`
		Name  string           `json:"name,omitempty"`
	}
	// FollowOver says what has come of it.
	FollowOver struct {
		Agent  id.Agent         `json:"agent"`
		Try    int              `json:"try"`
		To     dest.Destination `json:"to"`
		Name   string           `json:"name,omitempty"`
		Result FollowResult     `json:"result"`
		Why    string           `json:"why,omitempty"`
	}
)

func (FollowBegan) callEvent() {}
func (FollowOver) callEvent()  {}

// Following is a direct call that rings at the agent's devices and elsewhere. It is replaced, never changed.
type Following struct {
	Agent id.Agent    `json:"agent"`
	Plan  *FollowMe   `json:"plan"`
	Tries []FollowTry `json:"tries"` // as the targets
	// Ending is how the call would end for the agent's own devices alone; nil: they ring. Offline says that none of them was reached.
	Ending  *ending `json:"ending,omitempty"`
	Offline bool    `json:"offline,omitempty"`
}

type followState string

// A target waits for its delay, the plan is asked for it, it rings, it has answered and is asked for the key.
const (
	followDelayed followState = "delayed"
	followAsking  followState = "asking"
	followRinging followState = "ringing"
	followKey     followState = "key"
	followOver    followState = "over"
)

// following gives the state to be changed.
func (t *turn) following() *Following {
	f := *t.Following
	f.Tries = append([]FollowTry(nil), f.Tries...)
	t.Following = &f
	return &f
}

// follow begins to ring elsewhere. The agent's own devices ring meanwhile, unless the call has ended for their sake already.
func (t *turn) follow(own *ending) {
	plan := t.FollowMe
	t.FollowMe = nil
	if plan == nil || len(plan.Targets) == 0 {
		return
	}
	t.Following = &Following{Agent: t.Target, Plan: plan, Tries: make([]FollowTry, len(plan.Targets)), Ending: own, Offline: own != nil}
	t.enter(Ringing)
	if plan.InOrder {
		t.nextTry()
		return
	}
	for i := range plan.Targets {
		if t.Following == nil { // a call with nobody left to ring has gone on
			return
		}
		t.startTry(i)
	}
	t.nobodyFollows()
}

// nextTry begins the next target of a list that is rung in order; with none left nobody has taken the call there.
func (t *turn) nextTry() {
	for i := range t.Following.Tries {
		if t.Following.Tries[i].State == "" {
			t.startTry(i)
			return
		}
	}
	t.nobodyFollows()
}

// nobodyFollows sends the call on as without follow-me, once nobody rings any more.
func (t *turn) nobodyFollows() {
	f := t.Following
	if f == nil || f.Ending == nil {
		return
	}
	for i := range f.Tries {
		if f.Tries[i].State != followOver {
			return
		}
	}
	t.Following, t.Target = nil, f.Agent
	t.unreached(*f.Ending, f.Offline)
}

// followOwn hears that the agent's own devices are over; false when nothing else rings for the agent. Who has refused the call, or uses
// both lines, does not want it elsewhere.
func (t *turn) followOwn(agent id.Agent, e ending, offline, refused bool) bool {
	if t.Following == nil || t.Following.Agent != agent {
		return false
	}
	if refused {
		t.quitFollow(ringGivenUpBy)
		return false
	}
	f := t.following()
	f.Ending, f.Offline = &e, offline
	t.nobodyFollows()
	return true
}

// quitFollow stops all that rings elsewhere for the agent.
func (t *turn) quitFollow(why string) {
	t.FollowMe = nil
	if t.Following == nil {
		return
	}
	f := t.following()
	for i := range f.Tries {
		t.dropTry(f, i, why)
	}
	t.Following = nil
}

// dropTry stops one of them.
func (t *turn) dropTry(f *Following, i int, why string) {
	try := f.Tries[i]
	f.Tries[i].State = followOver
	switch try.State {
	case "", followOver:
		return
	case followDelayed:
		t.do(StopTimer{Timer: followTimer(i)})
		return
	case followRinging, followKey:
		t.endTry(f, i, causeOfRing(RingCanceled, why), why)
	case followAsking: // the answer finds nobody who wants it
	}
	t.tell(f.over(i, FollowCanceled, why))
}

// endTry ends the leg, or the ring, of a target.
func (t *turn) endTry(f *Following, i int, cause tel.Cause, why string) {
	try := f.Tries[i]
	if try.Agent != "" {
		if s := t.findSeat(try.Agent); s != nil && s.Asked {
			return // the place is given back when it comes
		}
		if r := t.RingAt(try.Agent); r != nil {
			t.overRing(r, RingCanceled, why)
		}
		t.release(try.Agent, false)
		return
	}
	t.do(StopTimer{Timer: followTimer(i)})
	if p := t.byTry(i); p != nil {
		t.part(p, cause)
	}
}

func (f *Following) over(i int, result FollowResult, why string) FollowOver {
	to := f.Plan.Targets[i]
	return FollowOver{Agent: f.Agent, Try: i + 1, To: to.To, Name: to.Name, Result: result, Why: why}
}

// byTry is the number outside that is called for a target.
func (c *Call) byTry(i int) *Party {
	return c.find(func(p *Party) bool { return p.Follow == i+1 })
}

// tryOver ends a target that has not taken the call; the next one follows, in order.
func (t *turn) tryOver(i int, result FollowResult, why string) {
	f := t.following()
	f.Tries[i].State = followOver
	t.tell(f.over(i, result, why))
	if f.Plan.InOrder {
		t.nextTry()
		return
	}
	t.nobodyFollows()
}

// followTaken has one target take the call: all others stop, the agent's own devices too.
func (t *turn) followTaken(i int, name string) {
	f := t.following()
	f.Tries[i].State = followOver
	to := f.Plan.Targets[i].To
	t.quitFollow(ringAnsweredBy + name)
	for len(t.Rings) > 0 {
		r := t.Rings[0]
		t.overRing(&t.Rings[0], RingCanceled, ringAnsweredBy+name)
		t.release(r.Agent, false)
	}
	t.Hops = max(t.Hops, 1) // hop 0 is where the call was led first, also that of a colleague
	e := Directed{Destination: to, Target: name, Why: "follow-me", Hop: t.Hops}
	if t.Direction == Inbound && to.Kind == dest.External {
		t.Type, e.Type = TypeDiverted, TypeDiverted
	}
	t.Hops++
	t.tell(f.over(i, FollowAccepted, ""), e)
}
