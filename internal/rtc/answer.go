package rtc

import (
	"fmt"
	"net/netip"
	"strings"

	"parley/internal/ice"
	"parley/internal/media"
)

// reply is what an answer says: one audio section, one codec, and how to reach us.
type reply struct {
	offer
	choice

	credentials ice.Credentials
	fingerprint string
	version     uint64
	source      uint32 // the SSRC of what we send
	name        string // its CNAME
	at          []netip.Addr
	port        uint16
}

// The names of our sound in an answer (RFC 8830 §2).
const (
	streamName = "parley"
	trackName  = "voice"
)

// String writes the answer (RFC 8866, RFC 8839 §5, RFC 5763 §5, RFC 8843).
func (r reply) String() string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\r\n", a...) }
	line("v=0\r\no=- %d %d IN IP4 0.0.0.0\r\ns=-\r\nt=0 0", r.source, r.version)
	line("a=ice-lite\r\na=group:BUNDLE %s", r.mid)
	line("m=audio 9 UDP/TLS/RTP/SAVPF%s\r\nc=IN IP4 0.0.0.0", r.formats())
	line("a=mid:%s\r\na=%s\r\na=rtcp-mux", r.mid, r.direction())
	line("a=ice-ufrag:%s\r\na=ice-pwd:%s", r.credentials.Ufrag, r.credentials.Password)
	line("a=fingerprint:%s\r\na=setup:passive", r.fingerprint)
	r.maps(line)
	if r.receives {
		line("a=msid:%s %s", streamName, trackName)
		line("a=ssrc:%d cname:%s\r\na=ssrc:%d msid:%s %s", r.source, r.name, r.source, streamName, trackName)
	}
	for _, candidate := range candidateLines(r.at, r.port) {
		line("a=candidate:%s", candidate)
	}
	line("a=end-of-candidates")
	return b.String()
}

func (r reply) formats() string {
	formats := fmt.Sprintf(" %d", r.payload)
	if r.event != 0 {
		formats += fmt.Sprintf(" %d", r.event)
	}
	return formats
}

// maps writes what the numbers of formats mean.
func (r reply) maps(line func(string, ...any)) {
	line("a=rtpmap:%d %s", r.payload, r.codec.Encoding())
	if r.codec == media.Opus {
		line("a=fmtp:%d %s", r.payload, opusSettings)
	}
	if r.event != 0 {
		line("a=rtpmap:%d telephone-event/%d", r.event, r.clock)
	}
}

// direction is ours: the browser's turned around (RFC 3264 §6.1).
func (r reply) direction() string {
	switch {
	case r.sends && r.receives:
		return "sendrecv"
	case r.sends:
		return "recvonly"
	default:
		return "sendonly"
	}
}
