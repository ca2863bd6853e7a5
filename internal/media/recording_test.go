package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/id"
)

// recordTwo records ann (the customer, 440 Hz) and bob (700 Hz) to a file.
func recordTwo(t *testing.T) (e *Engine, room *Room, path string, done chan RecordingResult) {
	t.Helper()
	e = openEngine(t, 2)
	ann, bob := newPhone(t, PCMU), newPhone(t, PCMA)
	ann.dial(e, "ann", nil)
	bob.dial(e, "bob", nil)
	ann.hum(440)
	bob.hum(700)
	room = e.OpenRoom("call")
	room.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "they talk", func() bool { return ann.hears(700) && bob.hears(440) })
	path, done = filepath.Join(t.TempDir(), "call.wav"), make(chan RecordingResult, 1)
	room.Record(Recording{
		ID: "r1", Path: path, Customer: []id.Leg{"ann"}, Others: []id.Leg{"bob"},
		Done: func(r RecordingResult) { done <- r },
	})
	return e, room, path, done
}

func openRecording(t *testing.T, path string) *RecordingFile {
	t.Helper()
	file, err := OpenRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// checkHolds fails unless a stretch of the recording holds each tone on its own channel only.
func checkHolds(t *testing.T, file *RecordingFile, from, length time.Duration, hertz [2]float64) {
	t.Helper()
	pcm, err := file.PCM(from, length)
	if err != nil {
		t.Fatal(err)
	}
	for channel, hz := range hertz {
		found, strength := Ear{}.Dominant(pcm[channel])
		if hz == 0 {
			if level := (Ear{}).Level(pcm[channel]); level != 0 {
				t.Errorf("channel %d at %v: level %.4f, want silence", channel, from, level)
			}
			continue
		}
		if math.Abs(found-hz) > 5 || strength < 0.15 {
			t.Errorf("channel %d at %v: %.0f Hz of strength %.3f, want %.0f Hz", channel, from, found, strength, hz)
		}
		if other := (Ear{}).Strength(pcm[channel], hertz[1-channel]); hertz[1-channel] != 0 && other > 0.02 {
			t.Errorf("channel %d at %v holds the other's tone: %.4f", channel, from, other)
		}
	}
}

func TestRecordingHoldsEachToneAndMarksGaps(t *testing.T) {
	e, room, path, done := recordTwo(t)
	ann, bob := []id.Leg{"ann"}, []id.Leg{"bob"}
	start := time.Now()
	at := func(d time.Duration) {
		eventually(t, fmt.Sprint("it is ", d), func() bool { return time.Since(start) >= d })
	}
	at(800 * time.Millisecond)
	room.Change("r1", ann, bob, true)
	at(1300 * time.Millisecond)
	room.Change("r1", ann, bob, false)
	at(2 * time.Second)
	room.Change("r1", nil, nil, false)
	at(2500 * time.Millisecond)
	room.Change("r1", ann, bob, false)
	at(3200 * time.Millisecond)
	room.StopRecord("r1")
	lasted := time.Since(start)
	result := <-done
	if result.Err != nil || result.ID != "r1" || result.Path != path {
		t.Fatalf("result is %+v", result)
	}
	if off := result.Duration - lasted; off < -50*time.Millisecond || off > 50*time.Millisecond {
		t.Errorf("recorded %v of %v", result.Duration, lasted)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != result.SHA256 || int64(len(b)) != result.Bytes {
		t.Errorf("digest or size differ from the file's")
	}
	if sound, err := DecodeWAV(bytes.NewReader(b)); err != nil || sound.Duration() != result.Duration {
		t.Errorf("the file is no WAV of %v: %v", result.Duration, err)
	}
	if len(result.Gaps) != 2 || result.Gaps[0].Why != GapPause || result.Gaps[1].Why != GapHold {
		t.Fatalf("gaps are %+v", result.Gaps)
	}
	file := openRecording(t, path)
	checkHolds(t, file, 200*time.Millisecond, 500*time.Millisecond, [2]float64{440, 700})
	for _, g := range result.Gaps {
		if length := g.To - g.From; length < 450*time.Millisecond || length > time.Second {
			t.Errorf("gap of %v, want 500 ms", length)
		}
		checkHolds(t, file, g.From, g.To-g.From, [2]float64{0, 0})
		checkHolds(t, file, g.To+50*time.Millisecond, 500*time.Millisecond, [2]float64{440, 700})
	}
	if n := len(e.disk.recorders); n != 0 {
		t.Errorf("%d recordings are still on the disk's list", n)
	}
}

func TestKilledRecordingIsReadable(t *testing.T) {
	_, _, path, _ := recordTwo(t)
	eventually(t, "two seconds are on disk", func() bool {
		status, err := os.Stat(path)
		return err == nil && status.Size() > 2*SampleRate*frameSize
	})
	killed := filepath.Join(t.TempDir(), "killed.wav")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b = b[:len(b)-3] // torn in the middle of a sample
	if err := os.WriteFile(killed, b, 0o600); err != nil {
		t.Fatal(err)
	}
	file := openRecording(t, killed)
	if want := timeOf(int64((len(b) - headerBytes) / frameSize)); file.Duration() != want || file.Channels() != 2 {
		t.Errorf("killed recording has %v and %d channels, want %v and 2", file.Duration(), file.Channels(), want)
	}
	checkHolds(t, file, 300*time.Millisecond, time.Second, [2]float64{440, 700})
	whole, err := io.ReadAll(file)
	if err != nil || int64(len(whole)) != file.Size() {
		t.Fatalf("read %d bytes of %d: %v", len(whole), file.Size(), err)
	}
	if sound, err := DecodeWAV(bytes.NewReader(whole)); err != nil || sound.Duration() != file.Duration() {
		t.Errorf("what it reads is no WAV of %v: %v", file.Duration(), err)
	}
	if at, err := file.Seek(-8, io.SeekEnd); err != nil || at != file.Size()-8 {
		t.Errorf("seek gives %d, %v", at, err)
	}
	if tail, _ := io.ReadAll(file); !bytes.Equal(tail, whole[len(whole)-8:]) {
		t.Errorf("tail after seek differs")
	}
	peaks, err := file.Peaks(10)
	if err != nil {
		t.Fatal(err)
	}
	for channel := range peaks {
		for i, p := range peaks[channel][2:] {
			if p < 0.2 || p > 0.3 {
				t.Errorf("peak %d of channel %d is %.3f, want 0.244", i+2, channel, p)
			}
		}
	}
}

func TestWriteErrorStopsTheRecordingOnly(t *testing.T) {
	e, room, _, _ := recordTwo(t)
	done := make(chan RecordingResult, 3)
	tell := func(r RecordingResult) { done <- r }
	room.Record(Recording{ID: "nowhere", Path: filepath.Join(t.TempDir(), "no", "folder.wav"), Done: tell})
	if r := <-done; !errors.Is(r.Err, os.ErrNotExist) || r.ID != "nowhere" {
		t.Errorf("result is %+v", r)
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	rec := newRecorder(e, room, Recording{ID: "full", Path: "/dev/null", Customer: []id.Leg{"ann"}, Done: tell})
	rec.file = full
	e.mu.Lock()
	room.recordings["full"] = rec
	room.tap(rec)
	e.mu.Unlock()
	e.disk.add(rec)
	if r := <-done; r.Err == nil || r.ID != "full" || r.Duration != 0 {
		t.Errorf("result is %+v", r)
	}
	room.Record(Recording{ID: "r1", Path: "unused", Done: tell})
	if r := <-done; !errors.Is(r.Err, ErrRecorded) {
		t.Errorf("second recording of a name: %+v", r)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if room.recordings["full"] != nil || room.recordings["r1"] == nil {
		t.Errorf("the failed recording is not out of the room, or the good one is")
	}
}

func TestEngineCloseEndsRecordings(t *testing.T) {
	e, room, path, done := recordTwo(t)
	eventually(t, "something is recorded", func() bool { _, err := os.Stat(path); return err == nil })
	e.Close()
	if r := <-done; r.Err != nil || r.Duration == 0 {
		t.Errorf("result is %+v", r)
	}
	room.Record(Recording{ID: "late", Path: path, Done: func(r RecordingResult) { done <- r }})
	if r := <-done; !errors.Is(r.Err, ErrClosed) {
		t.Errorf("result after close is %+v", r)
	}
}

func TestOpenRecordingRefusesOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other")
	for _, content := range []string{"", "RIFF", string(make([]byte, 100))} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenRecording(path); !errors.Is(err, ErrNoRecording) {
			t.Errorf("a file of %d bytes: %v", len(content), err)
		}
	}
}

// TestTrackKeepsTrueTime lays packets that are lost, paused, out of order and of a clock that jumps.
func TestTrackKeepsTrueTime(t *testing.T) {
	rec := &recorder{}
	tp := newTap(1)
	rec.taps = []*tap{tp}
	frame := PCMU.Encode(nil, sine(1000, 20*time.Millisecond))
	put := func(i int64, stamp uint32) {
		tp.put((i+1)*int64(20*time.Millisecond), PCMU, header{ssrc: 1, timestamp: stamp}, frame)
	}
	put(0, 5000)
	put(2, 5320) // one lost
	put(4, 5640) // and one that comes behind its follower
	put(4, 5480)
	put(20, 5000+20*160) // a pause
	put(30, 900000)      // a clock that jumped
	rec.advance(int64(700 * time.Millisecond))
	for i, want := range map[int]bool{0: true, 1: false, 2: true, 3: true, 4: true, 5: false, 19: false, 20: true, 21: false, 29: false, 30: true, 31: false} {
		pcm := make([]int16, 160)
		for k := range pcm {
			at := (i*160 + k) * frameSize
			pcm[k] = int16(uint16(rec.buffer[at+2]) | uint16(rec.buffer[at+3])<<8)
		}
		if loud := (Ear{}).Level(pcm) > 0.1; loud != want {
			t.Errorf("frame %d: sound is %v, want %v", i, loud, want)
		}
	}
}
