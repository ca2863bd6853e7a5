package store

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// growing is a file that notes how often it is written, and takes only so many bytes.
type growing struct {
	bytes.Buffer
	writes int
	room   int // 0: no end
}

var errFull = errors.New("no space left on device")

func (g *growing) Write(b []byte) (int, error) {
	g.writes++
	if left := g.room - g.Len(); g.room > 0 && len(b) > left {
		n, _ := g.Buffer.Write(b[:left])
		return n, errFull
	}
	return g.Buffer.Write(b)
}

// TestLiveFile is read while it grows: every Write but for a rest of less than a segment is there, in one piece.
func TestLiveFile(t *testing.T) {
	file := &growing{}
	w, err := someKey(1).SealLive(file)
	check(t, err)
	content := make([]byte, 0, 200_000)
	for i, n := range []int{44, 32000, 38400, 7, 3949, 64000} {
		more := bytes.Repeat([]byte{byte(i + 1), byte(7 * i)}, n/2+1)[:n]
		_, err := w.Write(more)
		check(t, err)
		content = append(content, more...)
		f, err := opened(someKey(1), file.Bytes())
		check(t, err)
		if size := f.Size(); f.Complete() || f.Damaged() || int64(len(content))-size >= liveBytes {
			t.Fatalf("after %d bytes the file holds %d, complete %t", len(content), size, f.Complete())
		}
		got := make([]byte, f.Size())
		_, err = f.ReadAt(got, 0)
		check(t, err)
		if !bytes.Equal(got, content[:len(got)]) {
			t.Fatalf("after %d bytes others come out", len(content))
		}
	}
	same(t, "writes: the head, and one for each that fills a segment", file.writes, 1+4)
	check(t, w.Close())
	f, err := opened(someKey(1), file.Bytes())
	check(t, err)
	same(t, "size", f.Size(), int64(len(content)))
	same(t, "complete", f.Complete(), true)
	part := make([]byte, 5000)
	_, err = f.ReadAt(part, 7999)
	check(t, err)
	same(t, "a part", part, content[7999:12999])
	n, err := f.ReadAt(part, int64(len(content)-3))
	if n != 3 || !errors.Is(err, io.EOF) || !bytes.Equal(part[:3], content[len(content)-3:]) {
		t.Errorf("the end gives %d bytes, %v", n, err)
	}
	if _, err := f.ReadAt(part, -1); err == nil {
		t.Error("a place before the start was taken")
	}
}

// TestLiveFileOnAFullDisk: what was written before opens, nothing is written after, and the count is right.
func TestLiveFileOnAFullDisk(t *testing.T) {
	file := &growing{room: 50_000}
	w, err := someKey(1).SealLive(file)
	check(t, err)
	_, err = w.Write(make([]byte, 32_100))
	check(t, err)
	n, err := w.Write(make([]byte, 32_000))
	refused(t, "a full disk", err, errFull)
	writes := file.writes
	_, again := w.Write(make([]byte, 32_000))
	refused(t, "more", again, errFull)
	refused(t, "the end", w.Close(), errFull)
	same(t, "writes after the first that failed", file.writes, writes)
	f, err := opened(someKey(1), file.Bytes())
	check(t, err)
	same(t, "bytes said to be kept", int64(32_100+n), f.Size())
	same(t, "complete", f.Complete(), false)
	same(t, "damaged", f.Damaged(), false)
}

// liveFile is one of three writes and an end.
func liveFile(t *testing.T, k MediaKeys) (content, file []byte) {
	t.Helper()
	var out bytes.Buffer
	w, err := k.SealLive(&out)
	check(t, err)
	for i := range 3 {
		more := bytes.Repeat([]byte{byte(i + 1), 9}, 16000)
		_, err := w.Write(more)
		check(t, err)
		content = append(content, more...)
	}
	check(t, w.Close())
	return content, out.Bytes()
}

// TestLiveFileTorn cuts a file at every place near the edge of a segment: what is whole before it opens, and it is no damage.
func TestLiveFileTorn(t *testing.T) {
	content, file := liveFile(t, someKey(1))
	const each = liveBytes + tagBytes
	for number := 1; number < 24; number++ {
		for _, off := range []int{-1, 0, 1, 15, 16, 17, each / 2} {
			f, err := opened(someKey(1), file[:sealedHead+number*each+off])
			want := number * liveBytes
			if off < 0 {
				want -= liveBytes
			}
			if want == 0 {
				refused(t, "nothing that opens", err, ErrAltered)
				continue
			}
			check(t, err)
			got, err := io.ReadAll(f)
			check(t, err)
			if f.Complete() || f.Damaged() || !bytes.Equal(got, content[:want]) {
				t.Fatalf("cut at %d%+d: %d bytes instead of %d, complete %t, damaged %t", number, off, len(got), want, f.Complete(), f.Damaged())
			}
		}
	}
}

func TestLiveFileDamaged(t *testing.T) {
	content, file := liveFile(t, someKey(1))
	const each = liveBytes + tagBytes
	zeros := bytes.Clone(file[:sealedHead+20*each]) // as some file systems leave them when the power fails
	clear(zeros[sealedHead+15*each:])
	f, err := opened(someKey(1), zeros)
	check(t, err)
	same(t, "damaged", f.Damaged(), true)
	got, err := io.ReadAll(f)
	check(t, err)
	same(t, "what is before the damage", got, content[:15*liveBytes])

	_, other := liveFile(t, someKey(1))
	from := func(number int) []byte { return other[sealedHead+number*each : sealedHead+(number+1)*each] }
	for name, tamper := range map[string]func(b []byte) []byte{
		"a flipped bit":                          func(b []byte) []byte { b[sealedHead+5*each+70] ^= 1; return b },
		"a segment of another file at its place": func(b []byte) []byte { copy(b[sealedHead+5*each:], from(5)); return b },
		"a segment twice":                        func(b []byte) []byte { copy(b[sealedHead+5*each:], b[sealedHead+4*each:sealedHead+5*each]); return b },
		"one cut out":                            func(b []byte) []byte { return append(b[:sealedHead+5*each], b[sealedHead+6*each:]...) },
		"one put in": func(b []byte) []byte {
			return append(append(bytes.Clone(b[:sealedHead+5*each]), from(5)...), b[sealedHead+5*each:]...)
		},
	} {
		f, err := opened(someKey(1), tamper(bytes.Clone(file)))
		if err == nil {
			_, err = io.Copy(io.Discard, f)
		}
		if !errors.Is(err, ErrAltered) && !f.Damaged() {
			t.Errorf("%s is not noticed: %v", name, err)
		}
	}
	head := append(bytes.Clone(other[:sealedHead]), file[sealedHead:]...)
	_, err = opened(someKey(1), head)
	refused(t, "the head of another file", err, ErrAltered)
}

func BenchmarkSealLiveSecond(b *testing.B) {
	w, err := someKey(1).SealLive(io.Discard)
	check(b, err)
	second := make([]byte, 32_000)
	b.SetBytes(int64(len(second)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := w.Write(second)
		check(b, err)
	}
}
