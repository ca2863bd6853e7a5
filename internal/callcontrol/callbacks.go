package callcontrol

import (
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
)

// CallBack begins a call that makes one attempt at a callback (QU-11).
func (x *Exchange) CallBack(org id.Org, which id.Call, first call.CallBack) error {
	return x.Open(org, which, first)
}

// doCallback tells the ACD what a call has to say about callbacks.
func (x *Exchange) doCallback(c *call.Call, action call.Action) {
	to, which := acdAt(c.Org), c.ID
	switch a := action.(type) {
	case call.BookCallback:
		number, err := x.Plans.CallbackNumber(c.Org, a.Queue, a.Number)
		if err != nil {
			x.Log.Info("callback refused", "call", which, "number", a.Number, "why", err)
		}
		if err != nil || !x.post(to, acd.BookCallback{Callback: a.Callback, Call: which, Queue: a.Queue, Number: number}) {
			x.post(callAt(which), call.CallbackRefused{Callback: a.Callback, Why: "unknown"})
		}
	case call.FindCallback:
		if number, err := x.Plans.CallbackNumber(c.Org, a.Queue, a.Number); err == nil {
			x.post(to, acd.FindCallback{Call: which, Queue: a.Queue, Number: number})
		}
	case call.CancelCallback:
		x.post(to, acd.CancelCallback{Callback: a.Callback})
	case call.EndCallback:
		x.post(to, acd.CallbackEnded{Call: which, Result: acd.CallbackResult(a.Result)})
	}
}

// enqueueOf is what the ACD hears of a call that is to wait.
func enqueueOf(which id.Call, a call.Enqueue) acd.Enqueue {
	e := acd.Enqueue{
		Call: which, Queue: a.Queue, Priority: a.Priority, EnteredAt: a.EnteredAt, AgeSeconds: a.AgeSeconds,
		LastAgent: a.LastAgent, Consult: a.Consult,
		Callback: a.Callback,
	}
	for _, s := range a.Steps {
		e.Steps = append(e.Steps, acd.Step(s))
	}
	return e
}

// attemptOf names the attempt that a call makes, for an ACD that is rebuilt; the rest of its callback is kept elsewhere.
func attemptOf(c *call.Call) acd.BookCallback {
	b := acd.BookCallback{Callback: c.Attempt.Callback, Attempt: c.ID}
	for _, p := range c.Parties {
		if p.Kind == call.Agent && p.State != call.Gone {
			b.Agent = p.Agent
		}
	}
	return b
}
