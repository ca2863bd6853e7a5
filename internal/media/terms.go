package media

import (
	"fmt"
	"net/netip"
	"time"
)

// Terms is what offer and answer settled for a leg (RFC 3264).
type Terms struct {
	Remote      netip.AddrPort // where the far side wants RTP; not used by a pipe. An address of zeros leaves it as it was
	Control     netip.AddrPort // where it wants RTCP (RFC 3605); the zero AddrPort means the port after Remote
	Codec       Codec          // of both directions
	PayloadType uint8          // that we send Codec as, 0 to 127
	ReceiveType uint8          // that the far side sends it as (RFC 3264 §6.1); 0 means PayloadType, but for PCMU, whose number it is
	EventType   uint8          // that we send telephone-event as; 0 when there is none
	EventHeard  uint8          // that the far side sends it as; 0 means EventType
	EventClock  int            // units a second of telephone-event: 8000, 16000 or 48000; 0 means the codec's
	KeysAside   bool           // keys for the far side are not sent here: KeyWanted asks the owner to send them by INFO, say
	InBand      bool           // digits are listened for in the sound, until the far side sends an event
	Mux         bool           // RTCP comes and goes on the RTP port (RFC 5761)
	Crypto      *Crypto        // keys of SRTP; nil for plain RTP
	Send        bool           // we may send
	Receive     bool           // we may receive
	Ptime       time.Duration  // length of the packets we make, 10 to 60 ms; 0 means 20 ms
	Coding      Coding         // how we write Opus
}

// Coding says how Opus is written; its zero value suits a call.
type Coding struct {
	Rate       int  // of the sound written: 8000, 16000 or 48000; 0 means that of what is heard, which costs least
	Playback   int  // the highest rate that the far side plays, 8000 to 48000; 0 means any (maxplaybackrate, RFC 7587 §6.1)
	Bitrate    int  // bits a second, 6000 to 510000; 0 means 24000
	Complexity int  // 1 to 10; 0 means 5
	FEC        bool // packets carry the one before them once more, coarsely
	DTX        bool // silence is not sent
	Constant   bool // every packet is of one length, those of silence too: their lengths tell nothing of what is said (cbr, RFC 7587 §6.1)
	Loss       int  // percent of loss to be ready for
}

// String describes the terms on one line, for logs.
func (t Terms) String() string {
	way := map[[2]bool]string{{true, true}: "sendrecv", {true, false}: "sendonly", {false, true}: "recvonly", {}: "inactive"}
	line := fmt.Sprintf("%s/%d event/%d %s %s %s", t.Codec, t.PayloadType, t.EventType, t.Ptime, way[[2]bool{t.Send, t.Receive}], t.Remote)
	if t.Mux {
		line += " mux"
	}
	if t.Crypto != nil {
		line += " " + t.Crypto.String()
	}
	return line
}

// settled rounds Ptime to what the codec can keep, and unmaps the address so that sources compare equal.
func (t Terms) settled() Terms {
	if t.Ptime <= 0 {
		t.Ptime = frameTime
	}
	t.Ptime = min(max(t.Ptime.Truncate(10*time.Millisecond), 10*time.Millisecond), 60*time.Millisecond)
	if t.Codec == Opus && (t.Ptime == 30*time.Millisecond || t.Ptime == 50*time.Millisecond) {
		t.Ptime -= 10 * time.Millisecond // RFC 6716 §2.1.4 has no frames of that length
	}
	if t.EventClock <= 0 {
		t.EventClock = int(clockOf(t.Codec))
	}
	if t.ReceiveType == 0 && t.Codec != PCMU {
		t.ReceiveType = t.PayloadType
	}
	if t.EventHeard == 0 {
		t.EventHeard = t.EventType
	}
	t.Remote, t.Control = unmapped(t.Remote), unmapped(t.Control)
	return t
}

func unmapped(at netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
}

// kind is what a packet holds.
type kind uint8

const (
	holdsNothing kind = iota // that we know
	holdsSound
	holdsEvent
	holdsPause // the far side is silent, which needs no packet of ours
)

// comfortNoise is the static payload type of RFC 3389.
const comfortNoise = 13

// kind tells what a payload type of the far side stands for. The numbers that it was told go before its own: some
// telephones send those that they want to hear.
func (t *Terms) kind(payloadType uint8) kind {
	events := t.EventType != 0
	switch {
	case payloadType == t.ReceiveType:
		return holdsSound
	case events && payloadType == t.EventHeard:
		return holdsEvent
	case payloadType == t.PayloadType:
		return holdsSound
	case events && payloadType == t.EventType:
		return holdsEvent
	case payloadType == comfortNoise:
		return holdsPause
	}
	return holdsNothing
}
