package jitter

import (
	"testing"
	"time"
	"unsafe"
)

func TestVerdicts(t *testing.T) {
	s := newStage()
	for n := range 10 {
		s.put(n, n, false)
		s.tick()
	}
	for _, c := range []struct {
		name string
		got  Verdict
		want Verdict
	}{
		{"again", s.put(9, 9, false), Duplicate},
		{"far off", s.put(20000, 9, false), Strange},
		{"far back", s.put(65000, 9, false), Strange},
		{"empty", s.b.Put(s.now, 10, 1600, false, nil), Malformed},
		{"too long", s.b.Put(s.now, 10, 1600, false, make([]byte, 1501)), Malformed},
		{"187 ms", s.b.Put(s.now, 10, 1600, false, make([]byte, 1500)), Kept},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestNothingIsAllocatedAndLittleIsHeld(t *testing.T) {
	if size := unsafe.Sizeof(Buffer{}); size > 12<<10 {
		t.Errorf("a buffer is %d bytes", size)
	}
	b, n, payload := New(Settings{}), 0, make([]byte, 160)
	allocs := testing.AllocsPerRun(2000, func() {
		now := int64(n) * 20 * ms
		b.Put(now, uint16(n), uint32(n*160), false, payload)
		b.Take(now+ms, 160)
		b.Silent(n%3 == 0)
		n++
	})
	if allocs != 0 {
		t.Errorf("%v allocations a packet", allocs)
	}
}

func TestPrintsItself(t *testing.T) {
	s := newStage()
	for n := range 100 {
		s.put(n, n, false)
		s.tick()
	}
	if got, want := s.b.String(), "jitter 21/0 ms (max 120), 0 lost, 0 late, drift +0 ppm"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := s.b.Stats().Delay; got != 21*time.Millisecond {
		t.Errorf("delay %s", got)
	}
}

func TestOpusUnits(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []byte
		want int
	}{
		{"nothing", nil, 0},
		{"SILK 20 ms", []byte{1 << 3, 1}, 960},
		{"SILK 60 ms", []byte{3 << 3}, 2880},
		{"hybrid 20 ms", []byte{15 << 3}, 960},
		{"CELT 2.5 ms twice", []byte{28<<3 | 1}, 240},
		{"CELT 20 ms three times", []byte{31<<3 | 3, 3}, 2880},
		{"count missing", []byte{31<<3 | 3}, 0},
		{"more than 120 ms", []byte{31<<3 | 3, 7}, 0},
	} {
		if got := OpusUnits(c.in); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// FuzzStream plays whatever comes, pulled by 20 ms, and looks for pieces that do not fit.
func FuzzStream(f *testing.F) {
	f.Add([]byte{1, 0, 160, 20, 1, 1, 160, 20, 9, 2, 160, 20})
	f.Add([]byte{255, 255, 255, 255, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, script []byte) {
		b := New(Settings{})
		now, sequence, timestamp := int64(0), uint16(65530), uint32(0xffffff00)
		for ; len(script) >= 4; script = script[4:] {
			step, size := int8(script[1]), int(script[2])
			sequence += uint16(int16(step))
			timestamp += uint32(int32(int8(script[3]))) * 40
			now += int64(script[0]%64) * ms
			if script[0]&64 != 0 {
				sequence *= 7
			}
			if script[0]&128 != 0 {
				b.Pass(now, sequence, timestamp, size*8)
			} else {
				b.Put(now, sequence, timestamp, size&1 == 1, make([]byte, size*7))
			}
			for left := 160; left > 0; {
				p := b.Take(now, left)
				if p.Units < 0 || p.Units > left || p.Offset < 0 || p.Offset+p.Units > p.Whole || p.Fresh && p.Kind == Frame && p.Payload == nil {
					t.Fatalf("piece %+v for %d", p, left)
				}
				left -= p.Units
			}
			b.Silent(script[0]&2 != 0)
		}
		_ = b.String()
	})
}

func BenchmarkPacket(b *testing.B) {
	j, payload := New(Settings{}), make([]byte, 160)
	for n := range b.N {
		now := int64(n) * 20 * ms
		j.Put(now, uint16(n), uint32(n*160), false, payload)
		j.Take(now+ms, 160)
		j.Silent(false)
	}
}
