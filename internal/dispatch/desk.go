package dispatch

import (
	"fmt"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
	"parley/internal/tel"
)

// desk is one organisation's ACD as its owner's machine.
type desk struct {
	d       *Dispatch
	org     id.Org
	machine distributor
	began   time.Time // when it was rebuilt; offers are numbered from that millisecond on
	rests   bool      // broke twice at once: what comes before its time is over is known by the rebuild
	rebuilt bool
	// open are the offers that have no result yet. They are kept here, because they must end when the ACD breaks.
	open  map[id.Offer]acd.OfferOpened
	owner *owner.Owner[acd.Signal] // set under Dispatch.mu before the first signal
}

// wake lets a fresh ACD rebuild itself without waiting for a first signal.
type wake struct{ acd.Signal }

// Ended is never true.
func (k *desk) Ended() bool { return k.machine.Ended() }

// Handle moves the ACD on. A fresh one is rebuilt first, here and not before: what calls and stations do after they told
// what they stand for comes as a signal and is read later, so nothing is lost and nothing old is believed.
func (k *desk) Handle(now time.Time, s acd.Signal) (acd.Outcome, error) {
	_, woken := s.(wake)
	if k.rests && !woken {
		return acd.Outcome{}, errRests
	}
	k.rests = false
	if !k.rebuilt {
		k.rebuilt, k.began = true, now
		k.rebuild(now)
		k.ownerOf().SetTimer("audit", auditEvery, audit{})
		k.awaitHours(now)
		k.tellHandleTimes(now)
	}
	switch s.(type) {
	case wake:
		return acd.Outcome{}, nil
	case audit:
		return k.audit(now)
	case hours:
		k.tellHours(now)
		return acd.Outcome{}, nil
	case handleTimes:
		k.tellHandleTimes(now)
		return acd.Outcome{}, nil
	case acd.Configure:
		defer k.awaitHours(now)
	}
	o, err := k.machine.Handle(now, s)
	if err == nil {
		err = refusedBooking(s, o.Actions)
	}
	return o, err
}

func (k *desk) rebuild(now time.Time) {
	told := k.letGo()
	for _, s := range k.d.withCallbacks(k.org, k.d.Rebuild(k.org)) {
		o, err := k.machine.Handle(now, s)
		if err != nil {
			k.refused(s, err)
			continue
		}
		k.dropRefused(o.Actions)
		k.carry(now, o)
	}
	told(now)
}

func (k *desk) carry(now time.Time, o acd.Outcome) {
	k.note(o.Events)
	k.noteRepairs(o.Events)
	for _, a := range o.Actions {
		k.do(a)
	}
	for _, e := range o.Events {
		switch e := e.(type) {
		case acd.StatusChanged:
			k.d.Statuses.StatusChanged(now, k.org, e)
			k.putDown(now, e)
		case acd.OutcomeChosen:
			k.d.Statuses.OutcomeChosen(now, k.org, e)
		}
	}
	if len(o.Events) > 0 {
		k.d.Screens.ACDChanged(now, k.org, o.Events)
	}
}

func (k *desk) note(events []acd.Event) {
	for _, e := range events {
		switch e := e.(type) {
		case acd.OfferOpened:
			k.open[e.Offer] = e
		case acd.OfferClosed:
			delete(k.open, e.Offer)
		}
		k.noteCallback(e)
	}
}

func (k *desk) do(action acd.Action) {
	d := k.d
	switch a := action.(type) {
	case acd.Offer:
		k.offer(a)
	case acd.Revoke:
		d.toCall(a.Call, call.Revoked{Offer: a.Offer, Result: call.RingResult(a.Result)})
	case acd.Dismiss:
		d.toCall(a.Call, call.Dismissed{
			Queue: a.Queue, Result: string(a.Result), Skipped: skipsOf(a.Skipped), SkippedMore: a.SkippedMore,
		})
	case acd.Explain: // a call that is gone needs no answer
		d.toCall(a.Call, call.Explained{Queue: a.Queue, Skipped: skipsOf(a.Skipped), SkippedMore: a.SkippedMore})
	case acd.Place:
		d.toCall(a.Call, call.PlaceIs{Queue: a.Queue, Position: a.Position, Wait: a.Estimate, Known: a.Known})
	case acd.PlaceCallback:
		k.place(a)
	case acd.CallbackFound:
		d.toCall(a.Call, call.CallbackFound{Callback: a.Callback, Queue: a.Queue, EnteredAt: a.EnteredAt})
	case acd.CallbackBooked:
		d.toCall(a.Call, call.CallbackBooked{Callback: a.Callback})
	case acd.CallbackRefused:
		d.toCall(a.Call, call.CallbackRefused{Callback: a.Callback, Why: a.Why})
	case acd.Granted:
		if !d.toCall(a.Call, call.Granted{Agent: a.Agent, Working: a.Was == acd.Available || a.Was == acd.WrapUp, Second: a.Second}) {
			d.Tell(k.org, acd.Release{Call: a.Call, Agent: a.Agent})
		}
	case acd.Refused:
		d.toCall(a.Call, call.Denied{Agent: a.Agent, Why: string(a.Why), Number: a.Number})
	case acd.CloseCall:
		d.toCall(a.Call, call.Close{Cause: tel.CauseTemporaryFailure, Why: "nobody was in the call any more"})
	case acd.StopWork: // a station that is not there has no work to end
		_ = d.Directory.Post(owner.At("station", a.Agent), station.EndWork{})
	case acd.SetTimer:
		k.ownerOf().SetTimer(a.Timer, a.After, acd.TimeUp{Timer: a.Timer})
	case acd.StopTimer:
		k.ownerOf().StopTimer(a.Timer)
	}
}

// offer proposes an agent to a call. A call that is gone takes its place in the queue along.
func (k *desk) offer(a acd.Offer) {
	told := k.d.toCall(a.Call, call.Offered{
		Offer: a.Offer, Agent: a.Agent, RingSeconds: a.RingSeconds, Skipped: skipsOf(a.Skipped), SkippedMore: a.SkippedMore,
	})
	if !told {
		k.d.Tell(k.org, acd.Leave{Call: a.Call, Result: acd.LeftAbandoned})
	}
}

func skipsOf(all []acd.Skip) []call.Skip {
	if len(all) == 0 {
		return nil
	}
	skipped := make([]call.Skip, len(all))
	for i, s := range all {
		skipped[i] = call.Skip{Agent: s.Agent, Why: string(s.Why)}
	}
	return skipped
}

func (k *desk) ownerOf() *owner.Owner[acd.Signal] {
	k.d.mu.Lock()
	defer k.d.mu.Unlock()
	return k.owner
}

// restless is how soon after its start a second panic makes the ACD wait, and for how long, before it is rebuilt again.
const restless = time.Second

// errRests is for people who ask meanwhile.
var errRests = fmt.Errorf("the distribution of calls is being restarted: try again in a moment: %w", acd.ErrNotNow)

// broke rebuilds an ACD that panicked: it is never journaled, for calls and stations know what it knew. Its open offers
// end, so that nobody rings for an offer that the fresh ACD does not know.
func (k *desk) broke(p owner.Panic[acd.Signal]) {
	d := k.d
	last := p.Transcript[len(p.Transcript)-1].Signal
	d.Log.Error("acd broke and is rebuilt", "org", k.org, "err", p.Error(), "signal", owner.Word(last), "stack", string(p.Stack))
	var closed []acd.Event
	for _, o := range k.open {
		d.toCall(o.Call, call.Revoked{Offer: o.Offer, Result: call.RingFailed})
		closed = append(closed, acd.OfferClosed{Call: o.Call, Offer: o.Offer, Agent: o.Agent, Queue: o.Queue, Result: acd.Failed})
	}
	if len(closed) > 0 {
		d.tellScreens(k.org, closed)
	}
	if d.ctx.Err() == nil {
		d.open(k.org, time.Since(k.began) < restless)
	}
}

// tellScreens survives screens that are what broke.
func (d *Dispatch) tellScreens(org id.Org, events []acd.Event) {
	defer func() {
		if v := recover(); v != nil {
			d.Log.Error("screens broke", "org", org, "err", v)
		}
	}()
	d.Screens.ACDChanged(clock.Now(), org, events)
}
