package api

import (
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/playback"
	"parley/internal/store"
)

// heard is the sound of a recording as it is stored.
type heard struct {
	io.ReadSeekCloser
	row   *store.Recording
	wrong error // what ended the reading
}

func (h *heard) Read(b []byte) (int, error) {
	n, err := h.ReadSeekCloser.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		h.wrong = err
	}
	return n, err
}

// kind is the media type, and how the name of such a file ends.
func (h *heard) kind() (media, ending string) {
	if h.row.Format == "opus" {
		return "audio/ogg", ".ogg"
	}
	return "audio/wav", ".wav"
}

// findRecording finds a recording of a call within the viewer's scope (RC-6).
func (d *doors) findRecording(ctx context.Context, which id.Recording) (*store.Recording, error) {
	row, err := d.DB.Recording(in(ctx), which)
	if err != nil {
		return nil, err
	}
	_, err = d.DB.Call(in(ctx), row.Call, d.scope(ctx))
	return row, err
}

// openRecording opens the sound of a recording. The plain file may be replaced by the sealed one after the row was read:
// then the row is read again.
func (d *doors) openRecording(ctx context.Context, which id.Recording) (*heard, error) {
	for first := true; ; first = false {
		row, err := d.findRecording(ctx, which)
		if err != nil {
			return nil, err
		}
		sound, err := d.openSound(ctx, row)
		if err == nil {
			return &heard{ReadSeekCloser: sound, row: row}, nil
		}
		if !first || row.Sealed || !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
}

func (d *doors) shelf() playback.Shelf { return playback.Shelf{DB: d.DB, Blobs: d.Blobs} }

func (d *doors) openSound(ctx context.Context, row *store.Recording) (io.ReadSeekCloser, error) {
	sound, complete, err := d.shelf().Open(in(ctx), row)
	if err != nil {
		return nil, d.unopened(row, err)
	}
	if !complete {
		d.Log.Warn("recording's file is cut off: what is left of it is played", "recording", row.ID)
	}
	return sound, nil
}

// openLive opens the file that a recording was or still is recorded to, as far as it goes.
func (d *doors) openLive(ctx context.Context, row *store.Recording) (*media.RecordingFile, error) {
	sound, err := d.shelf().OpenLive(in(ctx), row)
	if err != nil {
		return nil, d.unopened(row, err)
	}
	return sound, nil
}

// unopened says in words why the file of a recording does not open.
func (d *doors) unopened(row *store.Recording, err error) error {
	switch {
	case errors.Is(err, playback.ErrBeginning):
		return huma.Error409Conflict("This recording has only just begun. Please try again in a moment.")
	case errors.Is(err, playback.ErrKey):
		d.Log.Error("recording not opened: its key is not there", "recording", row.ID, "err", err)
		return huma.Error500InternalServerError("The key of this recording is not there, so it cannot be opened: see Keys in the guide.")
	case errors.Is(err, playback.ErrDamaged):
		d.Log.Error("recording not opened", "recording", row.ID, "err", err)
		return huma.Error500InternalServerError("The file of this recording was altered or is damaged, so it cannot be opened.")
	}
	return err
}
