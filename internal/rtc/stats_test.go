package rtc

import (
	"testing"
	"time"

	"github.com/pion/rtcp"

	"parley/internal/media"
)

func TestReport(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 250_000_000, time.UTC)
	for _, c := range []struct {
		name   string
		report rtcp.ReceptionReport
		want   Stats
	}{
		{"no sender report yet", rtcp.ReceptionReport{TotalLost: 3, Jitter: 160}, Stats{Lost: 3, Jitter: 20 * time.Millisecond}},
		{"more copies than losses", rtcp.ReceptionReport{TotalLost: 0xFFFFFE}, Stats{Lost: -2}},
		{
			"half a second after, a quarter of it at the browser",
			rtcp.ReceptionReport{LastSenderReport: middleNTP(now.Add(-500 * time.Millisecond)), Delay: 65536 / 4},
			Stats{RoundTrip: 250 * time.Millisecond},
		},
		{
			"a browser that claims to have waited longer than the trip",
			rtcp.ReceptionReport{LastSenderReport: middleNTP(now), Delay: 65536}, Stats{},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m meter
			m.codec(media.PCMU)
			c.want.Codec = media.PCMU
			m.report(c.report, now)
			if m.count != c.want {
				t.Errorf("got %+v, want %+v", m.count, c.want)
			}
		})
	}
}

// RFC 3550 §6.4.1, figure 2: A = 0xb710:8000, LSR = 0xb705:2000, DLSR = 0x0005:4000 make 6.125 s.
func TestRoundTripOfTheRFC(t *testing.T) {
	at := time.Unix(int64(0xb710)-2_208_988_800, 500_000_000)
	got := roundTrip(rtcp.ReceptionReport{LastSenderReport: 0xb7052000, Delay: 0x00054000}, at)
	if got != 6125*time.Millisecond {
		t.Errorf("got %v", got)
	}
}
