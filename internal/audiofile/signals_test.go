package audiofile

import (
	"bytes"
	"math"
	"testing"
)

var phone = OpusSettings{Rate: 8000, Channels: 2, Bitrate: 24000, Complexity: 5}

// tone is a sine at half of full scale.
func tone(hertz float64, rate, samples int) []int16 {
	pcm := make([]int16, samples)
	for i := range pcm {
		pcm[i] = int16(8000 * math.Sin(2*math.Pi*hertz*float64(i)/float64(rate)))
	}
	return pcm
}

func weave(a, b []int16) []int16 {
	pcm := make([]int16, 0, 2*len(a))
	for i := range a {
		pcm = append(pcm, a[i], b[i])
	}
	return pcm
}

// strength is the amplitude of a frequency, 1 as full scale.
func strength(pcm []int16, hertz float64, rate int) float64 {
	var re, im float64
	for i, x := range pcm {
		window := 1 - math.Cos(2*math.Pi*float64(i)/float64(len(pcm)))
		angle := 2 * math.Pi * hertz * float64(i) / float64(rate)
		re, im = re+window*float64(x)*math.Cos(angle), im+window*float64(x)*math.Sin(angle)
	}
	return 2 * math.Hypot(re, im) / float64(len(pcm)) / 32768
}

func encoded(t testing.TB, s OpusSettings, pcm []int16, piece int) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := NewOpusWriter(&file, s)
	if err != nil {
		t.Fatal(err)
	}
	for len(pcm) > 0 {
		n := min(piece*s.Channels, len(pcm))
		if err := w.Write(pcm[:n]); err != nil {
			t.Fatal(err)
		}
		pcm = pcm[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
