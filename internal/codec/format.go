package codec

import (
	"strconv"
	"strings"
)

// Encoding is the codec as an rtpmap attribute names it: "PCMU/8000", "opus/48000/2". Opus always says two channels,
// whatever it carries (RFC 7587 §7).
func (c Codec) Encoding() string {
	switch c {
	case PCMU:
		return "PCMU/8000"
	case PCMA:
		return "PCMA/8000"
	case G722:
		return "G722/8000"
	case Opus:
		return "opus/48000/2"
	default:
		return "none"
	}
}

// ByEncoding is the codec that an rtpmap attribute names, and None where Parley has none such. Case does not count
// (RFC 4855 §3), and one channel may be said or not.
func ByEncoding(rtpmap string) Codec {
	rtpmap = strings.TrimSpace(rtpmap)
	for c := PCMU; c <= Opus; c++ {
		if strings.EqualFold(rtpmap, c.Encoding()) || c != Opus && strings.EqualFold(strings.TrimSuffix(rtpmap, "/1"), c.Encoding()) {
			return c
		}
	}
	return None
}

// FormatParameters are what the receiver of a stream wishes of it: the fmtp attribute of Opus (RFC 7587 §6.1). The other
// codecs have none, and their events run on the clock that ClockRate says. The zero value wishes nothing.
type FormatParameters struct {
	FEC          bool `json:"fec,omitempty"`      // useinbandfec: it can make use of it
	DTX          bool `json:"dtx,omitempty"`      // usedtx
	Constant     bool `json:"constant,omitempty"` // cbr
	Bitrate      int  `json:"bitrate,omitempty"`  // maxaveragebitrate, 6000 to 510000 bits a second; 0: any
	PlaybackRate int  `json:"playback,omitempty"` // maxplaybackrate, 8000 to 48000 samples a second; 0: any
}

// ParseFormatParameters reads the value of an fmtp attribute after the payload type. What is unknown or makes no sense is
// passed over: a wish that was not understood must not cost the call.
func ParseFormatParameters(fmtp string) FormatParameters {
	var p FormatParameters
	for part := range strings.SplitSeq(fmtp, ";") {
		name, value, _ := strings.Cut(part, "=")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		switch name {
		case "maxaveragebitrate":
			p.Bitrate = within(value, 6000, 510000)
		case "maxplaybackrate":
			p.PlaybackRate = within(value, 8000, 48000)
		case "useinbandfec":
			p.FEC = value == "1"
		case "usedtx":
			p.DTX = value == "1"
		case "cbr":
			p.Constant = value == "1"
		}
	}
	return p
}

// within is a number in limits, and 0 for anything else.
func within(value string, least, most int) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return 0
	}
	return n
}
