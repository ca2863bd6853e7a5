//go:build cgo

package codec

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// These tests hold our packets against opusdec, which is libopus' own decoder (Debian: opus-tools; `make install-test`).

// oggOpus is a file of one channel that holds the packets of 20 ms, a packet on each page (RFC 3533, RFC 7845).
func oggOpus(packets [][]byte) []byte {
	head := append([]byte("OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00"), 0) // version 1, mono, nothing skipped, 48 kHz, no gain
	tags := append([]byte("OpusTags\x04\x00\x00\x00test"), 0, 0, 0, 0)
	var file []byte
	for i, packet := range append([][]byte{head, tags}, packets...) {
		page := append([]byte("OggS\x00"), 0)
		switch i {
		case 0:
			page[5] = 2 // the first page
		case len(packets) + 1:
			page[5] = 4 // the last
		}
		page = binary.LittleEndian.AppendUint64(page, uint64(max(i-1, 0)*960))
		page = binary.LittleEndian.AppendUint32(page, 1)
		page = binary.LittleEndian.AppendUint32(page, uint32(i))
		page = append(page, 0, 0, 0, 0, byte(len(packet)/255+1))
		for range len(packet) / 255 {
			page = append(page, 255)
		}
		page = append(append(page, byte(len(packet)%255)), packet...)
		binary.LittleEndian.PutUint32(page[22:], oggSum(page))
		file = append(file, page...)
	}
	return file
}

func oggSum(page []byte) (sum uint32) {
	for _, b := range page {
		sum ^= uint32(b) << 24
		for range 8 {
			sum = sum<<1 ^ sum>>31*0x04C11DB7
		}
	}
	return sum
}

// opusdec decodes packets as libopus' own player does, and may lose some of them by chance: it tells which.
func opusdec(t *testing.T, packets [][]byte, rate, lossPercent int) (pcm []int16, lost []bool) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in.opus"), oggOpus(packets), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "opusdec", "--quiet", "--no-dither", "--rate", fmt.Sprint(rate),
		"--packet-loss", fmt.Sprint(lossPercent), "--save-range", "ranges", "in.opus", "out.raw")
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("opusdec (`make install-test` installs it): %v\n%s", err, said)
	}
	raw := file(t, dir, "out.raw")
	for ; len(raw) >= 2; raw = raw[2:] {
		pcm = append(pcm, int16(binary.LittleEndian.Uint16(raw)))
	}
	for line := range strings.Lines(string(file(t, dir, "ranges"))) {
		lost = append(lost, strings.HasSuffix(strings.TrimSpace(line), ", 0]")) // its coder has no state after what it was not given
	}
	return pcm, lost
}

// apart is how much stronger a sound is than what it is off from another, in dB; 120 when they are the same.
func apart(want, got []int16) float64 {
	var signal, noise float64
	for i := range min(len(want), len(got)) {
		x, y := float64(want[i]), float64(got[i])
		signal, noise = signal+x*x, noise+(x-y)*(x-y)
	}
	return min(120, 10*math.Log10(signal/max(noise, 1e-6)))
}

// TestOpusdecHearsOurPackets: what we send is to libopus' own tool the sound that we decode ourselves.
func TestOpusdecHearsOurPackets(t *testing.T) {
	for _, s := range []Settings{
		{Rate: 8000}, {Rate: 16000, FEC: true, LossPercent: 20, Bitrate: 32000}, {Rate: 48000}, {Rate: 48000, Constant: true, Bitrate: 64000},
	} {
		e, _ := pair(t, Opus, s)
		_, d := pair(t, Opus, Settings{Rate: 48000})
		sent := packets(e, babble(s.Rate, 4*s.Rate))
		want := hear(d, sent, never)
		got, _ := opusdec(t, sent, 48000, 0)
		if len(got) != len(want) {
			t.Fatalf("%s: %d samples, we have %d", e, len(got), len(want))
		}
		like := apart(want, got)
		t.Logf("MEASURED %s: %.0f dB above what differs", e, like)
		if like < 60 {
			t.Error("want 60 dB at least")
		}
	}
}

// TestConcealmentAgainstOpusdec: opusdec loses packets by chance and conceals; given the same losses we sound the same, and
// better where packets carry correction, which opusdec does not use.
func TestConcealmentAgainstOpusdec(t *testing.T) {
	for _, percent := range []int{5, 10, 20} {
		e, whole := pair(t, Opus, Settings{Rate: 48000, FEC: true, LossPercent: percent, Bitrate: 32000})
		_, concealing := pair(t, Opus, Settings{Rate: 48000})
		_, correcting := pair(t, Opus, Settings{Rate: 48000})
		sent := packets(e, babble(48000, 10*48000))
		theirs, lost := opusdec(t, sent, 48000, percent)
		if len(lost) != len(sent) {
			t.Fatalf("opusdec tells of %d packets, there are %d", len(lost), len(sent))
		}
		gone := func(i int) bool { return lost[i] }
		clean, ours := hear(whole, sent, never), hear(concealing, sent, gone)
		corrected := hearCorrected(correcting, sent, lost)
		count := 0
		for i := range lost {
			if lost[i] {
				count++
			}
		}
		like := apart(theirs, ours)
		by, fec := errorOf(clean, theirs, 960, gone), errorOf(clean, corrected, 960, gone)
		t.Logf("MEASURED %d of %d packets lost: our concealment is %.0f dB above what differs from opusdec's; error of the lost frames "+
			"%.1f dB by opusdec, %.1f dB by us, %.1f dB with correction", count, len(sent), like, by, errorOf(clean, ours, 960, gone), fec)
		gain := 0.0 // libopus puts in no correction for little loss
		if percent >= 10 {
			gain = 2
		}
		if count < len(sent)*percent/200 || like < 60 || fec > by-gain {
			t.Errorf("want half of the losses asked for at least, the same concealment within 60 dB, and correction better by %g dB", gain)
		}
	}
}

// hearCorrected is what a listener hears who takes from each packet what it says about a lost one before it.
func hearCorrected(d Decoder, sent [][]byte, lost []bool) (out []int16) {
	frame := d.Rate() / 50
	for i, packet := range sent {
		switch {
		case !lost[i]:
			out = d.Decode(out, packet)
		case i+1 < len(sent) && !lost[i+1]:
			out = d.(Corrector).DecodeFEC(out, sent[i+1], frame)
		default:
			out = d.Conceal(out, frame)
		}
	}
	return out
}
