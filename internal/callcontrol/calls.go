package callcontrol

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
	"parley/internal/tel"
)

// ErrDraining refuses new calls while the system is being stopped.
var ErrDraining = errors.New("the system is being stopped and takes no new calls: try again in a minute")

// Open gives a new call its owner and its first signal.
func (x *Exchange) Open(org id.Org, which id.Call, first call.Signal) error {
	j := newJourney(call.New(which, org))
	if p, placed := first.(call.Placed); placed {
		j.urgent = p.Emergency
	}
	if err := x.begin(j); err != nil {
		return err
	}
	x.postCall(which, first)
	return nil
}

// begin starts the owner of a journey, new or restored.
func (x *Exchange) begin(j *journey) error {
	which := j.Call.ID
	if j.Call.Stage != call.Fresh { // of a new one there is nothing to note
		j.trail.begin(j)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.draining && !j.urgent {
		return ErrDraining
	}
	o := owner.Start(x.ctx, j, owner.Wiring[call.Signal, call.Outcome]{
		Carry: func(now time.Time, s call.Signal, _ call.Outcome) {
			x.carryCall(now, j)
			x.follow(j.Call.Merged(), s)
		},
		Unread: func(s call.Signal) {
			if !x.follow(j.Call.Merged(), s) {
				x.late(j.Call.Org, which, s)
			}
		},
		Refused: func(s call.Signal, err error) { x.refusedByCall(which, s, err) },
		Broken:  func(p owner.Panic[call.Signal]) { x.callBroke(j, p) },
		Settle:  func() { x.keep(j) }, SettleAfter: settleAfter,
	})
	x.calls[which] = &live{owner: o, org: j.Call.Org, urgent: j.urgent}
	x.Directory.Enter(callAt(which), o)
	x.begun.Add(1)
	return nil
}

// carryCall takes away what the journey owes. What others may know of the call is noted first: whoever acts on an
// action finds it.
func (x *Exchange) carryCall(now time.Time, j *journey) {
	c := j.Call
	x.note(c)
	for len(j.owed.Actions) > 0 {
		x.doCall(now, j, j.owed.Actions[0])
		j.owed.Actions = j.owed.Actions[1:]
	}
	x.sound(j)
	x.tell(now, j)
	x.answerMerge(j)
	if c.Ended() {
		x.forget(c)
	}
	j.owing = false
}

// keep stores what happened and brings the journal up to date. A call that was over sooner was never in it.
func (x *Exchange) keep(j *journey) {
	c := j.Call
	x.Journal.CallSettled(c)
	if c.Ended() {
		if j.kept {
			x.Journal.Remove(c.Org, callAt(c.ID))
		}
		return
	}
	if j.kept && !j.stale {
		return
	}
	state, err := json.Marshal(j)
	if err != nil {
		x.Log.Error("state of a call not kept", "call", c.ID, "err", err)
		return
	}
	x.Journal.Save(c.Org, callAt(c.ID), state)
	j.kept, j.stale = true, false
}

// tell hands the events over. They are not owed any more then, whatever comes of it: no event is told twice.
func (x *Exchange) tell(now time.Time, j *journey) {
	c, events := j.Call, j.owed.Events
	j.owed = call.Outcome{}
	x.quality.count(events)
	x.Journal.CallEvents(c, now, events)
	x.Screens.CallChanged(now, *c, events)
	x.logEvents(c, events)
}

func (x *Exchange) note(c *call.Call) {
	f, s, rung := faceOf(c), standingOf(c), rungOf(c)
	x.mu.Lock()
	defer x.mu.Unlock()
	if l := x.calls[c.ID]; l != nil {
		l.face, l.standing, l.rung = f, s, rung
		l.ties.see(c)
		l.phones = phonesIn(c)
	}
}

// sound keeps known which stations' legs sound in the call. A browser's leg that ended before the call came to know it
// is told now.
func (x *Exchange) sound(j *journey) {
	c := j.Call
	before := j.sounding
	j.sounding = nil
	for _, p := range c.Parties {
		apart := p.Aside && p.Device != string(station.DeskPhone) // the other call has the same leg
		if p.State == call.Gone || p.Own || p.Leg == "" || p.Closed || apart || c.Frozen() {
			continue
		}
		j.sounding = append(j.sounding, p.Leg)
		if p.Loan.Call != "" && slices.Contains(before, p.Leg) {
			continue // the call that has lent it may have it back
		}
		if !x.legs.sound(p.Leg, c.ID) && !slices.Contains(before, p.Leg) && p.Device == string(station.Browser) {
			x.post(callAt(c.ID), call.LegEnded{Leg: p.Leg, Cause: tel.CauseNetworkOutOfOrder})
		}
	}
	for _, leg := range before {
		if !slices.Contains(j.sounding, leg) {
			x.legs.silence(leg, c.ID)
		}
	}
}

// forget takes an ended call out of everything.
func (x *Exchange) forget(c *call.Call) {
	which := c.ID
	x.forgetKeys(c)
	x.mu.Lock()
	x.forgetMerged(c)
	if l, ok := x.calls[which]; ok {
		x.Directory.Leave(callAt(which), l.owner)
		delete(x.calls, which)
		x.ended.Add(1)
		x.settling++
		go x.settled(l.owner)
	}
	x.mu.Unlock()
	x.Sound.Close(which)
}

// settled waits until an ended call is stored, which its owner does last.
func (x *Exchange) settled(o *owner.Owner[call.Signal]) {
	<-o.Done()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settling--
	x.closeWhenEmpty()
}

// late keeps the promises about a signal that came when its call was gone.
func (x *Exchange) late(org id.Org, which id.Call, s call.Signal) {
	j := newJourney(call.New(which, org))
	for _, a := range call.Late(s) {
		x.guard("late signal of call "+string(which), func() { x.doCall(clock.Now(), j, a) })
	}
}

func (x *Exchange) refusedByCall(which id.Call, s call.Signal, err error) {
	x.Log.Debug("signal refused", "call", which, "signal", owner.Word(s), "err", err)
	x.notRetrieved(s)
}

func (x *Exchange) logEvents(c *call.Call, events []call.Event) {
	for _, e := range events {
		switch e := e.(type) {
		case call.Began:
			x.Log.Info("call began", "call", c.ID, "org", c.Org, "direction", e.Direction, "from", e.From, "to", e.To, "trunk", e.Trunk)
		case call.SoundPath:
			x.Log.Debug("sound of a leg", "call", c.ID, "leg", e.Leg, "path", e.Path)
		case call.RecordingOver:
			if e.Failure != "" {
				x.Log.Warn("recording stopped early", "call", c.ID, "recording", e.Recording, "why", e.Failure)
			}
		case call.Finished:
			if e.Cause == tel.CauseUnallocated {
				x.Log.Warn("call refused", "call", c.ID, "trunk", c.Trunk, "number", c.To, "why", e.Reason)
				continue
			}
			x.Log.Info("call ended", "call", c.ID, "disposition", e.Disposition, "cause", int(e.Cause), "reason", e.Reason)
		}
	}
}

func (x *Exchange) callOwner(which id.Call) (*owner.Owner[call.Signal], bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	l, ok := x.calls[which]
	if !ok {
		return nil, false
	}
	return l.owner, true
}
