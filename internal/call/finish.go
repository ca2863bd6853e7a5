package call

import (
	"time"

	"parley/internal/tel"
)

// ending is how a call ended.
type ending struct {
	Disposition Disposition `json:"disposition"`
	Reason      string      `json:"reason,omitempty"`
	Cause       tel.Cause   `json:"cause,omitempty"`
	Code        int         `json:"code,omitempty"`
	Left        string      `json:"left,omitempty"` // how the waiting ended, when the caller waited; empty: abandoned
}

const (
	legTimer       = "legs"
	recordingTimer = "recordings"
	noticeTimer    = "notice"
	whyTimer       = "why"

	legTime       = 5 * time.Second  // for the last word of a leg
	recordingTime = 30 * time.Second // for the last word of a recording
	whyTime       = 5 * time.Second  // for the reasons why nobody was offered the call
	noticeTime    = 30 * time.Second // for the notice to be heard
)

// ended says answered for a call in which somebody has talked (CH-3), however it came to its end.
func (t *turn) ended(e ending) ending {
	if !t.AnsweredAt.IsZero() {
		e.Disposition = Answered
	}
	return e
}

// finish ends the call for everybody and keeps what was promised.
func (t *turn) finish(e ending) {
	if t.Stage == Ended {
		return
	}
	t.dropMerge()
	t.endMove()
	t.overWatch(watchedGone)
	t.endPark()
	t.overHelp(HelpLeft, "")
	t.Picker = ""
	t.quitFollow(whyCanceled(e))
	t.cancelOffer()
	t.cancelRings(whyCanceled(e)) // LeaveQueue closes a queue's offers
	t.stopTreat()
	t.dropOver("the call ended before the message was left")
	if t.AnsweredAt.IsZero() && t.tookMessage() {
		e.Disposition, e.Reason = Voicemail, ""
	}
	if e.Left == "" {
		e.Left = leftAbandoned
	}
	if t.Booking != "" && e.Left == leftAbandoned {
		e.Left = leftCallback // who hangs up after the last key wants to be called back
	}
	t.leaveQueue(e.Left)
	t.endAttempt(e)
	t.stopSaying()
	t.undecided()
	t.endRecording()
	for i := range t.Parties {
		if p := &t.Parties[i]; p.State != Gone {
			t.part(p, e.Cause)
		}
	}
	t.settleSeats(e.Cause)
	t.enter(Ended)
	t.tell(Finished{Disposition: e.Disposition, Reason: e.Reason, Cause: e.Cause, Code: e.Code})
}

// settleSeats gives back the lines and places of agents who had no party yet.
func (t *turn) settleSeats(cause tel.Cause) {
	for _, s := range t.Seats {
		t.leaveStation(s.Agent, cause)
		t.release(s.Agent, false)
	}
}

// close ends the call from outside.
func (t *turn) close(s Close) {
	t.finish(t.ended(ending{Disposition: Failed, Cause: s.Cause, Reason: orWords(s.Why, s.Cause), Left: leftNoAgent}))
}

// timeUp gives up waiting for a last word.
func (t *turn) timeUp(s TimeUp) {
	switch s.Timer {
	case legTimer:
		t.Closing = nil
	case recordingTimer:
		for _, r := range t.Unstopped {
			lost := RecordingStopped{Recording: r, Failure: "the recorder did not answer"}
			t.tell(RecordingOver(lost))
			t.messageOver(lost)
			t.greetingOver(lost)
		}
		t.Unstopped = nil
	case whyTimer:
		t.Unexplained = ""
	case noticeTimer:
		t.announced()
	case consentTimer:
		t.decisionOver()
	case detectTimer:
		t.detected()
	case placeTimer:
		t.placeAgain()
	case lineTimer:
		t.lineAgain()
	case treatmentTimer:
		t.wake()
	case menusTimer:
		t.menusOver()
	case dropTimer:
		t.dropTimeUp()
	case whisperTimer:
		t.endWhisper()
	default:
		t.timeUpInCall(s.Timer)
	}
}

// timeUpInCall ends the waiting for somebody whom an agent has asked for, or the time of what an agent has begun.
func (t *turn) timeUpInCall(timer string) {
	switch timer {
	case pageTimer, pageToldTimer:
		t.pageTimeUp(timer)
	case announcementTimer:
		t.announcementOver(true)
	case parkTimer:
		t.parkDue()
	case parkToldTimer:
		t.parkTold()
	case moveTimer:
		t.moveTimeUp()
	case moveTreatTimer:
		t.wakeThere()
	case moveMenusTimer:
		t.menusOverThere()
	case mergeTimer:
		t.mergeDue()
	case helpTimer:
		t.overHelp(HelpUnanswered, "")
	default:
		t.followTimeUp(timer)
	}
}
