// Package rtc is the agent browser's leg: WebRTC by an ICE-lite of our own and pion's DTLS, every browser on one UDP
// port.
package rtc

import (
	"errors"
	"log/slog"
	"net/netip"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

// Why an offer is refused.
var (
	// ErrBadOffer means that the offer cannot be read or is not the one audio section that Parley's page makes.
	ErrBadOffer = errors.New("the browser's offer cannot be used")
	// ErrNoCodec means that the offer has no codec of ours: Opus, PCMU, PCMA.
	ErrNoCodec = errors.New("the browser offers neither Opus nor PCMU nor PCMA")
	// ErrTaken means that a leg of this name is already connected; a page that comes back brings a new leg.
	ErrTaken = errors.New("the leg is already connected")
	// ErrNoLeg means that there is no such leg, or not any more; a page that wants it back makes a new one.
	ErrNoLeg = errors.New("the voice connection is over")
	// ErrClosed means that the server takes no more legs.
	ErrClosed = errors.New("the browser port is closed")
)

// Config says where browsers reach us and where their sound goes.
type Config struct {
	// Listen is the host:port of the one UDP socket that all browsers share; port 0 takes a free one.
	Listen string
	// Public is the address that browsers see when it is not one of ours (NAT 1:1); the zero value means none.
	Public netip.Addr
	// Addresses gives the addresses to name as ICE candidates when Listen is unspecified (0.0.0.0 or ::) and
	// Public is unset. Nil means those of the machine's interfaces. It is asked at each Connect.
	Addresses func() []netip.Addr
	// Prefers says which codec browsers are answered with; empty is Sparing.
	Prefers Preference
	// Media carries the sound. Required.
	Media *media.Engine
	// Log hears about legs, and at debug level about pion; nil means slog.Default.
	Log *slog.Logger
}

// Exchange hears what happens on legs. Happened is called from one goroutine per leg, in order, and must not wait.
type Exchange interface {
	Happened(leg id.Leg, what Progress)
}

// Progress is one thing that happened on a leg: Connected, Disconnected, Sound or Ended.
type Progress interface{ progress() }

// Connected says that sound can flow: at first, and again after each Disconnected that was overcome.
type Connected struct{}

// Disconnected says that nothing at all has come from the browser for 5 s; it may come back within 40 s more.
type Disconnected struct{}

// Sound passes on what the leg's sound brought: a digit, the end of a prompt, sound lost or back.
type Sound struct {
	Event media.Event
}

// Ended is told exactly once and last for each leg whose Connect succeeded.
type Ended struct {
	Reason Reason    `json:"reason"`
	Cause  tel.Cause `json:"cause"`
}

func (Connected) progress()    {}
func (Disconnected) progress() {}
func (Sound) progress()        {}
func (Ended) progress()        {}

// Reason says why a leg ended.
type Reason string

// The reasons for which a leg ends.
const (
	HungUp       Reason = "hung_up"       // by HangUp
	BrowserLeft  Reason = "browser_left"  // the page closed the connection
	NotConnected Reason = "not_connected" // no connection within 15 s of the answer
	Lost         Reason = "lost"          // disconnected, and not back in time
	Failed       Reason = "failed"        // ICE, DTLS or the leg itself broke
	Shutdown     Reason = "shutdown"      // the server closed
)

// Cause is the Q.850 cause that a call ends with when its leg ended for this reason.
func (r Reason) Cause() tel.Cause {
	switch r {
	case HungUp, BrowserLeft:
		return tel.CauseNormal
	case NotConnected:
		return tel.CauseNoResponse
	case Lost:
		return tel.CauseRecoveryOnTimer
	default:
		return tel.CauseTemporaryFailure
	}
}
