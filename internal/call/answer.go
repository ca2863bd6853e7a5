package call

import (
	"slices"
	"time"

	"parley/internal/id"
)

// ringAnswered brings the agent into the call.
func (t *turn) ringAnswered(which *OpenRing, s RingEnded) {
	r := t.dropRing(which, RingAnswered, "")
	if r.Watch {
		t.watchAnswered(s)
		return
	}
	if t.Page != nil {
		t.pageJoined(s)
		return
	}
	if t.attempting() {
		t.agentTook(s)
		return
	}
	if r.Direct && t.returns(s.Agent) {
		t.returnAnswered(s)
		return
	}
	if r.Direct && t.awaited(s.Agent) {
		t.moveAnswered(s)
		return
	}
	if !r.Direct && t.waitsThere() {
		t.takenThere(s)
		return
	}
	if r.Direct {
		t.followAnswered(s.Agent)
	}
	t.cancelRings(ringAnotherAnswered) // before the ACD hears of it, which closes their offers and offers their agents other calls
	if !r.Direct && !t.Queue.Whisper.Empty() {
		t.whisper(s.Agent)
	} else {
		t.stopTreat()
	}
	t.joinAgent(s)
	if r.Direct {
		t.do(Connected{Agent: s.Agent})
		t.answerCaller()
		t.activate()
		return
	}
	t.seat(s.Agent).Place = true
	t.do(EndOffer{Offer: s.Offer, Result: RingAnswered})
	t.leaveQueue(leftAnswered)
	t.dropPending()
	t.activate()
}

// lateRing hears of a ring that is over already. Who answered it at the moment in which another one did is told so; the
// station of one whom this call knows nothing of is freed.
func (t *turn) lateRing(s RingEnded) {
	switch {
	case s.Result != RingAnswered:
	case t.isPast(s.Offer): // its Leave is on the way
		t.answeredLate(s)
	default:
		if seat := t.findSeat(s.Agent); seat == nil || !seat.Station {
			t.do(Leave{Agent: s.Agent, Cause: endCause})
		}
	}
}

// answeredLate says why the call is gone to an agent whose answer came when the call had another one already.
func (t *turn) answeredLate(s RingEnded) {
	taken := t.Queue != nil && (t.Stage == Active || t.Whispering != "")
	if seat := t.findSeat(s.Agent); seat != nil && seat.Purpose == forWatch {
		return
	}
	if taken && t.RingAt(s.Agent) == nil && !slices.ContainsFunc(t.Parties, func(p Party) bool { return p.Agent == s.Agent }) {
		t.tell(AnsweredLate{Offer: s.Offer, Agent: s.Agent, Why: ringAnotherAnswered})
	}
}

const (
	whisperTimer = "whisper"
	whisperTime  = 30 * time.Second // for the whisper to be heard
)

// whisper has the agent hear what the queue says before the other one is there.
func (t *turn) whisper(agent id.Agent) {
	t.Whispering = agent
	t.after(whisperTime, whisperTimer)
}

// endWhisper joins the agent, who has heard what the queue whispers, with the caller, who has gone on waiting, or has the
// customer called back.
func (t *turn) endWhisper() {
	if t.Whispering == "" {
		return
	}
	agent := t.party(t.Whispering)
	t.Whispering = ""
	t.do(StopTimer{Timer: whisperTimer})
	if t.attempting() {
		t.dialBack(agent.Agent)
		return
	}
	t.stopTreat()
	t.join(agent)
	t.activate()
}

func (t *turn) joinAgent(s RingEnded) {
	beside := s.Turn > 0 // another call, which lets the voice go first
	p := Party{
		Kind: Agent, Agent: s.Agent, Name: t.TargetName, Leg: s.Leg, Device: s.Device, Up: true,
		TwoCalls: beside, Aside: beside, Turn: s.Turn,
	}
	if b := t.Brought; b != nil {
		p.BroughtBy, p.Notes = b.By, b.Notes
		t.Brought = nil
	}
	t.add(p)
	if t.Whispering == "" {
		t.join(t.party(s.Agent))
	}
}

// answerCaller answers whoever called an agent directly: a trunk, a desk phone, or a page that is there already.
func (t *turn) answerCaller() {
	c := t.customer()
	if c.Own && !c.Up {
		t.do(AnswerLeg{Leg: c.Leg})
		return
	}
	t.join(c)
}
