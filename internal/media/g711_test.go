package media

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// words reads a file of the ITU-T software tool library: 16-bit words, little endian. The vectors are not part of
// the project; PARLEY_VECTORS says where they are.
func words(t *testing.T, name string) []uint16 {
	t.Helper()
	folder := os.Getenv("PARLEY_VECTORS")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "vectors")
	}
	b, err := os.ReadFile(filepath.Join(folder, "g711", name))
	if err != nil {
		t.Logf("not checked against the ITU-T vectors of G.711: %v", err)
		return nil
	}
	out := make([]uint16, len(b)/2)
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return out
}

func TestG711Vectors(t *testing.T) {
	samples := words(t, "sweep.src")
	for _, law := range []struct {
		codec            Codec
		encoded, decoded string
	}{{PCMU, "sweep-r.u", "sweep-r.u-u"}, {PCMA, "sweep-r.a", "sweep-r.a-a"}} {
		encoded, decoded := words(t, law.encoded), words(t, law.decoded)
		if samples == nil || encoded == nil || decoded == nil {
			return
		}
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
