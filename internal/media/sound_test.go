package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// wavFile makes a WAV file; data is what its "data" chunk holds.
func wavFile(tag, channels, rate, bits int, data []byte) []byte {
	b := append([]byte("RIFF"), 0, 0, 0, 0)
	b = append(b, "WAVEfact\x03\x00\x00\x00abc\x00fmt \x10\x00\x00\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(tag))
	b = binary.LittleEndian.AppendUint16(b, uint16(channels))
	b = binary.LittleEndian.AppendUint32(b, uint32(rate))
	b = binary.LittleEndian.AppendUint32(b, uint32(rate*channels*bits/8))
	b = binary.LittleEndian.AppendUint16(b, uint16(channels*bits/8))
	b = binary.LittleEndian.AppendUint16(b, uint16(bits))
	b = append(b, "data"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	return append(b, data...)
}

// wave is a second of two tones at any rate: the second one half as loud, on the second channel if there is one.
func wave(rate, channels int, low, high float64) []byte {
	var b []byte
	for i := range rate {
		x := 12000 * math.Sin(2*math.Pi*low*float64(i)/float64(rate))
		y := 6000 * math.Sin(2*math.Pi*high*float64(i)/float64(rate))
		if channels == 1 {
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(x+y)))
			continue
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(int16(x)))
		b = binary.LittleEndian.AppendUint16(b, uint16(int16(y)))
	}
	return b
}

func TestDecodeWAVAtAllRates(t *testing.T) {
	for _, rate := range []int{8000, 11025, 16000, 22050, 32000, 44100, 47999, 48000} {
		for channels := 1; channels <= 2; channels++ {
			t.Run(fmt.Sprint(rate, "x", channels), func(t *testing.T) {
				high := 3000.0
				sound, err := DecodeWAV(bytes.NewReader(wavFile(wavPCM, channels, rate, 16, wave(rate, channels, 440, high))))
				if err != nil {
					t.Fatal(err)
				}
				if d := sound.Duration() - time.Second; d > time.Millisecond || d < -time.Millisecond {
					t.Errorf("lasts %v, want 1 s", sound.Duration())
				}
				pcm, gain := sound.PCM()[400:7600], 1/float64(channels)
				for hz, want := range map[float64]float64{440: 12000. / 32768, high: 6000. / 32768, 1700: 0} {
					if got := (Ear{}).Strength(pcm, hz); math.Abs(got-gain*want) > 0.01*gain {
						t.Errorf("%v Hz has strength %.4f, want %.4f", hz, got, gain*want)
					}
				}
			})
		}
	}
}

func TestResampleLeavesNoAlias(t *testing.T) {
	// 5 kHz would fold to 3 kHz.
	sound, err := DecodeWAV(bytes.NewReader(wavFile(wavPCM, 1, 48000, 16, wave(48000, 1, 5000, 7000))))
	if err != nil {
		t.Fatal(err)
	}
	if level := (Ear{}).Level(sound.PCM()[400:7600]); level > 0.0005 {
		t.Errorf("what cannot be heard at 8 kHz leaves a level of %.5f", level)
	}
}

func TestDecodeWAVLaws(t *testing.T) {
	pcm := sine(1000, time.Second)
	for _, c := range []struct {
		tag   int
		codec Codec
	}{{wavMu, PCMU}, {wavA, PCMA}} {
		sound, err := DecodeWAV(bytes.NewReader(wavFile(c.tag, 1, 8000, 8, Compress(c.codec, nil, pcm))))
		if err != nil {
			t.Fatal(err)
		}
		if hz, strength := (Ear{}).Dominant(sound.PCM()); math.Abs(hz-1000) > 2 || math.Abs(strength-8000./32768) > 0.005 {
			t.Errorf("%s: %.0f Hz of %.3f", c.codec, hz, strength)
		}
	}
}

func TestDecodeWAVSaysWhatIsWrong(t *testing.T) {
	good := wavFile(wavPCM, 1, 8000, 16, make([]byte, 100))
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"empty", nil, "RIFF"},
		{"an MP3", []byte("ID3\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00"), "RIFF"},
		{"cut in the head", good[:20], "cut off"},
		{"cut before the sound", good[:48], "ends before its sound"},
		{"no sound", wavFile(wavPCM, 1, 8000, 16, nil), "no sound"},
		{"24 bit", wavFile(wavPCM, 1, 8000, 24, make([]byte, 99)), "24 bits"},
		{"MP3 in WAV", wavFile(0x55, 1, 8000, 16, make([]byte, 99)), "format 85"},
		{"six channels", wavFile(wavPCM, 6, 8000, 16, make([]byte, 96)), "6 channels"},
		{"96 kHz", wavFile(wavPCM, 1, 96000, 16, make([]byte, 96)), "96000 Hz"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := DecodeWAV(bytes.NewReader(c.in))
			if !errors.Is(err, ErrWAV) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want %q in it", err, c.want)
			}
		})
	}
}

func FuzzDecodeWAV(f *testing.F) {
	f.Add(wavFile(wavPCM, 2, 44100, 16, wave(44100, 2, 440, 700)[:1000]))
	f.Add(wavFile(wavMu, 1, 8000, 8, []byte{1, 2, 3}))
	f.Add(wavFile(wavPCM, 1, 11025, 16, []byte{1, 2, 3})[:40])
	f.Add([]byte("RIFF....WAVE"))
	f.Fuzz(func(t *testing.T, b []byte) {
		sound, err := DecodeWAV(bytes.NewReader(b))
		if err == nil && len(sound.PCM()) > len(b) {
			t.Errorf("%d samples out of %d bytes", len(sound.PCM()), len(b))
		}
	})
}

func TestEar(t *testing.T) {
	for _, rate := range []int{8000, 48000} {
		ear := Ear{Rate: rate}
		pcm := make([]int16, rate/4)
		for i := range pcm {
			pcm[i] = int16(16384*math.Sin(2*math.Pi*697*float64(i)/float64(rate)) + 1638*math.Sin(2*math.Pi*1209*float64(i)/float64(rate)))
		}
		if hz, strength := ear.Dominant(pcm); math.Abs(hz-697) > 2 || math.Abs(strength-0.5) > 0.02 {
			t.Errorf("at %d: %.1f Hz of %.3f, want 697 of 0.5", rate, hz, strength)
		}
		if s := ear.Strength(pcm, 1209); math.Abs(s-0.05) > 0.005 {
			t.Errorf("at %d: 1209 Hz has %.4f, want 0.05", rate, s)
		}
		if s := ear.Strength(pcm, 900); s > 0.001 {
			t.Errorf("at %d: 900 Hz has %.4f, want none", rate, s)
		}
		if level := ear.Level(pcm); math.Abs(level-0.3553) > 0.005 {
			t.Errorf("at %d: level %.4f, want 0.355", rate, level)
		}
	}
	for _, pcm := range [][]int16{nil, make([]int16, 63), make([]int16, 8000)} {
		if hz, strength := (Ear{}).Dominant(pcm); hz != 0 || strength != 0 {
			t.Errorf("%d samples of silence: %.0f Hz of %.3f", len(pcm), hz, strength)
		}
	}
}
