package sip

import (
	"strconv"
	"strings"

	"parley/internal/codec"
)

// encoding is what the far side says of the Opus that it wants to hear (RFC 7587 §6.1). Other codecs have no settings.
type encoding struct {
	FEC      bool `json:"fec,omitempty"`      // useinbandfec: it can make use of it
	DTX      bool `json:"dtx,omitempty"`      // usedtx
	Bitrate  int  `json:"bitrate,omitempty"`  // maxaveragebitrate, 0: it does not say
	Playback int  `json:"playback,omitempty"` // maxplaybackrate in Hz, 0: it does not say
	Constant bool `json:"constant,omitempty"` // cbr
}

// opusParams is what we say of the Opus that we want to hear: one channel, with redundancy; silence need not be sent.
const opusParams = "minptime=10;useinbandfec=1;usedtx=1"

// Bounds of Opus (RFC 7587 §6.1).
const (
	leastBitrate = 6000
	mostBitrate  = 510000
	leastRate    = 8000
	mostRate     = 48000
)

// encodingOf reads the fmtp of a codec. What it does not know, or what is out of bounds, says nothing.
func encodingOf(one codec.Codec, params string) encoding {
	var e encoding
	if one != codec.Opus {
		return e
	}
	for param := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		switch strings.ToLower(name) {
		case "useinbandfec":
			e.FEC = value == "1"
		case "usedtx":
			e.DTX = value == "1"
		case "cbr":
			e.Constant = value == "1"
		case "maxaveragebitrate":
			e.Bitrate = within(value, leastBitrate, mostBitrate)
		case "maxplaybackrate":
			e.Playback = within(value, leastRate, mostRate)
		}
	}
	return e
}

// within reads a number, 0 when it is none or out of bounds.
func within(text string, least, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0
	}
	return n
}
