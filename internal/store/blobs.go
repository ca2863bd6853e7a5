package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Blobs keeps large things, such as recordings, as files below one folder. A key is a relative path with slashes, such as
// "recordings/2026/11/0194….opus"; one that could lead out of the folder is refused, and so is a symbolic link that does.
type Blobs struct{ root *os.Root }

// OpenBlobs uses dir, which is made when it is not there.
func OpenBlobs(dir string) (*Blobs, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open blobs: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open blobs: %w", err)
	}
	return &Blobs{root}, nil
}

// Close lets go of the folder.
func (b *Blobs) Close() error { return b.root.Close() }

// Path is where the folder is; for programs that must be given a file name.
func (b *Blobs) Path(key string) (string, error) {
	if err := checkKey(key); err != nil {
		return "", err
	}
	return filepath.Join(b.root.Name(), filepath.FromSlash(key)), nil
}

// draft makes an empty file, to be finished as a blob. One of that name, which a crash has left, is begun anew.
func (b *Blobs) draft(name string) (*os.File, error) {
	if err := checkKey(name); err != nil {
		return nil, err
	}
	if err := b.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return nil, fmt.Errorf("create blob: %w", err)
	}
	file, err := b.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create blob: %w", err)
	}
	return file, nil
}

// finish makes a written draft the blob, and durable, so that what it was made from may be deleted; or removes it.
func (b *Blobs) finish(file *os.File, draft, key string, err error) error {
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = b.root.Rename(draft, key)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store blob: %w", err), b.root.Remove(draft))
	}
	folder, err := b.root.Open(path.Dir(key))
	if err != nil {
		return fmt.Errorf("store blob: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("store blob: %w", err)
	}
	return nil
}

// Open reads a blob, or gives ErrNotFound. Close it.
func (b *Blobs) Open(key string) (*os.File, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	file, err := b.root.Open(key)
	return file, blobError("open", err)
}

// Delete removes a blob, or gives ErrNotFound.
func (b *Blobs) Delete(key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	return blobError("delete", b.root.Remove(key))
}

func checkKey(key string) error {
	if !fs.ValidPath(key) || key == "." || !filepath.IsLocal(filepath.FromSlash(key)) {
		return fmt.Errorf("%q is no key of a blob", key)
	}
	return nil
}

func blobError(verb string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotFound
	}
	return fmt.Errorf("%s blob: %w", verb, err)
}

// Put keeps what write writes as a plain blob, whole or not at all.
func (b *Blobs) Put(key string, write func(io.Writer) error) error {
	draft := key + ".part"
	file, err := b.draft(draft)
	if err != nil {
		return err
	}
	return b.finish(file, draft, key, write(file))
}
