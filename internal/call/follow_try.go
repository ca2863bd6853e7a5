package call

import (
	"strconv"
	"strings"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// FollowTry is how far one target has come.
type FollowTry struct {
	State  followState     `json:"state,omitempty"`  // empty: not begun
	Number int             `json:"number,omitempty"` // of the question to the plan, which the answer repeats
	Due    time.Time       `json:"due,omitzero"`     // when its timer runs out
	Agent  id.Agent        `json:"agent,omitempty"`  // a colleague who is asked for, or rung
	Name   string          `json:"name,omitempty"`   // of the colleague
	To     tel.Number      `json:"to,omitempty"`
	Ways   []Route         `json:"ways,omitempty"` // that are left to try
	Say    []prompt.Prompt `json:"say,omitempty"`  // to who answers: who calls, and which key takes the call
	Said   int             `json:"said,omitempty"`
}

const (
	// FollowTag begins the tags of what is said to who answers for follow-me.
	FollowTag = "follow:"

	followTimerPrefix = "follow."
	followKeyTime     = 10 * time.Second // for the key
	followSays        = 3                // how often it is said, at most
	followAcceptKey   = tel.Digit("1")   // as on a receiving number (AG-5)

	ringGivenUpBy = "refused on another device"
)

func followTimer(i int) string { return followTimerPrefix + strconv.Itoa(i+1) }

// startTry begins a target, after its delay.
func (t *turn) startTry(i int) {
	delay := time.Duration(t.Following.Plan.Targets[i].Delay) * time.Second
	if delay == 0 {
		t.askTry(i)
		return
	}
	t.following().Tries[i].State = followDelayed
	t.timeTry(i, delay)
}

// timeTry sets the time of a target.
func (t *turn) timeTry(i int, d time.Duration) {
	t.following().Tries[i].Due = t.now.Add(d)
	t.after(d, followTimer(i))
}

// askTry asks the plan how the target is called: what is closed, and what it may cost, is looked at now.
func (t *turn) askTry(i int) {
	f := t.following()
	to := f.Plan.Targets[i].To
	t.Next++
	f.Tries[i].State, f.Tries[i].Number = followAsking, t.Next
	t.tell(FollowBegan{Agent: f.Agent, Try: i + 1, To: to, Name: f.Plan.Targets[i].Name})
	if to.Kind == dest.External && tel.Spent(t.Behind) {
		t.tryOver(i, FollowFailed, "it was forwarded too often on its way here")
		return
	}
	t.do(FindNext{To: to, From: t.From, Travel: t.Travel, Forwarder: f.Agent, Follow: t.Next})
}

// tryAsked is the target that this question was about; -1 when it is wanted no more.
func (c *Call) tryAsked(number int) int {
	if c.Following == nil {
		return -1
	}
	for i, try := range c.Following.Tries {
		if try.State == followAsking && try.Number == number && try.Agent == "" {
			return i
		}
	}
	return -1
}

// followRouted calls a target as the plan says.
func (t *turn) followRouted(s Routed) {
	i := t.tryAsked(s.Follow)
	if i < 0 {
		return
	}
	switch {
	case s.Agent != "" && s.Away != "":
		t.tryOver(i, FollowFailed, s.Away)
	case s.Agent != "":
		t.followAgent(i, s)
	case s.External == nil || len(s.External.Ways) == 0:
		t.tryOver(i, FollowFailed, "no trunk carries calls there")
	default:
		f := t.following()
		f.Tries[i].To, f.Tries[i].Ways, f.Tries[i].Say = s.External.To, s.External.Ways, s.Say
		t.timeTry(i, t.tryTime(i))
		t.dialTry(i)
	}
}

func (t *turn) followUnrouted(s Unrouted) {
	if i := t.tryAsked(s.Follow); i >= 0 {
		t.tryOver(i, FollowFailed, orWords(s.Why, s.Cause))
	}
}

func (t *turn) tryTime(i int) time.Duration {
	seconds := t.Following.Plan.Targets[i].Seconds
	if seconds <= 0 {
		seconds = defaultRingSeconds
	}
	return time.Duration(seconds) * time.Second
}

// dialTry calls a number outside by the first way that is left.
func (t *turn) dialTry(i int) {
	f := t.following()
	try := &f.Tries[i]
	way := try.Ways[0]
	try.State, try.Ways = followRinging, try.Ways[1:]
	leg := t.newLeg()
	t.add(Party{Kind: External, Number: try.To, Leg: leg, Device: onTrunk, Own: true, Follow: i + 1})
	d := way.dial(leg, try.To)
	if d.Diverted = t.diverted(); t.Direction == Inbound {
		d.Diverted.Why = tel.DiversionFollowMe
	}
	t.do(d)
}

// followAgent asks for the place of a colleague, whose devices are to ring. Who has a part in this call already is busy with it, and so
// is the agent whose calls ring elsewhere: nothing leads back.
func (t *turn) followAgent(i int, s Routed) {
	seat := t.findSeat(s.Agent)
	if s.Agent == t.Following.Agent || t.party(s.Agent) != nil || seat != nil && (seat.Asked || seat.Place || seat.Station) {
		t.tryOver(i, FollowBusy, "")
		return
	}
	f := t.following()
	f.Tries[i].Agent, f.Tries[i].Name, f.Tries[i].State = s.Agent, s.AgentName, followRinging
	seat = t.seat(s.Agent)
	seat.Purpose, seat.Asked, seat.Number = forFollow, true, 0
	t.do(Reserve{Agent: s.Agent, Purpose: forDirect})
}

// tryOf is the target that this agent is rung for; -1 when there is none.
func (c *Call) tryOf(agent id.Agent) int {
	if c.Following == nil {
		return -1
	}
	for i, try := range c.Following.Tries {
		if try.State == followRinging && try.Agent == agent && agent != "" {
			return i
		}
	}
	return -1
}

// followGranted rings a colleague.
func (t *turn) followGranted(s *Seat, g Granted) {
	s.Asked, s.Place, s.Second = false, true, g.Second
	i := t.tryOf(g.Agent)
	if i < 0 {
		t.release(g.Agent, false)
		return
	}
	t.Next++
	t.ring(OpenRing{
		Offer: id.Offer(t.named(".d", t.Next)), Agent: g.Agent, Direct: true, Seconds: t.Following.Plan.Targets[i].Seconds,
	}, nil, 0)
}

func (t *turn) followDenied(agent id.Agent, why string) {
	if i := t.tryOf(agent); i >= 0 {
		e := deniedDirect(why)
		result := FollowFailed
		if e.Disposition == Busy {
			result = FollowBusy
		}
		t.tryOver(i, result, e.Reason)
	}
}

// followMissed hears that a colleague has not taken the call; false when none was rung for follow-me.
func (t *turn) followMissed(agent id.Agent, result RingResult) bool {
	i := t.tryOf(agent)
	if i < 0 {
		return false
	}
	switch result {
	case RingMissed:
		t.tryOver(i, FollowUnanswered, "")
	case RingIgnored:
		t.tryOver(i, FollowNotAccepted, "")
	default:
		t.tryOver(i, FollowFailed, unansweredDirect(result).Reason)
	}
	return true
}

// followAnswered stops what else rings when a direct ring is answered: at the agent's own devices, or at a colleague's.
func (t *turn) followAnswered(agent id.Agent) {
	if t.Following == nil {
		t.FollowMe = nil
		return
	}
	i := t.tryOf(agent)
	if i < 0 {
		by := t.TargetName
		t.quitFollow(ringAnsweredBy + by)
		return
	}
	name := t.Following.Tries[i].Name
	t.Target, t.TargetName = agent, name
	t.followTaken(i, name)
}

// followUp asks who has answered for the key.
func (t *turn) followUp(p *Party) {
	p.Up = true
	t.following().Tries[p.Follow-1].State = followKey
	t.timeTry(p.Follow-1, followKeyTime)
}

// followKeyed takes the call with the right key; with another one it is given up there.
func (t *turn) followKeyed(p *Party, key tel.Digit) {
	i := p.Follow - 1
	if t.Following.Tries[i].State != followKey {
		return
	}
	t.do(StopTimer{Timer: followTimer(i)})
	if key != followAcceptKey {
		t.part(p, tel.CauseNormal)
		t.tryOver(i, FollowNotAccepted, "")
		return
	}
	p.Follow = 0
	t.followTaken(i, string(p.Number))
	t.join(p)
	t.answerCaller()
	t.activate()
}

// followGone hears that the call to a number is over: another trunk may reach it, unless the number itself has said no.
func (t *turn) followGone(p *Party, s LegEnded) {
	i := p.Follow - 1
	t.part(p, s.Cause)
	try := t.Following.Tries[i]
	if try.State == followRinging && len(try.Ways) > 0 && fails(s) {
		t.dialTry(i)
		return
	}
	t.do(StopTimer{Timer: followTimer(i)})
	how := dispositionOf(s.Cause, s.Code)
	switch {
	case try.State == followKey:
		t.tryOver(i, FollowNotAccepted, "")
	case how == Busy:
		t.tryOver(i, FollowBusy, "")
	case how == NoAnswer:
		t.tryOver(i, FollowUnanswered, "")
	default:
		t.tryOver(i, FollowFailed, reasonOf(s.Cause, s.Reason))
	}
}

// followTimeUp hears that a delay is over, or the time for an answer or a key. One that was set before the latest means nothing.
func (t *turn) followTimeUp(timer string) {
	n, err := strconv.Atoi(strings.TrimPrefix(timer, followTimerPrefix))
	if err != nil || t.Following == nil || n < 1 || n > len(t.Following.Tries) || t.now.Before(t.Following.Tries[n-1].Due) {
		return
	}
	i := n - 1
	switch t.Following.Tries[i].State {
	case followDelayed:
		t.askTry(i)
	case followRinging, followKey:
		p := t.byTry(i)
		if p == nil { // a colleague's devices ring by their own time
			return
		}
		result, cause := FollowUnanswered, tel.CauseNoAnswer
		if p.Up {
			result, cause = FollowNotAccepted, tel.CauseNormal
		}
		t.part(p, cause)
		t.tryOver(i, result, "")
	case "", followAsking, followOver: // have no timer
	}
}

// followSaid says it again to who has not pressed anything.
func (t *turn) followSaid(tag string) {
	if t.Following == nil {
		return
	}
	for i := range t.Following.Tries {
		if try := t.Following.Tries[i]; try.State == followKey && try.Said < followSays && tag == try.tag(i) {
			t.following().Tries[i].Said++
			return
		}
	}
}

func (y FollowTry) tag(i int) string {
	return FollowTag + strconv.Itoa(i+1) + ":" + strconv.Itoa(y.Said)
}

// followHears is what who has answered hears; false when all has been said.
func (c *Call) followHears(p *Party, h *Hearing) bool {
	try := c.Following.Tries[p.Follow-1]
	if len(try.Say) == 0 || try.Said >= followSays {
		return false
	}
	h.Prompts, h.Tag = try.Say, try.tag(p.Follow-1)
	return true
}

// wreckFollow says of each target that rings that it is over.
func (t *turn) wreckFollow() {
	f := t.Following
	t.Following, t.FollowMe = nil, nil
	if f == nil {
		return
	}
	for i, try := range f.Tries {
		switch try.State {
		case followAsking, followRinging, followKey:
			t.tell(f.over(i, FollowFailed, wreckWords))
		case "", followDelayed, followOver:
		}
	}
}
