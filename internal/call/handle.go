package call

import (
	"errors"
	"fmt"
	"time"

	"parley/internal/owner"
)

// ErrNotNow is the refusal of what makes no sense at this moment of the call.
var ErrNotNow = errors.New("not possible now")

// refusal says to a person why not; it is ErrNotNow to errors.Is.
type refusal string

func (r refusal) Error() string { return string(r) }
func (r refusal) Unwrap() error { return ErrNotNow }

// turn is the handling of one signal, on a copy of the call: an error leaves the call itself as it was.
type turn struct {
	*Call
	now time.Time
	out Outcome

	aside []SteppedAside // to be told once the sound is arranged
	says  Action         // of another call, once the sound is arranged
}

// Handle moves the call on. An error means that nothing has changed. Peers' signals that come late, twice or after the
// end are no error: they change nothing but what promises ask for.
func (c *Call) Handle(now time.Time, signal Signal) (Outcome, error) {
	if signal == nil {
		return Outcome{}, fmt.Errorf("no signal: %w", ErrNotNow)
	}
	next := c.draft
	if next == nil {
		next = new(Call)
	}
	c.copyTo(next)
	t := &turn{Call: next, now: now}
	t.Last = now
	if err := t.take(signal); err != nil {
		return Outcome{}, fmt.Errorf("%s: %w", owner.Word(signal), err)
	}
	t.pickupStands()
	t.keepWatch()
	t.keepHelp()
	t.alarm()
	t.alarmThere()
	t.repair()
	t.arrange()
	t.tape()
	t.lines()
	if t.says != nil {
		t.do(t.says)
	}
	c.adopt(next)
	return t.out, nil
}

// usual is how many actions or events room is made for at once: more than most signals lead to.
const usual = 4

func (t *turn) do(actions ...Action) {
	if t.out.Actions == nil {
		t.out.Actions = make([]Action, 0, usual)
	}
	t.out.Actions = append(t.out.Actions, actions...)
}

func (t *turn) tell(events ...Event) {
	if t.out.Events == nil {
		t.out.Events = make([]Event, 0, usual)
	}
	t.out.Events = append(t.out.Events, events...)
}

func (t *turn) after(d time.Duration, timer string) { t.do(SetTimer{Timer: timer, After: d}) }

func (t *turn) enter(stage Stage) {
	if t.Stage == stage {
		return
	}
	t.Stage, t.Since = stage, t.now
	t.tell(Entered{Stage: stage})
}

// take finds who handles a signal: what opens a call and what people ask may be refused, peers' words may not.
func (t *turn) take(signal Signal) error {
	if t.Frozen() && personal(signal) {
		return mergesNow
	}
	switch s := signal.(type) {
	case Arrived:
		return t.arrived(s)
	case Placed:
		return t.placed(s)
	case CallBack:
		return t.callBack(s)
	case DropVoicemail, Hold, Resume, Mute, HangUp, StartRecording, PauseRecording, ResumeRecording, StopRecording, Close:
		return t.asked(signal)
	case Retrieve:
		return t.retrieve(s)
	case PickUp:
		return t.pickUpRing(s)
	case Transfer, Consult, Swap, Merge, Complete, CancelMove, HoldParty, MuteParty, RemoveParty, EndForAll, Park, Convert,
		PlayAnnouncement, StopAnnouncement:
		return t.askedOfOthers(signal)
	case Watch, SetWatch, StopWatch, AskHelp, EndHelp:
		return t.askedToWatch(signal)
	case MergeInto:
		return t.mergeInto(s)
	}
	t.heardPlan(signal)
	t.heardACD(signal)
	t.heardStation(signal)
	t.heardWire(signal)
	t.heardKeys(signal)
	t.heardMailbox(signal)
	t.heardCall(signal)
	return nil
}

func (t *turn) asked(signal Signal) error {
	if t.Stage == Ended {
		return refusal("the call has ended")
	}
	switch s := signal.(type) {
	case DropVoicemail:
		return t.dropVoicemail(s)
	case Hold:
		return t.hold(s)
	case Resume:
		return t.resume(s)
	case Mute:
		return t.mute(s)
	case HangUp:
		return t.hangUp(s)
	case StartRecording:
		return t.startRecording(s)
	case PauseRecording:
		return t.pauseRecording(s)
	case ResumeRecording:
		return t.resumeRecording(s)
	case StopRecording:
		return t.stopRecording(s)
	case Close:
		t.close(s)
	}
	return nil
}

// askedOfOthers is what an agent asks about somebody else in the call, or who is to come.
func (t *turn) askedOfOthers(signal Signal) error {
	if t.Stage == Ended {
		return refusal("the call has ended")
	}
	switch s := signal.(type) {
	case Transfer:
		return t.transfer(s)
	case Consult:
		return t.consult(s)
	case Swap:
		return t.swap(s)
	case Merge:
		return t.merge(s)
	case Complete:
		return t.complete(s)
	case CancelMove:
		return t.cancelMove(s)
	case HoldParty:
		return t.holdParty(s)
	case MuteParty:
		return t.muteParty(s)
	case PlayAnnouncement:
		return t.playAnnouncement(s)
	case StopAnnouncement:
		return t.stopAnnouncement(s)
	case RemoveParty:
		return t.removeParty(s)
	case EndForAll:
		return t.endForAll(s)
	case Park:
		return t.park(s)
	case Convert:
		return t.convert(s)
	}
	return nil
}

func (t *turn) heardPlan(signal Signal) {
	switch s := signal.(type) {
	case Routed:
		t.routed(s)
	case Unrouted:
		t.unrouted(s)
	case Planned:
		t.planned(s)
	case Unplanned:
		t.unplanned(s)
	}
}

func (t *turn) heardACD(signal Signal) {
	switch s := signal.(type) {
	case Offered:
		t.offered(s)
	case Revoked:
		t.revoked(s)
	case Explained:
		t.explained(s)
	case Dismissed:
		t.dismissed(s)
	case PlaceIs:
		t.placeIs(s)
	case CallbackBooked:
		t.callbackBooked(s)
	case CallbackRefused:
		t.callbackRefused(s)
	case CallbackFound:
		t.callbackFound(s)
	case Granted:
		t.granted(s)
	case Denied:
		t.denied(s)
	}
}

func (t *turn) heardStation(signal Signal) {
	switch s := signal.(type) {
	case RingSeen:
		t.ringSeen(s)
	case RingEnded:
		t.ringEnded(s)
	case Taken:
		t.taken(s)
	case NotTaken:
		t.notTaken(s)
	case Moved:
		t.moved(s)
	case AgentLost:
		t.agentLost(s)
	case StepAside:
		t.stepAside(s)
	case StepIn:
		t.stepIn(s)
	case Knock:
		t.knock(s)
	}
}

// heardKeys is what somebody does with a telephone besides talking.
func (t *turn) heardKeys(signal Signal) {
	switch s := signal.(type) {
	case LegRefers:
		t.legRefers(s)
	case LegDials:
		t.legDials(s)
	case LegReplaced:
		t.legReplaced(s)
	}
}

func (t *turn) heardWire(signal Signal) {
	switch s := signal.(type) {
	case LegRinging:
		t.legRinging(s)
	case LegEarly:
		t.legEarly(s)
	case LegAnswered:
		t.legAnswered(s)
	case LegHeld:
		t.legHeld(s)
	case LegDigit:
		t.legDigit(s)
	case LegSilent:
		t.legSilent(s)
	case LegTalks:
		t.legTalks(s)
	case LegSampled:
		t.legSampled(s)
	case LegOneWay:
		t.legOneWay(s)
	case LegDetected:
		t.legDetected(s)
	case LegRepairFailed:
		t.legRepairFailed(s)
	case LegEnded:
		t.legEnded(s)
	case PlayEnded:
		t.playEnded(s)
	case RecordingStopped:
		t.recordingStopped(s)
	case TimeUp:
		t.timeUp(s)
	}
}
