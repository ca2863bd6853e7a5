package callcontrol

import (
	"strings"
	"time"

	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/dialin"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/prompt"
	"parley/internal/sip"
	"parley/internal/sounds"
	"parley/internal/station"
	"parley/internal/tel"
)

// DialIns knows the numbers by which agents connect their voice (VC-2). It answers at once.
type DialIns interface {
	IsDialIn(org id.Org, trunk id.Trunk, to string) bool
}

// signInTag marks what a caller who dials in is told.
const signInTag = "dialin:"

// dialIn takes a call to such a number; false when it is none, or nothing new is taken.
func (x *Exchange) dialIn(in sip.Incoming) bool {
	if in.Trunk == "" || x.DialIns == nil || !x.DialIns.IsDialIn(in.Org, in.Trunk, in.To) || x.Draining() {
		return false
	}
	x.legs.enter(in.Leg, place{dialIn: true, org: in.Org})
	x.lines.entered(in.Leg, in.Trunk)
	leg, org := in.Leg, in.Org
	d := dialin.New(leg)
	o := owner.Start(x.ctx, d, owner.Wiring[dialin.Signal, dialin.Outcome]{
		Carry: func(_ time.Time, s dialin.Signal, out dialin.Outcome) { x.carryDialIn(org, d, s, out) },
		Broken: func(p owner.Panic[dialin.Signal]) {
			x.broken.Add(1)
			x.Log.Error("an agent's dial-in broke and was ended", "leg", leg, "err", p.Error(), "stack", string(p.Stack))
			x.leaveDialIn(leg)
			x.Wires.End(leg, tel.CauseTemporaryFailure)
		},
	})
	x.mu.Lock()
	x.dialIns[leg] = o
	x.Directory.Enter(dialInAt(leg), o)
	x.mu.Unlock()
	x.post(dialInAt(leg), dialin.Begin{})
	return true
}

func dialInAt(leg id.Leg) owner.Address { return owner.At("dialin", leg) }

func (x *Exchange) carryDialIn(org id.Org, d *dialin.DialIn, s dialin.Signal, out dialin.Outcome) {
	if _, gone := s.(dialin.LegEnded); gone {
		x.Sound.Close(roomOf(d.Leg))
	}
	for _, action := range out.Actions {
		x.doDialIn(org, d, action)
	}
	if d.Ended() {
		x.leaveDialIn(d.Leg)
	}
}

// leaveDialIn takes a dial-in that has ended out of everything.
func (x *Exchange) leaveDialIn(leg id.Leg) {
	x.vault.forget(leg)
	x.mu.Lock()
	defer x.mu.Unlock()
	if o := x.dialIns[leg]; o != nil {
		x.Directory.Leave(dialInAt(leg), o)
		delete(x.dialIns, leg)
	}
}

func (x *Exchange) doDialIn(org id.Org, d *dialin.DialIn, action dialin.Action) {
	switch a := action.(type) {
	case dialin.Answer:
		x.Wires.Answer(a.Leg)
	case dialin.Say:
		x.Sound.Arrange(roomOf(a.Leg), []call.Hearing{{Leg: a.Leg, Prompts: said(a.Words, x.languageIn(org)), Tag: signInTag}})
	case dialin.Hush:
		x.Sound.Arrange(roomOf(a.Leg), nil)
	case dialin.Collect:
		x.vault.collect(a.Leg, a.Field, a.Most)
	case dialin.Check:
		x.post(dialInAt(a.Leg), x.vault.check(a.Leg, clock.Now(), func(agentID string) id.Agent { return x.extensionOf(org, agentID) }))
	case dialin.Pass:
		x.passDialIn(a)
	case dialin.End:
		x.Sound.Close(roomOf(a.Leg))
		x.Wires.End(a.Leg, a.Cause)
	case dialin.SetTimer, dialin.StopTimer:
		x.dialInTimer(d.Leg, action)
	}
}

func (x *Exchange) dialInTimer(leg id.Leg, action dialin.Action) {
	x.mu.Lock()
	o := x.dialIns[leg]
	x.mu.Unlock()
	if o == nil {
		return
	}
	switch a := action.(type) {
	case dialin.SetTimer:
		o.SetTimer(a.Timer, a.After, dialin.TimeUp{Timer: a.Timer})
	case dialin.StopTimer:
		o.StopTimer(a.Timer)
	}
}

// said is what a caller who dials in hears; a beep follows what is asked, which is heard even where no text can be spoken.
func said(words []dialin.Words, language prompt.Language) []prompt.Prompt {
	phrase := map[dialin.Words]prompt.Phrase{
		dialin.AskID: prompt.KeyAgentID, dialin.AskPIN: prompt.KeyPIN, dialin.Wrong: prompt.SignInWrong, dialin.Later: prompt.SignInLater,
	}
	all := make([]prompt.Prompt, 0, len(words)+1)
	for _, w := range words {
		all = append(all, prompt.Say(phrase[w], language))
	}
	return append(all, prompt.Prompt{Audio: sounds.Beep})
}

// languageIn is what an organisation's agents are spoken to in.
func (x *Exchange) languageIn(org id.Org) prompt.Language {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, seat := range x.people {
		if seat.Org == org {
			return seat.Language
		}
	}
	return prompt.English
}

// extensionOf is the agent of an organisation who has an extension, which is the agent's id (VC-2).
func (x *Exchange) extensionOf(org id.Org, extension string) id.Agent {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, seat := range x.people {
		if seat.Org == org && extension != "" && seat.Extension == extension {
			return seat.Agent
		}
	}
	return ""
}

// passDialIn gives the leg to the agent's station, unless it has ended meanwhile.
func (x *Exchange) passDialIn(a dialin.Pass) {
	x.Sound.Close(roomOf(a.Leg))
	tell := func() bool { return x.post(stationAt(a.Agent), station.DialledIn{Leg: a.Leg}) }
	if !x.legs.adopt(a.Leg, a.Agent, tell) {
		x.Wires.End(a.Leg, tel.CauseTemporaryFailure)
	}
}

// heardByDialIn passes on what happened on the leg of who dials in: of a key, that there was one.
func (x *Exchange) heardByDialIn(leg id.Leg, what sip.Progress) {
	switch e := what.(type) {
	case sip.Answered:
		x.post(dialInAt(leg), dialin.LegUp{})
	case sip.Digit:
		took, done := x.vault.press(leg, e.Digit)
		if took {
			x.post(dialInAt(leg), dialin.KeyPressed{})
		}
		if done {
			x.post(dialInAt(leg), dialin.FieldDone{})
		}
	case sip.Sound:
		x.saidToDialIn(soundSignal(leg, e.Event))
	}
}

// saidToDialIn tells a dial-in that something was said to its end; false when it was nothing of the kind.
func (x *Exchange) saidToDialIn(s call.Signal) bool {
	p, played := s.(call.PlayEnded)
	if !played || !strings.HasPrefix(p.Tag, signInTag) {
		return false
	}
	x.post(dialInAt(p.Leg), dialin.Said{})
	return true
}

// IssuePIN gives an agent what to key when dialling in; an earlier one is void.
func (x *Exchange) IssuePIN(agent id.Agent) (PIN, error) { return x.vault.issue(agent, clock.Now()) }

// RevokePIN makes it void.
func (x *Exchange) RevokePIN(agent id.Agent) { x.vault.revoke(agent) }
