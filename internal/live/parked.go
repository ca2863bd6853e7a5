package live

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/id"
)

// Parked is a call that waits in a slot (BX-25).
type Parked struct {
	Slot      string    `json:"slot"`
	Call      id.Call   `json:"call"`
	Number    string    `json:"number"`
	Name      string    `json:"name,omitempty"`
	By        string    `json:"by" doc:"who has parked it"`
	Since     time.Time `json:"since"`
	Returning bool      `json:"returning,omitempty" doc:"its time is over, and who has parked it is rung"`
}

// Freed names a slot in which nobody is parked any more.
type Freed struct {
	Slot string `json:"slot"`
}

// telephones tells whether the viewer may take a parked call.
func (v Viewer) telephones() bool { return v.Agent != "" && access.May(v.Role, access.UsePhone) }

// park tells those who may take a parked call of a change, and agents who could not take one why.
func (p *picture) park(c *call.Call, events []call.Event) {
	for _, e := range events {
		if failed, is := e.(call.RetrieveFailed); is {
			p.tell("notice", func(v Viewer) bool { return v.Agent == failed.Agent }, func() any {
				return Notice{Level: "warning", Text: "The call was not taken: " + failed.Why + "."}
			})
		}
	}
	was, there := p.parked[c.ID]
	if c.Park == nil || c.Stage == call.Ended {
		if there {
			delete(p.parked, c.ID)
			p.tell("parked.gone", Viewer.telephones, func() any { return Freed{Slot: was.Slot} })
			p.tellLamp(p.slotLamp(was.Slot))
		}
		return
	}
	now := p.parkedOf(c)
	if now != was {
		p.parked[c.ID] = now
		p.tell("parked", Viewer.telephones, func() any { return now })
		p.tellLamp(p.slotLamp(now.Slot))
	}
}

func (p *picture) parkedOf(c *call.Call) Parked {
	k := c.Park
	one := Parked{Slot: k.Slot, Call: c.ID, By: k.ByName, Since: k.Since, Returning: k.State == call.ParkReturning}
	if a := p.agents[k.By]; a != nil {
		one.By = a.Name
	}
	for i := range c.Parties {
		q := &c.Parties[i]
		if q.ID != k.Party {
			continue
		}
		one.Name, one.Number = cmp.Or(c.Caller.Name, q.Name, c.Name), string(cmp.Or(q.Number, c.From))
		if a := p.agents[q.Agent]; a != nil {
			one.Name, one.Number = a.Name, a.Extension
		}
	}
	return one
}

// slots are the parked calls, in the order of their slots.
func (p *picture) slots(v Viewer) []Parked {
	all := []Parked{}
	if !v.telephones() {
		return all
	}
	for _, one := range p.parked {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b Parked) int { return cmp.Compare(a.Slot, b.Slot) })
	return all
}
