package app

import (
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
	plain string // key of the WAV file
}

const (
	taped     = id.Recording("c.r1")
	customers = 440.0
	agents    = 1000.0
)

func newArchive(t *testing.T, seconds float64) *archive {
	t.Helper()
	a := &archive{T: t, dir: t.TempDir()}
	var err error
	a.db, err = store.Open(t.Context(), store.Config{Dir: a.dir})
	check(t, err)
	check(t, a.db.Migrate(t.Context()))
	a.blobs, err = store.OpenBlobs(filepath.Join(a.dir, "blobs"))
	check(t, err)
	t.Cleanup(func() { check(t, errors.Join(a.blobs.Close(), a.db.Close())) })
	org := store.NewOrganisation("Acme", "BE")
	check(t, a.db.CreateOrganisation(t.Context(), &org))
	a.org, a.ctx = org.ID, store.WithOrg(t.Context(), org.ID)
	began := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	a.plain = callcontrol.RecordingKey(a.org, taped, began)
	_, err = a.blobs.Put(a.plain, strings.NewReader(string(tape(int(seconds*media.SampleRate)))))
	check(t, err)
	row := store.Recording{Call: "c", Status: "available", StorageKey: a.plain, Channels: 2, StartedAt: began, Gaps: []store.Gap{}, Size: 1}
	row.ID = taped
	check(t, a.db.CreateRecording(a.ctx, &row))
	return a
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
	return newSealing(a.db, a.blobs, func() []id.Org { return []id.Org{a.org} }, slog.New(slog.NewTextHandler(&a.log, nil)))
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
	path, err := a.blobs.Path(row.StorageKey)
	check(a, err)
	if !row.Sealed {
		r, err := media.OpenRecording(path)
		check(a, err)
		defer func() { _ = r.Close() }()
		pcm, err := r.PCM(0, r.Duration())
		check(a, err)
		return pcm
	}
	key, err := a.db.MediaKeys(a.ctx)
	check(a, err)
	f, err := a.blobs.OpenSealed(row.StorageKey, key)
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
	size, err := a.blobs.Size(row.StorageKey)
	check(a, err)
	if size != row.Size || row.Waveform == nil || row.Waveform.Millis != int64(seconds*1000) || row.Waveform.Channels[0][400] < 120 {
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
	a := newArchive(t, 12.25)
	began := time.Now()
	a.sealing().sweep(t.Context())
	t.Logf("MEASURED 12.25 s of two channels sealed in %s to %d bytes", time.Since(began).Round(time.Millisecond), a.row().Size)
	a.sealed(12.25)
	raw, err := os.ReadFile(filepath.Join(a.dir, "blobs", filepath.FromSlash(a.row().StorageKey)))
	check(t, err)
	if strings.Contains(string(raw), "OggS") || strings.Contains(string(raw), "Opus") {
		t.Error("the file is not encrypted")
	}
}

// TestSealingInterrupted ends the work before each step, as a kill would; the recording can be heard all the time, and the
// next process finishes.
func TestSealingInterrupted(t *testing.T) {
	for _, step := range []string{"write", "verify", "commit", "remove"} {
		t.Run(step, func(t *testing.T) {
			a := newArchive(t, 3)
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
			if !slices.Contains(a.files(), "c.r1.wav") {
				t.Fatalf("the plain file is gone: %v", a.files())
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
	a := newArchive(t, 3)
	draft := strings.TrimSuffix(a.plain, ".wav") + ".opus.part"
	file, err := a.blobs.Create(draft)
	check(t, err)
	_, err = file.WriteString("half of something")
	check(t, errors.Join(err, file.Close()))
	a.sealing().sweep(t.Context())
	a.sealed(3)
}

func TestSealingFailsAndWaits(t *testing.T) {
	a := newArchive(t, 1)
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
	a := newArchive(t, 1)
	check(t, a.blobs.Delete(a.plain))
	a.sealing().sweep(t.Context())
	if row := a.row(); row.Status != "failed" || !strings.Contains(row.Reason, "missing") {
		t.Errorf("the row is %+v", row)
	}
}

// TestSealingWithoutLibopus: the WAV file is encrypted as it is, with a head that says its length.
func TestSealingWithoutLibopus(t *testing.T) {
	a := newArchive(t, 1)
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
	a := newArchive(t, 1)
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
