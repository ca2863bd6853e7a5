package main

import (
	"math"
	"slices"
	"testing"
)

func TestEveryBarHasFourBeatsAndEveryChordIsKnown(t *testing.T) {
	bars := 0
	for _, s := range piece {
		if len(s.melody) != len(s.chords) {
			t.Errorf("%s: %d bars of melody, %d of chords", s.name, len(s.melody), len(s.chords))
		}
		for i, bar := range s.melody {
			tones, err := readBar(bar)
			if err != nil {
				t.Errorf("%s, bar %d: %v", s.name, i+1, err)
			}
			beats := 0.0
			for _, n := range tones {
				beats += n.length
			}
			if beats != beatsPerBar {
				t.Errorf("%s, bar %d: %v beats", s.name, i+1, beats)
			}
		}
		bars += len(s.chords)
	}
	if seconds := float64(bars*beatsPerBar) * beat; seconds < 60 {
		t.Errorf("the piece lasts %.0f s, want at least 60", seconds)
	}
}

func TestReadChord(t *testing.T) {
	for _, c := range []struct {
		in      string
		root    int
		voicing []int
		bad     bool
	}{
		{in: "D maj9", root: 50, voicing: []int{61, 64, 66, 69}},
		{in: "F# m7", root: 42, voicing: []int{61, 64, 66, 69}},
		{in: "G m6", root: 43, voicing: []int{62, 64, 67, 70}},
		{in: "H m7", bad: true},
		{in: "D odd", bad: true},
		{in: "", bad: true},
	} {
		got, err := readChord(c.in)
		if (err != nil) != c.bad || got.root != c.root || !slices.Equal(got.voicing, c.voicing) {
			t.Errorf("%q: got %v, %v; want root %d, %v", c.in, got, err, c.root, c.voicing)
		}
	}
}

func TestReadBar(t *testing.T) {
	got, err := readBar("A4:1 -:.5 Bb5:2.5")
	want := []tone{{key: 69, length: 1}, {rest: true, length: 0.5}, {key: 82, length: 2.5}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	for _, bad := range []string{"A4", "X4:1", "A:1", "4:1"} {
		if _, err := readBar(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestTapeRunsIntoItsBeginning(t *testing.T) {
	loop := newTape(1)
	loop.add(0.9, 0.2, func(float64) float64 { return 1 })
	if loop.samples[0] != 1 || loop.samples[len(loop.samples)-1] != 1 || loop.samples[len(loop.samples)/2] != 0 {
		t.Error("what sounds past the end is not heard in the beginning")
	}
}

func TestTheSameAtEveryBuild(t *testing.T) {
	bar := []section{{
		name: "bar", chords: []string{"D maj9"}, melody: []string{"F#5:4"}, lead: marimba, leadGain: 1,
		comp: slowComp, bass: restBass, pattern: upDown, drums: 1,
	}}
	one, err := play(bar)
	if err != nil {
		t.Fatal(err)
	}
	two, err := play(bar)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(one.samples, two.samples) {
		t.Error("two renderings differ")
	}
	if math.IsNaN(one.samples[len(one.samples)/2]) {
		t.Error("the tape holds no number")
	}
}
