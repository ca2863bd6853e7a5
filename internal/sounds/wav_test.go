package sounds_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parley/internal/sounds"
)

func TestWAVComesBackAsItWas(t *testing.T) {
	sound := sounds.Sound{Rate: sounds.Narrow, Samples: []int16{0, 1, -1, 32767, -32768}}
	back, err := sounds.Parse(sound.Encode())
	if err != nil || back.Rate != sound.Rate || !slices.Equal(back.Samples, sound.Samples) {
		t.Errorf("got %v, %v; want %v", back, err, sound)
	}
}

func TestLengthOfSound(t *testing.T) {
	for _, c := range []struct {
		name string
		in   sounds.Sound
		want time.Duration
	}{
		{"a second", sounds.Sound{Rate: 8000, Samples: make([]int16, 8000)}, time.Second},
		{"nothing", sounds.Sound{}, 0},
	} {
		if got := c.in.Length(); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	good := sounds.Sound{Rate: 8000, Samples: []int16{1, 2, 3}}.Encode()
	changed := func(at int, to byte) []byte {
		wav := slices.Clone(good)
		wav[at] = to
		return wav
	}
	withList := slices.Insert(slices.Clone(good), 36, []byte("LIST\x03\x00\x00\x00abc\x00")...)
	for _, c := range []struct {
		name string
		in   []byte
		want []int16
		err  error
	}{
		{"as written", good, []int16{1, 2, 3}, nil},
		{"another chunk of odd size before the samples", withList, []int16{1, 2, 3}, nil},
		{"cut off in the samples", good[:len(good)-3], []int16{1}, nil},
		{"length of a program that writes to a pipe", changed(43, 0x7f), []int16{1, 2, 3}, nil},
		{"stereo", changed(22, 2), nil, sounds.ErrFormat},
		{"8 bit", changed(34, 8), nil, sounds.ErrFormat},
		{"mu-law of 16 bit", changed(20, 7), nil, sounds.ErrFormat},
		{"mu-law", sounds.Sound{Rate: 8000, Samples: []int16{0, 4, -4, 8031}}.EncodeSmall(), []int16{0, 8, -8, 7932}, nil},
		{"no samples", good[:36], nil, sounds.ErrFormat},
		{"not RIFF", changed(0, 'X'), nil, sounds.ErrFormat},
		{"nothing", nil, nil, sounds.ErrFormat},
	} {
		got, err := sounds.Parse(c.in)
		if !errors.Is(err, c.err) || !slices.Equal(got.Samples, c.want) {
			t.Errorf("%s: got %v, %v; want %v, %v", c.name, got.Samples, err, c.want, c.err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sounds.Sound{Rate: 8000, Samples: []int16{1, 2, 3}}.Encode())
	f.Fuzz(func(t *testing.T, wav []byte) {
		sound, err := sounds.Parse(wav)
		if err == nil && (sound.Rate <= 0 || len(sound.Samples) > len(wav)) {
			t.Errorf("parsed %d samples at %d Hz from %d bytes", len(sound.Samples), sound.Rate, len(wav))
		}
	})
}
