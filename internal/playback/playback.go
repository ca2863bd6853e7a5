// Package playback opens the sound of recordings, sealed or still being made, for people to hear.
package playback

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"runtime"

	"parley/internal/audiofile"
	"parley/internal/media"
	"parley/internal/sounds"
	"parley/internal/store"
)

// Why a recording's sound does not open; fs.ErrNotExist: its file is not there. Each wraps what was met.
var (
	ErrBeginning = errors.New("this recording has only just begun")
	ErrKey       = errors.New("the key of this recording is not there")
	ErrDamaged   = errors.New("the file of this recording was altered or is damaged")
)

// Shelf is where the sound of recordings lies.
type Shelf struct {
	DB    *store.DB
	Blobs *store.Blobs
}

// Open opens the sound of a recording of the context's organisation as it is stored: WAV or Ogg Opus, see its Format. Complete is
// false when the file is cut off.
func (s Shelf) Open(ctx context.Context, row *store.Recording) (sound io.ReadSeekCloser, complete bool, err error) {
	if !row.Sealed {
		sound, err := s.OpenLive(ctx, row)
		return sound, true, err
	}
	keys, err := s.DB.MediaKeys(ctx)
	if err != nil {
		return nil, false, inWords(err)
	}
	file, err := s.Blobs.OpenSealed(row.StorageKey, keys)
	if err != nil {
		return nil, false, inWords(err)
	}
	return file, file.Complete(), nil
}

// OpenLive opens the file that a recording was or still is recorded to, as far as it goes.
func (s Shelf) OpenLive(ctx context.Context, row *store.Recording) (*media.RecordingFile, error) {
	content, err := s.Blobs.OpenContent(row.StorageKey, func() (store.MediaKeys, error) { return s.DB.MediaKeys(ctx) })
	if err != nil {
		return nil, inWords(err)
	}
	sound, err := media.ReadRecording(content)
	if errors.Is(err, media.ErrNoRecording) && row.Status == "recording" {
		return nil, errors.Join(ErrBeginning, err)
	}
	return sound, inWords(err)
}

func inWords(err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return fs.ErrNotExist // the row is there, its file is not
	case errors.Is(err, store.ErrOtherKey), errors.Is(err, store.ErrUnsealable):
		return errors.Join(ErrKey, err)
	case errors.Is(err, store.ErrAltered), errors.Is(err, store.ErrNotSealed), errors.Is(err, media.ErrNoRecording):
		return errors.Join(ErrDamaged, err)
	}
	return err
}

// gate keeps a core free for sound while recordings are decoded.
var gate = make(chan struct{}, max(1, runtime.NumCPU()-1))

// Voice gives what the customer says in a recording as one channel. The plain file may be replaced by the sealed one after the row
// was read: then the row is read again.
func (s Shelf) Voice(ctx context.Context, row *store.Recording) (sounds.Sound, error) {
	sound, _, err := s.Open(ctx, row)
	if errors.Is(err, fs.ErrNotExist) && !row.Sealed {
		again, wrong := s.DB.Recording(ctx, row.ID)
		if wrong != nil {
			return sounds.Sound{}, wrong
		}
		sound, _, err = s.Open(ctx, again)
	}
	if err != nil {
		return sounds.Sound{}, err
	}
	defer func() { _ = sound.Close() }()
	gate <- struct{}{}
	defer func() { <-gate }()
	decoded, err := audiofile.Decode(sound, audiofile.Wish{})
	if err != nil {
		return sounds.Sound{}, errors.Join(ErrDamaged, err)
	}
	if row.Channels == 2 { // the mean of both, of which one was silent
		for i, x := range decoded.PCM {
			decoded.PCM[i] = int16(max(min(2*int(x), 32767), -32768))
		}
	}
	return sounds.Sound{Rate: decoded.Rate, Samples: decoded.PCM}, nil
}

// WAV is what the customer says in a recording as a file that every player knows.
func (s Shelf) WAV(ctx context.Context, row *store.Recording) (*bytes.Reader, error) {
	voice, err := s.Voice(ctx, row)
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(voice.Encode()), nil
}
