package audiofile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parley/internal/resample"
)

// wav builds a file from samples of a channel in a given form.
func wav(tag, channels, rate, bits int, data []byte) []byte {
	b := append([]byte("RIFF\x00\x00\x00\x00WAVE"), "LIST\x03\x00\x00\x00abc\x00fmt \x10\x00\x00\x00"...)
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

func each(pcm []int16, write func(b []byte, x int16) []byte) (b []byte) {
	for _, x := range pcm {
		b = write(b, x)
	}
	return b
}

func le16(b []byte, x int16) []byte { return binary.LittleEndian.AppendUint16(b, uint16(x)) }

// nearest finds the code of G.711 whose value is nearest.
func nearest(table *[256]int16) func(b []byte, x int16) []byte {
	return func(b []byte, x int16) []byte {
		best, code := math.MaxInt, 0
		for i, y := range table {
			if d := int(x) - int(y); d*d < best {
				best, code = d*d, i
			}
		}
		return append(b, byte(code))
	}
}

func TestDecodeWAV(t *testing.T) {
	const rate = 11025
	pcm := tone(440, rate, rate)
	float := func(b []byte, x int16) []byte {
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(x)/32768))
	}
	double := func(b []byte, x int16) []byte {
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(float64(x)/32768))
	}
	for _, c := range []struct {
		name                string
		tag, channels, bits int
		data                []byte
		off                 int // how far a sample may be
	}{
		{"8 bit", wavPCM, 1, 8, each(pcm, func(b []byte, x int16) []byte { return append(b, byte(x>>8)+128) }), 256},
		{"16 bit", wavPCM, 1, 16, each(pcm, le16), 0},
		{"24 bit", wavPCM, 1, 24, each(pcm, func(b []byte, x int16) []byte { return le16(append(b, 9), x) }), 0},
		{"32 bit", wavPCM, 1, 32, each(pcm, func(b []byte, x int16) []byte { return le16(append(b, 9, 9), x) }), 0},
		{"float", wavFloat, 1, 32, each(pcm, float), 0},
		{"double", wavFloat, 1, 64, each(pcm, double), 0},
		{"A-law", wavALaw, 1, 8, each(pcm, nearest(&aLaw)), 256},
		{"mu-law", wavMuLaw, 1, 8, each(pcm, nearest(&muLaw)), 256},
		{"stereo", wavPCM, 2, 16, each(weave(pcm, pcm), le16), 0},
		{"stereo, one side", wavPCM, 2, 16, each(weave(tone(440, rate, rate), make([]int16, rate)), func(b []byte, x int16) []byte { return le16(b, x) }), 4001},
	} {
		t.Run(c.name, func(t *testing.T) {
			sound, err := Decode(iotest.OneByteReader(bytes.NewReader(wav(c.tag, c.channels, rate, c.bits, c.data))), Wish{})
			if err != nil {
				t.Fatal(err)
			}
			if sound.Rate != rate || len(sound.PCM) != len(pcm) || sound.Duration() != time.Second {
				t.Fatalf("%d Hz, %d samples", sound.Rate, len(sound.PCM))
			}
			for i, x := range sound.PCM {
				if d := int(x) - int(pcm[i]); d > c.off || d < -c.off {
					t.Fatalf("sample %d is %d, not %d", i, x, pcm[i])
				}
			}
		})
	}
}

// TestG711Tables: some values of ITU-T G.711 tables 1 and 2, in 16 bit.
func TestG711Tables(t *testing.T) {
	for _, c := range []struct {
		name string
		got  int16
		want int16
	}{
		{"mu 0x00", muLaw[0], -32124}, {"mu 0x80", muLaw[0x80], 32124}, {"mu 0xFF", muLaw[0xFF], 0}, {"mu 0x7F", muLaw[0x7F], 0},
		{"A 0xAA", aLaw[0xAA], 32256}, {"A 0x2A", aLaw[0x2A], -32256}, {"A 0xD5", aLaw[0xD5], 8}, {"A 0x55", aLaw[0x55], -8},
	} {
		if c.got != c.want {
			t.Errorf("%s is %d, not %d", c.name, c.got, c.want)
		}
	}
}

// halves takes every second sample away.
type halves struct{ odd bool }

func (h *halves) Delay() time.Duration { return 0 }

func (h *halves) Resample(dst, pcm []int16) []int16 {
	for _, x := range pcm {
		if !h.odd {
			dst = append(dst, x)
		}
		h.odd = !h.odd
	}
	return dst
}

func TestDecodeAtAnotherRate(t *testing.T) {
	wish := Wish{Rate: 8000, Resample: func(from, to int) (Resampler, error) {
		if from != 16000 || to != 8000 {
			t.Errorf("from %d to %d Hz", from, to)
		}
		return &halves{}, nil
	}}
	file := wav(wavPCM, 1, 16000, 16, each(tone(440, 16000, 16000), le16))
	sound, err := Decode(bytes.NewReader(file), wish)
	if err != nil || sound.Rate != 8000 || len(sound.PCM) != 8000 || strength(sound.PCM, 440, 8000) < 0.2 {
		t.Fatalf("%+v, %v", sound.Rate, err)
	}
}

func TestFaults(t *testing.T) {
	pcm := each(tone(440, 8000, 8000), le16)
	adpcm := wav(17, 1, 8000, 4, pcm)
	for _, c := range []struct {
		name string
		file []byte
		wish Wish
		want string
	}{
		{"empty", nil, Wish{}, "unusable sound file: it is empty"},
		{"text", []byte("hello, this is no sound"), Wish{}, "unusable sound file: it is not WAV, MP3 or Ogg Opus"},
		{"flac", []byte("fLaC............"), Wish{}, "unusable sound file: it is FLAC, not WAV, MP3 or Ogg Opus"},
		{"m4a", []byte("\x00\x00\x00\x20ftypM4A "), Wish{}, "unusable sound file: it is MP4 or M4A, not WAV, MP3 or Ogg Opus"},
		{"adpcm", adpcm, Wish{}, "unusable WAV file: it holds ADPCM of 4 bits, not PCM of 8 to 32 bits, float, A-law or mu-law"},
		{"six channels", wav(1, 6, 8000, 16, pcm), Wish{}, "unusable WAV file: it has 6 channels instead of one or two"},
		{"slow", wav(1, 1, 100, 16, pcm), Wish{}, "unusable WAV file: its rate of 100 Hz is not between 4000 and 192000"},
		{"cut", wav(1, 1, 8000, 16, pcm)[:40], Wish{}, "unusable WAV file: its format part ends before its sound"},
		{"cut off", wav(1, 1, 8000, 16, pcm)[:44+4800], Wish{}, "unusable WAV file: it is cut off: 0.3 of its 1.0 seconds are there"},
		{"no sound", wav(1, 1, 8000, 16, nil), Wish{}, "unusable sound file: it holds no sound"},
		{"long", wav(1, 1, 8000, 16, pcm), Wish{Longest: time.Second / 2}, "unusable sound file: it lasts longer than 0 seconds"},
		{"large", wav(1, 1, 8000, 16, pcm), Wish{MaxBytes: 4000}, "unusable sound file: it is larger than 0 MB"},
		{"no MP3", append([]byte("ID3"), make([]byte, 3000)...), Wish{}, "unusable MP3 file"},
	} {
		_, err := Decode(bytes.NewReader(c.file), c.wish)
		var fault *Fault
		if !errors.As(err, &fault) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	broken := errors.New("the line is cut")
	if _, err := Decode(io.MultiReader(bytes.NewReader(wav(1, 1, 8000, 16, pcm)[:60]), iotest.ErrReader(broken)), Wish{}); !errors.Is(err, broken) {
		t.Errorf("the reader's error became %v", err)
	}
}

// TestPipedWAV: a program that wrote to a pipe could not know how much would come; what is there is taken.
func TestPipedWAV(t *testing.T) {
	for _, said := range []uint32{0, 0x7FFFF000, math.MaxUint32} {
		file := wav(1, 1, 8000, 16, each(tone(440, 8000, 8000), le16))
		binary.LittleEndian.PutUint32(file[40:], said)
		if sound, err := Decode(bytes.NewReader(file), Wish{}); err != nil || len(sound.PCM) != 8000 {
			t.Errorf("a file that says %d bytes: %v", said, err)
		}
	}
}

// silentMP3 is some frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz, whose side information names no bits: silence.
func silentMP3(frames int) []byte {
	frame := make([]byte, 417)
	copy(frame, []byte{0xFF, 0xFB, 0x90, 0x64})
	return bytes.Repeat(frame, frames)
}

func TestDecodeMP3(t *testing.T) {
	for _, end := range [][]byte{nil, append([]byte("TAG"), make([]byte, 125)...)} {
		sound, err := Decode(bytes.NewReader(append(silentMP3(100), end...)), Wish{})
		if err != nil {
			t.Fatal(err)
		}
		if sound.Rate != 44100 || len(sound.PCM) < 99*1152 || len(sound.PCM) > 100*1152 {
			t.Errorf("%d Hz, %d samples", sound.Rate, len(sound.PCM))
		}
	}
}

func FuzzDecode(f *testing.F) {
	pcm := each(tone(440, 8000, 400), le16)
	f.Add(wav(1, 2, 8000, 16, pcm))
	f.Add(wav(7, 1, 8000, 8, pcm))
	f.Add(wav(wavExtensible, 1, 8000, 16, pcm))
	f.Add(silentMP3(3))
	f.Add(append([]byte("ID3\x03\x00\x00\x00\x00\x00\x00"), silentMP3(2)...))
	if Available() {
		f.Add(encoded(f, phone, weave(tone(440, 8000, 800), tone(300, 8000, 800)), 160))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		sound, err := Decode(bytes.NewReader(file), Wish{Longest: 10 * time.Second, MaxBytes: 1 << 20})
		if err == nil && (len(sound.PCM) == 0 || sound.Rate < 4000) {
			t.Errorf("%d samples at %d Hz without an error", len(sound.PCM), sound.Rate)
		}
		var fault *Fault
		if err != nil && !errors.As(err, &fault) {
			t.Errorf("%v", err)
		}
	})
}

// TestDecodeByOurResampler: an upload of another rate begins and ends where it did.
func TestDecodeByOurResampler(t *testing.T) {
	wish := Wish{Rate: 8000, Resample: func(from, to int) (Resampler, error) { return resample.New(from, to) }}
	for _, from := range []int{11025, 16000, 22050, 44100, 48000} {
		pcm := make([]int16, from)
		copy(pcm[from/4:], tone(700, from, from/2))
		sound, err := Decode(bytes.NewReader(wav(wavPCM, 1, from, 16, each(pcm, le16))), wish)
		if err != nil {
			t.Fatal(err)
		}
		first := slices.IndexFunc(sound.PCM, func(x int16) bool { return x > 800 })
		if len(sound.PCM) != 8000 || first < 1998 || first > 2004 || strength(sound.PCM[2500:5500], 700, 8000) < 0.22 {
			t.Errorf("from %d Hz: %d samples, the tone begins at %d, %.3f loud", from, len(sound.PCM), first, strength(sound.PCM[2500:5500], 700, 8000))
		}
	}
}
