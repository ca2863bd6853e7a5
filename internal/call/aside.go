package call

import "parley/internal/id"

// From the station of an agent who has two calls, one on each line (SP-25). Turn counts the agent's changes from one to the other;
// what comes late is known by it.
type (
	// StepAside says that the agent goes over to the call For: who is in this one hears hold audio. SteppedAside follows.
	StepAside struct {
		Agent id.Agent `json:"agent"`
		For   id.Call  `json:"for"`
		Turn  int      `json:"turn"`
	}
	// StepIn says that the agent speaks in this call now. Alone: the other call has ended.
	StepIn struct {
		Agent id.Agent `json:"agent"`
		Turn  int      `json:"turn"`
		Alone bool     `json:"alone,omitempty"`
	}
	// Knock says whether another call waits for the agent, who alone hears its tone over this one: the agent's telephone is the
	// house's own leg, on which nothing else would tell of it.
	Knock struct {
		Agent id.Agent `json:"agent"`
		On    bool     `json:"on,omitempty"`
	}
)

// What the station of such an agent is told.
type (
	// SteppedAside says that the agent's voice is in this call no more: StepIn to the call For follows.
	SteppedAside struct {
		Agent id.Agent `json:"agent"`
		For   id.Call  `json:"for"`
		Turn  int      `json:"turn"`
	}
	// Speaks says that the agent's telephone, which is in both calls by a connection each, has taken this one off hold by its own keys:
	// StepIn follows.
	Speaks struct {
		Agent id.Agent `json:"agent"`
	}
	// UseLines says whether the agent needs both lines for this call, so that no other one can wait: the agent calls somebody else, or
	// is asked for keys as a caller.
	UseLines struct {
		Agent id.Agent `json:"agent"`
		Both  bool     `json:"both"`
	}
)

func (StepAside) callSignal()    {}
func (StepIn) callSignal()       {}
func (Knock) callSignal()        {}
func (SteppedAside) callAction() {}
func (UseLines) callAction()     {}
func (Speaks) callAction()       {}

const (
	onOtherLine = refusal("you speak on your other line: switch to this call first")
	heldAtPhone = refusal("this call is on hold on your desk phone: take it off hold there")
)

// stepAside has the others wait for an agent who goes over to another call. The voice is let go even of a call that has ended.
func (t *turn) stepAside(s StepAside) {
	if m := t.Merged(); m != nil && m.Follows(s) { // the other call has the voice
		return
	}
	t.aside = append(t.aside, SteppedAside(s))
	p := t.party(s.Agent)
	if p == nil || t.Stage == Ended || s.Turn <= p.Turn {
		return
	}
	p.Turn, p.Aside, p.TwoCalls = s.Turn, true, true
	if t.Stage != Active || p.State != Joined || t.consulting() || t.Park != nil || t.Page != nil {
		return
	}
	switch o := t.other(p); {
	case t.others(p) > 1 && !p.Held:
		t.putOnHold(p, p.Agent)
	case t.others(p) == 1 && !o.Held:
		t.putOnHold(o, p.Agent)
	}
}

// stepIn brings the agent back to the others, off the hold that the agent had put them on.
func (t *turn) stepIn(s StepIn) {
	p := t.party(s.Agent)
	if p == nil || t.Stage == Ended || s.Turn < p.Turn {
		return
	}
	p.Turn, p.TwoCalls = s.Turn, p.TwoCalls && !s.Alone
	if p.Aside && !(s.Alone && p.heldByKey()) {
		t.comeIn(p)
	}
}

// knock lets an agent hear that another call waits, or no more.
func (t *turn) knock(s Knock) {
	if p := t.party(s.Agent); p != nil && t.Stage != Ended {
		p.Knocked = s.On
	}
}

// heldByKey tells whether the agent's desk phone has put its connection with this call on hold.
func (p *Party) heldByKey() bool { return p.Device == onPhone && p.Away }

// offHold hears that a desk phone has taken the call off hold: its agent, who was in another one, speaks here now.
func (t *turn) offHold(p *Party) {
	switch {
	case !p.Aside || p.Device != onPhone || p.Away:
	case p.TwoCalls:
		t.do(Speaks{Agent: p.Agent})
	default:
		t.comeIn(p)
	}
}

// whereTo says what an agent who is not heard here is to do.
func (p *Party) whereTo() error {
	if p.heldByKey() {
		return heldAtPhone
	}
	return onOtherLine
}

// comeIn has the agent speak here.
func (t *turn) comeIn(p *Party) {
	p.Aside = false
	t.setSilent(p, false)
	switch {
	case t.consulting():
	case p.Held && p.HeldBy == p.Agent:
		t.unhold(p)
	case t.others(p) == 1:
		t.unholdBy(p.Agent)
	}
}

// lines tells the stations of agents whether they use both lines for this call, and after the sound is arranged anew that an agent's
// voice is not in it any more.
func (t *turn) lines() {
	for i := range t.Seats {
		s := &t.Seats[i]
		both := t.needsBoth(s.Agent)
		if s.Both != both {
			s.Both = both
			if s.Station {
				t.do(UseLines{Agent: s.Agent, Both: both})
			}
		}
	}
	for _, a := range t.aside {
		t.do(a)
	}
}

// needsBoth tells whether an agent calls somebody else from this call, is in it with both lines of a desk phone, or is a caller who goes
// through a menu or a mailbox.
func (c *Call) needsBoth(agent id.Agent) bool {
	p, m := c.party(agent), c.moving()
	if p == nil || c.Stage == Ended {
		return false
	}
	if c.Page != nil || p.Second.Leg != "" {
		return true
	}
	return m != nil && m.Warm && !m.Left && m.By == agent || p.Kind == Customer && c.Treatment.On()
}
