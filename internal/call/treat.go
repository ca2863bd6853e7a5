package call

import (
	"time"

	"parley/internal/dest"
	"parley/internal/tel"
	"parley/internal/treatment"
)

const (
	treatmentTimer = "treatment"
	menusTimer     = "menus"
)

// treat begins a treatment of the caller.
func (t *turn) treat(b treatment.Begin) {
	b.Language = t.Language
	t.drive(b)
}

// drive gives the treatment a signal and does what comes of it.
func (t *turn) drive(s treatment.Signal) {
	for _, a := range t.Treatment.Handle(t.now, s) {
		t.heed(a)
	}
}

func (t *turn) heed(action treatment.Action) {
	switch a := action.(type) {
	case treatment.Over:
		t.treated(a)
	case treatment.WantExtension:
		t.find(FindNext{Extension: a.Keys})
	case treatment.WantPlace:
		t.do(AskPlace{})
	case treatment.WantCallback:
		t.book(a.Number)
	case treatment.WantPlaceBack:
		t.reclaim()
	case treatment.DropCallback:
		t.dropPending()
	case treatment.StartRecord:
		t.beginMessage()
	case treatment.EndRecord:
		t.endMessage()
	case treatment.NoticeHeard:
		t.NoticeHeard = true
	case treatment.Asked:
		t.tell(MenuAsked{Menu: t.AtName, Try: a.Try})
	case treatment.Keyed:
		t.tell(MenuKeyed{Keys: a.Keys, Result: a.Result})
	case treatment.Said:
		t.tell(WaitTold(a))
	case treatment.Scored:
		t.tell(Scored(a))
	default:
		t.heedAccess(action)
	}
}

// treated takes a call on whose treatment is over.
func (t *turn) treated(o treatment.Over) {
	switch {
	case t.Stage == Ended:
	case t.Route != nil: // what was to be said first has been heard
		t.arrive()
	case o.How == treatment.OptedOut:
		t.cancelRings(ringQueueLeft)
		t.leaveQueue(leftVoicemail)
		t.leave(t.At, leftVoicemail)
	case o.How == treatment.Called:
		t.Trouble = "the caller is to be called back"
		t.farewell()
	case o.How == treatment.CallsBack:
		t.callSender(o.Number)
	case o.How == treatment.Done && t.Stage == Active: // who was at a mailbox
		t.finish(ending{Disposition: Answered, Cause: tel.CauseNormal})
	case o.How == treatment.Chosen, o.How == treatment.Default:
		if o.To.Kind == "" {
			o.To.Kind = dest.Hangup
		}
		t.Precedence = o.Precedence.Or(t.Precedence)
		t.find(FindNext{To: o.To})
	default:
		t.farewell()
	}
}

// stopTreat ends the treatment, and a message or greeting that is being spoken.
func (t *turn) stopTreat() {
	t.endMessage()
	t.endGreeting()
	if t.Treatment.On() {
		t.drive(treatment.Stop{})
	}
}

// alarm has the treatment woken when it wants to be.
func (t *turn) alarm() { t.alarmAt(&t.Alarm, t.Treatment.Due, treatmentTimer) }

// alarmAt sets an alarm anew that is due at another time than it was set for; zero is never.
func (t *turn) alarmAt(set *time.Time, due time.Time, timer string) {
	switch {
	case due.Equal(*set):
		return
	case due.IsZero():
		t.do(StopTimer{Timer: timer})
	default:
		t.after(max(due.Sub(t.now), 0), timer)
	}
	*set = due
}

// wake is the treatment's alarm.
func (t *turn) wake() {
	t.Alarm = noTime
	t.drive(treatment.Wake{})
}

// keyed gives a key of the caller to the treatment.
func (t *turn) keyed(p *Party, digit tel.Digit) {
	if !t.keyedThere(p, digit) && p.Kind == Customer && t.Treatment.On() && t.Whispering == "" {
		t.drive(treatment.Digit{Digit: digit})
	}
}

// placeIs tells a waiting caller the place.
func (t *turn) placeIs(s PlaceIs) {
	placed := treatment.Placed{Position: s.Position, Wait: -1}
	if s.Known {
		placed.Wait = s.Wait
	}
	switch {
	case t.waitsThere() && s.Queue == t.Move.Route.Queue.ID:
		t.driveMove(placed)
	case t.Waiting && s.Queue == t.Queue.ID:
		t.drive(placed)
	}
}

// left tells how the waiting ended that the ACD has ended.
func (t *turn) left(result string) {
	t.Waiting, t.Booking = false, ""
	t.tell(QueueLeft{Queue: t.Queue.ID, Result: result, Waited: t.now.Sub(t.QueuedAt)})
}

// survey asks the caller some questions when the agent has hung up first (QU-20); false when there is nothing to ask.
func (t *turn) survey(p *Party) bool {
	c := t.customer()
	if t.Queue == nil || t.Queue.Survey == nil || t.Direction != Inbound || p == c || c.State != Joined || !c.Up || c.Closed {
		return false
	}
	t.stopSaying()
	t.endRecording()
	t.part(p, tel.CauseNormal)
	t.enter(Routing)
	t.treat(treatment.Begin{Survey: t.Queue.Survey})
	return true
}
