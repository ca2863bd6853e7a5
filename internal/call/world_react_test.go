package call

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// react is what the world does about an action.
func (w *world) react(action Action) {
	switch a := action.(type) {
	case FindRoute:
		w.later(1, w.route())
	case FindNext:
		w.later(1, w.nextMove(a))
	case FindPlan:
		w.later(1, w.planMove(a))
	case AnswerLeg:
		w.answerOrEnd(a.Leg)
	case DialTrunk:
		w.later(2, LegRinging{Leg: a.Leg})
		if w.oneIn(2) {
			w.later(4, LegEarly{Leg: a.Leg})
		}
		w.answerOrEnd(a.Leg)
	case SendMulticast:
		if !w.oneIn(10) { // else nothing is heard of it
			w.answerOrEnd(a.Leg)
		}
	case EndLeg:
		if !w.oneIn(5) {
			w.later(6, LegEnded{Leg: a.Leg, Cause: a.Cause})
		}
	case Arrange:
		w.hear(a)
	case Record:
		if w.oneIn(5) {
			w.later(20, RecordingStopped{Recording: a.Recording, Failure: "the disk is full"})
		}
	case EndRecording:
		if !w.oneIn(5) {
			w.later(2, RecordingStopped{Recording: a.Recording, Duration: time.Duration(w.chance.IntN(5)) * time.Second, Bytes: 16000})
		}
	case CollectKeys:
		w.later(3, KeyPressed{Leg: a.Leg})
		w.later(9, FieldDone{Leg: a.Leg})
	case ConsultMailbox:
		if a.Serial > 0 && !w.oneIn(8) {
			w.later(3, w.told(a))
		}
	default:
		w.reactPeople(action)
	}
}

// reactPeople is what the ACD and the stations do about an action.
func (w *world) reactPeople(action Action) {
	switch a := action.(type) {
	case Speaks:
		w.later(2, StepIn{Agent: a.Agent, Turn: w.c.party(a.Agent).Turn + 1})
	case Reserve:
		w.coming = slices.DeleteFunc(w.coming, func(l letter) bool { return l.twin && answersReserve(l.signal, a.Agent) })
		if slices.ContainsFunc(w.coming, func(l letter) bool { g, granted := l.signal.(Granted); return granted && g.Agent == a.Agent }) {
			return // the place is this call's already, and the ACD has said so
		}
		if w.oneIn(6) {
			why := []string{"on_call", "device_offline"}[w.chance.IntN(2)]
			w.later(1, Denied{Agent: a.Agent, Why: why, Number: a.Number})
			return
		}
		w.later(1, Granted{Agent: a.Agent})
	case Enqueue:
		w.offer()
		for range w.chance.IntN(4) { // a queue that rings several at once
			w.offer()
		}
	case AskPlace:
		w.later(1, PlaceIs{Queue: "sales", Position: 1 + w.chance.IntN(3), Wait: time.Minute, Known: w.oneIn(2)})
	case BookCallback:
		if w.oneIn(2) {
			w.later(1, CallbackRefused{Callback: a.Callback, Why: "full"})
			return
		}
		w.later(1, CallbackBooked{Callback: a.Callback})
	case FindCallback:
		if w.oneIn(2) {
			w.later(1, CallbackFound{Queue: a.Queue, Callback: "old.k1", EnteredAt: epoch})
		}
	case EndOffer:
		if a.Result != RingAnswered && !w.quiet {
			w.offer()
		}
	case Ring:
		if w.oneIn(2) {
			w.later(1, RingSeen{Agent: a.Agent, Offer: a.Offer, Device: "browser"})
		}
		w.later(25, w.ringResult(a))
	case Take:
		if w.oneIn(8) {
			w.later(1, NotTaken{Agent: a.Agent, Why: "no voice"})
			return
		}
		taken := Taken{Agent: a.Agent, Leg: a.Leg, Device: "desk_phone"}
		if a.Leg == "" {
			taken.Leg, taken.Device = page(a.Agent, 0), "browser"
		}
		w.later(1, taken)
	}
}

// answersReserve tells whether a signal is about an agent's place: the ACD's twins never come after the answer to a later question.
func answersReserve(s Signal, agent id.Agent) bool {
	switch s := s.(type) {
	case Granted:
		return s.Agent == agent
	case Denied:
		return s.Agent == agent
	}
	return false
}

// told is what the mailboxes of this world answer; of a caller who was let in, keys come.
func (w *world) told(a ConsultMailbox) MailboxTold {
	told := treatment.Told{Serial: a.Serial, Verdict: treatment.Fits, Mailbox: "ann", Audio: "sound"}
	if w.oneIn(4) {
		told = treatment.Told{Serial: a.Serial, Verdict: []treatment.Verdict{treatment.Unfit, treatment.Locked, treatment.Failed}[w.chance.IntN(3)]}
	}
	if a.Do == treatment.OpenBox && !w.oneIn(3) {
		told.Messages = []treatment.Kept{{ID: "m1", From: "+32470111222", LeftAt: w.now}, {ID: "m2", LeftAt: w.now, Heard: true}}
	}
	for range w.chance.IntN(6) {
		w.later(30, LegDigit{Leg: a.Leg, Digit: tel.Digit([]byte("0112578#*")[w.chance.IntN(9)])})
	}
	return MailboxTold{Told: told}
}

func page(agent id.Agent, n int) id.Leg { return id.Leg(fmt.Sprintf("%s-page-%d", agent, n)) }

func (w *world) ringResult(a Ring) Signal {
	r := RingEnded{Agent: a.Agent, Offer: a.Offer, Result: RingAnswered, Leg: page(a.Agent, 0), Device: "browser"}
	switch n := w.chance.IntN(10); n {
	case 0:
		r.Result = RingMissed
	case 1:
		r.Result = RingIgnored
	case 2:
		r.Result = RingNotAcknowledged
	case 3:
		r.Result = RingFailed
	case 4, 5, 6, 7:
		if !w.phones && n > 5 {
			break
		}
		w.offers++
		r.Leg, r.Device = id.Leg(fmt.Sprintf("%s.s%d", a.Agent, w.offers)), "desk_phone"
	}
	if r.Result != RingAnswered {
		r.Leg, r.Device = "", ""
	}
	return r
}

// offer lets the ACD propose somebody, and now and then take the offer back.
func (w *world) offer() {
	if w.offers > 20 {
		return
	}
	w.offers++
	o := Offered{Offer: id.Offer(fmt.Sprintf("c.o%d", w.offers)), Agent: w.anyAgent(), RingSeconds: 20}
	w.later(3, o)
	switch w.chance.IntN(12) {
	case 0, 1:
		w.later(10, Revoked{Offer: o.Offer, Result: RingCanceled})
		w.later(12, Offered{Offer: o.Offer + "x", Agent: w.anyAgent(), RingSeconds: 20})
	case 2:
		w.later(10, Dismissed{Queue: "sales", Result: []string{"no_agent", "timeout", "overflow"}[w.chance.IntN(3)]})
	}
}

func (w *world) answerOrEnd(leg id.Leg) {
	switch w.chance.IntN(8) {
	case 0:
		w.later(5, w.refusal(leg))
	case 1:
		w.later(5, LegAnswered{Leg: leg})
		w.later(5, LegEnded{Leg: leg, Cause: tel.CauseNormal, ByPeer: true})
	default:
		w.later(5, LegAnswered{Leg: leg})
	}
}

// hear plays prompts to their end. What the call plays itself may never end: it has a timer for that.
func (w *world) hear(a Arrange) {
	for _, h := range a.Hearings {
		if len(h.Prompts) == 0 || h.Tag == w.playing {
			continue
		}
		w.playing = h.Tag
		w.followKeys(h)
		if strings.HasPrefix(h.Tag, treatment.TagPrefix) || !w.oneIn(4) {
			w.later(5, PlayEnded{Leg: h.Leg, Tag: h.Tag})
		}
	}
}

// disturb is something that nobody asked for.
func (w *world) disturb() Signal {
	agent := w.anyAgent()
	w.strangers++
	zoe := id.Agent(fmt.Sprintf("zoe-%d", w.strangers))
	people := []Signal{
		Hold{Agent: agent}, Hold{Agent: agent}, Resume{Agent: agent}, Resume{Agent: agent}, Mute{Agent: agent, On: w.oneIn(2)},
		HangUp{Agent: agent}, StartRecording{Agent: agent}, PauseRecording{Agent: agent}, ResumeRecording{Agent: agent},
		StopRecording{Agent: agent}, AgentLost{Agent: agent}, TimeUp{Timer: "unknown"}, PlayEnded{Leg: "trunk", Tag: "x"},
		Moved{Agent: agent, Leg: page(agent, w.chance.IntN(3))}, LegSilent{Leg: page(agent, w.chance.IntN(3)), Silent: w.oneIn(2)},
		LegSampled{Leg: page(agent, w.chance.IntN(3)), Here: Sample{Packets: 250, Loss: float64(5 * w.chance.IntN(2)), MOS: 4}, Path: "PCMU"},
		LegOneWay{Leg: page(agent, w.chance.IntN(3)), Here: w.oneIn(2), There: w.oneIn(2)}, LegOneWay{Leg: "trunk", Here: w.oneIn(2)},
		LegRepairFailed{Leg: "trunk", Code: 488},
		LegDetected{Leg: "trunk", What: DetectedBeep}, TimeUp{Timer: detectTimer},
		LegHeld{Leg: "trunk", Held: w.oneIn(2)}, LegDigit{Leg: "trunk", Digit: "5"}, w.key(), w.key(),
		KeyPressed{Leg: "trunk"}, FieldDone{Leg: "phone"}, MailboxTold{},
		LegDetected{Leg: "trunk", What: DetectedQuiet}, PlaceIs{Queue: "sales", Position: 1}, CallbackRefused{Callback: "c.k9"},
		CallbackFound{Queue: "sales", Callback: "old.k2"}, CallBack{Callback: "x.k2", Queue: w.queue(), Agent: agent, Offer: "c.o98"},
		TimeUp{Timer: treatmentTimer}, TimeUp{Timer: menusTimer}, TimeUp{Timer: whisperTimer}, LegEnded{Leg: page(agent, 0), Cause: 41},
		LegEnded{Leg: "trunk", Cause: 16, ByPeer: true}, LegEnded{Leg: "phone", Cause: 16, ByPeer: true}, LegAnswered{Leg: "nobody's"},
		Placed{Agent: agent, To: "202"}, Arrived{Leg: "trunk-2"}, RingSeen{Agent: agent, Offer: "c.o1", Device: "browser"},
		RecordingStopped{Recording: "c.r9"}, Denied{Agent: agent, Why: "status"}, NotTaken{Agent: agent, Why: "no"},
		TimeUp{Timer: followTimer(0)}, TimeUp{Timer: followTimer(1)}, PlayEnded{Leg: "trunk", Tag: FollowTag + "1:0"},
		Routed{Follow: 1, Agent: agent}, Unrouted{Follow: 2, Cause: 1},
		LegRinging{Leg: "trunk"}, LegEarly{Leg: "trunk"}, Revoked{Offer: "c.o99", Result: RingCanceled},
		Routed{Queue: w.queue()}, Unrouted{Cause: 1}, Planned{Number: "202", Agent: "bob"}, Unplanned{Cause: 28},
		Park{Agent: agent, Parking: w.parking()}, Retrieve{Agent: agent}, Retrieve{Agent: agent}, TimeUp{Timer: parkTimer}, TimeUp{Timer: parkToldTimer},
		w.picking(), w.picking(), w.picking(), w.picking(),
		Granted{Agent: zoe}, Taken{Agent: zoe, Leg: "zoe-page"},
		RingEnded{Agent: zoe, Offer: "x.o1", Result: RingAnswered, Leg: "zoe-page", Device: "browser"},
	}
	return people[w.chance.IntN(len(people))]
}

// request is something that one of those who talk asks for.
func (w *world) request() Signal {
	p := w.c.Parties[w.chance.IntN(len(w.c.Parties))]
	if w.phones && w.oneIn(3) {
		return w.keyed(w.somebody())
	}
	if w.oneIn(5) {
		return w.watching()
	}
	if w.several && !w.oneIn(4) {
		return w.bringing(w.somebody())
	}
	requests := []Signal{
		Hold{Agent: p.Agent}, Resume{Agent: p.Agent}, Mute{Agent: p.Agent, On: w.oneIn(2)}, StartRecording{Agent: p.Agent},
		PauseRecording{Agent: p.Agent}, w.dropping(p.Agent), ResumeRecording{Agent: p.Agent}, StopRecording{Agent: p.Agent},
		LegSilent{Leg: p.Leg, Silent: w.oneIn(2)}, LegHeld{Leg: p.Leg, Held: w.oneIn(2)}, LegDigit{Leg: p.Leg, Digit: "1"},
		w.bringing(p.Agent), w.bringing(p.Agent), w.bringing(p.Agent),
		Moved{Agent: p.Agent, Leg: page(p.Agent, w.chance.IntN(9))}, LegOneWay{Leg: p.Leg, Here: w.oneIn(2), There: w.oneIn(2)},
		LegTalks{Leg: p.Leg, On: w.oneIn(2)}, PlayAnnouncement{Agent: p.Agent, Audio: "terms"}, StopAnnouncement{Agent: p.Agent},
		Convert{Agent: p.Agent, Lead: Lead{ID: id.Lead(fmt.Sprint("l", w.chance.IntN(3))), Name: "Eve"}},
	}
	return requests[w.chance.IntN(len(requests))]
}

// watching is what a supervisor asks for: one who is nobody's agent in this world, or one of its agents.
func (w *world) watching() Signal {
	mode := []WatchMode{Listen, Coach, Barge}[w.chance.IntN(3)]
	if h := w.c.Help; h != nil && w.oneIn(8) {
		return EndHelp{Agent: h.Agent}
	}
	if w.oneIn(5) {
		return []Signal{AskHelp{Agent: w.somebody(), Note: "n"}, AskHelp{Agent: w.somebody()}, EndHelp{Agent: w.somebody()}}[w.chance.IntN(3)]
	}
	boss := id.Agent([]string{"sam", "tom", "ann", "bob", "cas"}[w.chance.IntN(5)])
	if there := w.c.Watching; there != nil && !w.oneIn(6) {
		boss = there.Agent
		if w.oneIn(20) {
			return []Signal{StopWatch{Agent: boss}, HangUp{Agent: boss}, AgentLost{Agent: boss}}[w.chance.IntN(3)]
		}
		set := SetWatch{Agent: boss, Mode: mode}
		return []Signal{set, set, set, Mute{Agent: boss, On: w.oneIn(2)}, Hold{Agent: boss}, Moved{Agent: boss, Leg: page(boss, w.chance.IntN(9))}}[w.chance.IntN(6)]
	}
	return Watch{Agent: boss, Name: string(boss), On: w.somebody(), Mode: mode}
}

// bringing is the wish to bring somebody in, or about somebody who is being brought.
func (w *world) bringing(agent id.Agent) Signal {
	to := dest.Destination{Kind: dest.Agent, Target: string(w.anyAgent())}
	switch w.chance.IntN(6) {
	case 0:
		to = dest.Destination{Kind: dest.External, Target: "+3222123456"}
	case 1, 2:
		to = dest.Destination{Kind: []dest.Kind{dest.Queue, dest.Queue, dest.Mailbox, dest.Menu}[w.chance.IntN(4)], Target: "there"}
	}
	other := w.c.Parties[w.chance.IntN(len(w.c.Parties))].ID
	all := []Signal{
		Consult{Agent: agent, To: to}, Consult{Agent: agent, To: to}, Consult{Agent: agent, To: to, Notes: "n"}, Transfer{Agent: agent, To: to},
		HoldParty{Agent: agent, Party: other, On: w.oneIn(2)}, MuteParty{Agent: agent, Party: other, On: w.oneIn(2)},
		RemoveParty{Agent: agent, Party: other}, HangUp{Agent: agent, Sure: w.oneIn(2), LeaveOutside: w.oneIn(2)},
	}
	if m := w.c.moving(); m != nil && m.Route != nil && m.State == MoveRinging && !w.oneIn(6) {
		return w.through(m)
	}
	if m := w.c.moving(); m != nil && !w.oneIn(5) {
		all = []Signal{Swap{Agent: m.By}, Merge{Agent: m.By}, Merge{Agent: m.By}, Complete{Agent: m.By}, CancelMove{Agent: m.By}}
		if m.State != MoveTalking && !w.oneIn(4) {
			all = all[:1]
		}
	}
	if w.gathers && !w.oneIn(8) { // a conference that grows
		all = all[:3]
		if m := w.c.moving(); m != nil && m.State == MoveTalking {
			return Merge{Agent: m.By}
		}
	}
	if k := w.c.Park; k != nil && !w.oneIn(8) {
		return w.retrieving()
	}
	if w.oneIn(6) && !w.gathers {
		return Park{Agent: agent, Parking: w.parking()}
	}
	if w.oneIn(40) {
		return EndForAll{Agent: agent}
	}
	return all[w.chance.IntN(len(all))]
}

// somebody is an agent who is in the call; nobody when there is none.
func (w *world) somebody() id.Agent {
	var there []id.Agent
	for _, p := range w.c.Parties {
		if p.Agent != "" && p.State == Joined && p.Kind != Supervisor {
			there = append(there, p.Agent)
		}
	}
	if len(there) == 0 {
		return ""
	}
	return there[w.chance.IntN(len(there))]
}

// dropping is now and then the wish to leave a message.
func (w *world) dropping(agent id.Agent) Signal {
	if !w.oneIn(6) {
		return LegDetected{Leg: "c.l1", What: DetectedQuiet}
	}
	return DropVoicemail{Agent: agent, Greeting: "g", Prompt: prompt.Prompt{Audio: "g"}}
}

// stranger tells whether the call never asked for this agent.
func stranger(agent id.Agent) bool { return strings.HasPrefix(string(agent), "zoe") }

// stationLeg tells whether a leg is a browser's or a desk phone's that a station dialled: not the call's to end.
func stationLeg(leg id.Leg) bool {
	return strings.Contains(string(leg), "-page") || strings.Contains(string(leg), ".s")
}

// refusal is an answer of the called one, or a failure of the trunk, after which another may be tried.
func (w *world) refusal(leg id.Leg) LegEnded {
	if w.oneIn(2) {
		return LegEnded{Leg: leg, Cause: tel.CauseTemporaryFailure, Code: 503, Reason: "Service Unavailable", ByPeer: true}
	}
	return LegEnded{Leg: leg, Cause: tel.CauseBusy, Code: 486, Reason: "Busy Here", ByPeer: true}
}
