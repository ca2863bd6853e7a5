package store

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"parley/internal/id"
)

// sealedBytes is content of n bytes, sealed.
func sealedBytes(t testing.TB, k MediaKeys, n int) (content, file []byte) {
	t.Helper()
	content = make([]byte, n)
	for i := range content {
		content[i] = byte(i * 7 / 3)
	}
	var out bytes.Buffer
	w, err := k.Seal(&out)
	check(t, err)
	for rest := content; len(rest) > 0; {
		taken := min(1000, len(rest))
		_, err := w.Write(rest[:taken])
		check(t, err)
		rest = rest[taken:]
	}
	check(t, w.Close())
	return content, out.Bytes()
}

func opened(k MediaKeys, file []byte) (*SealedFile, error) {
	return k.OpenSealed(bytes.NewReader(file), int64(len(file)))
}

func someKey(first byte) MediaKeys {
	return MediaKeys{[][]byte{append([]byte{first}, make([]byte, 31)...)}}
}

func TestSealedFile(t *testing.T) {
	for _, n := range []int{0, 1, segmentBytes - 1, segmentBytes, segmentBytes + 1, 3 * segmentBytes, 3*segmentBytes + 500} {
		content, file := sealedBytes(t, someKey(1), n)
		same(t, "stored bytes", len(file), sealedHead+n+tagBytes*(n/segmentBytes+1))
		f, err := opened(someKey(1), file)
		check(t, err)
		same(t, "size", f.Size(), int64(n))
		same(t, "complete", f.Complete(), true)
		got, err := io.ReadAll(f)
		check(t, err)
		if !bytes.Equal(got, content) {
			t.Fatalf("%d bytes come out as others", n)
		}
		check(t, f.Close())
	}
	_, one := sealedBytes(t, someKey(1), 100)
	_, two := sealedBytes(t, someKey(1), 100)
	if bytes.Equal(one[sealedHead:], two[sealedHead:]) {
		t.Fatal("the same content is sealed to the same bytes twice")
	}
}

// counting notes what is read of a file.
type counting struct {
	io.ReaderAt
	read int
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	c.read += len(b)
	return c.ReaderAt.ReadAt(b, at)
}

func TestSealedRangeOpensItsSegmentsOnly(t *testing.T) {
	content, file := sealedBytes(t, someKey(1), 20*segmentBytes+9)
	from := &counting{ReaderAt: bytes.NewReader(file)}
	f, err := someKey(1).OpenSealed(from, int64(len(file)))
	check(t, err)
	from.read = 0
	at := int64(7*segmentBytes - 10)
	_, err = f.Seek(at, io.SeekStart)
	check(t, err)
	got := make([]byte, 20)
	_, err = io.ReadFull(f, got)
	check(t, err)
	same(t, "the range", got, content[at:at+20])
	same(t, "bytes read for it", from.read, 2*(segmentBytes+tagBytes))
	end, err := f.Seek(-4, io.SeekEnd)
	check(t, err)
	rest, err := io.ReadAll(f)
	check(t, err)
	same(t, "the end", rest, content[end:])
	if _, err := f.Seek(-1, io.SeekStart); err == nil {
		t.Fatal("a place before the start was taken")
	}
}

func TestSealedFileCutOff(t *testing.T) {
	content, file := sealedBytes(t, someKey(1), 3*segmentBytes+100)
	each := segmentBytes + tagBytes
	for _, c := range []struct {
		name  string
		bytes int
		want  int
	}{
		{"in the last segment", len(file) - 1, 3 * segmentBytes},
		{"after its first byte", sealedHead + 3*each + 1, 3 * segmentBytes},
		{"between two", sealedHead + 3*each, 3 * segmentBytes},
		{"in the second", sealedHead + 2*each - 9, segmentBytes},
		{"after the head", sealedHead, 0},
	} {
		f, err := opened(someKey(1), file[:c.bytes])
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		got, err := io.ReadAll(f)
		check(t, err)
		if f.Complete() || !bytes.Equal(got, content[:c.want]) {
			t.Errorf("cut %s: complete %t, %d bytes instead of %d", c.name, f.Complete(), len(got), c.want)
		}
	}
	for _, n := range []int{0, 10, sealedHead - 1} {
		_, err := opened(someKey(1), file[:n])
		refused(t, "a head cut off", err, ErrNotSealed)
	}
}

func TestSealedFileAltered(t *testing.T) {
	content, file := sealedBytes(t, someKey(1), 3*segmentBytes+100)
	each := segmentBytes + tagBytes
	_, err := opened(someKey(2), file)
	refused(t, "another key", err, ErrOtherKey)
	flip := func(at int) []byte {
		b := bytes.Clone(file)
		b[at] ^= 0x10
		return b
	}
	_, err = opened(someKey(1), flip(0))
	refused(t, "another magic", err, ErrNotSealed)
	_, err = opened(someKey(1), flip(14))
	refused(t, "another print", err, ErrOtherKey)
	_, err = opened(someKey(1), flip(sealedHead-1))
	refused(t, "another salt", err, ErrAltered)
	_, err = opened(someKey(1), flip(len(sealedMagic)+2))
	refused(t, "another segment size", err, ErrAltered)

	f, err := opened(someKey(1), flip(sealedHead+each+50))
	check(t, err)
	got, err := io.ReadAll(f)
	refused(t, "a bit of the second segment", err, ErrAltered)
	same(t, "what comes before it", got, content[:segmentBytes])
	_, err = f.Seek(2*segmentBytes, io.SeekStart)
	check(t, err)
	got, err = io.ReadAll(f)
	check(t, err)
	same(t, "what comes after it", got, content[2*segmentBytes:])

	swapped := bytes.Clone(file)
	copy(swapped[sealedHead:], file[sealedHead+each:sealedHead+2*each])
	copy(swapped[sealedHead+each:], file[sealedHead:sealedHead+each])
	f, err = opened(someKey(1), swapped)
	check(t, err)
	_, err = io.ReadAll(f)
	refused(t, "segments in another order", err, ErrAltered)
}

func FuzzOpenSealed(f *testing.F) {
	_, file := sealedBytes(f, someKey(1), 300)
	f.Add(file)
	f.Add(file[:sealedHead+3])
	f.Fuzz(func(t *testing.T, file []byte) {
		if s, err := opened(someKey(1), file); err == nil {
			n, _ := io.Copy(io.Discard, s)
			if n > s.Size() {
				t.Errorf("%d bytes of %d", n, s.Size())
			}
		}
	})
}

func TestSealedBlobs(t *testing.T) {
	dir := t.TempDir()
	blobs, err := OpenBlobs(dir)
	check(t, err)
	defer blobs.Close()
	size, sum, err := blobs.PutSealed("a/b.ogg", someKey(1), func(w io.Writer) error {
		_, err := io.WriteString(w, "sound of a call")
		return err
	})
	check(t, err)
	raw, err := os.ReadFile(filepath.Join(dir, "a", "b.ogg"))
	check(t, err)
	if int64(len(raw)) != size || len(sum) != 64 || bytes.Contains(raw, []byte("sound")) {
		t.Fatalf("%d bytes of %d, sum %q", len(raw), size, sum)
	}
	f, err := blobs.OpenSealed("a/b.ogg", someKey(1))
	check(t, err)
	content, err := io.ReadAll(f)
	check(t, errors.Join(err, f.Close()))
	same(t, "content", string(content), "sound of a call")
	_, err = blobs.OpenSealed("a/b.ogg", someKey(2))
	refused(t, "another key", err, ErrOtherKey)
	_, err = blobs.OpenSealed("a/none", someKey(2))
	refused(t, "no blob", err, ErrNotFound)
	broken := errors.New("no sound")
	_, _, err = blobs.PutSealed("a/b.ogg", someKey(1), func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 3*segmentBytes))
		return broken
	})
	refused(t, "a writer that fails", err, broken)
	left, err := os.ReadDir(filepath.Join(dir, "a"))
	check(t, err)
	same(t, "files: no draft, and the old one", len(left), 1)
}

// TestOpenContent: a plain file is taken under the name of one alone, so that none takes the place of a sealed one.
func TestOpenContent(t *testing.T) {
	dir := t.TempDir()
	blobs, err := OpenBlobs(dir)
	check(t, err)
	defer blobs.Close()
	_, sealed := liveFile(t, someKey(1))
	for _, test := range []struct {
		name, key string
		stored    []byte
		size      int64
		want      error
	}{
		{"sealed", "a.live", sealed, 96000, nil},
		{"sealed under a plain name", "b.wav", sealed, 96000, nil},
		{"plain", "c.wav", []byte("RIFF and so on"), 14, nil},
		{"plain in the place of a sealed one", "d.live", []byte("RIFF and so on"), 0, ErrNotSealed},
		{"plain in the place of a compressed one", "e.opus", []byte("OggS and so on"), 0, ErrNotSealed},
		{"plain in the place of one kept as WAV", "f.wav.sealed", []byte("RIFF and so on"), 0, ErrNotSealed},
		{"half a magic", "g.live", []byte(sealedMagic[:4]), 0, ErrNotSealed},
		{"just begun", "h.live", nil, 0, nil},
	} {
		check(t, os.WriteFile(filepath.Join(dir, test.key), test.stored, 0o600))
		content, err := blobs.OpenContent(test.key, func() (MediaKeys, error) { return someKey(1), nil })
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
		if err == nil {
			same(t, test.name, content.Size(), test.size)
			check(t, content.Close())
		}
	}
}

func TestSealRecording(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		group := db.StartGroupCommit(GroupCommitConfig{})
		defer func() { check(t, group.Close(w.ctx)) }()
		row := Recording{Call: "c", Status: "recording", StorageKey: "r/c.r1.wav", Channels: 2, StartedAt: now(), Gaps: []Gap{}}
		row.ID = "c.r1"
		group.Writer(w.org).Recording(row)
		check(t, group.Flush(w.ctx))
		plain, err := db.PlainRecordings(w.ctx)
		check(t, err)
		same(t, "one that still runs", len(plain), 0)
		row.Status, row.Size = "available", 44
		group.Writer(w.org).Recording(row)
		check(t, group.Flush(w.ctx))
		plain, err = db.PlainRecordings(w.ctx)
		check(t, err)
		if len(plain) != 1 || plain[0].Format != "wav" || plain[0].Sealed || plain[0].Waveform != nil {
			t.Fatalf("%+v", plain)
		}
		r, stale := plain[0], plain[0]
		r.StorageKey, r.Format, r.Sealed, r.Size, r.Checksum = "r/c.r1.ogg", "opus", true, 20, "ab"
		r.Waveform = &Waveform{Millis: 1500, Channels: [][]byte{{1, 2}, {3, 255}}}
		check(t, db.SealRecording(w.ctx, &r, "r/c.r1.wav"))
		refused(t, "a second time", db.SealRecording(w.ctx, &stale, "other"), ErrStale)
		group.Writer(w.org).Recording(row) // late: it must not undo
		check(t, group.Flush(w.ctx))
		got, err := db.Recording(w.ctx, id.Recording("c.r1"))
		check(t, err)
		same(t, "waveform", got.Waveform, r.Waveform)
		same(t, "what is stored", []any{got.StorageKey, got.Format, got.Sealed, got.Size}, []any{"r/c.r1.ogg", "opus", true, int64(20)})
		plain, err = db.PlainRecordings(w.ctx)
		check(t, err)
		same(t, "plain ones", len(plain), 0)
		keys, err := db.BlobRemovals(w.ctx)
		check(t, err)
		same(t, "to be removed", keys, []string{"r/c.r1.wav"})
		other := newWorld(t, db, 2)
		check(t, db.BlobRemoved(other.ctx, "r/c.r1.wav"))
		keys, err = db.BlobRemovals(w.ctx)
		check(t, err)
		same(t, "another organisation removed nothing", len(keys), 1)
		check(t, db.BlobRemoved(w.ctx, "r/c.r1.wav"))
		keys, err = db.BlobRemovals(w.ctx)
		check(t, err)
		same(t, "left", len(keys), 0)
	})
}
