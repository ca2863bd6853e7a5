package codec

import (
	"strconv"
	"strings"
)

// Encoding is the codec as an rtpmap attribute names it: "PCMU/8000", "opus/48000/2". Opus always says two channels,
// whatever it carries (RFC 7587 §7).
func (c Codec) Encoding() string {
	switch c {
	case None:
		return "none"
	case Opus:
		return "opus/48000/2"
	default:
		return c.String() + "/" + strconv.Itoa(c.ClockRate())
	}
}

// ByEncoding is the codec that an rtpmap attribute names, and None where Parley has none such. Case does not count
// (RFC 4855 §3), and one channel may be said or not.
func ByEncoding(rtpmap string) Codec {
	rtpmap = strings.TrimSpace(rtpmap)
	for c := PCMU; c <= Opus; c++ {
		if strings.EqualFold(rtpmap, c.Encoding()) || c != Opus && strings.EqualFold(rtpmap, c.Encoding()+"/1") {
			return c
		}
	}
	return None
}

// FormatParameters are what the receiver of a stream wishes of it: the fmtp attribute of Opus (RFC 7587 §6.1). The other
// codecs have none, and their events run on the clock that ClockRate says. The zero value wishes nothing.
type FormatParameters struct {
	Bitrate      int  // maxaveragebitrate, bits a second; 0 is any
	PlaybackRate int  // maxplaybackrate, samples a second; 0 is any
	FEC          bool // useinbandfec
	DTX          bool // usedtx
	Constant     bool // cbr
}

// FormatParameters are what Parley wishes of those who send to it: correction against loss, and silence not sent.
func (c Codec) FormatParameters() FormatParameters {
	if c != Opus {
		return FormatParameters{}
	}
	return FormatParameters{FEC: true, DTX: true}
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

// String is the value of the fmtp attribute, empty where nothing is wished: then the attribute is left out.
func (p FormatParameters) String() string {
	var parts []string
	for _, number := range []struct {
		name  string
		value int
	}{{"maxplaybackrate", p.PlaybackRate}, {"maxaveragebitrate", p.Bitrate}} {
		if number.value > 0 {
			parts = append(parts, number.name+"="+strconv.Itoa(number.value))
		}
	}
	for _, flag := range []struct {
		name string
		on   bool
	}{{"useinbandfec", p.FEC}, {"usedtx", p.DTX}, {"cbr", p.Constant}} {
		if flag.on {
			parts = append(parts, flag.name+"=1")
		}
	}
	return strings.Join(parts, ";")
}

// Fit makes the settings of our encoder those that the far side wishes: correction and silence not sent only where it
// asked for them, no more bits than it takes, and nothing that it cannot play.
func (p FormatParameters) Fit(s Settings) Settings {
	s = s.complete()
	if p.Bitrate > 0 {
		s.Bitrate = min(s.Bitrate, p.Bitrate)
	}
	if p.PlaybackRate > 0 && (s.Rate == 0 || s.Rate > p.PlaybackRate) {
		s.Rate = playable(p.PlaybackRate)
	}
	s.FEC = s.FEC && p.FEC
	s.DTX = s.DTX && p.DTX && !p.Constant
	s.Constant = p.Constant
	return s
}

// playable is the highest rate of Opus' that a far side plays in full.
func playable(highest int) int {
	rate := 8000
	for _, r := range []int{16000, 48000} {
		if r <= highest {
			rate = r
		}
	}
	return rate
}
