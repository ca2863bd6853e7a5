package call

import (
	"time"

	"parley/internal/id"
)

const defaultRingSeconds = 20 // SP-9

// ring rings one agent's devices; exactly one result follows.
func (t *turn) ring(r OpenRing, skipped []Skip, more int) {
	r.Began = t.now
	if r.Seconds <= 0 {
		r.Seconds = defaultRingSeconds
	}
	t.Ring = &r
	t.seat(r.Agent).Station = true
	t.do(Ring{Agent: r.Agent, Offer: r.Offer, Direct: r.Direct, Seconds: r.Seconds})
	t.tell(RingBegan{Offer: r.Offer, Agent: r.Agent, Direct: r.Direct, Skipped: skipped, SkippedMore: more})
	t.enter(Ringing)
}

// ringDirect rings an agent who is called directly, once the ACD has given the place.
func (t *turn) ringDirect(agent id.Agent) {
	t.Next++
	t.ring(OpenRing{
		Offer: id.Offer(t.named(".d", t.Next)), Agent: agent, Direct: true, Seconds: t.RingSeconds,
	}, nil, 0)
}

func (t *turn) ringSeen(s RingSeen) {
	if t.Ring == nil || t.Ring.Offer != s.Offer {
		return
	}
	if !t.Ring.Seen && t.Ring.Direct {
		t.farRings()
	}
	t.Ring.Seen = true
	t.tell(RingConfirmed{Offer: s.Offer, Device: s.Device})
}

// overRing closes the open ring with any result but answered.
func (t *turn) overRing(result RingResult) {
	r := t.Ring
	t.Ring = nil
	t.past(r.Offer)
	t.tell(RingOver{Offer: r.Offer, Agent: r.Agent, Result: result})
	t.leaveStation(r.Agent, causeOfRing(result))
}

func (t *turn) ringEnded(s RingEnded) {
	switch {
	case t.Ring == nil || t.Ring.Offer != s.Offer || t.Ring.Agent != s.Agent:
		t.lateRing(s)
	case s.Result == RingAnswered && s.Leg != "":
		t.ringAnswered(s)
	case t.Ring.Direct:
		t.overRing(s.Result)
		t.missedDirect(s.Agent, s.Result)
	default:
		t.do(EndOffer{Offer: s.Offer, Result: orFailed(s.Result)})
		t.overRing(orFailed(s.Result))
		t.enter(Queued)
	}
}

// orFailed is for a station that answers without a leg or with a result of its own making.
func orFailed(r RingResult) RingResult {
	switch r {
	case RingMissed, RingIgnored, RingCanceled, RingNotAcknowledged:
		return r
	default:
		return RingFailed
	}
}

// lateRing frees the station of an agent who answered a ring that this call knows nothing of.
func (t *turn) lateRing(s RingEnded) {
	if s.Result != RingAnswered || t.isPast(s.Offer) {
		return
	}
	if seat := t.findSeat(s.Agent); seat != nil && seat.Station {
		return
	}
	t.do(Leave{Agent: s.Agent, Cause: endCause})
}

// ringAnswered brings the agent into the call.
func (t *turn) ringAnswered(s RingEnded) {
	r := t.Ring
	t.Ring = nil
	t.past(r.Offer)
	t.tell(RingOver{Offer: r.Offer, Agent: r.Agent, Result: RingAnswered})
	if !r.Direct && !t.Queue.Whisper.Empty() {
		t.Whispering = s.Agent
		t.after(whisperTime, whisperTimer)
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
	t.activate()
}

const (
	whisperTimer = "whisper"
	whisperTime  = 30 * time.Second // for the whisper to be heard
)

// endWhisper joins the agent, who has heard what the queue whispers, with the caller, who has gone on waiting.
func (t *turn) endWhisper() {
	if t.Whispering == "" {
		return
	}
	agent := t.party(t.Whispering)
	t.Whispering = ""
	t.do(StopTimer{Timer: whisperTimer})
	t.stopTreat()
	t.join(agent)
	t.activate()
}

func (t *turn) joinAgent(s RingEnded) {
	t.add(Party{Kind: Agent, Agent: s.Agent, Name: t.TargetName, Leg: s.Leg, Device: s.Device, Up: true})
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
