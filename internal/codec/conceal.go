package codec

import "math"

// concealer makes up sound for lost packets by repeating the last periods of pitch, in the manner of ITU-T G.711
// Appendix I, but without that one's delay of 3.75 ms: the step between what was heard and what is made up is taken out
// by a decaying correction instead of by looking ahead. Loudness stays for 10 ms and is gone after 60.
type concealer struct {
	history  []int16 // what was put out last, the youngest at the end
	past     []int16 // history as it was when the loss began
	ms       int     // samples in a millisecond
	lost     int     // samples made up since the last packet
	period   int     // pitch in samples
	periods  int     // how many of the last periods are being repeated, 1 to 3
	position int     // in these
	former   int     // position in one period fewer, while fading from there
	fading   int     // samples left of that
	step     float32 // from what would have come before the first sample made up to what did
	decay    int     // samples over which step is taken out
}

// Limits of pitch: 66 to 200 Hz (G.711 Appendix I.2.2).
const (
	shortestPeriod = 5  // ms
	longestPeriod  = 15 // ms
	pitchWindow    = 20 // ms
)

func newConcealer(rate int) concealer {
	ms := rate / 1000
	length := 3*longestPeriod*ms + longestPeriod*ms/4
	return concealer{history: make([]int16, length), past: make([]int16, length), ms: ms}
}

// heard takes a frame that came, and joins it to what was made up before it.
func (c *concealer) heard(pcm []int16) {
	if c.lost > 0 && len(pcm) > 0 {
		c.rejoin(pcm)
	}
	c.remember(pcm)
}

func (c *concealer) remember(pcm []int16) {
	if len(pcm) >= len(c.history) {
		copy(c.history, pcm[len(pcm)-len(c.history):])
		return
	}
	kept := copy(c.history, c.history[len(pcm):])
	copy(c.history[kept:], pcm)
}

// rejoin fades from what would have been made up next to pcm, the longer the loss the slower, 10 ms at most.
func (c *concealer) rejoin(pcm []int16) {
	n := min(c.period/4+4*c.ms*(c.lost/(10*c.ms)), 10*c.ms, len(pcm))
	for i := range n {
		w := float32(i+1) / float32(n+1)
		pcm[i] = clip(c.next()*(1-w) + float32(pcm[i])*w)
	}
	c.lost = 0
}

// fill makes up the next samples.
func (c *concealer) fill(pcm []int16) {
	if c.lost == 0 {
		c.begin()
	}
	for i := range pcm {
		if c.lost >= 60*c.ms {
			clear(pcm[i:])
			break
		}
		pcm[i] = clip(c.next())
	}
	c.remember(pcm)
	c.lost = max(c.lost, 1) // lost counts the silence no further, and a loss of nothing has begun all the same
}

func (c *concealer) begin() {
	copy(c.past, c.history)
	c.period = c.pitch()
	c.periods, c.position, c.fading = 1, 0, 0
	last := len(c.past) - 1
	c.step = float32(c.past[last]) - float32(c.past[last-c.period])
	c.decay = c.period / 4
}

// next is the next sample made up.
func (c *concealer) next() float32 {
	if c.lost >= 60*c.ms {
		return 0
	}
	if c.lost == 10*c.ms || c.lost == 20*c.ms {
		c.widen()
	}
	x := c.repeated(c.periods, c.position)
	if c.fading > 0 {
		w := float32(c.fading) / float32(c.period/4+1)
		x = x*(1-w) + c.repeated(c.periods-1, c.former)*w
		c.former = (c.former + 1) % ((c.periods - 1) * c.period)
		c.fading--
	}
	if c.lost < c.decay {
		x += c.step * (1 - float32(c.lost+1)/float32(c.decay+1))
	}
	if c.lost > 10*c.ms {
		x *= float32(60*c.ms-c.lost) / float32(50*c.ms)
	}
	c.position = (c.position + 1) % (c.periods * c.period)
	c.lost++
	return x
}

// widen repeats one period more, since the same one again and again sounds like a buzzer.
func (c *concealer) widen() {
	c.former, c.fading = c.position, c.period/4
	c.position %= c.period
	c.periods++
}

// repeated is a sample of the last so many periods, whose last quarter of a period fades into what came before the
// first, so that the end joins the beginning.
func (c *concealer) repeated(periods, position int) float32 {
	end, all := len(c.past), periods*c.period
	x := float32(c.past[end-all+position])
	quarter := c.period / 4
	j := position - all + quarter
	if j < 0 {
		return x
	}
	w := float32(j+1) / float32(quarter+1)
	return x*(1-w) + float32(c.past[end-all-quarter+j])*w
}

// pitch is the lag at which the last 20 ms resemble what came before them most: first with every second sample of 8 kHz,
// then around the lag found. What resembles nothing gets the longest, in which a repetition is heard least.
func (c *concealer) pitch() int {
	coarse := c.ms / 4
	shortest, longest := shortestPeriod*c.ms, longestPeriod*c.ms
	best, likeness := longest, float32(0)
	for lag := shortest; lag <= longest; lag += coarse {
		if l := c.likeness(lag, coarse); l > likeness {
			best, likeness = lag, l
		}
	}
	if likeness < 0.4 {
		return longest
	}
	first, last := max(shortest, best-coarse+1), min(longest, best+coarse-1)
	likeness = 0
	for lag := first; lag <= last; lag++ {
		if l := c.likeness(lag, 1); l > likeness {
			best, likeness = lag, l
		}
	}
	return best
}

// likeness is the normalised correlation of the last 20 ms with those a lag earlier, taking every so many-th sample.
func (c *concealer) likeness(lag, every int) float32 {
	window := pitchWindow * c.ms
	recent := c.past[len(c.past)-window:]
	earlier := c.past[len(c.past)-window-lag:][:window]
	var product, a, b float32
	for i := 0; i < window; i += every {
		x, y := float32(recent[i]), float32(earlier[i])
		product += x * y
		a += x * x
		b += y * y
	}
	if product <= 0 {
		return 0
	}
	return product / float32(math.Sqrt(float64(a)*float64(b)))
}

func clip(x float32) int16 {
	switch {
	case x >= math.MaxInt16:
		return math.MaxInt16
	case x <= math.MinInt16:
		return math.MinInt16
	default:
		return int16(math.RoundToEven(float64(x)))
	}
}
