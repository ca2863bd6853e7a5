package amd

import (
	"math"
	"time"
)

// What a beep is: one frequency, steady, for its time, alone.
const (
	lowestBeep  = 342.0 // 350 to 2500 Hz, with room for noise at the ends
	highestBeep = 2540.0
	minBeep     = 120 * time.Millisecond
	maxBeep     = 2200 * time.Millisecond // a fax answers with 2.6 s and more (ITU-T T.30)
	pureShare   = 0.88                    // of the energy is in the one frequency: 8.7 dB over the noise
	quietBeep   = -40.0                   // dBm0
	wander      = 0.012                   // of the frequency, from its mean
	swell       = 3.0                     // dB, from its mean: a voice swells, a beep does not
	after       = 60 * time.Millisecond   // without a further tone: those in a row are the network's (ITU-T E.180)
)

// Tones of exchanges (ringback, busy, congestion) have these frequencies. A machine may beep so too; that is
// believed only after a greeting, and when the tone does not come again.
const (
	lowestExchange  = 375.0
	highestExchange = 505.0
	greeted         = 800 * time.Millisecond
	afterGreeting   = 5 * time.Second
	notAgain        = 820 * time.Millisecond // longer than the silence in any busy tone
)

// single is the one frequency of a piece of sound, if it has only one.
type single struct {
	found bool
	hertz float64
	level float64 // dBm0
}

// pure says whether 20 ms of sound at 8 kHz are one sine.
func pure(x []float32) single {
	r0, r1, r2 := correlations(x)
	level := 10 * math.Log10(2*(r0+1)/float64(len(x))/fullScale/fullScale)
	if level < quietBeep {
		return single{}
	}
	w := math.Acos(min(1, max(-1, pisarenko(r1, r2))))
	middle := len(x) / 2
	for range 2 {
		ac, as := sine(x[:middle], w)
		bc, bs := sine(x[middle:], w)
		turn := math.Atan2(-bs, bc) - math.Atan2(-as, ac) - w*float64(middle)
		w += math.Remainder(turn, 2*math.Pi) / float64(middle)
	}
	c, s := sine(x, w)
	share := (c*c + s*s) * float64(len(x)) / 2 / max(r0, 1)
	hertz := w * 8000 / (2 * math.Pi)
	return single{found: share >= pureShare && hertz >= lowestBeep && hertz <= highestBeep, hertz: hertz, level: level}
}

// correlations are the products of the sound with itself, 0, 1 and 2 samples later.
func correlations(x []float32) (r0, r1, r2 float64) {
	for i := 2; i < len(x); i++ {
		a, b, c := float64(x[i]), float64(x[i-1]), float64(x[i-2])
		r0, r1, r2 = r0+a*a, r1+a*b, r2+a*c
	}
	a, b := float64(x[0]), float64(x[1])
	return r0 + a*a + b*b, r1 + a*b, r2
}

// pisarenko is the cosine of a sine's frequency in white noise, which r0 alone would hold.
func pisarenko(r1, r2 float64) float64 {
	if r1 == 0 {
		return 0
	}
	return (r2 + math.Sqrt(r2*r2+8*r1*r1)) / (4 * r1)
}

// sine is the amplitude of a frequency in the sound: c cos + s sin around its middle.
func sine(x []float32, w float64) (c, s float64) {
	sin, cos := math.Sincos(-w * float64(len(x)-1) / 2)
	stepS, stepC := math.Sincos(w)
	for _, v := range x {
		c, s = c+float64(v)*cos, s+float64(v)*sin
		cos, sin = cos*stepC-sin*stepS, sin*stepC+cos*stepS
	}
	// A cosine and a sine around the middle are at right angles, but not of the same length.
	n := float64(len(x))
	even := math.Sin(n*w) / math.Sin(max(w, 1e-6))
	return c / max(1, (n+even)/2), s / max(1, (n-even)/2)
}

// beep follows a tone until it is known to be one of a machine.
type beep struct {
	sounding bool
	from     time.Duration
	last     time.Duration
	hertz    float64 // means over the tone
	level    float64
	looks    float64
	waiting  bool // a beep has ended and is told when nothing follows
	exchange bool
	end      time.Duration
}

// step takes in 10 ms. last and lasting say when a voice was last heard and for how long.
func (b *beep) step(now time.Duration, tone single, last, lasting time.Duration) (hertz float64, end time.Duration, ended bool) {
	steady := tone.found && b.same(tone)
	switch {
	case steady && b.sounding:
		b.mean(tone)
		b.last = now
	case steady, tone.found:
		b.stop(last, lasting)
		b.start(now, tone)
	case b.sounding && now-b.last >= 2*step:
		b.stop(last, lasting)
	}
	return b.ready(now)
}

// same says whether the tone goes on as it was.
func (b *beep) same(t single) bool {
	return !b.sounding || math.Abs(t.hertz-b.hertz) < wander*b.hertz && math.Abs(t.level-b.level) < swell
}

func (b *beep) mean(t single) {
	b.looks++
	b.hertz += (t.hertz - b.hertz) / b.looks
	b.level += (t.level - b.level) / b.looks
}

// start begins a tone. It is found 20 ms after its first sample.
func (b *beep) start(now time.Duration, t single) {
	b.sounding, b.from, b.last = true, now-2*step, now
	b.hertz, b.level, b.looks = 0, 0, 0
	b.mean(t)
}

// stop ends the tone and says whether it may have been a beep. A tone that follows another at once spoils both.
func (b *beep) stop(last, lasting time.Duration) {
	long := b.last - b.from
	if !b.sounding || long < minBeep {
		b.sounding = false
		return
	}
	alone := b.end == 0 || b.from-b.end >= b.patience()
	b.sounding, b.end = false, b.last
	b.exchange = b.hertz >= lowestExchange && b.hertz <= highestExchange
	greeting := lasting >= greeted && b.from-last <= afterGreeting
	b.waiting = alone && long <= maxBeep && (!b.exchange || greeting)
}

// patience is how long no other tone may follow the last one.
func (b *beep) patience() time.Duration {
	if b.exchange {
		return notAgain
	}
	return after
}

// ready tells of a beep when no other tone has followed it for long enough.
func (b *beep) ready(now time.Duration) (hertz float64, end time.Duration, ended bool) {
	if !b.waiting || b.sounding || now-b.end < b.patience() {
		return 0, 0, false
	}
	b.waiting = false
	return b.hertz, b.end, true
}
