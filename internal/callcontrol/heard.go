package callcontrol

import (
	"slices"

	"parley/internal/amd"
	"parley/internal/call"
	"parley/internal/dialin"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// Arrived begins a call for an INVITE whose sender is known. It is part of sip.Exchange.
func (x *Exchange) Arrived(in sip.Incoming) {
	if in.Device != "" {
		in.To = x.typed(in.Org, in.Agent, in.To)
	}
	if x.dialIn(in) || x.arrivedForParked(in) || x.arrivedForPickUp(in) {
		return
	}
	if in.Replaces != "" {
		x.takesPlace(in)
		return
	}
	if x.secondLine(in) {
		return
	}
	which := id.New[id.Call]()
	x.legs.enter(in.Leg, place{call: which, org: in.Org})
	if in.Trunk != "" {
		x.lines.entered(in.Leg, in.Trunk)
	}
	x.Log.Debug("leg arrived", "call", which, "leg", in.Leg, "sip_call_id", in.CallID, "source", in.Source)
	var first call.Signal = call.Arrived{
		Leg: in.Leg, Trunk: in.Trunk, From: x.number(in.From), Name: in.DisplayName, To: tel.Number(in.To), Behind: x.behind(in.Behind),
	}
	if in.Device != "" {
		first = x.placed(in.Org, in.Agent, call.Placed{Leg: in.Leg, To: in.To})
	}
	if err := x.Open(in.Org, which, first); err != nil {
		x.legs.forget(in.Leg)
		x.freed(in.Leg)
		x.Log.Info("call refused", "call", which, "leg", in.Leg, "trunk", in.Trunk, "err", err)
		x.Wires.End(in.Leg, tel.CauseTemporaryFailure)
	}
}

// number gives a caller's number its full form where it has one; what carriers send else is kept as it came.
func (x *Exchange) number(user string) tel.Number {
	if full, err := tel.ParseNumber(user, "ZZ"); err == nil {
		return full
	}
	return tel.Number(user)
}

// behind gives the numbers of diversions their full form.
func (x *Exchange) behind(came []tel.Forwarding) []tel.Forwarding {
	all := slices.Clone(came)
	for i := range all {
		all[i].From = x.number(string(all[i].From))
	}
	return all
}

// Happened takes what a SIP leg did to whoever owns the leg. It is part of sip.Exchange.
func (x *Exchange) Happened(leg id.Leg, what sip.Progress) {
	if e, ended := what.(sip.Ended); ended {
		x.legEnded(call.LegEnded{Leg: leg, Cause: e.Cause, Code: e.Code, Reason: e.Reason, ByPeer: e.ByPeer})
		return
	}
	p, ok := x.legs.find(leg)
	if !ok {
		x.referredIdle(leg, what)
		x.Log.Debug("leg without an owner", "leg", leg, "what", owner.Word(what))
		return
	}
	if _, up := what.(sip.Answered); up && p.replaces != "" {
		x.tookPlace(leg, p)
		return
	}
	if p.dialIn {
		x.heardByDialIn(leg, what)
		x.referredIdle(leg, what)
		return
	}
	if p.station != "" {
		if _, up := what.(sip.Answered); up {
			x.numberUp(p, leg)
		}
		x.toldStation(p.station, leg, what)
		if p.sounds == "" {
			x.heardByStation(p.station, leg, what)
			x.referredIdle(leg, what)
			return
		}
	}
	if e, asks := what.(sip.Referred); asks && p.hearer() != "" {
		x.refers(leg, p, e)
		return
	}
	if s := sipSignal(leg, what); s != nil && p.hearer() != "" && !x.secret(p.hearer(), s) {
		x.postCall(p.hearer(), s)
	}
}

// toldStation passes on what a phone or number that a station rings has done.
func (x *Exchange) toldStation(agent id.Agent, leg id.Leg, what sip.Progress) {
	switch what.(type) {
	case sip.Ringing, sip.EarlyMedia:
		x.post(stationAt(agent), station.LegRinging{Leg: leg})
	case sip.Answered:
		x.post(stationAt(agent), station.LegUp{Leg: leg})
	}
}

// referredIdle refuses the transfer that a phone asks for which is in no call.
func (x *Exchange) referredIdle(leg id.Leg, what sip.Progress) {
	if _, asks := what.(sip.Referred); asks {
		x.Wires.Refer(leg, tel.CauseNotAllowed, "nobody else is in this call")
	}
}

func sipSignal(leg id.Leg, what sip.Progress) call.Signal {
	switch e := what.(type) {
	case sip.Ringing:
		return call.LegRinging{Leg: leg}
	case sip.EarlyMedia:
		return call.LegEarly{Leg: leg}
	case sip.Answered:
		return call.LegAnswered{Leg: leg}
	case sip.Held:
		return call.LegHeld{Leg: leg, Held: true}
	case sip.Resumed:
		return call.LegHeld{Leg: leg}
	case sip.Digit:
		return call.LegDigit{Leg: leg, Digit: e.Digit}
	case sip.Sound:
		return soundSignal(leg, e.Event)
	case sip.Repaired:
		return repairSignal(leg, e)
	default:
		return nil
	}
}

func soundSignal(leg id.Leg, e media.Event) call.Signal {
	switch e := e.(type) {
	case media.DigitPressed:
		return call.LegDigit{Leg: leg, Digit: e.Digit}
	case media.PlayEnded:
		return call.PlayEnded{Leg: leg, Tag: e.Tag}
	case media.SoundLost:
		return call.LegSilent{Leg: leg, Silent: true}
	case media.SoundBack:
		return call.LegSilent{Leg: leg}
	case media.Talking:
		return call.LegTalks{Leg: leg, On: e.On}
	case media.Sampled:
		return call.LegSampled{Leg: leg, Here: sampleOf(e.Here), There: sampleOf(e.There), Path: e.Path}
	case media.OneWay:
		return call.LegOneWay{Leg: leg, Here: e.Here, There: e.There}
	case media.AnswererHeard:
		return call.LegDetected{Leg: leg, What: detected(e), Reason: string(e.Reason), At: e.At}
	default:
		return nil
	}
}

func detected(e media.AnswererHeard) call.Detected {
	switch {
	case e.Kind == amd.BeepEnded:
		return call.DetectedBeep
	case e.Kind == amd.Quiet:
		return call.DetectedQuiet
	case e.Verdict == amd.Human:
		return call.DetectedHuman
	case e.Verdict == amd.Machine:
		return call.DetectedMachine
	default:
		return call.DetectedUnsure
	}
}

// legEnded is the last word about a leg. The call hears it of its own legs; of a desk phone that a station dialled the
// station hears it and tells its call, in order with its answer; of a browser both do: the station waits for the page to
// come back, and the call plays hold audio meanwhile (BX-51).
func (x *Exchange) legEnded(e call.LegEnded) {
	p, first := x.legs.end(e)
	if first {
		x.freed(e.Leg)
		x.numberOver(p, e.Leg)
	}
	if first && p.kept {
		x.Journal.Remove(p.org, legAt(e.Leg))
	}
	switch {
	case !first:
		return
	case p.dialIn:
		x.post(dialInAt(e.Leg), dialin.LegEnded{})
		return
	case p.station == "":
		x.post(callAt(p.call), e)
		return
	}
	if !x.post(stationAt(p.station), station.LegEnded{Leg: e.Leg, Cause: e.Cause}) { // it broke, and another does not stand yet
		x.legs.forget(e.Leg)
		x.Sound.Close(roomOf(e.Leg))
	}
	if !p.phone && p.sounds != "" {
		x.post(callAt(p.sounds), e)
	}
}

// Registered tells a station that its desk phone is there. It is part of sip.Exchange.
func (x *Exchange) Registered(r sip.Registration) { x.registered(r, true) }

// Unregistered tells a station that its desk phone is gone when its last contact is. It is part of sip.Exchange.
func (x *Exchange) Unregistered(r sip.Registration) { x.registered(r, false) }

func (x *Exchange) registered(r sip.Registration, on bool) {
	x.mu.Lock()
	all := x.contacts[r.Device]
	switch {
	case !on:
		delete(all, r.Contact)
	case all == nil:
		x.contacts[r.Device] = map[string]bool{r.Contact: true}
	default:
		all[r.Contact] = true
	}
	there := len(x.contacts[r.Device]) > 0
	if !there {
		delete(x.contacts, r.Device)
	}
	x.mu.Unlock()
	x.post(stationAt(r.Agent), station.PhoneRegistered{On: there})
}

// Browsers is the exchange as the browsers' wire sees it.
type Browsers struct{ *Exchange }

// Happened takes what a browser's leg did to its station. It is part of rtc.Exchange.
func (b Browsers) Happened(leg id.Leg, what rtc.Progress) {
	x := b.Exchange
	if e, ended := what.(rtc.Ended); ended {
		x.legEnded(call.LegEnded{Leg: leg, Cause: e.Cause})
		return
	}
	p, ok := x.legs.find(leg)
	if !ok {
		return
	}
	switch e := what.(type) {
	case rtc.Connected:
		x.post(stationAt(p.station), station.LegUp{Leg: leg})
	case rtc.Disconnected:
		x.post(stationAt(p.station), station.LegDown{Leg: leg})
	case rtc.Sound:
		if s := soundSignal(leg, e.Event); s != nil && !x.cueEnded(p.station, s) && p.sounds != "" && !x.secret(p.sounds, s) {
			x.post(callAt(p.sounds), s)
		}
	}
}

// LegKept takes what the SIP server has to keep of an answered leg to the journal, until the leg's last word.
func (x *Exchange) LegKept(leg id.Leg, state []byte) {
	if org, ok := x.legs.keep(leg); ok {
		x.Journal.Save(org, legAt(leg), state)
	}
}
