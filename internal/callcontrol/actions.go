package callcontrol

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/station"
	"parley/internal/tel"
)

// doCall sends an action to whoever carries it out.
func (x *Exchange) doCall(now time.Time, j *journey, action call.Action) {
	switch a := action.(type) {
	case call.FindRoute, call.FindNext, call.FindPlan:
		x.doPlan(j.Call, action)
	case call.RingLeg, call.EarlyLeg, call.AnswerLeg, call.EndLeg, call.DialTrunk, call.RepairLeg, call.ReferDone, call.SendMulticast:
		x.doWire(j.Call, action)
	case call.Reserve, call.Connected, call.Release, call.Enqueue, call.LeaveQueue, call.EndOffer, call.AskPlace:
		x.doACD(j.Call, action)
	case call.BookCallback, call.FindCallback, call.CancelCallback, call.EndCallback:
		x.doCallback(j.Call, action)
	case call.Ring, call.Take, call.Leave, call.UseLines, call.SteppedAside, call.Speaks:
		x.doStation(j.Call.ID, action)
	case call.Adopt, call.Adopted, call.NotAdopted, call.Handed, call.GiveBack:
		x.doMerge(j, action)
	case call.CollectKeys, call.ConsultMailbox:
		x.doMailbox(j.Call, action)
	case call.FreeSlot:
		x.lot.free(j.Call.Org, j.Call.ID, a.Slot)
	case call.SetTimer, call.StopTimer:
		x.doTimer(j.Call.ID, action)
	default:
		x.doSound(now, j.Call, action)
	}
}

func (x *Exchange) doPlan(c *call.Call, action call.Action) {
	which, org := c.ID, c.Org
	if a, out := action.(call.FindPlan); out {
		a.Call = which
		action = a
	}
	x.planned(func(ctx context.Context) { x.postCall(which, x.plan(ctx, org, which, action)) })
}

// planners is how many goroutines wait for plans to make. A query needs a deep stack, which they keep; when all are busy,
// a plan has a goroutine of its own.
const planners = 4

func (x *Exchange) planner() {
	for {
		select {
		case work := <-x.plans:
			work()
		case <-x.ctx.Done():
			return
		}
	}
}

// plan asks the number plan and always has an answer, else the call would wait for ever.
func (x *Exchange) plan(ctx context.Context, org id.Org, which id.Call, action call.Action) (answer call.Signal) {
	const words = "the system failed to find the way for this call"
	failed := call.Signal(call.Unplanned{Cause: tel.CauseTemporaryFailure, Why: words})
	switch action.(type) {
	case call.FindRoute, call.FindNext:
		failed = call.Unrouted{Cause: tel.CauseTemporaryFailure, Why: words}
	}
	defer func() {
		if v := recover(); v != nil {
			x.Log.Error("number plan broke", "call", which, "err", fmt.Sprint(v), "stack", string(debug.Stack()))
			x.broken.Add(1)
			answer = answerMove(failed, moveOf(action), followOf(action))
		}
	}()
	switch a := action.(type) {
	case call.FindRoute:
		answer = x.Plans.Route(ctx, org, a)
	case call.FindNext:
		answer = x.Plans.Next(ctx, org, a)
	case call.FindPlan:
		if answer = x.parkingPlan(org, which, a); answer == nil {
			answer = x.Plans.Dial(ctx, org, a)
		}
	}
	if answer == nil {
		answer = failed
	}
	return answerMove(answer, moveOf(action), followOf(action))
}

// moveOf is the number of the move that asks the plan; 0: the call itself.
func moveOf(action call.Action) int {
	switch a := action.(type) {
	case call.FindNext:
		return a.Move
	case call.FindPlan:
		return a.Move
	}
	return 0
}

// followOf is the number of the agent's number that the plan is asked about (BX-29); 0: none.
func followOf(action call.Action) int {
	if a, is := action.(call.FindNext); is {
		return a.Follow
	}
	return 0
}

// answerMove repeats both in the answer.
func answerMove(answer call.Signal, number, follow int) call.Signal {
	switch a := answer.(type) {
	case call.Routed:
		a.Move, a.Follow = number, follow
		return a
	case call.Unrouted:
		a.Move, a.Follow = number, follow
		return a
	case call.Planned:
		a.Move = number
		return a
	case call.Unplanned:
		a.Move = number
		return a
	}
	return answer
}

func (x *Exchange) doWire(c *call.Call, action call.Action) {
	switch a := action.(type) {
	case call.RingLeg:
		x.Wires.Ring(a.Leg)
	case call.EarlyLeg:
		x.Wires.Early(a.Leg)
	case call.AnswerLeg:
		x.Wires.Answer(a.Leg)
	case call.EndLeg:
		x.Wires.End(a.Leg, a.Cause)
	case call.RepairLeg:
		x.repair(a.Leg)
	case call.ReferDone:
		x.Wires.Refer(a.Leg, a.Cause, a.Why)
	case call.SendMulticast:
		x.legs.enter(a.Leg, place{call: c.ID, org: c.Org})
		x.Wires.Cast(a)
	case call.DialTrunk:
		x.legs.enter(a.Leg, place{call: c.ID, org: c.Org})
		x.dialTrunk(c, a)
	}
}

func (x *Exchange) doACD(c *call.Call, action call.Action) {
	to, which := acdAt(c.Org), c.ID
	switch a := action.(type) {
	case call.Reserve:
		if !x.post(to, acd.Reserve{Call: which, Agent: a.Agent, Purpose: acd.Purpose(a.Purpose), Queue: a.Queue, Number: a.Number}) {
			x.post(callAt(which), call.Denied{Agent: a.Agent, Why: string(acd.WhyUnknown), Number: a.Number})
		}
	case call.Enqueue:
		if !x.post(to, enqueueOf(which, a)) {
			x.post(callAt(which), call.Dismissed{Queue: a.Queue, Result: string(acd.LeftNoAgent)})
		}
	case call.Connected:
		x.post(to, acd.Connected{Call: which, Agent: a.Agent})
		x.insist(c)
	case call.Release:
		x.post(to, acd.Release{Call: which, Agent: a.Agent, Missed: a.Missed})
	case call.AskPlace:
		x.post(to, acd.WhereIs{Call: which})
	case call.LeaveQueue:
		if !x.post(to, acd.Leave{Call: which, Result: acd.Result(a.Result), Agent: a.Agent, Why: a.Why}) && a.Why {
			x.post(callAt(which), call.Explained{})
		}
	case call.EndOffer:
		x.post(to, acd.OfferEnded{Call: which, Offer: a.Offer, Result: acd.OfferResult(a.Result)})
		if a.Result == call.RingAnswered {
			x.insist(c)
		}
	}
}

// insist tells an ACD that was rebuilt while the call rang, and so does not know what was answered, who is in the call. To
// one that knows it this is nothing new.
func (x *Exchange) insist(c *call.Call) {
	if _, waits := c.Waits(); !waits {
		x.post(acdAt(c.Org), acd.Leave{Call: c.ID, Result: acd.LeftAnswered})
	}
	for _, s := range standingOf(c) {
		if o, ok := s.(acd.Occupy); ok {
			x.post(acdAt(c.Org), o)
		}
	}
}

func (x *Exchange) doStation(which id.Call, action call.Action) {
	switch a := action.(type) {
	case call.Ring:
		if !x.post(stationAt(a.Agent), station.Ring{Call: which, Offer: a.Offer, Direct: a.Direct, Auto: a.Auto, Seconds: a.Seconds}) {
			x.post(callAt(which), call.RingEnded{Agent: a.Agent, Offer: a.Offer, Result: call.RingFailed})
		}
	case call.Take:
		if !x.post(stationAt(a.Agent), station.Take{Call: which, Leg: a.Leg, Urgent: a.Urgent}) {
			x.post(callAt(which), call.NotTaken{Agent: a.Agent, Why: "this user has no softphone"})
		}
	case call.UseLines:
		x.post(stationAt(a.Agent), station.UseLines{Call: which, Both: a.Both})
	case call.Speaks:
		x.post(stationAt(a.Agent), station.Speaks{Call: which})
	case call.SteppedAside:
		x.stepIn(call.StepIn{Agent: a.Agent, Turn: a.Turn}, a.For)
	case call.Leave:
		x.post(stationAt(a.Agent), station.Leave{Call: which, Cause: a.Cause})
	}
}

func (x *Exchange) doTimer(which id.Call, action call.Action) {
	o, ok := x.callOwner(which)
	if !ok {
		return
	}
	switch a := action.(type) {
	case call.SetTimer:
		o.SetTimer(a.Timer, a.After, call.TimeUp{Timer: a.Timer})
	case call.StopTimer:
		o.StopTimer(a.Timer)
	}
}

func (x *Exchange) doSound(now time.Time, c *call.Call, action call.Action) {
	switch a := action.(type) {
	case call.Arrange:
		x.Sound.Arrange(c.ID, a.Hearings)
	case call.Record:
		x.Sound.Record(now, c.ID, c.Org, a)
	case call.ChangeRecording:
		x.Sound.ChangeRecording(c.ID, a)
	case call.EndRecording:
		x.Sound.EndRecording(c.ID, a)
	}
}
