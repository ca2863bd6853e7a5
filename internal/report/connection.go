package report

import (
	"time"

	"parley/internal/call"
)

func (r *Record) connection(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.LegOpened:
		r.openLeg(at, e)
		entry.Text = e.Device
	case call.LegClosed:
		entry.Text = e.Cause.Words()
		r.closeLeg(at, e)
	case call.PartyJoined:
		entry.Agent, entry.Text = e.Agent, string(e.Number)
		r.join(at, e)
	case call.PartyLeft:
		entry.Agent = e.Agent
		r.part(at, e)
	}
}

func (r *Record) closeLeg(at time.Time, e call.LegClosed) {
	for i := range r.Legs {
		if l := &r.Legs[i]; l.Leg == e.Leg && l.Left.IsZero() {
			l.Left, l.Cause, l.Code, l.Reason, l.ByPeer = at, e.Cause, e.Code, e.Reason, e.ByPeer
		}
	}
}

// openLeg notes a leg. The first one of a placed call is that of the agent who placed it.
func (r *Record) openLeg(at time.Time, e call.LegOpened) {
	r.Legs = append(r.Legs, Leg{Leg: e.Leg, Party: e.Party, Device: e.Device, Joined: at})
	for i := range r.Agents {
		if a := &r.Agents[i]; a.Placed && a.Party == "" {
			a.Party, a.Leg, a.Device = e.Party, e.Leg, e.Device
		}
	}
}

func (r *Record) join(at time.Time, e call.PartyJoined) {
	if e.Agent != "" {
		part := r.agentPart(e)
		part.Party, part.Leg, part.Device, part.Joined = e.Party, e.Leg, e.Device, at
		r.answeredOn(e)
	}
	if r.talk.join(at, e.Party, e.Kind) && r.AnsweredAt.IsZero() {
		r.AnsweredAt = at
	}
	r.TalkTimeSeconds = r.talk.seconds()
}

// agentPart is the part that the agent begins now: the one that was waiting since the agent placed the call, or another.
func (r *Record) agentPart(e call.PartyJoined) *AgentPart {
	for i := range r.Agents {
		if a := &r.Agents[i]; a.Placed && a.Agent == e.Agent && a.Joined.IsZero() {
			return a
		}
	}
	r.Agents = append(r.Agents, AgentPart{Agent: e.Agent})
	return &r.Agents[len(r.Agents)-1]
}

// answeredOn gives the answered offer the device that answered; another may have rung later.
func (r *Record) answeredOn(e call.PartyJoined) {
	for i := len(r.Offers) - 1; i >= 0; i-- {
		if o := &r.Offers[i]; o.Agent == e.Agent && o.Result == call.RingAnswered {
			o.Device = e.Device
			return
		}
	}
}

func (r *Record) part(at time.Time, e call.PartyLeft) {
	for i := range r.Agents {
		if a := &r.Agents[i]; a.Party == e.Party && a.Left.IsZero() {
			a.Left = at
		}
	}
	r.talk.part(at, e.Party)
	r.TalkTimeSeconds = r.talk.seconds()
}
