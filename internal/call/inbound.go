package call

import "parley/internal/tel"

// arrived begins an inbound call.
func (t *turn) arrived(s Arrived) error {
	if t.Stage != Fresh {
		return refusal("the call has begun already")
	}
	t.Direction, t.Type, t.Started = Inbound, TypeInbound, t.now
	t.From, t.Name, t.To, t.Trunk = s.From, s.Name, s.To, s.Trunk
	t.Behind = s.Behind
	t.tell(Began{Direction: Inbound, Type: TypeInbound, From: s.From, Name: s.Name, To: s.To, Trunk: s.Trunk})
	for _, e := range ForwardedBy(s.Behind) {
		t.tell(e)
	}
	t.add(Party{Kind: Customer, Number: s.From, Leg: s.Leg, Device: onTrunk, Own: true})
	t.enter(Routing)
	t.Finding = true
	t.do(FindRoute{Trunk: s.Trunk, From: s.From, To: s.To})
	return nil
}

func orWords(why string, cause tel.Cause) string {
	if why != "" {
		return why
	}
	return cause.Words()
}
