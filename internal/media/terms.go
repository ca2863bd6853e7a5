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
	EventType   uint8          // payload type of telephone-event at 8 kHz; 0 when there is none
	Send        bool           // we may send
	Receive     bool           // we may receive
	Ptime       time.Duration  // length of the packets we make, 10 to 60 ms; 0 means 20 ms
}

// String describes the terms on one line, for logs.
func (t Terms) String() string {
	way := map[[2]bool]string{{true, true}: "sendrecv", {true, false}: "sendonly", {false, true}: "recvonly", {}: "inactive"}
	return fmt.Sprintf("%s/%d event/%d %s %s %s", t.Codec, t.PayloadType, t.EventType, t.Ptime, way[[2]bool{t.Send, t.Receive}], t.Remote)
}

// settled rounds Ptime to what the players can keep, and unmaps the address so that sources compare equal.
func (t Terms) settled() Terms {
	if t.Ptime <= 0 {
		t.Ptime = 20 * time.Millisecond
	}
	t.Ptime = min(max(t.Ptime.Truncate(10*time.Millisecond), 10*time.Millisecond), 60*time.Millisecond)
	t.Remote = netip.AddrPortFrom(t.Remote.Addr().Unmap(), t.Remote.Port())
	return t
}
