package web

import (
	"errors"
	"io/fs"
)

// ErrNotBuilt says that the binary was made without the web app.
var ErrNotBuilt = errors.New("the web app is not in this binary: run make build")

// Files is the built web app, or ErrNotBuilt.
func Files() (fs.FS, error) {
	files, err := fs.Sub(Dist, "dist")
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(files, "index.html"); err != nil {
		return nil, ErrNotBuilt
	}
	return files, nil
}
