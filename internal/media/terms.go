package media

import (
	"fmt"
	"net/netip"
	"time"
)

// Terms is what offer and answer settled for a leg (RFC 3264).
type Terms struct {
	Remote      netip.AddrPort // where the far side wants RTP; not used by a pipe
	Codec       Codec          // of both directions
	PayloadType uint8          // of Codec, 0 to 127
	EventType   uint8          // payload type of telephone-event; 0 when there is none
	EventClock  int            // units a second of telephone-event: 8000, 16000 or 48000; 0 means the codec's
	InBand      bool           // digits are listened for in the sound, too: the far side has no telephone-event
	Mux         bool           // RTCP comes and goes on the RTP port (RFC 5761)
	Crypto      *Crypto        // keys of SRTP; nil for plain RTP
	Send        bool           // we may send
	Receive     bool           // we may receive
	Ptime       time.Duration  // length of the packets we make, 10 to 60 ms; 0 means 20 ms
	Coding      Coding         // how we write Opus
}

// Coding says how Opus is written; its zero value suits a call.
type Coding struct {
	Bitrate    int  // bits a second, 6000 to 510000; 0 means 24000
	Complexity int  // 1 to 10; 0 means 5
	FEC        bool // packets carry the one before them once more, coarsely
	DTX        bool // silence is not sent
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
	t.Remote = netip.AddrPortFrom(t.Remote.Addr().Unmap(), t.Remote.Port())
	return t
}
