package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// Two calls of one agent, one on each line, become one (SP-25, SP-15): the younger freezes and asks the older to take its parties in;
// when that one has, it hands them over and ends. The older's record stands, see adopt.go.
type (
	// MergeInto asks the younger of an agent's two calls to become part of the other one.
	MergeInto struct {
		Agent id.Agent `json:"agent"`
		Into  id.Call  `json:"into"`
	}
	// Adopt asks another call to take these parties in: exactly one Adopted or NotAdopted follows. Call is the one that is asked, and to
	// that one the one which asks, as in all that two calls say to each other; Number counts the tries of the younger one.
	Adopt struct {
		Call   id.Call  `json:"call"`
		Number int      `json:"number"`
		Agent  id.Agent `json:"agent"` // who is in both
		Guests []Guest  `json:"guests"`
		// Leaves says that the agent goes as soon as all are in one call, LeaveOutside that outside parties may talk on then.
		Leaves       bool `json:"leaves,omitempty"`
		LeaveOutside bool `json:"leave_outside,omitempty"`
	}
	// Adopted says that the parties are heard in the older call now. Handed follows, or GiveBack when it is too late.
	Adopted struct {
		Call   id.Call `json:"call"`
		Number int     `json:"number"`
	}
	// NotAdopted says why the parties cannot come into the older call, in words for the agent.
	NotAdopted struct {
		Call   id.Call `json:"call"`
		Number int     `json:"number"`
		Why    string  `json:"why"`
	}
	// Handed gives the parties that are left to the older call, with what is owed to their stations and to the ACD. Who is not named
	// has gone meanwhile.
	Handed struct {
		Call   id.Call `json:"call"`
		Number int     `json:"number"`
		Guests []Guest `json:"guests,omitempty"`
		// Leaves is the agent who goes now, if one does; LeaveOutside as in Adopt.
		Leaves       id.Agent `json:"leaves,omitempty"`
		LeaveOutside bool     `json:"leave_outside,omitempty"`
	}
	// GiveBack takes the parties back from the older call: the younger one goes on with them, or has ended with them.
	GiveBack struct {
		Call   id.Call `json:"call"`
		Number int     `json:"number"`
	}
)

// Guest is a party on its way from one call to another, with what is owed for it.
type Guest struct {
	Party   Party `json:"party"` // as the younger call has it
	Place   bool  `json:"place,omitempty"`
	Working bool  `json:"working,omitempty"`
	Station bool  `json:"station,omitempty"`
	Second  bool  `json:"second,omitempty"`
}

// The events of the younger call. Every MergeBegan is followed by exactly one MergeOver.
type (
	// MergeBegan says that an agent wants this call to become part of the other one.
	MergeBegan struct {
		Number int      `json:"number"`
		Agent  id.Agent `json:"agent"`
		Call   id.Call  `json:"call"`
	}
	// MergeOver says what has come of it: "merged" or "failed", and why it failed in words.
	MergeOver struct {
		Number int        `json:"number"`
		Agent  id.Agent   `json:"agent"`
		Call   id.Call    `json:"call"`
		Result MergeState `json:"result"`
		Why    string     `json:"why,omitempty"`
	}
)

func (MergeInto) callSignal()  {}
func (Adopt) callSignal()      {}
func (Adopted) callSignal()    {}
func (NotAdopted) callSignal() {}
func (Handed) callSignal()     {}
func (GiveBack) callSignal()   {}
func (Adopt) callAction()      {}
func (Adopted) callAction()    {}
func (NotAdopted) callAction() {}
func (Handed) callAction()     {}
func (GiveBack) callAction()   {}
func (MergeBegan) callEvent()  {}
func (MergeOver) callEvent()   {}

// MergeState is how far the merging of a call into another one is.
type MergeState string

// The states of a merging.
const (
	MergeAsked  MergeState = "merging" // the call is frozen until the other one answers
	MergeFailed MergeState = "failed"  // shown to the agent
	MergeDone   MergeState = "merged"  // the call has ended
)

// Merging is the agent's wish that this call becomes part of another one; replaced, never changed.
type Merging struct {
	Number int        `json:"number"` // counts the call's tries
	Agent  id.Agent   `json:"agent"`
	Into   id.Call    `json:"into"`
	State  MergeState `json:"state"`
	Since  time.Time  `json:"since"`
	Why    string     `json:"why,omitempty"` // it failed
	// Refer is the leg of the phone that has asked by REFER and waits for its ReferDone; Leaves says that the agent leaves the others to
	// each other then, LeaveOutside that they may all be outside parties.
	Refer        id.Leg `json:"refer,omitempty"`
	Leaves       bool   `json:"leaves,omitempty"`
	LeaveOutside bool   `json:"leave_outside,omitempty"`
}

const (
	mergeTimer = "merge"
	mergeTime  = 5 * time.Second // for the answer of the other call
	mergeShown = 15 * time.Second

	mergesNow   = refusal("your two calls are being merged: wait a moment")
	mergedWords = "merged into another call of the agent"
)

// Frozen tells whether the call waits for another one's answer: nobody is heard, and nobody may ask for anything.
func (c *Call) Frozen() bool { return c.Merging != nil && c.Merging.State == MergeAsked }

// Merged is the merging that the call has ended by; nil when it has not.
func (c *Call) Merged() *Merging {
	if m := c.Merging; m != nil && m.State == MergeDone {
		return m
	}
	return nil
}

// Follows tells whether a signal that reaches a merged call is about a party that has gone over to the other one.
func (m *Merging) Follows(signal Signal) bool {
	switch s := signal.(type) {
	case LegHeld, LegDigit, LegSilent, LegTalks, LegSampled, LegOneWay, LegRepairFailed, LegEnded:
		return true
	case AgentLost:
		return s.Agent != m.Agent
	case Moved:
		return s.Agent != m.Agent
	case StepAside:
		return s.Agent != m.Agent
	case StepIn:
		return s.Agent != m.Agent
	}
	return false
}

func (t *turn) mergeInto(s MergeInto) error {
	err := t.mayMerge(s)
	if err == nil {
		t.beginMerge(Merging{Agent: s.Agent, Into: s.Into})
	}
	return err
}

// beginMerge freezes the call. The other one is asked once nobody is heard here any more.
func (t *turn) beginMerge(m Merging) {
	t.announcementOver(true)
	t.overWatch(watchedGone)
	t.dropMove()
	t.Merges++
	m.Number, m.State, m.Since = t.Merges, MergeAsked, t.now
	t.Merging = &m
	t.tell(MergeBegan{Number: m.Number, Agent: m.Agent, Call: m.Into})
	t.after(mergeTime, mergeTimer)
	t.says = Adopt{
		Call: m.Into, Number: m.Number, Agent: m.Agent, Guests: t.guests(m.Agent), Leaves: m.Leaves, LeaveOutside: m.LeaveOutside,
	}
}

func (t *turn) mayMerge(s MergeInto) error {
	p := t.party(s.Agent)
	switch {
	case p == nil || p.State == Beside:
		return refusal("you are not in this call")
	case t.Frozen() || t.lent():
		return mergesNow
	case t.Stage != Active || p.State != Joined:
		return refusal("nobody has answered yet")
	case !p.TwoCalls || s.Into == t.ID:
		return refusal("you have no call on your other line")
	case t.Park != nil:
		return refusal("somebody is parked in slot " + t.Park.Slot)
	case t.Page != nil:
		return refusal("a page cannot be merged")
	case t.moving() != nil:
		return refusal("somebody is being called already: complete or cancel that first")
	case t.alone(p):
		return refusal("nobody else is in this call")
	case t.Call.find(func(p *Party) bool { return p.Second.Leg != "" }) != nil:
		return refusal("a telephone in this call is in it with both of its lines: hang one of them up first")
	}
	return nil
}

// alone tells whether an agent has nobody to bring into another call.
func (t *turn) alone(p *Party) bool {
	return t.Treatment.On() || t.Whispering != "" || t.Drop != nil || t.others(p) == 0 || t.present() != t.others(p)+1
}

// guests are all in the call but the agent who is in both.
func (t *turn) guests(but id.Agent) []Guest {
	var all []Guest
	for i := range t.Parties {
		p := &t.Parties[i]
		if p.State != Joined || p.Agent == but {
			continue
		}
		g := Guest{Party: *p}
		if s := t.findSeat(p.Agent); s != nil && p.Agent != "" {
			g.Place, g.Working, g.Station, g.Second = s.Place, s.Working, s.Station, s.Second
		}
		all = append(all, g)
	}
	return all
}

// adopted hands the parties over and ends the call; an answer that comes too late is taken back.
func (t *turn) adopted(s Adopted) {
	m := t.Merging
	mine := m != nil && m.Into == s.Call && m.Number == s.Number
	switch {
	case mine && m.State == MergeDone: // a twin
		return
	case !mine || m.State != MergeAsked:
		t.do(GiveBack(s))
		return
	}
	t.joinDone(0, "")
	handed := Handed{Call: s.Call, Number: s.Number, Guests: t.guests(m.Agent)}
	if m.Leaves {
		handed.Leaves, handed.LeaveOutside = m.Agent, m.LeaveOutside
	}
	t.do(handed)
	t.overMerge(MergeDone, "")
	for i := range t.Parties {
		if p := &t.Parties[i]; p.State == Joined && p.Agent != m.Agent {
			t.hand(p)
		}
	}
	t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal, Reason: mergedWords})
}

// hand takes a party out that goes on in the other call, with its leg, line and place.
func (t *turn) hand(p *Party) {
	t.endHoldsOf(p)
	t.anew(p)
	p.State, p.Closed, p.Muted, p.Silent, p.Talks = Gone, true, false, false, false
	t.tell(LegClosed{Leg: p.Leg, Cause: endCause}, PartyLeft{Party: p.ID, Kind: p.Kind, Agent: p.Agent, Cause: endCause})
	if s := t.findSeat(p.Agent); s != nil && p.Agent != "" {
		s.Place, s.Station = false, false
	}
}

// overMerge is the one end of a merging.
func (t *turn) overMerge(result MergeState, why string) {
	t.joinDone(tel.CauseRejected, why)
	m := *t.Merging
	m.State, m.Since, m.Why = result, t.now, why
	t.Merging = &m
	t.tell(MergeOver{Number: m.Number, Agent: m.Agent, Call: m.Into, Result: result, Why: why})
	if result == MergeFailed {
		t.after(mergeShown, mergeTimer)
		return
	}
	t.do(StopTimer{Timer: mergeTimer})
}

// notAdopted thaws the call: all is as it was, and the agent is told why.
func (t *turn) notAdopted(s NotAdopted) {
	if t.Frozen() && t.Merging.Into == s.Call && t.Merging.Number == s.Number {
		t.overMerge(MergeFailed, s.Why)
	}
}

// mergeDue thaws a call whose other one does not answer, and forgets a failure that was shown.
func (t *turn) mergeDue() {
	switch {
	case t.Frozen():
		t.overMerge(MergeFailed, "the other call does not answer: try again")
	case t.Merging != nil && t.Merging.State == MergeFailed:
		t.Merging = nil
	}
}

// dropMerge gives a merging up whose agent or call is gone; what the other one still says of it is answered with GiveBack.
func (t *turn) dropMerge() {
	switch {
	case t.Frozen():
		t.overMerge(MergeFailed, "the call was over before")
	case t.Merging == nil || t.Merging.State == MergeDone:
		return
	}
	t.Merging = nil
	t.do(StopTimer{Timer: mergeTimer})
}
