//go:build cgo

package audiofile

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// These tests hold our files against opus-tools, which are libopus' own (Debian: opus-tools; `make install-test`).

// tool runs one of opus-tools in a folder and gives what it says.
func tool(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s (`make install-test` installs opus-tools): %v\n%s", name, strings.Join(args, " "), err, said)
	}
	return string(said)
}

// opusdec decodes a file as libopus' own player does: samples of each channel at 48 kHz.
func opusdec(t *testing.T, dir, file string, channels int) [][]int16 {
	t.Helper()
	tool(t, dir, "opusdec", "--quiet", "--no-dither", "--rate", fmt.Sprint(granuleRate), file, "decoded.raw")
	raw, err := os.ReadFile(filepath.Join(dir, "decoded.raw"))
	if err != nil {
		t.Fatal(err)
	}
	pcm := make([][]int16, channels)
	for i := 0; i+1 < len(raw); i += 2 {
		c := i / 2 % channels
		pcm[c] = append(pcm[c], int16(uint16(raw[i])|uint16(raw[i+1])<<8))
	}
	return pcm
}

// likeness is how much stronger a sound is than what it is off from another, in dB; 120 when they are the same.
func likeness(want, got []int16) float64 {
	var signal, noise float64
	for i := range want {
		x, y := float64(want[i]), float64(got[i])
		signal, noise = signal+x*x, noise+(x-y)*(x-y)
	}
	return min(120, 10*math.Log10(signal/max(noise, 1e-6)))
}

func loudness(pcm []int16) float64 {
	sum := 0.0
	for _, x := range pcm {
		sum += float64(x) * float64(x)
	}
	return 10*math.Log10(sum/float64(len(pcm))+1e-9) - 20*math.Log10(32768)
}

// TestOpusencIsRead: what opusenc makes, in every frame size and way, we decode to the very sound that opusdec gives.
func TestOpusencIsRead(t *testing.T) {
	for _, c := range []struct {
		name           string
		rate, channels int
		args           []string
	}{
		{"music in stereo", 48000, 2, []string{"--music", "--bitrate", "96"}},
		{"speech", 16000, 1, []string{"--speech", "--bitrate", "24"}},
		{"telephone", 8000, 1, []string{"--speech", "--bitrate", "12", "--framesize", "60"}},
		{"CD rate", 44100, 2, []string{"--framesize", "40", "--cvbr"}},
		{"short frames", 48000, 1, []string{"--framesize", "2.5", "--hard-cbr", "--bitrate", "64"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			n := c.rate * 3
			source := tone(440, c.rate, n)
			if c.channels == 2 {
				source = weave(source, tone(1000, c.rate, n))
			}
			check(t, os.WriteFile(filepath.Join(dir, "in.wav"), wav(wavPCM, c.channels, c.rate, 16, each(source, le16)), 0o600))
			tool(t, dir, "opusenc", append(c.args, "--quiet", "in.wav", "out.opus")...)
			file, err := os.ReadFile(filepath.Join(dir, "out.opus"))
			check(t, err)
			got, whole := decoded(t, file, granuleRate)
			want := opusdec(t, dir, "out.opus", c.channels)
			if !whole || len(got) != c.channels || len(got[0]) != len(want[0]) || len(got[0]) != 3*granuleRate {
				t.Fatalf("whole %t, %d channels of %d samples, opusdec has %d", whole, len(got), len(got[0]), len(want[0]))
			}
			for i := range got {
				like, off := likeness(want[i], got[i]), loudness(got[i])-loudness(tone(440, c.rate, n))
				t.Logf("MEASURED channel %d: %.0f dB above what differs from opusdec, %+.2f dB of the source", i, like, off)
				if like < 60 || math.Abs(off) > 1 {
					t.Errorf("channel %d: want 60 dB at least, and the source's loudness within 1 dB", i)
				}
			}
			if length, err := OpusLength(bytes.NewReader(file)); err != nil || length != 3*time.Second {
				t.Errorf("it is taken to last %s: %v", length, err)
			}
		})
	}
}

// TestOpusdecPlaysOurs: a recording that we compressed is sound to libopus' tools, and the same sound.
func TestOpusdecPlaysOurs(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			dir := t.TempDir()
			s, n := phone, rate*4+rate/7 // no whole number of frames
			s.Rate = rate
			source := [][]int16{speech(n, 1), tone(1000, rate, n)}
			file := encoded(t, s, weave(source[0], source[1]), 333)
			check(t, os.WriteFile(filepath.Join(dir, "ours.opus"), file, 0o600))
			said := tool(t, dir, "opusinfo", "ours.opus")
			if strings.Contains(strings.ToLower(said), "warning") || !strings.Contains(said, "Channels: 2") {
				t.Errorf("opusinfo says:\n%s", said)
			}
			want, _ := decoded(t, file, granuleRate)
			got := opusdec(t, dir, "ours.opus", 2)
			if most := len(want[0]) + 1; len(got[0]) < len(want[0])-1 || len(got[0]) > most {
				t.Fatalf("opusdec gives %d samples, we give %d", len(got[0]), len(want[0]))
			}
			for i := range got {
				m := min(len(got[i]), len(want[i]))
				like, off := likeness(want[i][:m], got[i][:m]), loudness(got[i])-loudness(source[i])
				theirs := loudness(viaOpusenc(t, dir, rate, source[i])) - loudness(source[i])
				t.Logf("MEASURED %d Hz, channel %d: %.0f dB above what differs from ours, %+.2f dB of the source, %+.2f by opusenc",
					rate, i, like, off, theirs)
				if like < 60 || math.Abs(off-theirs) > 2 { // opusenc has no filter below a voice, which libopus puts before telephony
					t.Errorf("channel %d: want 60 dB at least, and opusenc's loudness within 2 dB", i)
				}
			}
			if is, leak := strength(got[0], 440, granuleRate), strength(got[0], 1000, granuleRate); leak > 0.002 && leak > is {
				t.Errorf("the tone of channel 1 is in channel 0: %.4f", leak)
			}
		})
	}
}

// viaOpusenc is what becomes of sound when opusenc encodes it as recordings are.
func viaOpusenc(t *testing.T, dir string, rate int, pcm []int16) []int16 {
	t.Helper()
	check(t, os.WriteFile(filepath.Join(dir, "in.wav"), wav(wavPCM, 1, rate, 16, each(pcm, le16)), 0o600))
	tool(t, dir, "opusenc", "--quiet", "--speech", "--bitrate", fmt.Sprint(phone.Bitrate/1000), "--comp", fmt.Sprint(phone.Complexity), "in.wav", "theirs.opus")
	return opusdec(t, dir, "theirs.opus", 1)[0]
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
