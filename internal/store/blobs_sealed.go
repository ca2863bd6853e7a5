package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
)

// PutSealed stores what write writes under key, encrypted; a reader sees the whole of it or what was there before. It gives
// the size in bytes and the SHA-256 in hexadecimal of what is stored.
func (b *Blobs) PutSealed(key string, with MediaKeys, write func(io.Writer) error) (size int64, sum string, err error) {
	draft := key + ".part"
	file, err := b.draft(draft)
	if err != nil {
		return 0, "", err
	}
	hash := sha256.New()
	err = sealInto(io.MultiWriter(file, hash), with, write)
	if stat, wrong := file.Stat(); err == nil {
		err = wrong
		if wrong == nil {
			size = stat.Size()
		}
	}
	if err := b.finish(file, draft, key, err); err != nil {
		return 0, "", err
	}
	return size, hex.EncodeToString(hash.Sum(nil)), nil
}

func sealInto(w io.Writer, with MediaKeys, write func(io.Writer) error) error {
	sealed, err := with.Seal(w)
	if err != nil {
		return err
	}
	if err := write(sealed); err != nil {
		return err
	}
	return sealed.Close()
}

// OpenSealed reads a blob that PutSealed has stored, or gives ErrNotFound, ErrOtherKey or ErrAltered. Close it.
func (b *Blobs) OpenSealed(key string, with MediaKeys) (*SealedFile, error) {
	file, err := b.Open(key)
	if err != nil {
		return nil, err
	}
	stat, err := file.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open blob: %w", err), file.Close())
	}
	return openSealed(file, stat.Size(), with)
}

func openSealed(file *os.File, size int64, with MediaKeys) (*SealedFile, error) {
	sealed, err := with.OpenSealed(file, size)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	sealed.close = file.Close
	return sealed, nil
}

// Content is what a blob holds, opened when it is sealed: for one goroutine.
type Content interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// plainContent is that of a blob which is not sealed.
type plainContent struct {
	*os.File
	size int64
}

// Size is the length of the content in bytes.
func (p plainContent) Size() int64 { return p.size }

// plainExt ends the names of the blobs that need not be sealed: recordings of versions that sealed after the call. Under
// another name nothing is believed that has no seal, or whoever can write the folder could pass a sound of their own off as
// a recording.
const plainExt = ".wav"

// OpenContent reads a blob whether it is sealed or, where its key ends in ".wav", not; the keys are asked for when it is. An
// empty one is just begun and has no content. Its errors are those of Open, OpenSealed and keys. Close it.
func (b *Blobs) OpenContent(key string, keys func() (MediaKeys, error)) (Content, error) {
	file, err := b.Open(key)
	if err != nil {
		return nil, err
	}
	stat, err := file.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open blob: %w", err), file.Close())
	}
	magic := make([]byte, len(sealedMagic))
	if _, err := file.ReadAt(magic, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(fmt.Errorf("open blob: %w", err), file.Close())
	}
	if string(magic) != sealedMagic {
		if stat.Size() > 0 && path.Ext(key) != plainExt {
			return nil, errors.Join(fmt.Errorf("open blob: %w", ErrNotSealed), file.Close())
		}
		return plainContent{file, stat.Size()}, nil
	}
	with, err := keys()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return openSealed(file, stat.Size(), with)
}

// Digest gives the length of a blob in bytes and its SHA-256 in hexadecimal, as it is stored, or ErrNotFound.
func (b *Blobs) Digest(key string) (size int64, sum string, err error) {
	file, err := b.Open(key)
	if err != nil {
		return 0, "", err
	}
	hash := sha256.New()
	size, err = io.Copy(hash, file)
	if err = errors.Join(err, file.Close()); err != nil {
		return 0, "", fmt.Errorf("read blob: %w", err)
	}
	return size, hex.EncodeToString(hash.Sum(nil)), nil
}
