package app

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/store"
)

// errDiskFull stops new recordings before the disk is full, never a call (BX-49).
var errDiskFull = errors.New("the disk is over 95 % full, so nothing is recorded: free some space")

// recordings says where recordings are written.
type recordings struct {
	blobs *store.Blobs
	least int64 // bytes that must stay free
}

// RecordingPath makes the folder of a new recording and gives its file, or finds that of an old one.
func (r recordings) RecordingPath(org id.Org, _ id.Call, which id.Recording, now time.Time) (string, error) {
	path, err := r.blobs.Path(callcontrol.RecordingKey(org, which, now))
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		return path, nil // it is looked up, not begun
	}
	if free, err := r.blobs.Free(); err == nil && free < r.least {
		return "", errDiskFull
	}
	return path, os.MkdirAll(filepath.Dir(path), 0o750)
}

// orgs names the organisations that the app acts for.
func (a *App) orgs() []id.Org {
	var all []id.Org
	for _, s := range a.sites.All() {
		all = append(all, s.Org.ID)
	}
	return all
}
