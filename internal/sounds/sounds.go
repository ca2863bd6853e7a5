// Package sounds is the audio that comes in the box: spoken prompts, hold music and the voices of the demo.
package sounds

import (
	"embed"
	"errors"
	"fmt"
)

// The rates at which every sound is kept, in samples a second.
const (
	Narrow = 8000
	Wide   = 16000
)

// ErrNotBuilt says that the sound is not in this binary: no such name, or `make build` has not made it.
var ErrNotBuilt = errors.New("sound not in this binary")

//go:embed all:built
var built embed.FS

// Open returns the sound as a whole WAV file (mono; music 16 bit, speech µ-law) at Narrow or Wide, or ErrNotBuilt.
func Open(name string, rate int) ([]byte, error) {
	wav, err := built.ReadFile("built/" + FileName(name, rate))
	if err != nil {
		return nil, fmt.Errorf("open sound %s at %d Hz: %w", name, rate, ErrNotBuilt)
	}
	return wav, nil
}

// Load returns the samples of the sound at Narrow or Wide.
func Load(name string, rate int) (Sound, error) {
	if s, known := made(name, rate); known {
		return s, nil
	}
	wav, err := Open(name, rate)
	if err != nil {
		return Sound{}, err
	}
	sound, err := Parse(wav)
	if err != nil {
		return Sound{}, fmt.Errorf("load sound %s: %w", name, err)
	}
	return sound, nil
}

// FileName is the name of the file in which the build keeps the sound.
func FileName(name string, rate int) string {
	return fmt.Sprintf("%s.%dk.wav", name, rate/1000)
}
