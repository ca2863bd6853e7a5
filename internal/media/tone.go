package media

import (
	"math"
	"sync"
	"time"
)

// ToneKind says what a tone tells the person who hears it.
type ToneKind uint8

// The tones of ITU-T E.180.
const (
	Ringback    ToneKind = iota // the far telephone rings
	Busy                        // the called person is on the telephone
	Congestion                  // the network cannot carry the call
	CallWaiting                 // another call waits
)

// cadence is one period of a tone: frequencies that sound together, then milliseconds on, off, on, off …
type cadence struct {
	hertz []float64
	times []int
}

// The cadences of the annex to ITU-T E.180 (various tones used in national networks).
var cadences = map[string][4]cadence{
	"US": {
		{[]float64{440, 480}, []int{2000, 4000}}, {[]float64{480, 620}, []int{500, 500}},
		{[]float64{480, 620}, []int{250, 250}}, {[]float64{440}, []int{300, 9700}},
	},
	"GB": {
		{[]float64{400, 450}, []int{400, 200, 400, 2000}}, {[]float64{400}, []int{375, 375}},
		{[]float64{400}, []int{400, 350, 225, 525}}, {[]float64{400}, []int{100, 3000}},
	},
	"DE": {
		{[]float64{425}, []int{1000, 4000}}, {[]float64{425}, []int{480, 480}},
		{[]float64{425}, []int{240, 240}}, {[]float64{425}, []int{200, 200, 200, 5000}},
	},
	"FR": {
		{[]float64{440}, []int{1500, 3500}}, {[]float64{440}, []int{500, 500}},
		{[]float64{440}, []int{250, 250}}, {[]float64{440}, []int{300, 10000}},
	},
	"ES": {
		{[]float64{425}, []int{1500, 3000}}, {[]float64{425}, []int{200, 200}},
		{[]float64{425}, []int{200, 200, 200, 200, 200, 600}}, {[]float64{425}, []int{175, 175, 175, 3500}},
	},
	"BE": {
		{[]float64{425}, []int{1000, 3000}}, {[]float64{425}, []int{500, 500}},
		{[]float64{425}, []int{167, 167}}, {[]float64{1400}, []int{175, 175, 175, 3500}},
	},
}

// toneLevel is the peak of each frequency: -13 dBm0, the nominal level of ITU-T E.180 §5.
const toneLevel = 5000

type toneName struct {
	kind    ToneKind
	country string
}

// tones are kept when made, so that all calls share the encoded bytes.
var tones = struct {
	sync.Mutex
	made map[toneName]*Sound
}{made: map[toneName]*Sound{}}

// Tone is one period of a tone, to be played with Loop. Country is an ISO 3166 code; one that is not known,
// or empty, means US.
func Tone(kind ToneKind, country string) *Sound {
	if _, known := cadences[country]; !known {
		country = "US"
	}
	name := toneName{min(kind, CallWaiting), country}
	tones.Lock()
	defer tones.Unlock()
	s, made := tones.made[name]
	if !made {
		s = cadences[country][name.kind].sound()
		tones.made[name] = s
	}
	return s
}

func (c cadence) sound() *Sound {
	var pcm []int16
	for i, ms := range c.times {
		n := int(samplesIn(time.Duration(ms) * time.Millisecond))
		if i%2 == 1 {
			pcm = append(pcm, make([]int16, n)...)
			continue
		}
		pcm = append(pcm, burst(c.hertz, n)...)
	}
	return &Sound{pcm: pcm}
}

// burst sounds the frequencies for n samples, with edges of 5 ms that do not click.
func burst(hertz []float64, n int) []int16 {
	const edge = SampleRate / 200
	pcm := make([]int16, n)
	for i := range pcm {
		sum := 0.0
		for _, f := range hertz {
			sum += math.Sin(2 * math.Pi * f * float64(i) / SampleRate)
		}
		gain := min(1, float64(i)/edge, float64(n-i)/edge)
		pcm[i] = int16(toneLevel * gain * sum)
	}
	return pcm
}
