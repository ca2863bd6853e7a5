package media

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// interval is what one code of G.711 stands for: the 16-bit samples from one decision value up to the next, and the
// value that they come back as.
type interval struct{ from, to, value int }

// muIntervals are tables 2a and 2b of ITU-T G.711, of which one unit is 4 at 16 bit. Step Q of segment S begins at the
// decision value (2Q+32)·2^S − 33, comes back as (2Q+33)·2^S − 33, and is sent with all its bits inverted.
func muIntervals() map[byte]interval {
	all := map[byte]interval{}
	for s := range 8 {
		for q := range 16 {
			from, value, to := 4*max(0, (2*q+32)<<s-33), 4*((2*q+33)<<s-33), 4*((2*q+34)<<s-33)
			if s == 7 && q == 15 {
				to = 1 << 15 // the highest decision value is a virtual one: all that is louder belongs here
			}
			code := 0x7F - byte(s<<4|q)
			all[0x80|code], all[code] = interval{from, to, value}, interval{-to, -from, -value}
		}
	}
	return all
}

// aIntervals are tables 1a and 1b of ITU-T G.711, of which one unit is 8 at 16 bit. Segment 0 has the steps of segment
// 1, the steps of each further one are twice as wide; every other bit is inverted.
func aIntervals() map[byte]interval {
	all := map[byte]interval{}
	for s := range 8 {
		for q := range 16 {
			step, first := 2<<max(0, s-1), 32<<max(0, s-1)
			if s == 0 {
				first = 0
			}
			from := first + q*step
			code := byte(s<<4|q) ^ 0x55
			one := interval{8 * from, 8 * (from + step), 8 * (from + step/2)}
			all[code^0x80], all[code] = one, interval{-one.to, -one.from, -one.value}
		}
	}
	return all
}

// TestG711IsTheRecommendation encodes every sample and decodes every code.
func TestG711IsTheRecommendation(t *testing.T) {
	for _, law := range []struct {
		codec Codec
		table map[byte]interval
	}{{PCMU, muIntervals()}, {PCMA, aIntervals()}} {
		samples := 0
		for code, want := range law.table {
			if got := law.codec.Decode(nil, []byte{code})[0]; int(got) != want.value {
				t.Errorf("%s decodes %#x as %d, want %d", law.codec, code, got, want.value)
			}
			for sample := want.from; sample < want.to; sample++ {
				samples++
				if got := law.codec.Encode(nil, []int16{int16(sample)})[0]; got != code {
					t.Fatalf("%s encodes %d as %#x, want %#x", law.codec, sample, got, code)
				}
			}
		}
		if len(law.table) != 256 || samples != 1<<16 {
			t.Errorf("%s: %d codes and %d samples were looked at", law.codec, len(law.table), samples)
		}
	}
}

// words reads a file of the ITU-T software tool library: 16-bit words, little endian.
func words(t *testing.T, path ...string) []uint16 {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	out := make([]uint16, len(b)/2)
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return out
}

// TestG711Vectors asks a second witness where there is one: the ITU-T's files are not part of the project.
// PARLEY_VECTORS says where they are.
func TestG711Vectors(t *testing.T) {
	folder := os.Getenv("PARLEY_VECTORS")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "vectors")
		if _, err := os.Stat(folder); err != nil {
			t.Logf("TestG711IsTheRecommendation stands alone, without the files of the ITU-T: %v", err)
			return
		}
	}
	samples := words(t, folder, "g711", "sweep.src")
	for _, law := range []struct {
		codec            Codec
		encoded, decoded string
	}{{PCMU, "sweep-r.u", "sweep-r.u-u"}, {PCMA, "sweep-r.a", "sweep-r.a-a"}} {
		encoded, decoded := words(t, folder, "g711", law.encoded), words(t, folder, "g711", law.decoded)
		for i, sample := range samples {
			code := law.codec.Encode(nil, []int16{int16(sample)})[0]
			if uint16(code) != encoded[i] {
				t.Fatalf("%s encodes %d as %#x, want %#x", law.codec, int16(sample), code, encoded[i])
			}
			if back := law.codec.Decode(nil, []byte{code})[0]; uint16(back) != decoded[i] {
				t.Fatalf("%s decodes %#x as %d, want %d", law.codec, code, back, int16(decoded[i]))
			}
		}
	}
}

func TestG711(t *testing.T) {
	// Values of ITU-T G.711 tables 1 and 2, at 16 bit.
	for _, c := range []struct {
		codec  Codec
		sample int16
		code   byte
	}{
		{PCMU, 0, 0xFF}, {PCMU, -1, 0x7F}, {PCMU, 32767, 0x80}, {PCMU, -32768, 0x00}, {PCMU, 1000, 0xCE},
		{PCMA, 0, 0xD5}, {PCMA, -1, 0x55}, {PCMA, 32767, 0xAA}, {PCMA, -32768, 0x2A}, {PCMA, 1000, 0xFA},
	} {
		if got := c.codec.Encode(nil, []int16{c.sample})[0]; got != c.code {
			t.Errorf("%s of %d is %#x, want %#x", c.codec, c.sample, got, c.code)
		}
	}
	for c := PCMU; c < codecs; c++ {
		for code := range 256 {
			linear := c.Decode(nil, []byte{byte(code)})
			again := c.Decode(nil, c.Encode(nil, linear))
			if again[0] != linear[0] {
				t.Errorf("%s code %#x is %d, and %d after another round", c, code, linear[0], again[0])
			}
		}
		if pcm := c.Decode(nil, []byte{c.silence()}); pcm[0] < -8 || pcm[0] > 8 {
			t.Errorf("silence of %s sounds like %d", c, pcm[0])
		}
	}
}

func TestTranscodeIsDecodeAndEncode(t *testing.T) {
	all, got := make([]byte, 256), make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, c := range []struct{ from, to Codec }{{PCMU, PCMA}, {PCMA, PCMU}, {PCMA, PCMA}} {
		transcode(got, all, c.from, c.to)
		want := all
		if c.from != c.to {
			want = c.to.Encode(nil, c.from.Decode(nil, all))
		}
		if string(got) != string(want) {
			t.Errorf("%s to %s: % x, want % x", c.from, c.to, got, want)
		}
	}
}
