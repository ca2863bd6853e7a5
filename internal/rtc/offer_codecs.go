package rtc

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pion/sdp/v3"

	"parley/internal/media"
)

// encoding is one line of a payload table: a=rtpmap:0 PCMU/8000 (RFC 8866 §6.6).
type encoding struct {
	payload uint8
	name    string // upper case, with rate: "PCMU/8000"
}

// takeCodecs chooses the browser's first of PCMU and PCMA, and telephone-event at the same clock rate: events at
// another rate lose packets.
func (o *offer) takeCodecs(section *sdp.MediaDescription) error {
	found := false
	for _, e := range encodings(section) {
		switch {
		case e.name == "PCMU/8000" && !found:
			o.codec, o.payload, found = media.PCMU, e.payload, true
		case e.name == "PCMA/8000" && !found:
			o.codec, o.payload, found = media.PCMA, e.payload, true
		case e.name == "TELEPHONE-EVENT/8000" && o.event == 0 && e.payload >= 96:
			o.event = e.payload
		}
	}
	if !found {
		return ErrNoCodec
	}
	if ms, err := strconv.Atoi(attributeOf(section, "ptime")); err == nil && ms >= 10 && ms <= 60 {
		o.packet = time.Duration(ms) * time.Millisecond
	}
	return nil
}

// encodings lists what the section offers, in its order of preference.
func encodings(section *sdp.MediaDescription) []encoding {
	names := map[uint8]string{0: "PCMU/8000", 8: "PCMA/8000"} // RFC 3551 §6, table 4: valid without rtpmap
	for _, a := range section.Attributes {
		if a.Key != "rtpmap" {
			continue
		}
		number, name, _ := strings.Cut(a.Value, " ")
		if pt, err := payloadType(number); err == nil {
			names[pt] = strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(name)), "/1") // one channel is the default
		}
	}
	var all []encoding
	for _, f := range section.MediaName.Formats {
		pt, err := payloadType(f)
		if err == nil && names[pt] != "" {
			all = append(all, encoding{payload: pt, name: names[pt]})
			delete(names, pt) // a format named twice counts once
		}
	}
	return all
}

// payloadType reads 0 to 127 without 64 to 95, which would be taken for RTCP (RFC 5761 §4).
func payloadType(s string) (uint8, error) {
	n, err := strconv.ParseUint(s, 10, 7)
	if err != nil {
		return 0, err
	}
	if n >= 64 && n <= 95 {
		return 0, fmt.Errorf("payload type %d collides with RTCP", n)
	}
	return uint8(n), nil
}

func attributeOf(section *sdp.MediaDescription, name string) string {
	v, _ := section.Attribute(name)
	return v
}

// text writes the offer anew, with nothing in it but what was taken.
func (o offer) text() string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\r\n", a...) }
	formats, events := strconv.Itoa(int(o.payload)), ""
	if o.event != 0 {
		events = strconv.Itoa(int(o.event))
		formats += " " + events
	}
	line("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0")
	line("a=group:BUNDLE %s", o.mid)
	line("m=audio 9 UDP/TLS/RTP/SAVPF %s\r\nc=IN IP4 0.0.0.0", formats)
	line("a=mid:%s\r\na=ice-ufrag:%s\r\na=ice-pwd:%s", o.mid, o.ufrag, o.password)
	line("a=fingerprint:%s\r\na=setup:actpass\r\na=%s\r\na=rtcp-mux", o.fingerprint, o.direction())
	line("a=rtpmap:%d %s/8000", o.payload, o.codec)
	if o.event != 0 {
		line("a=rtpmap:%s telephone-event/8000", events)
	}
	if o.ssrc != "" {
		line("a=msid:browser microphone\r\na=ssrc:%s cname:browser", o.ssrc)
	}
	return b.String()
}

func (o offer) direction() string {
	switch {
	case o.sends && o.receives:
		return sdp.AttrKeySendRecv
	case o.sends:
		return sdp.AttrKeySendOnly
	default:
		return sdp.AttrKeyRecvOnly
	}
}

// terms are what offer and answer settle for the leg's sound.
func (o offer) terms() media.Terms {
	return media.Terms{
		Codec: o.codec, PayloadType: o.payload, EventType: o.event,
		Send: o.receives, Receive: o.sends, Ptime: o.packet,
	}
}
