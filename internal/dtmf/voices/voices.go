// Package voices speaks texts with flite and espeak-ng, so that tests of detectors hear speech.
package voices

import (
	"context"
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Rate is the rate of all speech, in hertz.
const Rate = 8000

//go:embed texts.txt
var texts string

// Texts are sentences of several languages and many sounds.
func Texts() []string { return strings.Split(strings.TrimSpace(texts), "\n") }

// Voice is one way of speaking.
type Voice struct {
	Program string // flite or espeak-ng
	Name    string
	Speed   int // words a minute, espeak-ng only
	Pitch   int // 0 to 99, espeak-ng only
}

// All are voices of women and men, high and low, slow and fast.
func All() []Voice {
	return []Voice{
		{Program: "flite", Name: "slt"}, {Program: "flite", Name: "kal"},
		{Program: "flite", Name: "rms"}, {Program: "flite", Name: "awb"},
		{"espeak-ng", "en-us", 160, 50}, {"espeak-ng", "en-gb+f2", 150, 60}, {"espeak-ng", "en-us+f3", 170, 85},
		{"espeak-ng", "en-us+f4", 130, 99}, {"espeak-ng", "de", 150, 45}, {"espeak-ng", "fr+f5", 160, 70},
		{"espeak-ng", "es+m3", 180, 30}, {"espeak-ng", "nl+f1", 150, 95}, {"espeak-ng", "it+m5", 140, 10},
		{"espeak-ng", "en-us+croak", 140, 40}, {"espeak-ng", "en-gb+whisper", 150, 50}, {"espeak-ng", "en-us+m7", 200, 65},
	}
}

// Say speaks a text at Rate, with an active level near -20 dBm0.
func (v Voice) Say(ctx context.Context, text string) ([]int16, error) {
	folder, err := os.MkdirTemp("", "voices")
	if err != nil {
		return nil, fmt.Errorf("no place for speech: %w", err)
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "speech.wav")
	arguments := []string{"-voice", v.Name, "-t", text, "-o", file}
	if v.Program == "espeak-ng" {
		arguments = []string{"-v", v.Name, "-s", strconv.Itoa(v.Speed), "-p", strconv.Itoa(v.Pitch), "-w", file, "--", text}
	}
	if out, err := exec.CommandContext(ctx, v.Program, arguments...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s does not speak (%s): %w", v.Program, out, err)
	}
	wav, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("no speech by %s: %w", v.Program, err)
	}
	pcm, rate, err := parse(wav)
	if err != nil {
		return nil, fmt.Errorf("speech by %s: %w", v.Program, err)
	}
	return even(resample(pcm, rate)), nil
}

// parse reads the only form of WAV the two programs write: 16 bits, mono, a fmt chunk of 16 bytes first.
func parse(wav []byte) (pcm []float64, rate int, err error) {
	if len(wav) < 44 || string(wav[36:40]) != "data" {
		return nil, 0, fmt.Errorf("%d bytes are no WAV with a short head", len(wav))
	}
	rate = int(binary.LittleEndian.Uint32(wav[24:]))
	for body := wav[44:]; len(body) >= 2; body = body[2:] {
		pcm = append(pcm, float64(int16(binary.LittleEndian.Uint16(body))))
	}
	return pcm, rate, nil
}

// phases is into how many parts the way from one sample to the next is divided.
const phases = 256

// resample brings the speech to Rate with a low pass of 3.6 kHz.
func resample(pcm []float64, rate int) []float64 {
	step := float64(rate) / Rate
	side := int(8 * step)
	taps := lowPass(2*3600/float64(rate), side)
	out := make([]float64, int(float64(len(pcm))/step))
	for i := range out {
		at := float64(i) * step
		whole := int(at)
		phase := int((at - float64(whole)) * phases)
		for k := max(0, whole-side+1); k < min(len(pcm), whole+side); k++ {
			out[i] += pcm[k] * taps[(k-whole+side)*phases-phase]
		}
	}
	return out
}

// lowPass is a windowed sinc, phases steps per sample, side samples to each side.
func lowPass(cut float64, side int) []float64 {
	taps := make([]float64, 2*side*phases+1)
	for i := range taps {
		x := float64(i)/phases - float64(side)
		taps[i] = cut
		if x != 0 {
			taps[i] = math.Sin(math.Pi*cut*x) / (math.Pi * x)
		}
		taps[i] *= 0.54 + 0.46*math.Cos(math.Pi*x/float64(side))
	}
	return taps
}

// even brings the loud half of the speech to -20 dBm0.
func even(pcm []float64) []int16 {
	sum, loud, mean := 0.0, 1.0, 0.0
	for _, v := range pcm {
		mean += v * v / float64(len(pcm))
	}
	for _, v := range pcm {
		if v*v > mean/4 {
			sum, loud = sum+v*v, loud+1
		}
	}
	gain := 22830 / math.Sqrt2 * 0.1 / math.Sqrt(max(1, sum/loud))
	out := make([]int16, len(pcm))
	for i, v := range pcm {
		out[i] = int16(min(math.MaxInt16, max(math.MinInt16, v*gain)))
	}
	return out
}
