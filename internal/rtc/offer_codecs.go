package rtc

import (
	"fmt"
	"slices"
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

// format is one payload type of an offer.
type format struct {
	payload uint8
	codec   media.Codec // None for telephone-event
	clock   int         // units a second of its timestamps
}

// takeFormats takes the codecs that this build can do, and telephone-event at every clock they have.
func (o *offer) takeFormats(section *sdp.MediaDescription) error {
	known := map[string]media.Codec{"PCMU/8000": media.PCMU, "PCMA/8000": media.PCMA, "OPUS/48000/2": media.Opus}
	events := map[string]int{"TELEPHONE-EVENT/8000": 8000, "TELEPHONE-EVENT/48000": 48000}
	for _, e := range encodings(section) {
		codec, spoken := known[e.name]
		clock, event := events[e.name]
		switch {
		case spoken && codec.Available() && !has(o.codecs, codec, codec.ClockRate()):
			o.codecs = append(o.codecs, format{e.payload, codec, codec.ClockRate()})
		case event && e.payload >= 96 && !has(o.events, 0, clock):
			o.events = append(o.events, format{e.payload, 0, clock})
		}
	}
	if len(o.codecs) == 0 {
		return ErrNoCodec
	}
	if ms, err := strconv.Atoi(attributeOf(section, "ptime")); err == nil && ms >= 10 && ms <= 60 {
		o.packet = time.Duration(ms) * time.Millisecond
	}
	return nil
}

func has(all []format, codec media.Codec, clock int) bool {
	return slices.ContainsFunc(all, func(f format) bool { return f.codec == codec && f.clock == clock })
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
