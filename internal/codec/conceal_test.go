package codec

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// roughest is the largest second difference of pcm: what makes a click.
func roughest(pcm []int16) float64 {
	worst := 0.0
	for i := 2; i < len(pcm); i++ {
		worst = max(worst, math.Abs(float64(pcm[i])-2*float64(pcm[i-1])+float64(pcm[i-2])))
	}
	return worst
}

// TestConcealedToneGoesOn loses one packet of a tone: its loudness stays, and nothing clicks.
func TestConcealedToneGoesOn(t *testing.T) {
	for _, w := range ways {
		if !w.codec.Available() {
			continue
		}
		for _, frequency := range []float64{137, 440, 1000, 1633} {
			e, d := pair(t, w.codec, Settings{Rate: w.rate})
			sent := packets(e, tone(w.rate, w.rate, frequency, 8000))
			got := hear(d, sent, func(i int) bool { return i == 30 })
			frame := w.rate / 50
			before, during := got[20*frame:30*frame], got[30*frame:31*frame]
			kept := decibel(rms(during[:frame/2]) / rms(before))
			rough := roughest(got[29*frame:33*frame]) / roughest(before)
			least := -3.0
			if w.codec == Opus {
				least = -9 // libopus does as it sees fit
			}
			if kept < least || kept > 2 || rough > 3 {
				t.Errorf("%s at %d Hz, tone of %g: loudness %+.1f dB in the first 10 ms, click of %.1f times the tone's own",
					w.codec, w.rate, frequency, kept, rough)
			}
		}
	}
}

// TestLossOfSpeech loses 5 to 20 % of the packets of a voice, singly and in bursts, and
// compares with the same stream unharmed. Silence in place of what is lost would be 37 to 40 dB off.
func TestLossOfSpeech(t *testing.T) {
	for _, w := range ways {
		if !w.codec.Available() {
			t.Logf("not checked: loss of %s, which is not in this build", w.codec)
			continue
		}
		pcm := babble(w.rate, 8*w.rate)
		e, _ := pair(t, w.codec, Settings{Rate: w.rate})
		sent := packets(e, pcm)
		_, whole := pair(t, w.codec, Settings{Rate: w.rate})
		clean := hear(whole, sent, never)
		for _, percent := range []int{5, 10, 20} {
			lost := losses(len(sent), percent)
			_, d := pair(t, w.codec, Settings{Rate: w.rate})
			got := hear(d, sent, func(i int) bool { return lost[i] })
			half, mean := envelope(clean, got, lost, w.rate/50)
			rough := roughest(got) / roughest(clean)
			t.Logf("%s at %d Hz, %d %% lost: where lost, loudness is within %.1f dB in half the frames, %.1f in the mean; "+
				"sharpest edge %.1f times the voice's own", w.codec, w.rate, percent, half, mean, rough)
			if half > 10 || mean > 15 || rough > 2 {
				t.Error("want 10 dB in half of the frames, 15 in the mean, and no click above twice the voice's sharpest edge")
			}
		}
	}
}

// losses are lost packets of so many per cent, a third of them in bursts of two or three.
func losses(n, percent int) []bool {
	random := rand.New(rand.NewPCG(uint64(percent), 1))
	lost := make([]bool, n)
	count := 0
	for count < n*percent/100 {
		at, length := random.IntN(n-8)+4, 1
		if random.IntN(5) == 0 {
			length = 2 + random.IntN(2)
		}
		for i := range length {
			if !lost[at+i] {
				lost[at+i] = true
				count++
			}
		}
	}
	return lost
}

// envelope is by how many dB the loudness of lost frames is off where the voice is loud: in half of them at the most, and
// in the mean, in which the syllables that begin or end just there count most. Silence is taken as 40 dB off.
func envelope(clean, got []int16, lost []bool, frame int) (half, mean float64) {
	var off []float64
	floor := rms(clean) / 10
	for i, is := range lost {
		want := rms(clean[i*frame : (i+1)*frame])
		if is && want > floor {
			off = append(off, min(40, math.Abs(decibel((rms(got[i*frame:(i+1)*frame])+1)/(want+1)))))
			mean += off[len(off)-1]
		}
	}
	slices.Sort(off)
	return off[len(off)/2], mean / float64(len(off))
}

// TestLongLossFadesAndReturns: loudness is whole for 10 ms, gone after 60, and back within 20 ms of the first packet.
func TestLongLossFadesAndReturns(t *testing.T) {
	for _, w := range ways[:4] {
		e, d := pair(t, w.codec, Settings{Rate: w.rate})
		sent := packets(e, tone(w.rate, w.rate, 400, 8000))
		ms := w.rate / 1000
		var got []int16
		for _, packet := range sent[:25] {
			got = d.Decode(got, packet)
		}
		start := len(got)
		for range 33 { // 231 ms, in pieces that are no frames
			got = d.Conceal(got, 7*ms)
		}
		end := len(got)
		for _, packet := range sent[36:] {
			got = d.Decode(got, packet)
		}
		for _, part := range []struct {
			name        string
			from, to    int
			least, most float64
		}{
			{"first 10 ms", start, start + 10*ms, -2, 1},
			{"20 to 40 ms", start + 20*ms, start + 40*ms, -9, -2},
			{"from 60 ms", start + 60*ms, end, -200, -70},
			{"after 20 ms of sound", end + 20*ms, end + 60*ms, -1.5, 1.5},
		} {
			if l := decibel(rms(got[part.from:part.to]) / (8000 / math.Sqrt2)); l < part.least || l > part.most {
				t.Errorf("%s at %d Hz, %s: %.1f dB, want %g to %g", w.codec, w.rate, part.name, l, part.least, part.most)
			}
		}
		if click := roughest(got[start-2:]) / roughest(got[start/2:start]); click > 3 {
			t.Errorf("%s at %d Hz: an edge %.1f times the tone's sharpest", w.codec, w.rate, click)
		}
	}
}

// TestLossBeforeAnySound is silence, however long.
func TestLossBeforeAnySound(t *testing.T) {
	for _, w := range ways[:4] {
		_, d := pair(t, w.codec, Settings{Rate: w.rate})
		got := d.Conceal(d.Conceal(nil, 0), w.rate)
		if len(got) != w.rate || rms(got) != 0 {
			t.Errorf("%s: %d samples, loudness %g", w.codec, len(got), rms(got))
		}
	}
}

// TestConcealedNoiseStaysNoise: repeating must not make a buzz of a hiss.
func TestConcealedNoiseStaysNoise(t *testing.T) {
	e, d := pair(t, PCMU, Settings{})
	sent := packets(e, hiss(8000, 1000))
	got := hear(d, sent, func(i int) bool { return i == 30 || i == 31 })
	during := got[30*160 : 31*160]
	if l := decibel(rms(during) / 1000); math.Abs(l) > 4 {
		t.Errorf("loudness %+.1f dB", l)
	}
	worst := 0.0
	for lag := 20; lag < 110; lag++ { // nothing repeats sooner than after 15 ms
		product, power := 0.0, 0.0
		for i := lag; i < len(during); i++ {
			product += float64(during[i]) * float64(during[i-lag])
			power += float64(during[i]) * float64(during[i])
		}
		worst = max(worst, product/power)
	}
	if worst > 0.6 {
		t.Errorf("the hiss repeats itself with a correlation of %.2f", worst)
	}
}

func BenchmarkConceal20ms(b *testing.B) {
	for _, w := range ways {
		e, d := pair(b, w.codec, Settings{Rate: w.rate})
		sent, sound := packets(e, babble(w.rate, w.rate)), make([]int16, 0, w.rate/50)
		b.Run(fmt.Sprintf("%s-%d", w.codec, w.rate), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				sound = d.Decode(sound[:0], sent[i%len(sent)])
				b.StartTimer()
				sound = d.Conceal(sound[:0], w.rate/50)
			}
		})
	}
}
