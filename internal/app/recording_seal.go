package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/audiofile"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/store"
)

// sealing makes an encrypted Ogg Opus file of each recording that is over, and deletes the one that it was recorded to, which
// is encrypted too but for those of older versions. Whatever stops it in between, the next sweep finishes: the row names the
// first file until the other is whole and safe, and the same transaction notes that the first one is to be deleted.
type sealing struct {
	db    *store.DB
	blobs *store.Blobs
	keys  *mediaKeys
	orgs  func() []id.Org
	log   *slog.Logger
	gate  chan struct{}           // bounds how many processors it takes
	due   atomic.Int32            // sweeps that are still due
	opus  bool                    // sound can be compressed
	halt  func(step string) error // a test ends the work before a step

	mu    sync.Mutex
	later map[id.Recording]attempt // what has failed
}

// attempt is when a recording is tried again, and how long the wait before was.
type attempt struct {
	at   time.Time
	wait time.Duration
}

const (
	sealPause    = 2 * time.Second
	sealSweeps   = 3   // after a recording has ended: its row is stored a little later
	sealIdle     = 150 // pauses after which it looks for what it has not heard of
	sealTolerant = 20 * time.Millisecond
	firstRetry   = time.Minute
	lastRetry    = 6 * time.Hour
)

func newSealing(db *store.DB, blobs *store.Blobs, keys *mediaKeys, orgs func() []id.Org) *sealing {
	s := &sealing{
		db: db, blobs: blobs, keys: keys, orgs: orgs, log: keys.log, gate: make(chan struct{}, max(1, runtime.NumCPU()-1)),
		opus: audiofile.Available(), halt: func(string) error { return nil }, later: map[id.Recording]attempt{},
	}
	s.due.Store(sealSweeps)
	return s
}

// hearing passes signals on to calls and notices that a recording has ended.
func (s *sealing) hearing(tell func(id.Call, call.Signal)) func(id.Call, call.Signal) {
	return func(which id.Call, signal call.Signal) {
		tell(which, signal)
		if _, over := signal.(call.RecordingStopped); over {
			s.due.Store(sealSweeps)
		}
	}
}

// run sweeps at the start, after recordings have ended, and now and then, until ctx ends.
func (s *sealing) run(ctx context.Context) {
	clock := time.NewTicker(sealPause)
	defer clock.Stop()
	for idle := 0; ctx.Err() == nil; {
		if s.due.Load() > 0 || idle >= sealIdle {
			s.due.Add(-1)
			idle = 0
			s.sweep(ctx)
		}
		idle++
		select {
		case <-clock.C:
		case <-ctx.Done():
		}
	}
}

// sweep seals every recording that waits for it.
func (s *sealing) sweep(ctx context.Context) {
	for _, org := range s.orgs() {
		inside := store.WithOrg(ctx, org)
		s.remove(inside)
		_, _ = s.keys.read(ctx, org) // they may have been rotated; that they cannot be read is told of each recording
		rows, err := s.db.PlainRecordings(inside)
		if err != nil {
			s.complain(inside, "recordings to be compressed not found", "org", org, "err", err)
			continue
		}
		var jobs sync.WaitGroup
		for i := range rows {
			if s.waits(rows[i].ID) {
				continue
			}
			s.gate <- struct{}{}
			jobs.Go(func() {
				defer func() { <-s.gate }()
				s.settle(inside, &rows[i])
			})
		}
		jobs.Wait()
		s.remove(inside)
	}
}

func (s *sealing) settle(ctx context.Context, row *store.Recording) {
	err := s.seal(ctx, row)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil || errors.Is(err, store.ErrStale) {
		delete(s.later, row.ID)
		return
	}
	wait := min(max(firstRetry, 2*s.later[row.ID].wait), lastRetry)
	s.later[row.ID] = attempt{time.Now().Add(wait), wait}
	s.complain(ctx, "recording not compressed; it stays as it is and is tried again", "recording", row.ID, "again_in", wait, "err", err)
}

func (s *sealing) waits(which id.Recording) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Before(s.later[which].at)
}

func (s *sealing) complain(ctx context.Context, what string, args ...any) {
	if ctx.Err() == nil {
		s.log.Error(what, args...)
	}
}

// seal takes one recording through all steps.
func (s *sealing) seal(ctx context.Context, row *store.Recording) error {
	row.Status = "processing"
	if err := s.db.UpdateRecording(ctx, row); err != nil {
		return err
	}
	first := row.StorageKey
	keys, err := s.keys.at(row.Org)
	if err == nil {
		err = s.compress(ctx, row, keys)
	}
	if err != nil {
		row.StorageKey = first
		return s.tell(ctx, row, err)
	}
	if err := s.halt("commit"); err != nil {
		return err
	}
	row.Status, row.Sealed = "available", true
	if row.Reason == errLocked.Error() {
		row.Reason = ""
	}
	made := row.StorageKey
	err = s.db.SealRecording(ctx, row, first)
	if stale := (*store.StaleError)(nil); errors.As(err, &stale) {
		if now, ok := stale.Current.(*store.Recording); ok && now.Status == "deleted" { // with the message that it was of
			return errors.Join(err, s.blobs.Delete(made))
		}
	}
	return err
}

// tell has the row say in words what is wrong with the recording's file. A key may come back; what is missing or altered
// will not, and is not tried again.
func (s *sealing) tell(ctx context.Context, row *store.Recording, wrong error) error {
	row.Format = "wav"
	switch {
	case errors.Is(wrong, store.ErrOtherKey), errors.Is(wrong, store.ErrUnsealable):
		if row.Reason == "" {
			row.Reason = errLocked.Error()
		}
		return errors.Join(wrong, s.db.UpdateRecording(ctx, row))
	case errors.Is(wrong, store.ErrNotFound):
		row.Reason = "the file of the recording is missing"
	case errors.Is(wrong, store.ErrAltered), errors.Is(wrong, store.ErrNotSealed), errors.Is(wrong, media.ErrNoRecording):
		row.Reason = errDamaged.Error()
	default:
		return wrong
	}
	row.Status = "failed"
	s.complain(ctx, "recording not compressed; what there is of its file stays as it is", "recording", row.ID, "err", wrong)
	return s.db.UpdateRecording(ctx, row)
}

func (s *sealing) compress(ctx context.Context, row *store.Recording, keys store.MediaKeys) error {
	content, err := s.blobs.OpenContent(row.StorageKey, func() (store.MediaKeys, error) { return keys, nil })
	if err != nil {
		return err
	}
	if sealed, ok := content.(*store.SealedFile); ok && sealed.Damaged() {
		row.Reason = "the end of its file is damaged and was left out"
		s.log.Error("recording's end is damaged: what opens of it is kept", "recording", row.ID, "kept_bytes", sealed.Size())
	}
	sound, err := media.ReadRecording(content)
	if err != nil {
		return err
	}
	defer func() { _ = sound.Close() }()
	return s.store(ctx, row, keys, sound)
}

// store writes the encrypted file, as Opus when that is possible and turns out well, else as the WAV file it is.
func (s *sealing) store(ctx context.Context, row *store.Recording, keys store.MediaKeys, sound *media.RecordingFile) error {
	stem := strings.TrimSuffix(row.StorageKey, path.Ext(row.StorageKey))
	made := &compressed{sound: sound, drawing: newDrawing(sound)}
	if s.opus {
		err := s.write(row, keys, stem+".opus", "opus", func(w io.Writer) error { return made.opus(ctx, w) })
		if err == nil {
			if err = s.halt("verify"); err != nil {
				return err
			}
			err = s.verify(row, keys, sound.Duration())
		}
		var fault *audiofile.Fault
		if !errors.As(err, &fault) {
			row.Waveform = made.drawing.waveform()
			return err
		}
		s.log.Error("recording is kept as WAV, since it did not come out right as Opus", "recording", row.ID, "err", err)
	}
	if err := s.write(row, keys, stem+".wav.sealed", "wav", func(w io.Writer) error { return made.wav(ctx, w) }); err != nil {
		return err
	}
	row.Waveform = made.drawing.waveform()
	return nil
}

func (s *sealing) write(row *store.Recording, keys store.MediaKeys, name, format string, write func(io.Writer) error) (err error) {
	if err := s.halt("write"); err != nil {
		return err
	}
	row.StorageKey, row.Format = name, format
	row.Size, row.Checksum, err = s.blobs.PutSealed(name, keys, write)
	return err
}

// verify reads the stored file again.
func (s *sealing) verify(row *store.Recording, keys store.MediaKeys, want time.Duration) error {
	file, err := s.blobs.OpenSealed(row.StorageKey, keys)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	got, err := audiofile.OpusLength(file)
	if err != nil {
		return err
	}
	if off := (got - want).Abs(); off > sealTolerant {
		return &audiofile.Fault{Format: "Ogg Opus", Why: fmt.Sprintf("it lasts %s instead of %s", got, want)}
	}
	return nil
}

// remove deletes the files that nothing refers to any more.
func (s *sealing) remove(ctx context.Context) {
	keys, err := s.db.BlobRemovals(ctx)
	if err == nil {
		err = s.halt("remove")
	}
	for _, key := range keys {
		if err == nil {
			err = s.blobs.Delete(key)
		}
		if err == nil || errors.Is(err, store.ErrNotFound) {
			err = s.db.BlobRemoved(ctx, key)
		}
	}
	if err != nil {
		s.complain(ctx, "files that nobody needs not deleted", "err", err)
	}
}
