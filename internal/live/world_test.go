package live

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/station"
)

const org = id.Org("acme")

var morning = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// world is a small contact centre of real machines, whose signals go straight from one to the other, and its picture.
type world struct {
	t        testing.TB
	hub      *Hub
	now      time.Time
	acd      *acd.Distributor
	calls    map[id.Call]*call.Call
	stations map[id.Agent]*station.Station
	events   int
	next     int
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, hub: New(), now: morning, acd: acd.New(), calls: map[id.Call]*call.Call{}, stations: map[id.Agent]*station.Station{}}
	w.hub.now = func() time.Time { return w.now }
	w.hub.Configure(org, site())
	for _, a := range site().Agents {
		w.stations[a.ID] = station.New(a.ID, org)
	}
	w.configure(acd.LongestIdle)
	return w
}

// configure lets all queues go by a strategy.
func (w *world) configure(s acd.Strategy) {
	c := acd.Configure{}
	for _, q := range site().Queues {
		c.Queues = append(c.Queues, acd.Queue{
			ID: q.ID, Name: q.Name, Members: q.Members, Strategy: s, RingSeconds: 20, WrapUpSeconds: 30, MaxExtensions: 2,
		})
	}
	for _, a := range site().Agents {
		c.Agents = append(c.Agents, acd.Agent{ID: a.ID, Name: a.Name, DefaultStatus: acd.Available, DirectWhenUnavailable: true, CallWaiting: true})
	}
	w.tellACD(c)
}

// ringBoth rings Ann and Bob at once.
func (w *world) ringBoth() id.Call {
	w.configure(acd.Simultaneous)
	w.start("bob")
	return w.arrive("sales")
}

// site has two queues: Ann is in Sales, Bob in both, Cleo in Support.
func site() Site {
	return Site{
		Location: time.UTC,
		Queues: []SiteQueue{
			{ID: "sales", Name: "Sales", Members: []id.Agent{"ann", "bob"}, WaitWarningSeconds: 60, WaitCriticalSeconds: 180, ServiceLevelSeconds: 20, ShortAbandonSeconds: 5},
			{ID: "support", Name: "Support", Members: []id.Agent{"bob", "cleo"}, ServiceLevelSeconds: 20},
		},
		Agents: []SiteAgent{
			{ID: "ann", Name: "Ann Ash", Extension: "201", CanRecord: true, Image: "/ann"}, {ID: "bob", Name: "Bob Birch", Extension: "202"},
			{ID: "cleo", Name: "Cleo Cedar", Extension: "203", CanRecord: true},
		},
	}
}

// start makes the page of an agent the phone.
func (w *world) start(agents ...id.Agent) {
	for _, a := range agents {
		leg := id.Leg(fmt.Sprint(a, "-page"))
		w.tellStation(a, station.Start{Tab: id.Tab(a) + "-tab", Leg: leg})
		w.tellStation(a, station.LegUp{Leg: leg})
	}
}

func (w *world) tellStation(a id.Agent, s station.Signal) {
	o, err := w.stations[a].Handle(w.now, s)
	if err != nil {
		return
	}
	w.hub.StationChanged(w.now, *w.stations[a])
	for _, action := range o.Actions {
		switch action := action.(type) {
		case station.DeviceUp:
			w.tellACD(acd.DeviceUp{Agent: a})
		case station.DeviceDown:
			w.tellACD(acd.DeviceDown{Agent: a, Trigger: acd.Manual})
		case station.DeviceAsleep:
			w.tellACD(acd.DeviceAsleep{Agent: a})
		case station.DeviceAwake:
			w.tellACD(acd.DeviceAwake{Agent: a})
		case station.ShowRing:
			w.hub.ShowRing(a, action.Tab, action.Call, action.Offer)
		case station.TakenOver:
			w.hub.TakenOver(a, action.Tab)
		case station.TellRingSeen:
			w.tellCall(action.Call, call.RingSeen{Agent: a, Offer: action.Offer, Device: string(action.Device)})
		case station.TellRingEnded:
			w.tellCall(action.Call, call.RingEnded{
				Agent: a, Offer: action.Offer, Result: call.RingResult(action.Result), Leg: action.Leg, Device: string(action.Device),
				Turn: action.Turn,
			})
		case station.TellAside:
			w.tellCall(action.Call, call.StepAside{Agent: a, For: action.For, Turn: action.Turn})
		case station.TellHere:
			w.tellCall(action.Call, call.StepIn{Agent: a, Turn: action.Turn, Alone: true})
		case station.TellTaken:
			w.tellCall(action.Call, call.Taken{Agent: a, Leg: action.Leg, Device: string(action.Device)})
		case station.TellNotTaken:
			w.tellCall(action.Call, call.NotTaken{Agent: a, Why: action.Why})
		}
	}
}

func (w *world) tellACD(s acd.Signal) {
	o, err := w.acd.Handle(w.now, s)
	if err != nil {
		return
	}
	w.hub.ACDChanged(w.now, org, o.Events)
	for _, action := range o.Actions {
		switch action := action.(type) {
		case acd.Offer:
			w.tellCall(action.Call, call.Offered{Offer: action.Offer, Agent: action.Agent, RingSeconds: action.RingSeconds})
		case acd.Revoke:
			w.tellCall(action.Call, call.Revoked{Offer: action.Offer, Result: call.RingResult(action.Result)})
		case acd.Granted:
			w.tellCall(action.Call, call.Granted{Agent: action.Agent, Second: action.Second})
		case acd.Refused:
			w.tellCall(action.Call, call.Denied{Agent: action.Agent, Why: string(action.Why), Number: action.Number})
		}
	}
}

func (w *world) tellCall(which id.Call, s call.Signal) {
	c := w.calls[which]
	if c == nil {
		return
	}
	o, err := c.Handle(w.now, s)
	if err != nil {
		return
	}
	w.events += len(o.Events)
	w.hub.CallChanged(w.now, *c, o.Events) // no copy: the picture keeps nothing of it
	for _, action := range o.Actions {
		w.carry(which, action)
	}
	if c.Ended() {
		delete(w.calls, which)
	}
}

func (w *world) carry(which id.Call, action call.Action) {
	switch a := action.(type) {
	case call.Enqueue:
		w.tellACD(acd.Enqueue{Call: which, Queue: a.Queue, EnteredAt: a.EnteredAt, Consult: a.Consult})
	case call.LeaveQueue:
		w.tellACD(acd.Leave{Call: which, Result: acd.Result(a.Result)})
	case call.EndOffer:
		w.tellACD(acd.OfferEnded{Call: which, Offer: a.Offer, Result: acd.OfferResult(a.Result)})
	case call.Reserve:
		w.tellACD(acd.Reserve{Call: which, Agent: a.Agent, Purpose: acd.Purpose(a.Purpose), Queue: a.Queue, Number: a.Number})
	case call.Connected:
		w.tellACD(acd.Connected{Call: which, Agent: a.Agent})
	case call.Release:
		w.tellACD(acd.Release{Call: which, Agent: a.Agent, Missed: a.Missed})
	case call.Ring:
		w.tellStation(a.Agent, station.Ring{Call: which, Offer: a.Offer, Direct: a.Direct, Seconds: a.Seconds})
	case call.Take:
		w.tellStation(a.Agent, station.Take{Call: which, Leg: a.Leg})
	case call.UseLines:
		w.tellStation(a.Agent, station.UseLines{Call: which, Both: a.Both})
	case call.SteppedAside:
		w.tellCall(a.For, call.StepIn{Agent: a.Agent, Turn: a.Turn})
	case call.Leave:
		w.tellStation(a.Agent, station.Leave{Call: which, Cause: a.Cause})
	case call.EndLeg:
		w.tellCall(which, call.LegEnded{Leg: a.Leg, Cause: a.Cause})
	case call.EndRecording:
		w.tellCall(which, call.RecordingStopped{Recording: a.Recording, Bytes: 44})
	}
}

// arrive lets a caller reach a queue.
func (w *world) arrive(queue id.Queue) id.Call {
	w.next++
	which := id.Call(fmt.Sprint("c", w.next))
	leg := id.Leg(which + "-trunk")
	w.calls[which] = call.New(which, org)
	w.tellCall(which, call.Arrived{Leg: leg, Trunk: "t1", From: "+32470111222", Name: "ELENA", To: "+12025550100"})
	queued := dest.Destination{Kind: dest.Queue, Target: string(queue)}
	w.tellCall(which, call.Routed{
		Destination: queued, Queue: &call.Queue{ID: queue, Name: string(queue)}, Caller: call.Caller{ID: "cu1", Name: "Elena Petrova"},
		Screen: call.Screen{Data: "spring", Text: "Flyer"},
	})
	w.tellCall(which, call.LegAnswered{Leg: leg})
	return which
}

// place lets an agent dial a number, or the agent whose extension it is.
func (w *world) place(a id.Agent, to call.Planned) id.Call {
	w.next++
	which := id.Call(fmt.Sprint("c", w.next))
	w.calls[which] = call.New(which, org)
	w.tellCall(which, call.Placed{Agent: a, Extension: "201", Name: "Ann Ash", To: string(to.Number)})
	w.tellCall(which, to)
	return which
}

func (w *world) hangUp(which id.Call) {
	w.tellCall(which, call.LegEnded{Leg: id.Leg(which + "-trunk"), Cause: 16, ByPeer: true})
}

func (w *world) wait(d time.Duration) {
	w.now = w.now.Add(d)
	w.hub.Tick(w.now)
}

// viewers are one of each kind.
func viewers() map[string]Viewer {
	return map[string]Viewer{
		"agent":      {Org: org, Agent: "ann", Role: access.Agent, Tab: "ann-tab"},
		"other tab":  {Org: org, Agent: "ann", Role: access.Agent, Tab: "ann-other"},
		"supervisor": {Org: org, Agent: "bob", Role: access.Supervisor, Tab: "bob-tab"},
		"of support": {Org: org, Agent: "cleo", Role: access.Supervisor, Tab: "cleo-tab"},
		"admin":      {Org: org, Role: access.Admin, Tab: "admin-tab", Places: true},
		"stranger":   {Org: "other", Agent: "zoe", Role: access.Admin, Tab: "zoe-tab"},
	}
}

// step lets chance do one thing of all that can happen.
func (w *world) step(chance *rand.Rand) {
	agents := []id.Agent{"ann", "bob", "cleo"}
	a := agents[chance.IntN(len(agents))]
	which := id.Call(fmt.Sprint("c", 1+chance.IntN(w.next+1)))
	ring := w.stations[a].Ring
	switch chance.IntN(18) {
	case 0, 1:
		w.arrive([]id.Queue{"sales", "support"}[chance.IntN(2)])
	case 2:
		w.start(a)
	case 3:
		w.tellACD(acd.SetStatus{Agent: a, Status: []acd.Status{acd.Available, acd.Unavailable}[chance.IntN(2)], Reason: "Break"})
	case 4, 5, 6:
		if ring != nil {
			w.tellStation(a, station.Answer{Offer: ring.Offer, Tab: id.Tab(a) + "-tab"})
		}
	case 7:
		if ring != nil {
			w.tellStation(a, station.Reject{Offer: ring.Offer})
		}
	case 8:
		w.hangUp(which)
	case 9:
		w.tellCall(which, call.Hold{Agent: a})
	case 10:
		w.tellCall(which, call.Resume{Agent: a})
	case 11:
		w.tellCall(which, call.HangUp{Agent: a})
	case 12:
		w.tellACD(acd.EndWrap{Agent: a})
	case 13:
		w.place(a, call.Planned{Number: "+3222123456", Trunk: "t1"})
	case 14:
		w.tellCall(which, call.AgentLost{Agent: a})
	case 15:
		w.tellCall(which, call.LegAnswered{Leg: id.Leg(fmt.Sprint(which, ".l1"))})
	case 16:
		if own, talks := w.hub.TalksIn(org, a); talks {
			w.tellCall(own, call.AskHelp{Agent: a, Note: "angry"})
		}
	case 17:
		if own, talks := w.hub.TalksIn(org, a); talks {
			w.tellCall(own, call.EndHelp{Agent: a})
		}
	}
}
