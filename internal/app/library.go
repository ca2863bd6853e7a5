package app

import (
	"fmt"
	"log/slog"
	"sync"

	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/sounds"
)

// library finds sound that exists: what comes in the box. Each is decoded once.
type library struct {
	log *slog.Logger

	mu    sync.Mutex
	named map[string]*media.Sound
	tones map[string]*media.Sound
}

func newLibrary(log *slog.Logger) *library {
	return &library{log: log, named: map[string]*media.Sound{}, tones: map[string]*media.Sound{}}
}

// Sounds gives the sounds of the prompts in order. One that does not exist is left out and logged.
func (l *library) Sounds(prompts []prompt.Prompt) []*media.Sound {
	var all []*media.Sound
	for _, p := range prompts {
		if p.Audio == "" {
			continue
		}
		sound, err := l.sound(p.Audio)
		if err != nil {
			l.log.Warn("prompt is not played", "audio", p.Audio, "err", err)
			continue
		}
		all = append(all, sound)
	}
	return all
}

// Hold gives hold audio by name; the organisation's default is the music in the box.
func (l *library) Hold(audio string) *media.Sound {
	if audio == "" || audio == "default" {
		audio = sounds.HoldMusic
	}
	if sound, err := l.sound(audio); err == nil {
		return sound
	}
	sound, err := l.sound(sounds.HoldMusic)
	if err != nil {
		l.log.Error("hold music is missing from this binary: run make build", "err", err)
		return l.Tone("ringback") // no caller is left in silence
	}
	return sound
}

// Tone gives ringback, busy or congestion as they sound in the United States.
func (l *library) Tone(name string) *media.Sound {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tones[name] == nil {
		kind := media.Ringback
		switch name {
		case "busy":
			kind = media.Busy
		case "congestion":
			kind = media.Congestion
		}
		l.tones[name] = media.Tone(kind, "US")
	}
	return l.tones[name]
}

func (l *library) sound(name string) (*media.Sound, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.named[name]; s != nil {
		return s, nil
	}
	loaded, err := sounds.Load(name, sounds.Narrow)
	if err != nil {
		return nil, fmt.Errorf("sound %q: %w", name, err)
	}
	l.named[name] = media.NewSound(loaded.Samples)
	return l.named[name], nil
}
