package codec

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// vectors is the folder of the ITU-T's files, which are not part of the project: PARLEY_VECTORS says where it is. Where
// it is in neither place, the test says what it did not check.
func vectors(t *testing.T, name string) (folder string, there bool) {
	t.Helper()
	folder, named := os.LookupEnv("PARLEY_VECTORS")
	if !named {
		folder = filepath.Join("..", "..", "..", "shared", "vectors")
	}
	folder = filepath.Join(folder, name)
	_, err := os.Stat(folder)
	if !named && errors.Is(err, fs.ErrNotExist) {
		t.Logf("not checked: %s against the files of the ITU-T, which are not at %s", name, folder)
		return "", false
	}
	if err != nil {
		t.Fatal(err)
	}
	return folder, true
}

func file(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// samples reads a file of 16-bit words, little endian.
func samples(t *testing.T, path ...string) []int16 {
	t.Helper()
	b := file(t, path...)
	out := make([]int16, len(b)/2)
	for i := range out {
		out[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return out
}

func TestG711Vectors(t *testing.T) {
	folder, there := vectors(t, "g711")
	if !there {
		return
	}
	source := samples(t, folder, "sweep.src")
	for _, law := range []struct {
		codec                     Codec
		encoded, decoded, through string
	}{{PCMU, "sweep-r.u", "sweep-r.u-u", "sweep-r.reu"}, {PCMA, "sweep-r.a", "sweep-r.a-a", "sweep-r.rea"}} {
		codes, sound := samples(t, folder, law.encoded), samples(t, folder, law.decoded)
		encoder, decoder := pair(t, law.codec, Settings{})
		got := encoder.Encode(nil, source)
		for i, code := range codes {
			if int16(got[i]) != code {
				t.Fatalf("%s encodes %d as %#x, want %#x", law.codec, source[i], got[i], code)
			}
		}
		expect(t, law.codec.String()+" decoded", decoder.Decode(nil, got), sound)
		expect(t, law.codec.String()+" there and back", decoder.Decode(nil, got), samples(t, folder, law.through))
	}
}

func TestG722Vectors(t *testing.T) {
	folder, there := vectors(t, "g722")
	if !there {
		return
	}
	encoder, _ := pair(t, G722, Settings{})
	source, codes := samples(t, folder, "inpsp.bin"), swapped(file(t, folder, "codsp.cod"))
	var got []byte
	for rest := source; len(rest) > 0; {
		n := min(len(rest), 318) // not a divisor of the chunks inside
		got = encoder.Encode(got, rest[:n])
		rest = rest[n:]
	}
	if !bytes.Equal(got, codes) {
		t.Errorf("G.722 encodes otherwise from octet %d of %d on", differ(got, codes), len(codes))
	}
	for mode, name := range []string{"outsp1.bin", "outsp2.bin", "outsp3.bin"} {
		decoder := newG722Decoder(16000)
		decoder.inverse = &lowerInverse[mode]
		var sound []int16
		for rest := codes; len(rest) > 0; {
			n := min(len(rest), 161)
			sound = decoder.Decode(sound, rest[:n])
			rest = rest[n:]
		}
		expect(t, name, sound, samples(t, folder, name))
	}
}

// swapped changes the places of the octets of each 16-bit word.
func swapped(b []byte) []byte {
	out := make([]byte, len(b))
	for i := range b {
		out[i] = b[i^1]
	}
	return out
}

func expect(t *testing.T, what string, got, want []int16) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d samples, want %d", what, len(got), len(want))
	}
	if i := differ(got, want); i < len(got) {
		t.Fatalf("%s: sample %d is %d, want %d", what, i, got[i], want[i])
	}
}

// differ is the place of the first difference, or the length of the shorter.
func differ[E comparable](a, b []E) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// pair is an encoder and a decoder at the same rate, closed when the test ends.
func pair(t testing.TB, c Codec, s Settings) (Encoder, Decoder) {
	t.Helper()
	e, err := NewEncoder(c, s)
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewDecoder(c, s.Rate)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(e); shut(d) })
	return e, d
}

func shut(v any) {
	if c, ok := v.(interface{ Close() }); ok {
		c.Close()
	}
}
