package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"

	"parley/internal/audiofile"
	"parley/internal/prompt"
	"parley/internal/resample"
	"parley/internal/sounds"
	"parley/internal/store"
)

// audio keeps the sound of the library's files: uploads become samples at the rate that they are played at.
type audio struct {
	blobs  *store.Blobs
	speech *speech
}

// Keep stores an upload as a version of a file.
func (a audio) Keep(which string, version int, upload []byte) (store.AudioVersion, error) {
	made, err := audiofile.Decode(bytes.NewReader(upload), audiofile.Wish{
		RateOf:   rateToKeep,
		Resample: func(from, to int) (audiofile.Resampler, error) { return resample.New(from, to) },
	})
	if err != nil {
		return store.AudioVersion{}, err
	}
	if len(made.PCM) == 0 {
		return store.AudioVersion{}, &audiofile.Fault{Why: "it holds no sound"}
	}
	encoded := sounds.Sound{Rate: made.Rate, Samples: made.PCM}.Encode()
	err = a.blobs.Put(store.AudioKey(which, version), func(w io.Writer) error {
		_, err := w.Write(encoded)
		return err
	})
	sum := sha256.Sum256(upload)
	return store.AudioVersion{
		Version: version, MIMEType: http.DetectContentType(upload), Milliseconds: made.Duration().Milliseconds(),
		Bytes: int64(len(upload)), SHA256: hex.EncodeToString(sum[:]),
	}, err
}

// Speak has a text spoken, however long it takes, and gives it as a WAV file.
func (a audio) Speak(ctx context.Context, text prompt.Prompt) ([]byte, error) {
	path := a.speech.path(text)
	if content, err := os.ReadFile(path); err == nil {
		return content, nil
	}
	if err := a.speech.make(ctx, text, path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// audioPath is where the sound of a file of any organisation's library is; false when there is no such file.
func (a *App) audioPath(which string) (string, bool) {
	for _, s := range a.sites.All() {
		file, ok := s.Records.Audio[which]
		if !ok {
			continue
		}
		path, err := a.blobs.Path(store.AudioKey(which, file.Number))
		return path, err == nil
	}
	return "", false
}
