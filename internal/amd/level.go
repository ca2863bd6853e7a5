package amd

import "math"

const (
	look      = 80    // samples of a step at 8 kHz
	fullScale = 22830 // peak of a sine of 0 dBm0
	slots     = 16    // of the noise floor's memory, 100 ms each
)

// power is the level of sound in dBm0.
func power(x []float32) float64 {
	sum := 1.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return 10 * math.Log10(2*sum/float64(len(x))/fullScale/fullScale)
}

// What is a voice: so much above the noise, and never below quietest. In noise louder than noisiest nothing is
// certain, and a voice that is louder still counts.
const (
	overNoise = 9.0
	quietest  = -45.0
	noisiest  = -32.0
)

// floor follows the noise behind a voice: the lowest smoothed level of the last 1.6 s.
type floor struct {
	smooth float64
	lowest [slots]float64
	at     int
	count  int
}

func newFloor() floor {
	f := floor{smooth: quietest}
	for i := range f.lowest {
		f.lowest[i] = noisiest
	}
	return f
}

// above says whether 10 ms of a level hold a voice.
func (f *floor) above(level float64) bool {
	f.smooth += 0.3 * (level - f.smooth)
	f.lowest[f.at] = min(f.lowest[f.at], f.smooth)
	f.count++
	if f.count == 10 {
		f.count = 0
		f.at = (f.at + 1) % slots
		f.lowest[f.at] = f.smooth
	}
	noise := noisiest
	for _, l := range f.lowest {
		noise = min(noise, l)
	}
	return level > max(noise+overNoise, quietest)
}
