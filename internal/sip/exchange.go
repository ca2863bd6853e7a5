package sip

import (
	"net/netip"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

// Directory finds who a peer is. Look-ups are answered from memory; they are made for every message of a stranger.
type Directory interface {
	// TrunkAt finds a trunk by the address that its messages come from.
	TrunkAt(addr netip.Addr) (Trunk, bool)
	// Device finds a SIP device by its user name and domain. A domain that no organisation has (an IP address, say)
	// is given as it came; the directory decides whether it takes it. When there is no such device, Realm of the Device
	// that comes back still says what to challenge with (empty: the domain), so that nobody learns who exists.
	Device(username, domain string) (Device, bool)
}

// Trunk is a connection to a carrier (BX-33).
type Trunk struct {
	ID   id.Trunk
	Org  id.Org
	Name string

	// Proxy is the host:port that calls are sent to; port 5060 is added when it is missing.
	Proxy string
	// Transport is "udp", "tcp", "tls", or empty: UDP, and TCP for requests over 1300 bytes (RFC 3261 §18.1.1). With "tls"
	// the port is 5061 when it is missing, and the certificate of the far side must be one for the host of Proxy.
	Transport string

	// Register asks for a registration at Registrar (empty: Proxy), see Server.SetTrunks.
	Register  bool
	Registrar string

	// Username is the user of our Contact and, without AuthUser, of the digest; empty password: no digest.
	Username   string
	AuthUser   string
	Password   string
	Realm      string // that Password is for, another one gets no answer; empty: whichever is asked for
	FromUser   string // empty: the calling number
	FromDomain string // empty: the host of Proxy

	Asserts bool // the number is asserted by P-Asserted-Identity too (RFC 3325)
	Privacy bool // with Asserts: the carrier hides the number of who withholds it (Privacy: id)
	Diverts bool // the number that was called before a call was sent on is told by Diversion (RFC 5806)
	// Format and Country (ISO 3166) are how it writes such a number.
	Format  tel.Format
	Country string

	Codecs Codecs   // the only ones, in their order; zero: all
	SRTP   Security // of the sound
	DTMF   DTMF
	CA     string // certificates in PEM that may sign that of a "tls" trunk; empty: those of the system
}

// Device is a SIP phone of an agent. HA1 is H(username ":" realm ":" password) in hexadecimal (RFC 7616 §3.4.2);
// Realm is the domain that it was made with. An empty HA1 switches its algorithm off.
type Device struct {
	ID        id.Device
	Org       id.Org
	Agent     id.Agent
	Username  string
	Realm     string
	HA1MD5    string
	HA1SHA256 string
	Extension string
	Codecs    Codecs   // the only ones, in their order; zero: all
	SRTP      Security // of the sound; when it is not said, a call to contacts that all came by TLS offers SecurityOptional
	DTMF      DTMF
	Auto      bool // a call asks the device to answer by itself (RFC 5373)
}

// Exchange hears what happens on the wire. Its methods are called by the owners of legs and never wait.
type Exchange interface {
	// Arrived brings a new call whose sender is known. Its socket is open already: Server.Media finds it.
	Arrived(Incoming)
	// Happened tells what a leg did. Exactly one Ended comes per leg that Arrived or was dialled, always last.
	Happened(leg id.Leg, what Progress)
	// Registered tells of a device's contact that came or was refreshed.
	Registered(Registration)
	// Unregistered tells of a device's contact that went or expired; Expires is zero.
	Unregistered(Registration)
}

// Incoming is a new INVITE whose sender is known: Trunk or Device is set, never both.
type Incoming struct {
	Leg    id.Leg
	Org    id.Org
	Trunk  id.Trunk
	Device id.Device
	Agent  id.Agent // of the device

	To          string // user of the Request-URI: the number called
	From        string // user of P-Asserted-Identity from a trunk, else of From; "" when anonymous
	DisplayName string // name beside From, as it came; show it as text
	CallID      string
	Transport   string // "udp", "tcp" or "tls"
	Source      netip.AddrPort
	Offered     Codecs // what the caller offers of ours, in its order; zero when it leaves the offer to us
	// Replaces is the answered leg, of the same device, agent or trunk, whose place this one takes (RFC 3891); it is not a new call.
	Replaces id.Leg
	// Behind are the diversions that a call from a trunk has behind it, the latest first; at most tel.MaxForwardings.
	Behind []tel.Forwarding
}

// Registration is one contact of a device.
type Registration struct {
	Device    id.Device
	Org       id.Org
	Agent     id.Agent
	Contact   string
	Source    netip.AddrPort
	UserAgent string // User-Agent of the phone
	Expires   time.Time
}

// Progress is one thing that happened to a leg: Ringing, EarlyMedia, Answered, Held, Resumed, Digit, SoundLost,
// SoundBack, PlayEnded, RecordEnded, Ended …
type Progress interface{ progress() }

// What can happen to a leg.
type (
	// Ringing means that the far side alerts (180 without sound of its own): a ringback is ours to play.
	Ringing struct {
		Code int `json:"code"`
	}
	// EarlyMedia means that the far side sends sound before it answers (18x with SDP).
	EarlyMedia struct {
		Code int `json:"code"`
	}
	// Answered means that the call is up: our 200 went out, or theirs came.
	Answered struct{}
	// Held means that the far side wants to hear nothing more (sendonly, inactive or 0.0.0.0: RFC 3264 §8.4).
	Held struct{}
	// Resumed is the end of Held.
	Resumed struct{}
	// Digit is a key pressed at the far side: RFC 4733, or INFO with application/dtmf-relay.
	Digit struct {
		Digit tel.Digit `json:"digit"`
	}
	// Sound passes on what the media leg reports, digits excepted.
	Sound struct {
		Event media.Event `json:"event"`
	}
	// Ended is the end of the leg and the last thing heard of it.
	Ended struct {
		Cause  tel.Cause `json:"cause"`
		Code   int       `json:"code,omitempty"`   // final SIP status of the INVITE, 0 when a BYE ended an answered call
		Reason string    `json:"reason,omitempty"` // reason phrase or Reason text (RFC 3326) as the far side sent it
		ByPeer bool      `json:"by_peer"`
	}
)

func (Ringing) progress()    {}
func (EarlyMedia) progress() {}
func (Answered) progress()   {}
func (Held) progress()       {}
func (Resumed) progress()    {}
func (Digit) progress()      {}
func (Sound) progress()      {}
func (Ended) progress()      {}

// Target is a free address to call, used by the carrier in the box.
type Target struct {
	URI         string // sip:user@host:port, with ;transport=tcp or ;transport=tls
	From        string // user of our From
	FromDomain  string // empty: our own address
	DisplayName string
	Username    string // for digest; empty: From
	Password    string // empty: no digest
	Codecs      Codecs // the only ones, in their order; zero: all
	SRTP        Security
	DTMF        DTMF
	CA          string // as of a Trunk
}
