package app

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/audiofile"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/store"
	"parley/internal/testdb"
)

// archive is a data folder with a recording of a call that is over.
type archive struct {
	*testing.T
	db    *store.DB
	blobs *store.Blobs
	dir   string
	org   id.Org
	ctx   context.Context
	log   lines
	keys  *mediaKeys
	first string // key of the file that was recorded to
}

const (
	taped     = id.Recording("c.r1")
	customers = 440.0
	agents    = 1000.0
)

// newArchive has a recording that was sealed as it was made, or, plain, one of a version that did not do that yet.
func newArchive(t *testing.T, seconds float64, plain bool) *archive {
	t.Helper()
	a := &archive{T: t, dir: t.TempDir()}
	a.keys = newMediaKeys(nil, slog.New(slog.NewTextHandler(&a.log, nil)))
	var err error
	a.db, err = store.Open(t.Context(), store.Config{Dir: a.dir, URL: testdb.For(t, a.dir)})
	check(t, err)
	check(t, a.db.Migrate(t.Context()))
	a.blobs, err = store.OpenBlobs(filepath.Join(a.dir, "blobs"))
	check(t, err)
	t.Cleanup(func() { check(t, errors.Join(a.blobs.Close(), a.db.Close())) })
	org := store.NewOrganisation("Acme", "BE")
	check(t, a.db.CreateOrganisation(t.Context(), &org))
	a.org, a.ctx = org.ID, store.WithOrg(t.Context(), org.ID)
	began := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	a.keys.db = a.db
	a.put(tape(int(seconds*media.SampleRate)), began, plain)
	row := store.Recording{Call: "c", Status: "available", StorageKey: a.first, Channels: 2, StartedAt: began, Gaps: []store.Gap{}, Size: 1}
	row.ID = taped
	check(t, a.db.CreateRecording(a.ctx, &row))
	return a
}

// put stores the file that was recorded to.
func (a *archive) put(content []byte, began time.Time, plain bool) {
	a.Helper()
	a.first = callcontrol.RecordingKey(a.org, taped, began)
	if plain {
		a.first = strings.TrimSuffix(a.first, ".live") + ".wav"
		a.write(a.first, content)
		return
	}
	keys, err := a.keys.read(a.ctx, a.org)
	check(a, err)
	var file bytes.Buffer
	w, err := keys.SealLive(&file)
	check(a, err)
	for rest := content; len(rest) > 0; {
		n, err := w.Write(rest[:min(len(rest), 32000)])
		check(a, err)
		rest = rest[n:]
	}
	check(a, w.Close())
	a.write(a.first, file.Bytes())
}

// write stores a file as it is.
func (a *archive) write(key string, file []byte) {
	a.Helper()
	path, err := a.blobs.Path(key)
	check(a, err)
	check(a, os.MkdirAll(filepath.Dir(path), 0o700))
	check(a, os.WriteFile(path, file, 0o600))
}

// tape is a recording as a crash leaves it, without a size: the customer's tone and the agent's.
func tape(frames int) []byte {
	b := []byte("RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00\x40\x1f\x00\x00\x00\x7d\x00\x00\x04\x00\x10\x00data\xff\xff\xff\xff")
	for i := range frames {
		for _, hertz := range []float64{customers, agents} {
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(8000*math.Sin(2*math.Pi*hertz*float64(i)/media.SampleRate))))
		}
	}
	return b
}

func (a *archive) sealing() *sealing {
	return newSealing(a.db, a.blobs, a.keys, func() []id.Org { return []id.Org{a.org} })
}

func (a *archive) row() *store.Recording {
	a.Helper()
	row, err := a.db.Recording(a.ctx, taped)
	check(a, err)
	return row
}

// files lists what lies below the blobs.
func (a *archive) files() []string {
	a.Helper()
	var all []string
	check(a, filepath.WalkDir(filepath.Join(a.dir, "blobs"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, filepath.Base(path))
		}
		return err
	}))
	return all
}

// hear gives the sound of the stored file as it can be played now.
func (a *archive) hear() [2][]int16 {
	a.Helper()
	row := a.row()
	if !row.Sealed {
		content, err := a.blobs.OpenContent(row.StorageKey, func() (store.MediaKeys, error) { return a.db.MediaKeys(a.ctx) })
		check(a, err)
		r, err := media.ReadRecording(content)
		check(a, err)
		defer func() { _ = r.Close() }()
		pcm, err := r.PCM(0, r.Duration())
		check(a, err)
		return pcm
	}
	keys, err := a.db.MediaKeys(a.ctx)
	check(a, err)
	f, err := a.blobs.OpenSealed(row.StorageKey, keys)
	check(a, err)
	defer func() { _ = f.Close() }()
	o, err := audiofile.OpenOpus(f, media.SampleRate)
	check(a, err)
	defer func() { _ = o.Close() }()
	var pcm [2][]int16
	for {
		both, err := o.Next()
		if errors.Is(err, io.EOF) {
			return pcm
		}
		check(a, err)
		for ; len(both) >= 2; both = both[2:] {
			pcm[0], pcm[1] = append(pcm[0], both[0]), append(pcm[1], both[1])
		}
	}
}

func (a *archive) sounds(seconds float64) {
	a.Helper()
	pcm := a.hear()
	for channel, own := range []float64{customers, agents} {
		if len(pcm[channel]) != int(seconds*media.SampleRate) {
			a.Errorf("channel %d lasts %d samples", channel, len(pcm[channel]))
		}
		middle := pcm[channel][len(pcm[channel])/4 : len(pcm[channel])*3/4]
		if is, leak := (media.Ear{}).Strength(middle, own), (media.Ear{}).Strength(middle, customers+agents-own); is < 0.2 || leak > 0.002 {
			a.Errorf("channel %d: own tone %.3f, the other's %.4f", channel, is, leak)
		}
	}
}

func (a *archive) sealed(seconds float64) {
	a.Helper()
	row := a.row()
	if !row.Sealed || row.Status != "available" || row.Format != "opus" || len(row.Checksum) != 64 {
		a.Fatalf("the row is %+v", row)
	}
	if got := a.files(); !slices.Equal(got, []string{"c.r1.opus"}) {
		a.Fatalf("files %v", got)
	}
	size, sum, err := a.blobs.Digest(row.StorageKey)
	check(a, err)
	if size != row.Size || sum != row.Checksum || row.Waveform == nil || row.Waveform.Millis != int64(seconds*1000) || row.Waveform.Channels[0][400] < 120 {
		a.Errorf("size %d, row %+v", size, row)
	}
	keys, err := a.db.BlobRemovals(a.ctx)
	check(a, err)
	if len(keys) != 0 {
		a.Errorf("still to be removed: %v", keys)
	}
	a.sounds(seconds)
}

func TestRecordingIsSealed(t *testing.T) {
	for name, plain := range map[string]bool{"live": false, "of an older version": true} {
		t.Run(name, func(t *testing.T) {
			a := newArchive(t, 12.25, plain)
			if raw := a.raw(); plain != strings.Contains(raw, "RIFF") {
				t.Error("the file that was recorded to is as it should not be")
			}
			began := time.Now()
			a.sealing().sweep(t.Context())
			t.Logf("MEASURED 12.25 s of two channels sealed in %s to %d bytes", time.Since(began).Round(time.Millisecond), a.row().Size)
			a.sealed(12.25)
			if raw := a.raw(); strings.Contains(raw, "OggS") || strings.Contains(raw, "Opus") {
				t.Error("the file is not encrypted")
			}
		})
	}
}

// raw is the stored file.
func (a *archive) raw() string {
	a.Helper()
	b, err := os.ReadFile(a.file())
	check(a, err)
	return string(b)
}

func (a *archive) file() string {
	a.Helper()
	path, err := a.blobs.Path(a.row().StorageKey)
	check(a, err)
	return path
}

// TestSealingATornFile: a crash has cut the file off in a segment; what is whole is compressed.
func TestSealingATornFile(t *testing.T) {
	a := newArchive(t, 3, false)
	check(t, os.Truncate(a.file(), int64(len(a.raw())-30)))
	a.sealing().sweep(t.Context())
	row := a.row()
	if row.Status != "available" || !row.Sealed || row.Reason != "" {
		t.Fatalf("%+v", row)
	}
	if pcm := a.hear(); len(pcm[0]) < 23900 || len(pcm[0]) > 24000 {
		t.Errorf("%d samples are left of 24000", len(pcm[0]))
	}
}

// TestSealingAnAlteredFile: the row and the log say so, the file stays, and it is not tried again.
func TestSealingAnAlteredFile(t *testing.T) {
	a := newArchive(t, 3, false)
	raw := []byte(a.raw())
	raw[len(raw)/2] ^= 1
	check(t, os.WriteFile(a.file(), raw, 0o600))
	s := a.sealing()
	s.sweep(t.Context())
	row := a.row()
	if row.Status != "failed" || row.Reason != errDamaged.Error() || row.StorageKey != a.first || row.Sealed || row.Format != "wav" {
		t.Errorf("%+v", row)
	}
	if log := a.log.String(); strings.Count(log, "altered or is damaged") != 1 {
		t.Errorf("the log says\n%s", log)
	}
	if got := a.files(); !slices.Equal(got, []string{"c.r1.live"}) {
		t.Errorf("files %v", got)
	}
	s.later = map[id.Recording]attempt{}
	s.sweep(t.Context())
	if again := a.row(); again.Version != row.Version {
		t.Error("it was tried again")
	}
}

// TestSealingAStrangersFile: a plain recording in the place of a sealed one is neither played nor sealed as if it were ours.
func TestSealingAStrangersFile(t *testing.T) {
	a := newArchive(t, 3, false)
	check(t, os.WriteFile(a.file(), tape(3*media.SampleRate), 0o600))
	if _, err := (recordings{blobs: a.blobs, keys: a.keys}).LeftRecording(a.org, taped, a.row().StartedAt); !errors.Is(err, errDamaged) {
		t.Errorf("the measure of it: %v", err)
	}
	a.sealing().sweep(t.Context())
	if row := a.row(); row.Status != "failed" || row.Reason != errDamaged.Error() || row.StorageKey != a.first || row.Sealed {
		t.Errorf("%+v", row)
	}
	if got := a.files(); !slices.Equal(got, []string{"c.r1.live"}) {
		t.Errorf("files %v", got)
	}
}

// TestSealingADamagedEnd keeps what is before it, and says so.
func TestSealingADamagedEnd(t *testing.T) {
	a := newArchive(t, 3, false)
	raw := []byte(a.raw())
	clear(raw[len(raw)-12000:]) // three segments at least
	check(t, os.WriteFile(a.file(), raw, 0o600))
	a.sealing().sweep(t.Context())
	if row := a.row(); row.Status != "available" || !row.Sealed || !strings.Contains(row.Reason, "damaged") {
		t.Errorf("%+v", row)
	}
	if !strings.Contains(a.log.String(), "damaged") {
		t.Error("the log says nothing")
	}
}

// TestSealingWithoutTheKey: while it is away the row says so, and when it is back the recording is whole.
func TestSealingWithoutTheKey(t *testing.T) {
	a := newArchive(t, 3, false)
	ours := a.db
	stranger, err := store.Open(t.Context(), store.Config{Dir: a.dir, URL: testdb.For(t, a.dir), Key: otherKey(t)})
	check(t, err)
	defer func() { check(t, stranger.Close()) }()
	a.keys = newMediaKeys(stranger, a.keys.log)
	a.sealing().sweep(t.Context())
	if row := a.row(); row.Status != "processing" || row.Reason != errLocked.Error() || row.Sealed {
		t.Errorf("%+v", row)
	}
	if !strings.Contains(a.log.String(), "another master key") {
		t.Error("the log says nothing")
	}
	_, _, err = recordings{blobs: a.blobs, keys: a.keys, full: 100}.NewRecording(a.org, "c.r2", time.Now())
	if !errors.Is(err, errNoKey) {
		t.Errorf("a new recording without the key: %v", err)
	}
	left, err := recordings{blobs: a.blobs, keys: a.keys}.LeftRecording(a.org, taped, a.row().StartedAt)
	if !errors.Is(err, errLocked) || left.Bytes == 0 || len(left.SHA256) != 64 {
		t.Errorf("what a crash left without the key: %+v, %v", left, err)
	}
	a.keys = newMediaKeys(ours, a.keys.log)
	a.sealing().sweep(t.Context())
	if row := a.row(); row.Reason != "" {
		t.Errorf("the reason stays: %q", row.Reason)
	}
	a.sealed(3)
}

func otherKey(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	check(t, os.WriteFile(file, []byte(strings.Repeat("5a", 32)), 0o600))
	return file
}

// TestKeysAreRotatedMeanwhile: what was recorded with the old key is compressed with the new one.
func TestKeysAreRotatedMeanwhile(t *testing.T) {
	a := newArchive(t, 3, false)
	before, err := a.db.MediaKeys(a.ctx)
	check(t, err)
	check(t, a.db.RotateMediaKey(a.ctx))
	a.sealing().sweep(t.Context())
	a.sealed(3)
	if _, err := a.blobs.OpenSealed(a.row().StorageKey, before); !errors.Is(err, store.ErrOtherKey) {
		t.Errorf("the old key gives %v", err)
	}
	now, err := a.keys.at(a.org)
	check(t, err)
	if _, err := a.blobs.OpenSealed(a.row().StorageKey, now); err != nil {
		t.Errorf("the keys for new recordings are not the new ones: %v", err)
	}
}

// TestSealingInterrupted ends the work before each step, as a kill would; the recording can be heard all the time, and the
// next process finishes.
func TestSealingInterrupted(t *testing.T) {
	for _, step := range []string{"write", "verify", "commit", "remove"} {
		t.Run(step, func(t *testing.T) {
			a := newArchive(t, 3, false)
			first := a.sealing()
			killed := errors.New("killed")
			first.halt = func(at string) error {
				if at == step {
					return killed
				}
				return nil
			}
			first.sweep(t.Context())
			if step != "remove" && a.row().Status != "processing" {
				t.Errorf("after the kill the row is %q", a.row().Status)
			}
			if !slices.Contains(a.files(), "c.r1.live") {
				t.Fatalf("the first file is gone: %v", a.files())
			}
			a.sounds(3)
			if !strings.Contains(a.log.String(), "killed") {
				t.Error("the log says nothing")
			}
			a.sealing().sweep(t.Context())
			a.sealed(3)
		})
	}
}

// TestSealingWithHalfAFile begins where a kill has left half of a draft.
func TestSealingWithHalfAFile(t *testing.T) {
	a := newArchive(t, 3, false)
	a.write(strings.TrimSuffix(a.first, ".live")+".opus.part", []byte("half of something"))
	a.sealing().sweep(t.Context())
	a.sealed(3)
}

func TestSealingFailsAndWaits(t *testing.T) {
	a := newArchive(t, 1, false)
	s := a.sealing()
	tries := 0
	s.halt = func(at string) error {
		if at == "write" {
			tries++
			return errors.New("no space left")
		}
		return nil
	}
	for range 3 {
		s.sweep(t.Context())
	}
	if tries != 1 || s.later[taped].wait != firstRetry {
		t.Errorf("tried %d times, next in %s", tries, s.later[taped].wait)
	}
}

func TestSealingWithoutAFile(t *testing.T) {
	a := newArchive(t, 1, false)
	check(t, a.blobs.Delete(a.first))
	a.sealing().sweep(t.Context())
	if row := a.row(); row.Status != "failed" || !strings.Contains(row.Reason, "missing") {
		t.Errorf("the row is %+v", row)
	}
}

// TestSealingWithoutLibopus: the WAV file is encrypted as it is, with a head that says its length.
func TestSealingWithoutLibopus(t *testing.T) {
	t.Run("live", func(t *testing.T) { sealsWAV(t, false) })
	t.Run("of an older version", func(t *testing.T) { sealsWAV(t, true) })
}

func sealsWAV(t *testing.T, plain bool) {
	a := newArchive(t, 1, plain)
	s := a.sealing()
	s.opus = false
	s.sweep(t.Context())
	row := a.row()
	if row.Format != "wav" || !row.Sealed || row.Waveform == nil || row.Waveform.Channels[1][400] < 120 || !slices.Equal(a.files(), []string{"c.r1.wav.sealed"}) {
		t.Fatalf("%v, %+v", a.files(), row)
	}
	key, err := a.db.MediaKeys(a.ctx)
	check(t, err)
	f, err := a.blobs.OpenSealed(row.StorageKey, key)
	check(t, err)
	defer func() { _ = f.Close() }()
	got, err := io.ReadAll(f)
	check(t, err)
	want := tape(media.SampleRate)
	binary.LittleEndian.PutUint32(want[4:], uint32(len(want)-8))
	binary.LittleEndian.PutUint32(want[40:], uint32(len(want)-44))
	if !slices.Equal(got, want) {
		t.Errorf("%d bytes come out instead of %d, or others", len(got), len(want))
	}
}

// TestSealingRuns notices by itself that a recording has ended.
func TestSealingRuns(t *testing.T) {
	a := newArchive(t, 1, false)
	s := a.sealing()
	s.due.Store(0)
	told := false
	s.hearing(func(id.Call, call.Signal) { told = true })("c", call.RecordingStopped{Recording: taped})
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan struct{})
	swept := make(chan struct{}, 100)
	s.halt = func(step string) error {
		if step == "remove" {
			swept <- struct{}{}
		}
		return nil
	}
	go func() { s.run(ctx); close(over) }()
	for range 3 { // before the recordings and after them, and the next sweep
		<-swept
	}
	stop()
	<-over
	if !told {
		t.Error("the call was not told")
	}
	a.sealed(1)
}

func TestWaveformHasBothChannels(t *testing.T) {
	d := &drawing{length: time.Second, total: 8000}
	for i := range 8000 {
		d.add([]int16{int16(i), -32768})
	}
	w := d.waveform()
	if w.Channels[0][0] > 10 || w.Channels[0][799] < 120 || w.Channels[1][0] != 255 || w.Channels[1][799] != 255 {
		t.Errorf("%v", w.Channels)
	}
}

func BenchmarkSealMinute(b *testing.B) {
	frames := tape(60 * media.SampleRate)
	path := filepath.Join(b.TempDir(), "a.wav")
	check(b, os.WriteFile(path, frames, 0o600))
	for b.Loop() {
		r, err := media.OpenRecording(path)
		check(b, err)
		c := &compressed{sound: r, drawing: newDrawing(r)}
		check(b, c.opus(b.Context(), io.Discard))
		_ = r.Close()
	}
}
