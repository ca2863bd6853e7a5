package callcontrol

import (
	"errors"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/tel"
)

// Peers finds the trunks and devices that calls are sent to.
type Peers interface {
	Trunk(org id.Org, which id.Trunk) (sip.Trunk, bool)
	Phone(org id.Org, which id.Device) (sip.Device, bool)
}

// Network carries actions out on SIP and WebRTC. SIP and RTC are set before the first call.
type Network struct {
	SIP   *sip.Server
	RTC   *rtc.Server
	Peers Peers
	Casts *Casts
	// Gone hears of legs that were to be acted on and are not there any more.
	Gone func(leg id.Leg)
}

// Ring sends 180.
func (n *Network) Ring(leg id.Leg) { n.check(leg, n.SIP.Ring(leg)) }

// Early sends 183 with the answer.
func (n *Network) Early(leg id.Leg) { n.check(leg, n.SIP.EarlyMedia(leg)) }

// Answer sends 200.
func (n *Network) Answer(leg id.Leg) { n.check(leg, n.SIP.Answer(leg)) }

// End rejects, cancels or hangs up, on whichever wire the leg is.
func (n *Network) End(leg id.Leg, cause tel.Cause) {
	if n.Casts.Close(leg, cause) {
		return
	}
	if _, browser := n.RTC.Media(leg); browser {
		n.RTC.HangUp(leg)
		return
	}
	n.check(leg, n.SIP.HangUp(leg, cause))
}

// DialTrunk sends an INVITE through a trunk. A trunk that is no more ends the leg at once.
func (n *Network) DialTrunk(org id.Org, a call.DialTrunk) {
	t, ok := n.Peers.Trunk(org, a.Trunk)
	if !ok {
		n.Gone(a.Leg)
		return
	}
	n.SIP.DialTrunk(a.Leg, t, string(a.To), sip.Caller{
		Number: string(a.From), Withheld: a.Diverted.Withheld, Diverted: string(a.Diverted.Number), Because: a.Diverted.Why,
		Behind: a.Diverted.Behind, Location: a.Location,
	})
}

// DialPhone sends an INVITE to the contacts of a desk phone; auto: which is asked to answer by itself.
func (n *Network) DialPhone(org id.Org, leg id.Leg, phone id.Device, from tel.Number, name string, auto bool) {
	d, ok := n.Peers.Phone(org, phone)
	if !ok {
		n.Gone(leg)
		return
	}
	d.Auto = auto
	n.SIP.DialDevice(leg, d, string(from), name)
}

// Cast sends sound to a multicast group.
func (n *Network) Cast(a call.SendMulticast) { n.Casts.Open(a) }

// Repair sends a re-INVITE with the session as it stands (BX-57).
func (n *Network) Repair(leg id.Leg) {
	_ = n.SIP.Repair(leg) // what has ended needs no sound, and is told elsewhere
}

// Refer tells a phone by NOTIFY what came of its REFER.
func (n *Network) Refer(leg id.Leg, cause tel.Cause, why string) { _ = n.SIP.Refer(leg, cause, why) }

func (n *Network) check(leg id.Leg, err error) {
	if errors.Is(err, sip.ErrGone) {
		n.Gone(leg)
	}
}
