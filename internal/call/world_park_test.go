package call

import (
	"fmt"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// parking is a slot of its own each time.
func (w *world) parking() Parking {
	w.slots++
	p := Parking{Slot: fmt.Sprintf("7%d", w.slots), Seconds: 15 + w.chance.IntN(30)}
	if w.oneIn(2) {
		p.Say = []prompt.Prompt{prompt.OfDigits("701")}
	}
	return p
}

// retrieving is the wish to take who is parked, from the page or from a desk phone, or a change of mind.
func (w *world) retrieving() Signal {
	r := Retrieve{Agent: w.anyAgent(), Name: "Somebody"}
	switch w.chance.IntN(6) {
	case 0:
		return HangUp{Agent: r.Agent, Sure: true}
	case 1:
		return AgentLost{Agent: r.Agent}
	case 2, 3:
		w.offers++
		r.Leg = id.Leg(fmt.Sprintf("phone-%d", w.offers))
	}
	if w.oneIn(7) {
		return LegEnded{Leg: w.c.Parties[0].Leg, Cause: tel.CauseNormal, ByPeer: true}
	}
	if w.oneIn(5) {
		return TimeUp{Timer: []string{parkTimer, parkToldTimer}[w.chance.IntN(2)]}
	}
	return r
}

// picking is the wish to answer for somebody who is rung, or a change of mind.
func (w *world) picking() Signal {
	if p := w.c.Picker; p != "" && w.oneIn(3) {
		return []Signal{HangUp{Agent: p}, AgentLost{Agent: p}}[w.chance.IntN(2)]
	}
	s := PickUp{Agent: w.anyAgent(), From: w.anyAgent(), Name: "Somebody"}
	if len(w.c.Rings) > 0 && !w.oneIn(8) {
		s.From = w.c.Rings[0].Agent
	}
	if w.oneIn(2) {
		w.offers++
		s.Leg = id.Leg(fmt.Sprintf("phone-%d", w.offers))
	}
	return s
}
