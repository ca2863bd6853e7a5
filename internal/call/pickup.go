package call

import "parley/internal/id"

// PickUp answers for an agent what rings at another one (BX-26). From the page Leg is empty; an agent at a desk phone has dialled for
// it, and Leg is the INVITE.
type PickUp struct {
	Agent     id.Agent `json:"agent"`
	From      id.Agent `json:"from"` // who is rung
	Name      string   `json:"name,omitempty"`
	Extension string   `json:"extension,omitempty"`
	Leg       id.Leg   `json:"leg,omitempty"`
}

func (PickUp) callSignal() {}

// pickUpRing lets an agent answer for another one: the place first, then a line. It rings on meanwhile.
func (t *turn) pickUpRing(s PickUp) error {
	switch {
	case t.Stage == Ended || t.RingAt(s.From) == nil:
		return refusal("this does not ring any more")
	case t.Picker != "":
		return refusal("somebody else is picking this call up")
	case t.RingAt(s.Agent) != nil, t.tryOf(s.Agent) >= 0:
		return refusal("this call rings at you: answer it")
	case t.here(s.Agent):
		return refusal("you are in this call")
	case t.Page != nil || t.moving() != nil || t.Park != nil || t.attempting() || t.Watching != nil && t.Watching.Agent == s.From:
		return refusal("this call is being brought to somebody and cannot be picked up")
	}
	t.Picker = s.Agent
	t.comeTake(s.Agent, s.Name, s.Leg)
	return nil
}

// pickedUp joins who has answered for others with the caller. Nobody has missed the call.
func (t *turn) pickedUp(p *Party) {
	why := ringAnsweredBy + p.Name
	if p.Name == "" {
		why = ringAnotherAnswered
	}
	t.Picker = ""
	t.quitFollow(why)
	queued := t.Waiting
	if queued {
		t.do(LeaveQueue{Result: leftAnswered, Agent: p.Agent}) // closes its offers
	}
	for len(t.Rings) > 0 {
		r := t.Rings[0]
		t.overRing(&t.Rings[0], RingCanceled, why)
		if r.Direct {
			t.release(r.Agent, false)
		}
	}
	t.stopTreat()
	p.Up = true
	t.join(p)
	if queued {
		t.left(leftAnswered)
		t.dropPending()
	} else {
		t.answerCaller()
	}
	t.activate()
}

// pickupStands gives up who answers for others when nothing rings or waits any more.
func (t *turn) pickupStands() {
	if t.Picker == "" || t.Stage == Ended || len(t.Rings) > 0 || t.Waiting {
		return
	}
	if p := t.takes(t.Picker); p != nil {
		t.retrieveFails(p, "it does not ring any more")
	}
	t.Picker = ""
}
