package call

import (
	"parley/internal/tel"
	"parley/internal/treatment"
)

const wreckWords = "the system failed in this call"

// Wreck ends a call whose machine broke, by walking over what it holds and no more. The state is the one before the
// signal that broke it; Late says what that signal itself asks for. Nothing is waited for: the call has ended.
func (c *Call) Wreck() ([]Action, []Event) {
	const cause = tel.CauseTemporaryFailure
	t := &turn{Call: c, now: c.Last}
	t.dropMerge()
	t.endMove()
	if w := t.Watching; w != nil {
		t.Watching = nil
		t.tellWatchOver(w, wreckWords)
	}
	t.endPark()
	t.overHelp(HelpLeft, "")
	t.Picker = ""
	t.wreckFollow()
	t.wreckRings()
	for i := range c.Parties {
		t.wreckParty(&c.Parties[i], cause)
	}
	for i := range c.Seats {
		s := &c.Seats[i]
		if s.Station {
			t.do(Leave{Agent: s.Agent, Cause: cause})
		}
		if s.Place {
			t.do(Release{Agent: s.Agent})
		}
		s.Station, s.Place = false, false
	}
	t.wreckRecordings()
	t.dropOver(wreckWords)
	t.announcementOver(true)
	c.Closing, c.Unexplained, c.Treatment, c.Arranged = nil, "", treatment.Treatment{}, nil
	if c.Stage != Ended {
		disposition := Failed
		if !c.AnsweredAt.IsZero() {
			disposition = Answered
		}
		c.Stage = Ended
		t.tell(Entered{Stage: Ended}, Finished{Disposition: disposition, Reason: wreckWords, Cause: cause})
	}
	return t.out.Actions, t.out.Events
}

func (t *turn) wreckRings() {
	for _, r := range t.Rings {
		if r.Watch {
			continue
		}
		t.tell(RingOver{Offer: r.Offer, Agent: r.Agent, Result: RingFailed})
		if t.Attempt.Callback != "" && !t.Waiting && !r.Direct {
			t.do(EndOffer{Offer: r.Offer, Result: RingFailed})
		}
	}
	t.Rings = nil
	t.wreckAttempt()
	if t.Waiting {
		t.Waiting = false
		t.do(LeaveQueue{Result: leftNoAgent})
		if t.Queue != nil {
			t.tell(QueueLeft{Queue: t.Queue.ID, Result: leftNoAgent, Waited: t.now.Sub(t.QueuedAt)})
		}
	}
}

func (t *turn) wreckParty(p *Party, cause tel.Cause) {
	if p.State == Gone {
		return
	}
	t.overRepair(p, RepairDropped, 0)
	if p.Held {
		t.tell(HoldOver{Agent: p.HeldBy, Party: p.ID, Held: t.now.Sub(p.HeldAt)})
	}
	if p.Leg != "" && !p.Closed {
		if p.Own && p.Loan.Call == "" {
			t.do(EndLeg{Leg: p.Leg, Cause: cause})
		}
		t.tell(LegClosed{Leg: p.Leg, Cause: cause})
	}
	if second := p.Second.Leg; second != "" {
		t.do(EndLeg{Leg: second, Cause: cause})
		t.tell(LegClosed{Leg: second, Cause: cause})
		p.Second = Second{}
	}
	if p.State == Joined {
		t.tell(PartyLeft{Party: p.ID, Kind: p.Kind, Agent: p.Agent, Cause: cause})
	}
	p.State, p.Held, p.Closed = Gone, false, true
}

func (t *turn) wreckRecordings() {
	if t.Recording.ID != "" {
		t.do(EndRecording{Recording: t.Recording.ID})
		t.Unstopped = append(t.Unstopped, t.Recording.ID)
	}
	if t.recordsMessage() {
		t.do(EndRecording{Recording: t.Message.Recording})
		t.Unstopped = append(t.Unstopped, t.Message.Recording)
	}
	t.wreckGreeting()
	for _, r := range t.Unstopped {
		lost := RecordingStopped{Recording: r, Failure: wreckWords}
		t.tell(RecordingOver(lost))
		t.messageOver(lost)
	}
	t.Recording, t.Tape, t.Unstopped = OpenRecording{}, nil, nil
}

// wreckGreeting drops a greeting that is being spoken.
func (t *turn) wreckGreeting() {
	if t.tapes() {
		t.do(EndRecording{Recording: t.Taping.Recording})
		t.Unstopped = append(t.Unstopped, t.Taping.Recording)
	}
	if taping := t.Taping; taping != nil {
		t.Taping = nil
		t.do(ConsultMailbox{Consult: treatment.Consult{Do: treatment.DropGreeting, Mailbox: taping.Mailbox, Recording: taping.Recording}})
	}
}
