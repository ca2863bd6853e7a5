package app

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/store"
)

// What people are told of recordings that cannot be made or opened; the log has the details.
var (
	// errDiskFull stops new recordings before the disk is full, never a call (BX-49).
	errDiskFull = errors.New("the disk is almost full, so nothing is recorded: free some space")
	errNoKey    = errors.New("the key that recordings are encrypted with cannot be read, so nothing is recorded: see the server's log")
	errLocked   = errors.New("the key of its file is not there, so it cannot be opened")
	errDamaged  = errors.New("its file was altered or is damaged")
	errUnread   = errors.New("its file cannot be read")
	errNoFolder = errors.New("the folder for recordings cannot be written, so nothing is recorded: see the server's log")
)

// recordings says where recordings are written, and has them sealed before they reach the disk.
type recordings struct {
	blobs *store.Blobs
	keys  *mediaKeys
	full  int // percent of the disk in use from which nothing is recorded (BX-49)
}

// leastFree is how many bytes must stay free for recordings to begin, however small a part of the disk that is.
const leastFree = 100 << 20

// room tells whether the disk takes another recording; one that cannot be measured is tried.
func (r recordings) room() bool {
	free, total, err := r.blobs.Disk()
	return err != nil || free >= leastFree && (total-free)*100 < total*int64(r.full)
}

// NewRecording makes the folder of a new recording and gives its file, and what seals it with the organisation's newest key.
func (r recordings) NewRecording(org id.Org, which id.Recording, now time.Time) (file string, seal callcontrol.Seal, err error) {
	keys, err := r.keys.at(org)
	if err != nil {
		return "", nil, errNoKey
	}
	if !r.room() {
		return "", nil, errDiskFull
	}
	if file, err = r.blobs.Path(callcontrol.RecordingKey(org, which, now)); err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o750)
	}
	if err != nil {
		r.keys.log.Error("folder for a recording not made", "recording", which, "err", err)
		return "", nil, errNoFolder
	}
	return file, func(w io.Writer) (io.WriteCloser, error) { return keys.SealLive(w) }, nil
}

// LeftRecording measures the file that a process which is gone has left, also one from before recordings were sealed at once.
func (r recordings) LeftRecording(org id.Org, which id.Recording, began time.Time) (media.RecordingResult, error) {
	key := callcontrol.RecordingKey(org, which, began)
	left, err := r.measure(org, key)
	if errors.Is(err, fs.ErrNotExist) {
		left, err = r.measure(org, strings.TrimSuffix(key, path.Ext(key))+".wav")
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.keys.log.Error("recording of the last process not opened", "recording", which, "err", err)
		err = inWords(err)
	}
	return left, err
}

func (r recordings) measure(org id.Org, key string) (media.RecordingResult, error) {
	content, err := r.blobs.OpenContent(key, func() (store.MediaKeys, error) { return r.keys.at(org) })
	if errors.Is(err, store.ErrNotFound) {
		return media.RecordingResult{}, fs.ErrNotExist
	}
	var left media.RecordingResult
	if err == nil {
		if content.Size() == 0 { // it had just begun
			return left, errors.Join(fs.ErrNotExist, content.Close())
		}
		var sound *media.RecordingFile
		if sound, err = media.ReadRecording(content); err == nil {
			left.Duration = sound.Duration()
			err = sound.Close()
		}
	}
	var wrong error
	left.Bytes, left.SHA256, wrong = r.blobs.Digest(key)
	return left, errors.Join(err, wrong)
}

// inWords says for people why the file of a recording does not open.
func inWords(err error) error {
	switch {
	case errors.Is(err, store.ErrOtherKey), errors.Is(err, store.ErrUnsealable):
		return errLocked
	case errors.Is(err, store.ErrAltered), errors.Is(err, store.ErrNotSealed), errors.Is(err, media.ErrNoRecording):
		return errDamaged
	}
	return errUnread
}

// orgs names the organisations that the app acts for.
func (a *App) orgs() []id.Org {
	var all []id.Org
	for _, s := range a.sites.All() {
		all = append(all, s.Org.ID)
	}
	return all
}

// readKeys has the keys of an organisation at hand; without them calls go on, and their records say why nothing is recorded.
func (a *App) readKeys(ctx context.Context, org id.Org) { _, _ = a.mediaKeys.read(ctx, org) }
