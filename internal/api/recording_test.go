package api

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/internal/id"
	"parley/internal/store"
)

// sealed replaces the file of a recording by an encrypted one of n bytes.
func (w *world) sealed(which id.Recording, n int) (content string, row *store.Recording) {
	w.t.Helper()
	row, err := w.doors.DB.Recording(w.ctx, which)
	check(w.t, err)
	key, err := w.doors.DB.MediaKeys(w.ctx)
	check(w.t, err)
	plain := row.StorageKey
	content = strings.Repeat("OggS, 0123456789 and so on; ", n/28+1)[:n]
	row.StorageKey, row.Format, row.Sealed = strings.TrimSuffix(plain, ".wav")+".opus", "opus", true
	row.Size, row.Checksum, err = w.doors.Blobs.PutSealed(row.StorageKey, key, func(out io.Writer) error {
		_, err := io.WriteString(out, content)
		return err
	})
	check(w.t, err)
	row.Waveform = &store.Waveform{Millis: 61250, Channels: [][]byte{{0, 128, 255}, {0, 0, 64}}}
	check(w.t, w.doors.DB.SealRecording(w.ctx, row, plain))
	check(w.t, w.doors.Blobs.Delete(plain))
	return content, row
}

func TestSealedRecordingIsServedByRange(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.recording("c1.r1")
	c := w.as("ann")
	before := c.get("/api/recordings/c1.r1/audio")
	content, row := w.sealed("c1.r1", 200_000)
	const path = "/api/recordings/c1.r1/audio"
	whole := c.get(path)
	if whole.status != http.StatusOK || whole.body != content || whole.header.Get("Content-Type") != "audio/ogg" ||
		!strings.Contains(whole.header.Get("Content-Disposition"), `c1.r1.ogg`) {
		t.Fatalf("%d %v, %d bytes", whole.status, whole.header, len(whole.body))
	}
	for _, r := range []struct{ from, to int }{{0, 9}, {65_530, 65_540}, {65_536, 65_536}, {131_000, 199_999}} {
		part := c.do(http.MethodGet, path, "", "Range", fmt.Sprintf("bytes=%d-%d", r.from, r.to))
		if part.status != http.StatusPartialContent || part.body != content[r.from:r.to+1] ||
			part.header.Get("Content-Range") != fmt.Sprintf("bytes %d-%d/200000", r.from, r.to) {
			t.Errorf("%d to %d: %d %v", r.from, r.to, part.status, part.header)
		}
	}
	if old := before.header.Get("ETag"); old == whole.header.Get("ETag") {
		t.Errorf("both files are %q", old)
	}
	other := c.do(http.MethodGet, path, "", "Range", "bytes=5-9", "If-Range", `"another"`)
	if other.status != http.StatusOK || len(other.body) != len(content) {
		t.Errorf("a range of another file: %d, %d bytes", other.status, len(other.body))
	}
	p := read[Peaks](t, c.get("/api/recordings/c1.r1/peaks"))
	if p.Duration != 61.25 || len(p.Channels) != 2 || p.Channels[0][2] != 1 || p.Channels[0][1] < 0.24 || p.Channels[0][1] > 0.26 {
		t.Errorf("%+v", p)
	}
	d := read[CallDetail](t, c.get("/api/calls/c1"))
	k := slices.IndexFunc(d.Recordings, func(r Recording) bool { return r.ID == "c1.r1" })
	if k < 0 || d.Recordings[k].Format != "opus" || d.Recordings[k].Size != row.Size || d.Recordings[k].Checksum != row.Checksum || d.Recordings[k].Status != "available" {
		t.Errorf("%+v", d.Recordings)
	}
	check(t, w.doors.Blobs.Delete(row.StorageKey))
	if a := c.get(path); a.status != http.StatusNotFound || a.detail(t) != "The sound of this recording is not there any more." {
		t.Errorf("a file that is gone: %d %s", a.status, a.body)
	}
}

// live puts the file of a recording, as it is while it is recorded, in the place of the one that was: so much of the
// content, and half of a segment.
func (w *world) live(which id.Recording, alter func(file []byte) []byte) (content string) {
	w.t.Helper()
	plain := square()
	copy(plain[4:], "\xff\xff\xff\xff") // its length is not known yet
	copy(plain[40:], "\xff\xff\xff\xff")
	file := w.sealing(plain, func(io.WriteCloser) error { return nil })
	w.stored(which, alter(append(file, make([]byte, 2000)...)))
	kept := 44 + (len(plain)/4000*4000-44)/4*4
	want := bytes.Clone(plain[:kept])
	binary.LittleEndian.PutUint32(want[4:], uint32(kept-8))
	binary.LittleEndian.PutUint32(want[40:], uint32(kept-44))
	return string(want)
}

// TestLiveRecordingIsServed: as far as it was written it is a right WAV file, in ranges too, and drawn.
func TestLiveRecordingIsServed(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.recording("c1.r1")
	want := w.live("c1.r1", func(file []byte) []byte { return file })
	c := w.as("ann")
	const path = "/api/recordings/c1.r1/audio"
	whole := c.get(path)
	if whole.status != http.StatusOK || whole.body != want || whole.header.Get("Content-Type") != "audio/wav" {
		t.Fatalf("%d %v, %d bytes of %d", whole.status, whole.header, len(whole.body), len(want))
	}
	part := c.do(http.MethodGet, path, "", "Range", "bytes=3990-8100")
	if part.status != http.StatusPartialContent || part.body != want[3990:8101] {
		t.Errorf("a range gives %d, %d bytes", part.status, len(part.body))
	}
	p := read[Peaks](t, c.get("/api/recordings/c1.r1/peaks"))
	if seconds := float64(len(want)-44) / 32000; p.Duration != seconds || len(p.Channels) != 2 || p.Channels[0][400] < 0.4 || p.Channels[1][400] != 0 {
		t.Errorf("peaks of %.3f s: %+v", seconds, p.Duration)
	}
}

// TestRecordingThatDoesNotOpen says why, and never gives what is sealed.
func TestRecordingThatDoesNotOpen(t *testing.T) {
	w := newWorld(t)
	w.past()
	w.recording("c1.r1")
	c := w.as("ann")
	for words, alter := range map[string]func([]byte) []byte{
		"altered or is damaged": func(file []byte) []byte { file[60] ^= 1; return file[:1000] },
		"was altered":           func([]byte) []byte { return square() },                 // plain, where only a sealed one is believed
		"key of this recording": func(file []byte) []byte { file[14] ^= 1; return file }, // the print of another key
		"is not there any more": nil,
	} {
		w.recording("c1.r1")
		if alter == nil {
			row, err := w.doors.DB.Recording(w.ctx, "c1.r1")
			check(t, err)
			check(t, w.doors.Blobs.Delete(row.StorageKey))
		} else {
			w.live("c1.r1", alter)
		}
		for _, door := range []string{"audio", "peaks"} {
			a := c.get("/api/recordings/c1.r1/" + door)
			if a.status < 400 || !strings.Contains(a.detail(t), words) {
				t.Errorf("%s: %d %s, want %s", door, a.status, a.body, words)
			}
		}
	}
}
