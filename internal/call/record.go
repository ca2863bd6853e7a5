package call

import (
	"strings"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/treatment"
)

// beginRecording records the conversation, after the notice if the caller has not heard it yet (RC-9), and only as far as the
// law of the caller's country allows (BX-18). By is empty when
// the queue or the agent's setting asked for it.
func (t *turn) beginRecording(by id.Agent) {
	if t.Recording.ID != "" || t.Announcing {
		return
	}
	if t.asks(by) {
		t.announcementOver(true)
		t.Announcing, t.Announced = true, by
		t.after(noticeTime, noticeTimer)
		return
	}
	if !t.agreed() {
		return
	}
	t.Recordings++
	t.Recording = OpenRecording{ID: id.Recording(t.named(".r", t.Recordings)), State: RecordingOn, By: by}
	t.tell(RecordingBegan{Recording: t.Recording.ID, By: by})
}

// notice is what the talkers hear before they are recorded.
func (c *Call) notice() []prompt.Prompt {
	if c.Consent != nil {
		return []prompt.Prompt{c.Consent.Prompt.In(c.Language)}
	}
	return []prompt.Prompt{c.Queue.RecordingNotice.In(c.Language)}
}

// playEnded hears that the notice was heard, in the queue or in the call.
func (t *turn) playEnded(s PlayEnded) {
	switch {
	case strings.HasPrefix(s.Tag, treatment.TagPrefix) && t.moving() != nil && t.Move.Treatment.On():
		t.driveMove(treatment.PlayEnded{Tag: s.Tag})
	case strings.HasPrefix(s.Tag, treatment.TagPrefix):
		t.drive(treatment.PlayEnded{Tag: s.Tag})
	case strings.HasPrefix(s.Tag, FollowTag):
		t.followSaid(s.Tag)
	case s.Tag == DropTag:
		t.dropPlayed()
	case s.Tag == PageTag, s.Tag == PageToneTag:
		t.pagePlayed(s)
	case s.Tag == ParkTag:
		t.parkTold()
	case s.Tag == WhisperTag:
		t.endWhisper()
	case t.Playing != nil && s.Tag == t.announcementTag():
		if p := t.byLeg(s.Leg); p != nil && p.Kind == Customer {
			t.announcementOver(false)
		}
	case s.Tag == NoticeInCall && t.Announcing:
		if p := t.byLeg(s.Leg); p != nil && p.Kind == Customer {
			t.announced()
		}
	}
}

// announced begins the recording for which the notice was played.
func (t *turn) announced() {
	if !t.Announcing {
		return
	}
	by := t.Announced
	t.stopAnnouncing()
	if t.Consent != nil {
		t.informed(by)
		return
	}
	t.NoticeHeard = true
	t.beginRecording(by)
}

func (t *turn) stopAnnouncing() {
	if t.Announcing {
		t.Announcing, t.Announced = false, ""
		t.do(StopTimer{Timer: noticeTimer})
	}
}

func (t *turn) startRecording(s StartRecording) error {
	if _, err := t.talking(s.Agent); err != nil {
		return err
	}
	if t.Recording.ID != "" || t.Announcing {
		return refusal("this call is already being recorded")
	}
	if t.Treatment.On() {
		return refusal("nobody else is in this call")
	}
	switch {
	case t.Deciding && !t.agreed():
		return refusal("the caller is being asked, and has not answered yet")
	case t.Consented == ConsentOptedOut:
		return refusal("the caller has refused to be recorded")
	}
	t.beginRecording(s.Agent)
	return nil
}

// recorded refuses what needs a recording that runs.
func (t *turn) recorded(agent id.Agent) error {
	if _, err := t.talking(agent); err != nil {
		return err
	}
	if t.Recording.ID == "" {
		return refusal("this call is not being recorded")
	}
	return nil
}

func (t *turn) pauseRecording(s PauseRecording) error {
	if err := t.recorded(s.Agent); err != nil {
		return err
	}
	if t.Recording.State == RecordingPaused {
		return refusal("the recording is already paused")
	}
	t.setRecording(RecordingPaused, s.Agent)
	return nil
}

func (t *turn) resumeRecording(s ResumeRecording) error {
	if err := t.recorded(s.Agent); err != nil {
		return err
	}
	if t.Recording.State != RecordingPaused {
		return refusal("the recording is not paused")
	}
	t.setRecording(RecordingOn, s.Agent)
	return nil
}

func (t *turn) setRecording(state RecordingState, by id.Agent) {
	t.Recording.State = state
	t.tell(RecordingSet{Recording: t.Recording.ID, State: state, By: by})
}

func (t *turn) stopRecording(s StopRecording) error {
	if t.Announcing {
		if _, err := t.talking(s.Agent); err != nil {
			return err
		}
		t.stopAnnouncing()
		return nil
	}
	if err := t.recorded(s.Agent); err != nil {
		return err
	}
	t.AutoRecord = false // whoever comes into the call does not begin it anew
	t.setRecording(RecordingOff, s.Agent)
	t.endRecording()
	return nil
}

// endRecording ends the open recording and waits for its last word.
func (t *turn) endRecording() {
	if t.Recording.ID == "" {
		return
	}
	if t.Tape != nil { // else the sound was never told of it
		t.Unstopped = append(t.Unstopped, t.Recording.ID)
		t.do(EndRecording{Recording: t.Recording.ID})
		t.after(recordingTime, recordingTimer)
	}
	t.Recording, t.Tape = OpenRecording{State: RecordingOff}, nil
}

// recordingStopped keeps what the recorder says; a failure ends the recording, never the call.
func (t *turn) recordingStopped(s RecordingStopped) {
	switch {
	case t.unstop(s.Recording):
	case t.messageStopped(s), t.greetingStopped(s):
		return
	case s.Recording != "" && s.Recording == t.Recording.ID:
		t.Recording, t.Tape = OpenRecording{State: RecordingOff}, nil
	default:
		return
	}
	t.tell(RecordingOver(s))
	t.messageOver(s)
	t.greetingOver(s)
}
