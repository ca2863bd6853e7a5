package quality

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// samplesOf reads a story: a letter per sample. g good, l loss, j jitter, r round trip, m low MOS, x loss and jitter,
// - no packets.
func samplesOf(story string) []Sample {
	good := Sample{Packets: 250, Loss: 3, Jitter: 30 * time.Millisecond, RoundTrip: 400 * time.Millisecond, MOS: 3.5}
	var out []Sample
	for _, letter := range strings.ReplaceAll(story, " ", "") {
		s := good
		if strings.ContainsRune("lx", letter) {
			s.Loss = 3.1
		}
		if strings.ContainsRune("jx", letter) {
			s.Jitter += time.Millisecond
		}
		if letter == 'r' {
			s.RoundTrip += time.Millisecond
		}
		if strings.ContainsRune("mlx", letter) {
			s.MOS = 3.4
		}
		if letter == '-' {
			s = Sample{}
		}
		out = append(out, s)
	}
	return out
}

func TestBannerStories(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"values at the limits are good", "gggggg", ""},
		{"two poor ones are not enough", "ll g ll g jj g", ""},
		{"three are", "ggg lll", "5: Poor sound from customer: loss"},
		{"each limit counts", "rrr", "2: Poor sound from customer: round trip"},
		{"a low MOS alone", "mmm", "2: Poor sound from customer: MOS"},
		{"causes differ from one to the next", "ljr", "2: Poor sound from customer: loss, jitter, round trip"},
		{"the lasting one is named", "lxl", "2: Poor sound from customer: loss"},
		{"and changes", "lll jjj", "2: Poor sound from customer: loss; 3: Poor sound from customer: loss, jitter; 5: Poor sound from customer: jitter"},
		{"three good ones clear it", "lll gg l ggg", "2: Poor sound from customer: loss; 8: "},
		{"a hold neither counts nor interrupts", "ll ---- l g - g - g", "6: Poor sound from customer: loss; 11: "},
		{"it comes again", "jjj ggg jj g jjj", "2: Poor sound from customer: jitter; 5: ; 11: Poor sound from customer: jitter"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b Banner
			var said []string
			for i, s := range samplesOf(c.in) {
				if b.Observe(s) {
					said = append(said, fmt.Sprintf("%d: %s", i, b.Text(From, "customer")))
				}
				if b.Shown() != (b.Causes() != 0) {
					t.Errorf("shown %v with causes %q", b.Shown(), b.Causes())
				}
			}
			if got := strings.Join(said, "; "); got != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}
