package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
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

// checkWAV reads a file as any program does: PCM, two channels, 8 kHz, 16 bit, and as long as it should be.
func checkWAV(t *testing.T, file []byte, want time.Duration) {
	t.Helper()
	var head struct {
		RIFF       [4]byte
		Size       uint32
		Kind       [8]byte
		FormatSize uint32
		Format     struct {
			Tag, Channels     uint16
			Rate, BytesSecond uint32
			Block, Bits       uint16
		}
		Data [4]byte
		Left uint32
	}
	if err := binary.Read(bytes.NewReader(file), binary.LittleEndian, &head); err != nil {
		t.Fatal(err)
	}
	f := head.Format
	if string(head.RIFF[:])+string(head.Kind[:])+string(head.Data[:]) != "RIFFWAVEfmt data" || f.Tag != 1 || f.Channels != 2 ||
		f.Rate != 8000 || f.BytesSecond != 32000 || f.Block != 4 || f.Bits != 16 || int(head.Size)+8 != len(file) {
		t.Errorf("the file begins with %+v", head)
	}
	if got := timeOf(int64(head.Left / 4)); got != want || int(head.Left) != len(file)-binary.Size(head) {
		t.Errorf("its sound is said to last %v, want %v", got, want)
	}
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
	synctest.Test(t, func(t *testing.T) {
		s := recordOnStage(t)
		ann, bob := []id.Leg{"ann"}, []id.Leg{"bob"}
		s.play(800 * time.Millisecond)
		s.room.Change("r1", ann, bob, true)
		s.play(1300 * time.Millisecond)
		s.room.Change("r1", ann, bob, false)
		s.play(2 * time.Second)
		s.room.Change("r1", nil, nil, false)
		s.play(2500 * time.Millisecond)
		s.room.Change("r1", ann, bob, false)
		s.play(3200 * time.Millisecond)
		s.room.StopRecord("r1")
		result := <-s.done
		if result.Err != nil || result.ID != "r1" || result.Path != s.path || result.Duration != 3200*time.Millisecond {
			t.Fatalf("result is %+v", result)
		}
		b, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != result.SHA256 || int64(len(b)) != result.Bytes {
			t.Errorf("digest or size differ from the file's")
		}
		heard, err := io.ReadAll(openRecording(t, s.path))
		if err != nil {
			t.Fatal(err)
		}
		checkWAV(t, heard, result.Duration)
		want := []Gap{{800 * time.Millisecond, 1300 * time.Millisecond, GapPause}, {2 * time.Second, 2500 * time.Millisecond, GapHold}}
		if !slices.Equal(result.Gaps, want) {
			t.Fatalf("gaps are %+v, want %+v", result.Gaps, want)
		}
		checkTalkAndGaps(t, s.path, want)
		if n := len(s.w.engine.disk.recorders); n != 0 {
			t.Errorf("%d recordings are still on the disk's list", n)
		}
		s.w.engine.disk.close()
	})
}

// checkTalkAndGaps fails unless both channels hold their tone right up to each gap and right after it, and nothing within.
func checkTalkAndGaps(t *testing.T, path string, gaps []Gap) {
	file, tones := openRecording(t, path), [2]float64{440, 700}
	const talk = 500 * time.Millisecond
	for _, g := range gaps {
		checkHolds(t, file, g.From-talk, talk, tones)
		checkHolds(t, file, g.From, g.To-g.From, [2]float64{0, 0})
		checkHolds(t, file, g.To, talk, tones)
	}
}

func TestKilledRecordingIsReadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := recordOnStage(t)
		s.play(3 * time.Second)
		checkKilled(t, s.path)
		s.w.engine.disk.close()
	})
}

// checkKilled reads what would be left of a recording if the machine stopped now.
func checkKilled(t *testing.T, path string) {
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
	checkWAV(t, whole, file.Duration())
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
	seal := func(file io.Writer) (io.WriteCloser, error) { return &mask{file: file, room: 16000}, nil }
	path := filepath.Join(t.TempDir(), "full")
	room.Record(Recording{ID: "full", Path: path, Seal: seal, Customer: []id.Leg{"ann"}, Done: tell})
	r := <-done
	if !errors.Is(r.Err, syscall.ENOSPC) || r.ID != "full" || r.Bytes != 16000 || r.Duration != timeOf((16000-headerBytes)/frameSize) {
		t.Errorf("result is %+v", r)
	}
	if file := openMasked(t, path); file.Duration() != r.Duration {
		t.Errorf("the file lasts %v, %v is told", file.Duration(), r.Duration)
	}
	refuse := func(io.Writer) (io.WriteCloser, error) { return nil, os.ErrPermission }
	room.Record(Recording{ID: "sealless", Path: filepath.Join(t.TempDir(), "sealless"), Seal: refuse, Done: tell})
	if r := <-done; !errors.Is(r.Err, os.ErrPermission) || r.Bytes != 0 {
		t.Errorf("without a seal the result is %+v", r)
	}
	room.Record(Recording{ID: "r1", Path: "unused", Done: tell})
	if r := <-done; !errors.Is(r.Err, ErrRecorded) {
		t.Errorf("second recording of a name: %+v", r)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if room.recordings["full"] != nil || room.recordings["sealless"] != nil || room.recordings["r1"] == nil {
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

// TestRecordingOfEveryCodec records two legs that share no codec with the file.
func TestRecordingOfEveryCodec(t *testing.T) {
	for _, one := range spoken() {
		t.Run(one.String(), func(t *testing.T) {
			c := newChoir(t, one)
			s := c.singers["a"]
			recorded := newTap(0)
			s.leg.taps = append(s.leg.taps, recorded)
			c.sing(100)
			rec := &recorder{taps: []*tap{recorded}, started: c.w.now - int64(2*time.Second)}
			rec.advance(c.w.now - int64(100*time.Millisecond))
			var pcm []int16
			for at := 0; at < len(rec.buffer); at += frameSize {
				pcm = append(pcm, int16(uint16(rec.buffer[at])|uint16(rec.buffer[at+1])<<8))
			}
			if hertz, strength := (Ear{}).Dominant(pcm[4000:12000]); math.Abs(hertz-s.hertz) > 3 || math.Abs(strength-4000./32768) > 0.02 {
				t.Errorf("records %.0f Hz of %.3f, want %.0f of 0.122", hertz, strength, s.hertz)
			}
			for at := 4000; at < 12000; at += 160 {
				if level := (Ear{}).Level(pcm[at : at+160]); level < 0.05 {
					t.Fatalf("there is a hole at %d", at)
				}
			}
		})
	}
}
