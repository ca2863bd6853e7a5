package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The piece is in D major, four beats a bar.
const (
	tempo       = 88.0 // beats a minute
	beatsPerBar = 4
)

// section is some bars with the same players. Notes are written "F#5:1.5" (pitch and length in beats), "-:1" is a
// rest; chords are written one or two to a bar, with a slash between the halves.
type section struct {
	name     string
	chords   []string
	melody   []string // a line a bar, for the lead
	lead     player
	leadGain float64
	pattern  []int   // tones of the chord that the marimba walks through in eighths; nil for none
	comp     []hit   // when the electric piano plays the chord
	bass     []hit   // when the bass plays the root
	drums    float64 // loudness of the percussion, 0 for none
}

// hit is a stroke in a bar: the beat, its length in beats, its loudness.
type hit struct{ beat, length, gain float64 }

var (
	slowComp  = []hit{{0, 3.8, 0.9}}
	easyComp  = []hit{{0, 1.4, 0.9}, {1.5, 0.9, 0.55}, {2.5, 1.4, 0.7}}
	pushComp  = []hit{{0, 1.0, 0.85}, {1.5, 1.2, 0.7}, {3, 0.4, 0.5}, {3.5, 0.5, 0.6}}
	restBass  = []hit{{0, 3.6, 0.8}}
	walkBass  = []hit{{0, 1.4, 1}, {1.5, 0.5, 0.55}, {2, 1.4, 0.85}, {3.5, 0.5, 0.6}}
	upDown    = []int{0, 1, 2, 3, 4, 3, 2, 1}
	rolling   = []int{0, 2, 1, 3, 2, 4, 3, 2}
	themeSong = []string{
		"F#5:1.5 A5:.5 B5:1 A5:1",
		"F#5:1.5 E5:.5 C#5:2",
		"D5:.5 E5:.5 F#5:1 B5:1 A5:1",
		"E5:3 -:1",
		"F#5:1.5 A5:.5 D6:1 C#6:1",
		"A5:1.5 F#5:.5 C#5:1 E5:1",
		"D5:1 B4:.5 D5:.5 G5:1 F#5:1",
		"E5:2.5 -:1.5",
	}
	themeChords = []string{"D maj9", "F# m7", "G maj9", "A 6", "B m9", "F# m7", "G maj7/E m9", "A sus"}
)

// piece is the hold music: 32 bars, and bar 32 leads into bar 1.
var piece = []section{
	{
		name: "opening", chords: []string{"D maj9", "B m9", "G maj9", "A sus"},
		melody: []string{"-:4", "-:2 F#5:.5 E5:.5 D5:1", "-:4", "-:2 E5:.5 F#5:.5 A5:1"},
		lead:   electricPiano, leadGain: 0.5, pattern: upDown, comp: slowComp,
	},
	{
		name: "theme", chords: themeChords, melody: themeSong,
		lead: marimba, leadGain: 0.95, comp: easyComp, bass: walkBass, drums: 0.7,
	},
	{
		name:   "middle",
		chords: []string{"G maj9", "A 6", "F# m7", "B m9", "E m9", "G m6", "D maj9", "A sus"},
		melody: []string{
			"B4:1 D5:.5 F#5:1.5 E5:.5 D5:.5",
			"C#5:1 E5:.5 A5:2.5",
			"A5:1 F#5:1 E5:.5 C#5:1.5",
			"D5:3 -:1",
			"G5:1 F#5:.5 E5:1.5 B4:1",
			"D5:1 E5:.5 Bb4:1.5 G4:1",
			"A4:1 D5:.5 F#5:1.5 E5:1",
			"E5:1.5 D5:.5 E5:2",
		},
		lead: electricPiano, leadGain: 0.9, pattern: rolling, comp: slowComp, bass: restBass, drums: 0.5,
	},
	{
		name: "theme again", chords: themeChords,
		melody: []string{
			"F#5:.5 A5:.5 F#5:.5 A5:.5 B5:.5 C#6:.5 A5:1",
			"F#5:1 G5:.5 F#5:.5 E5:.5 C#5:1.5",
			"D5:.5 E5:.5 F#5:.5 A5:.5 B5:1 A5:.5 F#5:.5",
			"E5:1 F#5:.5 E5:1.5 C#5:1",
			"F#5:1 A5:.5 B5:.5 D6:1 E6:.5 C#6:.5",
			"A5:1 B5:.5 A5:.5 F#5:1 E5:1",
			"D5:.5 E5:.5 G5:.5 B5:.5 A5:1 G5:.5 F#5:.5",
			"E5:3 -:1",
		},
		lead: marimba, leadGain: 0.9, comp: pushComp, bass: walkBass, drums: 0.8,
	},
	{
		name: "close", chords: []string{"B m9", "G maj9", "E m9", "A sus"},
		melody: []string{"D5:1.5 F#5:.5 A5:2", "B5:1 A5:.5 F#5:2.5", "G5:1.5 F#5:.5 E5:1 D5:1", "E5:3 -:1"},
		lead:   electricPiano, leadGain: 0.75, pattern: upDown, comp: slowComp, bass: restBass, drums: 0.3,
	},
}

// qualities are the tones of a chord in semitones above its root, lowest first.
var qualities = map[string][]int{
	"maj7": {0, 4, 7, 11},
	"maj9": {4, 7, 11, 14},
	"m7":   {0, 3, 7, 10},
	"m9":   {3, 7, 10, 14},
	"m6":   {0, 3, 7, 9},
	"6":    {0, 4, 7, 9},
	"sus":  {0, 5, 7, 10},
}

var letters = map[byte]int{'C': 0, 'D': 2, 'E': 4, 'F': 5, 'G': 7, 'A': 9, 'B': 11}

// pitchClass reads "F#" or "Bb" as semitones above C.
func pitchClass(name string) (int, error) {
	if name == "" {
		return 0, fmt.Errorf("no pitch")
	}
	class, known := letters[name[0]]
	if !known {
		return 0, fmt.Errorf("not a pitch: %q", name)
	}
	switch name[1:] {
	case "":
		return class, nil
	case "#":
		return class + 1, nil
	case "b":
		return class - 1, nil
	}
	return 0, fmt.Errorf("not a pitch: %q", name)
}

// tone is one written note: a MIDI key (69 is A4, 440 Hz) or a rest, and its length in beats.
type tone struct {
	key    int
	rest   bool
	length float64
}

// readBar reads a line of melody.
func readBar(bar string) ([]tone, error) {
	var tones []tone
	for word := range strings.FieldsSeq(bar) {
		pitch, beats, _ := strings.Cut(word, ":")
		length, err := strconv.ParseFloat(beats, 64)
		if err != nil {
			return nil, fmt.Errorf("note %q: %w", word, err)
		}
		if pitch == "-" {
			tones = append(tones, tone{rest: true, length: length})
			continue
		}
		class, err := pitchClass(pitch[:len(pitch)-1])
		if err != nil {
			return nil, err
		}
		octave := int(pitch[len(pitch)-1] - '0')
		tones = append(tones, tone{key: 12*(octave+1) + class, length: length})
	}
	return tones, nil
}

// chord is a root and a voicing as MIDI keys; the voicing lies between C4 and B4, where a telephone carries it.
type chord struct {
	root    int
	voicing []int
}

const (
	lowestVoice = 60 // C4
	lowestRoot  = 40 // E2
)

// readChord reads "F# m7".
func readChord(text string) (chord, error) {
	name, quality, _ := strings.Cut(text, " ")
	class, err := pitchClass(name)
	if err != nil {
		return chord{}, err
	}
	steps, known := qualities[quality]
	if !known {
		return chord{}, fmt.Errorf("not a chord: %q", text)
	}
	read := chord{root: lowestRoot + (class+8)%12}
	for _, step := range steps {
		key := lowestVoice + (class+step)%12
		read.voicing = append(read.voicing, key)
	}
	slices.Sort(read.voicing)
	return read, nil
}
