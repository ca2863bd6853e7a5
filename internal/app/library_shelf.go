package app

import (
	"errors"
	"io"

	"parley/internal/audiofile"
	"parley/internal/media"
	"parley/internal/resample"
	"parley/internal/sounds"
)

// libraryBytes is the memory that sounds may take while nobody hears them: some 20 minutes.
const libraryBytes = 96 << 20

// shelf keeps sounds by name, and forgets those that were not asked for longest when they take too much memory. One that
// is being played lives on until it has been heard.
type shelf struct {
	most  int // bytes
	held  int
	turn  uint64
	items map[string]*shelved
}

type shelved struct {
	sound *media.Sound
	turn  uint64 // when it was asked for last
}

func (s *shelf) get(name string) *media.Sound {
	item := s.items[name]
	if item == nil {
		return nil
	}
	s.turn++
	item.turn = s.turn
	return item.sound
}

// put keeps a sound that is not there yet.
func (s *shelf) put(name string, sound *media.Sound) {
	if s.items == nil {
		s.items = map[string]*shelved{}
	}
	s.turn++
	s.items[name] = &shelved{sound, s.turn}
	s.held += sound.Bytes()
	for s.held > s.most && len(s.items) > 1 {
		s.dropOldest()
	}
}

func (s *shelf) dropOldest() {
	oldest := ""
	for name, item := range s.items {
		if oldest == "" || item.turn < s.items[oldest].turn {
			oldest = name
		}
	}
	s.held -= s.items[oldest].sound.Bytes()
	delete(s.items, oldest)
}

// decodeSound reads a sound file (WAV, MP3, Ogg Opus) as it is to be played: at 8 kHz where it has no more, else at 16 kHz.
func decodeSound(r io.Reader) (*media.Sound, error) {
	made, err := audiofile.Decode(r, audiofile.Wish{
		RateOf:   rateToKeep,
		Resample: func(from, to int) (audiofile.Resampler, error) { return resample.New(from, to) },
	})
	switch {
	case err != nil:
		return nil, err
	case made.Rate == sounds.Narrow:
		return media.NewSound(made.PCM), nil
	case made.Rate == sounds.Wide:
		return media.NewWideSound(made.PCM), nil
	}
	return nil, errors.New("a sound file came out at a rate that is not played")
}

// rateToKeep is the rate of what is kept of a file.
func rateToKeep(file int) int {
	if file <= sounds.Narrow {
		return sounds.Narrow
	}
	return sounds.Wide
}
