package call

import (
	"fmt"

	"parley/internal/dest"
	"parley/internal/tel"
)

// arrived begins an inbound call.
func (t *turn) arrived(s Arrived) error {
	if t.Stage != Fresh {
		return refusal("the call has begun already")
	}
	t.Direction, t.Type, t.Started = Inbound, TypeInbound, t.now
	t.From, t.Name, t.To, t.Trunk = s.From, s.Name, s.To, s.Trunk
	t.tell(Began{Direction: Inbound, Type: TypeInbound, From: s.From, Name: s.Name, To: s.To, Trunk: s.Trunk})
	t.add(Party{Kind: Customer, Number: s.From, Leg: s.Leg, Device: onTrunk, Own: true})
	t.enter(Routing)
	t.do(FindRoute{Trunk: s.Trunk, From: s.From, To: s.To})
	return nil
}

// routed sends an inbound call to a queue or to an agent.
func (t *turn) routed(s Routed) {
	if t.Stage != Routing || t.Direction != Inbound || t.Queue != nil || t.Target != "" {
		return
	}
	t.Caller = s.Caller
	e := Directed{
		Direction: Inbound, Type: TypeInbound, Number: s.Number, Label: s.Label,
		Destination: s.Destination, Caller: s.Caller,
	}
	switch {
	case s.Queue != nil:
		queue := *s.Queue
		t.Queue, t.AutoRecord, e.Target = &queue, queue.Record, queue.Name
		t.tell(e)
		t.do(AnswerLeg{Leg: t.customer().Leg})
	case s.Agent != "":
		t.Type, e.Type, e.Target = TypeDirect, TypeDirect, s.AgentName
		t.TargetName = s.AgentName
		t.tell(e)
		t.do(RingLeg{Leg: t.customer().Leg})
		t.reserve(s.Agent, forDirect, s.RingSeconds)
	default:
		t.tell(e)
		t.nowhere(s.Destination)
	}
}

// nowhere ends a call whose number leads to nothing that can take it.
func (t *turn) nowhere(d dest.Destination) {
	if d.Kind == dest.Hangup {
		t.finish(ending{Disposition: Failed, Cause: tel.CauseRejected, Reason: "the number leads to a hang-up"})
		return
	}
	why := fmt.Sprintf("the number leads to a destination that takes no calls: %s", d.Kind)
	t.finish(ending{Disposition: Failed, Cause: tel.CauseNotImplemented, Reason: why})
}

func (t *turn) unrouted(s Unrouted) {
	if t.Stage != Routing || t.Direction != Inbound || t.Queue != nil || t.Target != "" {
		return
	}
	t.finish(ending{Disposition: Failed, Cause: s.Cause, Code: s.Cause.Status(), Reason: orWords(s.Why, s.Cause)})
}

func orWords(why string, cause tel.Cause) string {
	if why != "" {
		return why
	}
	return cause.Words()
}
