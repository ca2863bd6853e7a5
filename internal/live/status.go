package live

import (
	"cmp"
	"slices"

	"parley/internal/acd"
	"parley/internal/id"
)

// customOf is a custom status as screens show it, nil for none. The event's name and effect are those of that moment.
func (p *picture) customOf(which, name string, effect acd.Effect) *Custom {
	if which == "" {
		return nil
	}
	c := p.site.Statuses[which]
	c.ID, c.Name, c.Effect = which, cmp.Or(name, c.Name), cmp.Or(effect, c.Effect)
	return &c
}

func sameCustom(a, b *Custom) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.ID == b.ID
}

func (p *picture) nextChosen(e acd.NextChosen) {
	if a := p.agents[e.Agent]; a != nil {
		a.next = &Next{Status: e.Status, Reason: e.Reason, Custom: p.customOf(e.Custom, e.CustomName, "")}
		p.tellMe(e.Agent)
	}
}

// outcomeChosen shows the outcome while the call or its wrap-up lasts.
func (p *picture) outcomeChosen(e acd.OutcomeChosen) {
	a := p.agents[e.Agent]
	if a == nil {
		return
	}
	if a.status == acd.OnCall || a.status == acd.WrapUp {
		a.chosen = &Chosen{Call: e.Call, Outcome: e.Outcome}
		p.tellMe(e.Agent)
	}
}

func (p *picture) toggled(e acd.Toggled) {
	a := p.agents[e.Agent]
	if a == nil {
		return
	}
	off := slices.DeleteFunc(slices.Clone(a.Off), func(q id.Queue) bool { return q == e.Queue })
	if !e.On {
		off = append(off, e.Queue)
	}
	a.Off = off
	p.tellMe(e.Agent)
}
