package quality

import (
	"fmt"
	"math"
	"math/rand/v2"
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

// bannerRates plays generated calls of two minutes, of which some lose packets by chance, singly or in bursts, from a time
// on: poor ones, clearly beyond the limits, are to raise the banner within four samples, good ones never.
func bannerRates(t *testing.T) {
	const calls = 4000
	r := rand.New(rand.NewPCG(12, 107))
	var poor, missed, good, invented, slowest, samples int
	var off float64 // of the MOS told from that of the loss that is really there, sum over samples
	for n := range calls {
		codec, loss, burst := []string{"PCMU", "G722", "opus"}[n%3], 0.01*r.Float64(), 1+2*float64(n%2)
		from := 0
		if n%4 < 2 {
			loss, from = 0.05+0.15*r.Float64(), 2+r.IntN(8)
		}
		m, b, c, shown := Meter{}, Banner{}, Counters{Codec: codec, Buffer: 20 * time.Millisecond}, 0
		for at := 1; at <= 24; at++ {
			rate := loss
			if at <= from {
				rate = 0
			}
			lost, runs := lostOf(r, 250, rate, burst)
			c.Expected, c.Lost, c.Losses = c.Expected+250, c.Lost+lost, c.Losses+runs
			s := m.Sample(time.Time{}, c)
			samples++
			off += math.Abs(s.MOS - Path{Codec: codec, Loss: 100 * rate, Bursts: burst * (1 - rate), Delay: 40 * time.Millisecond}.MOS())
			b.Observe(s)
			if b.Shown() && shown == 0 {
				shown = at
			}
		}
		switch {
		case from == 0:
			good++
			if shown > 0 {
				invented++
			}
		case shown == 0:
			poor, missed = poor+1, missed+1
		default:
			poor, slowest = poor+1, max(slowest, shown-from)
		}
	}
	t.Logf("%d calls that lose 5 to 20 %%: missed %.2f %%, told after %d samples at most; %d calls that lose up to 1 %%: false %.2f %%; MOS off by %.2f in the mean",
		poor, 100*float64(missed)/float64(poor), slowest, good, 100*float64(invented)/float64(good), off/float64(samples))
	if missed*100 > poor || invented*100 > good || off/float64(samples) > 0.3 {
		t.Errorf("%d missed, %d false, MOS off by %.2f", missed, invented, off/float64(samples))
	}
}

// lostOf loses a share of packets by chance, in bursts of a mean length, and tells how many, in how many bursts.
func lostOf(r *rand.Rand, packets int, rate, burst float64) (lost, runs uint64) {
	in := false
	for range packets {
		leave, enter := 1/burst, rate/(1-rate)/burst // Gilbert's two states
		if in {
			in = r.Float64() >= leave
		} else if in = r.Float64() < enter; in {
			runs++
		}
		if in {
			lost++
		}
	}
	return lost, runs
}
