package codec

import (
	"fmt"
	"strings"
)

// UsualBitrate is what Opus is written with where nothing else is said, in bits a second: a voice at any rate of sound.
const UsualBitrate = 24000

// complete puts what is usual in the place of what is not said, and the nearest possible in that of the impossible.
func (s Settings) complete() Settings {
	if s.Bitrate == 0 {
		s.Bitrate = UsualBitrate
	}
	if s.Complexity == 0 {
		s.Complexity = 5
	}
	s.Bitrate = min(max(s.Bitrate, 6000), 510000)
	s.Complexity = min(max(s.Complexity, 1), 10)
	s.LossPercent = min(max(s.LossPercent, 0), 100)
	return s
}

func (s Settings) describeOpus() string {
	var b strings.Builder
	fmt.Fprintf(&b, "encode opus %s %g kbit/s complexity %d", kilohertz(s.Rate), float64(s.Bitrate)/1000, s.Complexity)
	if s.FEC {
		fmt.Fprintf(&b, " FEC for %d %% loss", s.LossPercent)
	}
	if s.DTX {
		b.WriteString(" DTX")
	}
	return b.String()
}
