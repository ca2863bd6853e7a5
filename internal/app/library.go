package app

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"

	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/internal/tone"
)

// errNotSpoken says that a text is not there yet: it is made before it is played, and a caller does not wait for it.
var errNotSpoken = errors.New("text not spoken yet")

// library finds sound that exists: what comes in the box, recorded words, texts that were spoken. Each is decoded once,
// at 16 kHz where it has that much, and kept while there is room.
type library struct {
	log    *slog.Logger
	speech *speech // nil: no text is spoken
	// file names the blob of a file of the library, by its id; false when the name is of what comes in the box.
	file func(audio string) (path string, ok bool)

	mu   sync.Mutex
	made shelf
}

func newLibrary(log *slog.Logger, speech *speech) *library {
	return &library{log: log, speech: speech, made: shelf{most: libraryBytes}}
}

// Sounds gives the sounds of the prompts in order. A prompt that does not exist, or of which a word is missing, is
// left out and logged.
func (l *library) Sounds(prompts []prompt.Prompt) []*media.Sound {
	var all []*media.Sound
	for _, p := range prompts {
		if p.Empty() {
			continue
		}
		found, err := l.of(p.In(prompt.English))
		if err != nil {
			l.log.Warn("prompt is not played", "audio", p.Audio, "kind", p.Kind, "language", p.Language, "err", err)
			continue
		}
		all = append(all, found...)
	}
	return all
}

// of gives the sounds of one prompt: several for words, which join as they are.
func (l *library) of(p prompt.Prompt) ([]*media.Sound, error) {
	switch {
	case p.Audio != "":
		s, err := l.sound(p.Audio)
		return []*media.Sound{s}, err
	case p.Kind == prompt.Beep:
		return []*media.Sound{l.Tone(tone.VoicemailBeep.String())}, nil
	case p.Kind != "":
		return l.words(p)
	}
	s, err := l.text(p)
	return []*media.Sound{s}, err
}

func (l *library) words(p prompt.Prompt) ([]*media.Sound, error) {
	words, err := p.Words()
	if err != nil {
		return nil, err
	}
	all := make([]*media.Sound, 0, len(words))
	for _, w := range words {
		s, err := l.once("word/"+string(p.Language)+"/"+w, func() (*media.Sound, error) {
			loaded, err := sounds.Word(string(p.Language), w, sounds.Wide)
			return media.NewWideSound(loaded.Samples), err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (l *library) text(p prompt.Prompt) (*media.Sound, error) {
	if l.speech == nil {
		return nil, errNotSpoken
	}
	path := l.speech.path(p)
	return l.once("text/"+path, func() (*media.Sound, error) {
		made, err := loadSound(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errNotSpoken
		}
		return made, err
	})
}

func loadSound(path string) (*media.Sound, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return decodeSound(file)
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
		return l.Tone(tone.Ringback.String()) // no caller is left in silence
	}
	return sound
}

// inCountry names a tone as it sounds in a country (ISO 3166).
func inCountry(name, country string) string { return name + "/" + country }

// Tone gives a tone by the name of its kind (tone.Kind), ringback for every other name; after a stroke stands the country
// in which it sounds so (see inCountry).
func (l *library) Tone(name string) *media.Sound {
	word, country, _ := strings.Cut(name, "/")
	kind, known := tone.Named(word)
	if !known {
		kind = tone.Ringback
	}
	if !tone.Known(country) {
		country = tone.Default
	}
	s, _ := l.once("tone/"+inCountry(kind.String(), country), func() (*media.Sound, error) { // making a tone cannot fail
		return media.NewSound(tone.Of(kind, country).Sound(media.SampleRate)), nil // it has nothing above 3.4 kHz
	})
	return s
}

func (l *library) sound(name string) (*media.Sound, error) {
	if l.file != nil {
		if path, ok := l.file(name); ok { // the path names the version too
			return l.once("file/"+path, func() (*media.Sound, error) { return loadSound(path) })
		}
	}
	return l.once("sound/"+name, func() (*media.Sound, error) {
		loaded, err := sounds.Load(name, sounds.Wide)
		if err != nil {
			return nil, fmt.Errorf("sound %q: %w", name, err)
		}
		return media.NewWideSound(loaded.Samples), nil
	})
}

// once makes a sound the first time it is asked for.
func (l *library) once(name string, load func() (*media.Sound, error)) (*media.Sound, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s := l.made.get(name); s != nil {
		return s, nil
	}
	s, err := load()
	if err != nil {
		return nil, err
	}
	l.made.put(name, s)
	return s, nil
}
