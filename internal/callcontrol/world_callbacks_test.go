package callcontrol_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// callBack begins an attempt at a callback, as the app does. At times it cannot.
func (w *world) callBack(_ id.Org, a acd.PlaceCallback) error {
	if w.chance(5) {
		return errors.New("no calls are taken now")
	}
	w.enterCall(a.Call)
	s := call.CallBack{
		Callback: a.Callback, Number: a.Attempt, To: a.Number, Queue: plans{w}.queue(a.Queue), EnteredAt: a.EnteredAt,
		Agent: a.Agent, Offer: a.Offer, RingSeconds: a.RingSeconds,
	}
	return w.x.CallBack(org, a.Call, s)
}

// enterCall lets the ACD reach a call.
func (w *world) enterCall(which id.Call) {
	w.calls.Enter(owner.At("call", which), &relay{to: w.dir, at: owner.At("call", which), hear: w.fault.toCall})
}

// CallbackNumber is part of callcontrol.Plans.
func (p plans) CallbackNumber(_ id.Org, _ id.Queue, typed tel.Number) (tel.Number, error) {
	if !strings.HasPrefix(string(typed), "+") {
		return "", errors.New("no such number")
	}
	return typed, nil
}

// callbackPlan is how callers of this world are offered to be called back.
func (p plans) callbackPlan() *treatment.CallbackPlan {
	if !p.w.chance(60) {
		return nil
	}
	return &treatment.CallbackPlan{After: 5, Interval: 30, Most: 2, CallerID: tel.Number(fmt.Sprintf("+3247011122%d", p.w.pick(10)))}
}

// answers presses what a prompt about callbacks asks for.
func (s *sound) answers(leg id.Leg, tag string) {
	for _, about := range []string{"offer", "number", "sure", "pending"} {
		if strings.HasPrefix(tag, treatment.TagPrefix+about) && s.w.chance(80) {
			s.key(leg)
		}
	}
}

// cancelAll gives up the callbacks that are left when the day ends.
func (w *world) cancelAll() {
	for _, b := range w.d.Pending(org) {
		w.d.Tell(org, acd.CancelCallback{Callback: b.Callback})
	}
	if w.over() {
		w.later(time.Second, w.cancelAll)
	}
}
