package dtmf

import (
	"math"
	"testing"
	"time"

	"parley/internal/tel"
)

// TestGenerator makes every key at every rate: its two sines at their levels, for its time, and silence after.
func TestGenerator(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		for event := range 16 {
			key, _ := tel.DigitOf(uint8(event))
			pcm, err := Append(nil, Settings{Rate: rate}, key)
			if err != nil {
				t.Fatal(err)
			}
			if len(pcm) != rate/5 {
				t.Fatalf("%q lasts %d samples at %d Hz", key, len(pcm), rate)
			}
			row, column := place(event)
			tone := pcm[rate/100 : rate*9/100]
			low, high := level(amplitudeAt(tone, lows[row], rate)), level(amplitudeAt(tone, highs[column], rate))
			if math.Abs(low+9) > 0.3 || math.Abs(high+7) > 0.3 {
				t.Errorf("%q at %d Hz: %.2f and %.2f dBm0", key, rate, low, high)
			}
			for i, s := range pcm[rate/10:] {
				if s != 0 {
					t.Fatalf("%q at %d Hz: sample %d after the tone is %d", key, rate, i, s)
				}
			}
		}
	}
}

// TestGeneratorInFrames gives the same sound in frames of any size, and is read back by the detector.
func TestGeneratorInFrames(t *testing.T) {
	whole, err := Append(nil, Settings{On: 50 * time.Millisecond, Off: 50 * time.Millisecond}, keysOf("159D*0#xA")...)
	if err != nil {
		t.Fatal(err)
	}
	if got := digits(heard(t, 8000, whole)); got != "159D*0#A" {
		t.Errorf("read back as %q", got)
	}
	g, err := NewGenerator(Settings{On: 50 * time.Millisecond, Off: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keysOf("159D*0#A") {
		if !g.Press(key) {
			t.Fatalf("%q is not taken", key)
		}
	}
	var pieces []int16
	for size := 1; g.Sounding(); size++ {
		frame := make([]int16, size)
		if !g.Fill(frame) {
			t.Fatal("it says that nothing sounds")
		}
		pieces = append(pieces, frame...)
	}
	for i := range pieces {
		want := int16(0)
		if i < len(whole) {
			want = whole[i]
		}
		if pieces[i] != want {
			t.Fatalf("sample %d is %d in pieces, %d in whole", i, pieces[i], want)
		}
	}
}

// TestGeneratorLimits: what is no key, too many keys, clearing, and no allocation per frame.
func TestGeneratorLimits(t *testing.T) {
	g, err := NewGenerator(Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if g.Press("") || g.Press("x") || g.Press("12") {
		t.Error("no key is taken as one")
	}
	for range maxWaiting {
		if !g.Press("1") {
			t.Fatal("a key is not taken")
		}
	}
	if g.Press("2") {
		t.Error("a key too many is taken")
	}
	frame := make([]int16, 160)
	if n := testing.AllocsPerRun(20, func() { g.Fill(frame) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	g.Clear()
	if g.Fill(frame) || g.Sounding() {
		t.Error("it sounds after being cleared")
	}
	for _, s := range frame {
		if s != 0 {
			t.Fatal("no silence after being cleared")
		}
	}
	if _, err := NewGenerator(Settings{Rate: 44100}); err == nil {
		t.Error("44.1 kHz is taken")
	}
	if g.String() == "" {
		t.Error("the generator does not print itself")
	}
}
