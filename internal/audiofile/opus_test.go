//go:build cgo

package audiofile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"testing"
	"time"
)

func decoded(t testing.TB, file []byte, rate int) (channels [][]int16, whole bool) {
	t.Helper()
	r, err := OpenOpus(bytes.NewReader(file), rate)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	channels = make([][]int16, r.Channels())
	for {
		pcm, err := r.Next()
		if errors.Is(err, io.EOF) {
			return channels, r.Complete()
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range pcm {
			channels[i%len(channels)] = append(channels[i%len(channels)], x)
		}
	}
}

func TestChannelsStayApart(t *testing.T) {
	const seconds = 5
	for _, rate := range []int{8000, 16000, 48000} {
		s := phone
		s.Rate = rate
		n := rate * seconds
		file := encoded(t, s, weave(tone(440, rate, n), tone(1000, rate, n)), 333)
		channels, whole := decoded(t, file, rate)
		if !whole || len(channels) != 2 || len(channels[0]) != n {
			t.Fatalf("%d Hz: whole %t, %d channels, %d samples instead of %d", rate, whole, len(channels), len(channels[0]), n)
		}
		for channel, own := range []float64{440, 1000} {
			other := 1440 - own
			pcm := channels[channel][rate : 4*rate]
			if is, leak := strength(pcm, own, rate), strength(pcm, other, rate); is < 0.2 || is > 0.28 || leak > 0.001 {
				t.Errorf("%d Hz, channel %d: own tone %.3f, the other's %.5f", rate, channel, is, leak)
			}
		}
		t.Logf("MEASURED %d Hz: %d bytes for %d s of two tones", rate, len(file), seconds)
	}
}

// TestExactInTime: silence stays silence, and a burst comes out where it went in.
func TestExactInTime(t *testing.T) {
	const rate, from, length = 8000, 12345, 800
	pcm := make([]int16, 3*rate)
	copy(pcm[from:], tone(700, rate, length))
	channels, _ := decoded(t, encoded(t, phone, weave(pcm, make([]int16, len(pcm))), 160), rate)
	got := channels[0]
	for at := range got[:from-400] {
		if got[at] > 20 || got[at] < -20 {
			t.Fatalf("sample %d of the silence is %d", at, got[at])
		}
	}
	best, shift := 0.0, 0
	for s := -80; s <= 80; s++ {
		sum := 0.0
		for i := range length {
			sum += float64(pcm[from+i]) * float64(got[from+i+s])
		}
		if sum > best {
			best, shift = sum, s
		}
	}
	t.Logf("MEASURED the sound is shifted by %.2f ms", float64(shift)/8)
	if shift < -8 || shift > 8 {
		t.Errorf("the burst is shifted by %d samples", shift)
	}
	for _, x := range channels[1] {
		if x > 20 || x < -20 {
			t.Fatalf("the silent channel sounds: %d", x)
		}
	}
}

func TestLastsExactlyAsLong(t *testing.T) {
	for _, n := range []int{0, 1, 159, 160, 161, 7999, 8000, 8001, 8000*61 + 77} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			file := encoded(t, phone, weave(tone(440, 8000, n), tone(300, 8000, n)), 1000)
			channels, whole := decoded(t, file, 8000)
			if len(channels[0]) != n || len(channels[1]) != n || !whole {
				t.Errorf("%d and %d samples, whole %t", len(channels[0]), len(channels[1]), whole)
			}
			length, err := OpusLength(bytes.NewReader(file))
			if want := timeOf(int64(n), 8000); err != nil || length != want {
				t.Errorf("measured %s instead of %s: %v", length, want, err)
			}
			if _, err := OpusLength(bytes.NewReader(file[:len(file)-1])); err == nil {
				t.Error("a file that is cut off was measured")
			}
		})
	}
}

func TestTruncatedOpusPlaysToItsLastPage(t *testing.T) {
	file := encoded(t, phone, weave(tone(440, 8000, 80000), tone(300, 8000, 80000)), 160)
	channels, whole := decoded(t, file[:len(file)/2], 8000)
	if whole || len(channels[0]) < 30000 || len(channels[0]) > 50000 {
		t.Errorf("whole %t, %d samples", whole, len(channels[0]))
	}
}

func TestOpusFaults(t *testing.T) {
	good := encoded(t, phone, weave(tone(440, 8000, 8000), tone(300, 8000, 8000)), 160)
	flipped := bytes.Clone(good)
	flipped[len(flipped)-30] ^= 4
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"head only", good[:47], "unusable Ogg Opus file: it ends before its sound"},
		{"bit flipped", flipped, "unusable Ogg Opus file: a page is damaged"},
		{"no Opus", vorbis(), "unusable sound file: it is an Ogg file of another kind than Opus"},
	} {
		_, err := Decode(bytes.NewReader(c.file), Wish{})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func vorbis() []byte {
	var file bytes.Buffer
	p := pageWriter{w: &file}
	_ = p.put([]byte("\x01vorbis------------------"), 0)
	_ = p.flush(0)
	return file.Bytes()
}

func TestOpusUpload(t *testing.T) {
	n := 16000
	s := OpusSettings{Rate: 16000, Channels: 1, Bitrate: 24000, Complexity: 5}
	sound, err := Decode(bytes.NewReader(encoded(t, s, tone(440, 16000, n), 320)), Wish{})
	if err != nil {
		t.Fatal(err)
	}
	if sound.Rate != 48000 || sound.Duration() != time.Second || strength(sound.PCM, 440, 48000) < 0.2 {
		t.Errorf("%d Hz, %s, tone %.3f", sound.Rate, sound.Duration(), strength(sound.PCM, 440, 48000))
	}
}

func TestPacketsOverPages(t *testing.T) {
	long := bytes.Repeat([]byte{7}, 600)
	body := func(flags byte, lacing []byte, body []byte, sequence uint32) []byte {
		var file bytes.Buffer
		p := pageWriter{w: &file, sequence: sequence, lacing: lacing, body: body}
		_ = p.flush(flags)
		return file.Bytes()
	}
	whole := append(body(0, []byte{3, 255}, append([]byte("abc"), long[:255]...), 1), body(pageContinued|pageLast, []byte{255, 90, 1}, append(long[255:], 'z'), 2)...)
	p := packets{r: bytes.NewReader(whole)}
	for _, want := range []string{"abc", string(long), "z"} {
		packet, _, _, err := p.next()
		if err != nil || string(packet) != want {
			t.Fatalf("%q, %v", packet, err)
		}
	}
	if _, _, _, err := p.next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

// FuzzOgg reads files whose pages have right checksums whatever is in them, so that it comes to the heads, the lacing, the
// positions and the packets.
func FuzzOgg(f *testing.F) {
	small := encoded(f, phone, weave(tone(440, 8000, 800), tone(300, 8000, 800)), 160)
	f.Add(small)
	f.Add(small[:len(small)/2])
	f.Add(vorbis())
	f.Fuzz(func(t *testing.T, file []byte) {
		file = mended(file)
		r, err := OpenOpus(bytes.NewReader(file), 8000)
		if err != nil {
			if length, err := OpusLength(bytes.NewReader(file)); err == nil && length < 0 {
				t.Errorf("it lasts %s", length)
			}
			return
		}
		defer r.Close()
		for range 1000 {
			pcm, err := r.Next()
			if err != nil {
				return
			}
			if len(pcm) == 0 || len(pcm)%r.Channels() != 0 || len(pcm) > 8000*longestPacket/1000*r.Channels() {
				t.Fatalf("%d samples of %d channels", len(pcm), r.Channels())
			}
		}
	})
}

// mended puts the right checksum into each page.
func mended(file []byte) []byte {
	file = bytes.Clone(file)
	for rest := file; ; {
		at := bytes.Index(rest, []byte("OggS"))
		if at < 0 || len(rest) < at+pageHead {
			return file
		}
		page := rest[at:]
		size := pageHead + int(page[26])
		if len(page) < size {
			return file
		}
		for _, n := range page[pageHead:size] {
			size += int(n)
		}
		if len(page) < size {
			return file
		}
		clear(page[22:26])
		binary.LittleEndian.PutUint32(page[22:], sumOf(0, page[:size]))
		rest = page[size:]
	}
}

func BenchmarkEncodeMinute(b *testing.B) {
	pcm := weave(speech(8000*60, 1), speech(8000*60, 2))
	for _, complexity := range []int{0, 3, 5, 10} {
		b.Run(fmt.Sprint(complexity), func(b *testing.B) {
			s := phone
			s.Complexity = complexity
			size := 0
			for b.Loop() {
				size = len(encoded(b, s, pcm, 1600))
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

func BenchmarkDecodeMinute(b *testing.B) {
	file := encoded(b, phone, weave(speech(8000*60, 1), speech(8000*60, 2)), 1600)
	for b.Loop() {
		decoded(b, file, 8000)
	}
}

// speech is a buzz that talks for a second and is quiet for a second.
func speech(n, turn int) []int16 {
	pcm := make([]int16, n)
	noise := uint32(turn)
	for i := range pcm {
		noise = noise*1664525 + 1013904223
		if i/8000%2 == turn%2 {
			pitch := 110 + 30*math.Sin(float64(i)/4000)
			phase := math.Mod(float64(i)*pitch/8000, 1)
			pcm[i] = int16(6000*math.Exp(-8*phase)*math.Sin(2*math.Pi*phase*6)) + int16(noise>>24)
		}
	}
	return pcm
}
