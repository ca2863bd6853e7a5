package callcontrol

import (
	"context"
	"errors"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
	"parley/internal/tel"
)

// ErrNoCall is the refusal of a request about a call that is over.
var ErrNoCall = errors.New("this call is over")

// Dial places a call by an agent from the page, or takes who is parked in the slot that is dialled. What comes of it is seen on
// screen.
func (x *Exchange) Dial(org id.Org, agent id.Agent, to string, from tel.Number, record bool) (id.Call, error) {
	to = x.typed(org, agent, to)
	if which, is, err := x.dialParked(org, agent, to); is {
		return which, err
	}
	if which, is, err := x.dialPickUp(org, agent, to); is {
		return which, err
	}
	which := id.New[id.Call]()
	return which, x.Open(org, which, x.placed(org, agent, call.Placed{To: to, From: from, Record: record}))
}

// typed is the number that is meant by what an agent has typed.
func (x *Exchange) typed(org id.Org, agent id.Agent, to string) string {
	if x.Typed == nil {
		return to
	}
	return x.Typed(org, agent, to)
}

// placed says who places a call, as the other side sees it. For an emergency number the agent's other calls are left.
func (x *Exchange) placed(org id.Org, agent id.Agent, p call.Placed) call.Placed {
	if p.Emergency = x.Emergency != nil && x.Emergency(org, p.To); p.Emergency {
		x.leaveAll(agent)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	seat := x.people[agent]
	p.Agent, p.Name, p.Extension, p.Record = agent, seat.Name, seat.Extension, p.Record || seat.Record
	return p
}

// AskCall hands a person's request to a call and waits for yes or the reason why not.
func (x *Exchange) AskCall(ctx context.Context, org id.Org, which id.Call, s call.Signal) error {
	x.mu.Lock()
	l := x.calls[which]
	x.mu.Unlock()
	if l == nil || l.org != org { // another organisation's call is none to those who ask
		return ErrNoCall
	}
	if err := l.owner.Ask(ctx, s); err != nil {
		if errors.Is(err, owner.ErrGone) {
			return ErrNoCall
		}
		return err
	}
	return nil
}

// AskStation hands a person's request to a station and waits for yes or the reason why not.
func (x *Exchange) AskStation(ctx context.Context, agent id.Agent, s station.Signal) error {
	return x.Directory.Ask(ctx, stationAt(agent), s)
}

// TellStation hands a station what the page of an agent said.
func (x *Exchange) TellStation(agent id.Agent, s station.Signal) { x.post(stationAt(agent), s) }

// EnterBrowser makes a browser's leg known before it is connected, so that nothing it does is missed.
func (x *Exchange) EnterBrowser(agent id.Agent, leg id.Leg) {
	x.legs.enter(leg, place{station: agent})
}

// ForgetBrowser takes back EnterBrowser for a leg that was never connected.
func (x *Exchange) ForgetBrowser(leg id.Leg) { x.legs.forget(leg) }

// HasBrowser tells whether a browser's leg that lives is this agent's.
func (x *Exchange) HasBrowser(agent id.Agent, leg id.Leg) bool {
	p, ok := x.legs.find(leg)
	return ok && !p.phone && p.station == agent
}

// Gone says that a leg which was to be acted on is not there any more: its last word, if nobody said it yet.
func (x *Exchange) Gone(leg id.Leg) {
	x.legEnded(call.LegEnded{Leg: leg, Cause: tel.CauseNetworkOutOfOrder})
}

// presented is what a ringing desk phone shows.
func (x *Exchange) presented(which id.Call) (tel.Number, string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if l := x.calls[which]; l != nil {
		return l.face.from, l.face.name
	}
	return "", ""
}

// divertedBy is what an agent's number is told of the call that rings there; nothing of a voice path that no call asked for.
func (x *Exchange) divertedBy(which id.Call) call.Diverted {
	x.mu.Lock()
	defer x.mu.Unlock()
	l := x.calls[which]
	if l == nil || l.face.called == "" {
		return call.Diverted{}
	}
	return call.Diverted{Withheld: l.face.from == "", Number: l.face.called, Why: tel.DiversionFollowMe, Behind: l.face.behind}
}

// face is the caller of a call as others see it.
type face struct {
	from   tel.Number
	name   string
	called tel.Number // of an inbound call
	behind []tel.Forwarding
}

func faceOf(c *call.Call) face {
	f := face{from: c.From, name: c.Name}
	if c.Direction == call.Inbound {
		f.called, f.behind = c.To, c.Behind
	}
	if c.Caller.Name != "" {
		f.name = c.Caller.Name
	}
	return f
}
