package jitter

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"sort"
	"testing"
	"time"
)

const ms = int64(time.Millisecond)

// arrival is one packet on the wire: n is its number in the stream, from which everything else follows.
type arrival struct {
	at    int64
	n     int
	delay int64 // beyond the fastest way
	again bool
}

// weather is how long a packet sent then is under way beyond the fastest way; it may remember what it did before.
type weather func(r *rand.Rand, at int64) int64

// path makes a stream and what a network does to it.
type path struct {
	packets int
	length  int64   // ns of a packet
	ppm     float64 // of the sender's clock
	loss    float64
	twice   float64
	delay   func() weather
}

func (p path) walk(seed uint64) []arrival {
	r := rand.New(rand.NewPCG(seed, 7))
	delay := p.delay()
	var out []arrival
	for n := range p.packets {
		sent := int64(float64(int64(n)*p.length) / (1 + p.ppm/1e6))
		d := delay(r, sent)
		if r.Float64() < p.loss {
			continue
		}
		out = append(out, arrival{at: sent + d, n: n, delay: d})
		if r.Float64() < p.twice {
			out = append(out, arrival{at: sent + d + r.Int64N(30*ms), n: n, delay: d, again: true})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].at < out[j].at })
	return out
}

func still() weather { return func(*rand.Rand, int64) int64 { return 0 } }

func uniform(width int64) func() weather {
	return func() weather { return func(r *rand.Rand, _ int64) int64 { return r.Int64N(width) } }
}

// queueing keeps the order: what is sent during a stall comes at its end, one after the other.
func queueing(stall func(r *rand.Rand) int64, chance float64) func() weather {
	return func() weather {
		free := int64(0)
		return func(r *rand.Rand, at int64) int64 {
			if r.Float64() < chance {
				free = max(free, at+stall(r))
			}
			free = max(free+ms/5, at+r.Int64N(2*ms))
			return free - at
		}
	}
}

// wifi is short exponential waits, with a stall of 40 to 80 ms about every two seconds.
func wifi() weather {
	stalls := queueing(func(r *rand.Rand) int64 { return (40 + r.Int64N(40)) * ms }, 0.01)()
	return func(r *rand.Rand, at int64) int64 {
		return stalls(r, at) + int64(r.ExpFloat64()*4*float64(ms))
	}
}

// heard is what a listener notices.
type heard struct {
	frames, late int
	concealed    int64   // units
	delays       []int64 // of packets played, from the fastest way to the ear
	highest      int64
	stats        Stats
}

func (h heard) mean() int64 {
	sum := int64(0)
	for _, d := range h.delays {
		sum += d
	}
	return sum / int64(max(1, len(h.delays)))
}

// listener pulls a buffer by its own tick and checks what nobody may ever hear.
type listener struct {
	t       *testing.T
	b       *Buffer
	clock   int64
	length  int64 // ns
	ppm     float64
	silence func(n int) bool
	last    int // number of the last packet heard
	in      bool
	until   int // offset reached in it
	heard   heard
}

func payloadOf(n, size int) []byte {
	out := make([]byte, size)
	binary.BigEndian.PutUint32(out, uint32(n))
	return out
}

func (l *listener) tick(now, length int64) {
	want := int(length * l.clock / int64(time.Second))
	for given := 0; given < want; {
		p := l.b.Take(now, want-given)
		if p.Units < 0 || p.Units > want-given || p.Offset+p.Units > p.Whole {
			l.t.Fatalf("piece %+v of %d units", p, want-given)
		}
		l.check(now+int64(given)*int64(time.Second)/l.clock, p)
		given += p.Units
	}
}

func (l *listener) check(now int64, p Piece) {
	if p.Kind != Frame {
		l.in = false
		if p.Kind == Missing {
			l.heard.concealed += int64(p.Units)
		}
		return
	}
	if !p.Fresh {
		if !l.in || p.Offset != l.until {
			l.t.Fatalf("packet %d goes on at %d, not at %d", l.last, p.Offset, l.until)
		}
		l.until += p.Units
		return
	}
	n := int(binary.BigEndian.Uint32(p.Payload))
	if n <= l.last {
		l.t.Fatalf("packet %d after %d", n, l.last)
	}
	l.last, l.in, l.until = n, true, p.Offset+p.Units
	l.heard.frames++
	sent := int64(float64(int64(n)*l.length)/(1+l.ppm/1e6)) + int64(p.Offset)*int64(time.Second)/l.clock
	l.heard.delays = append(l.heard.delays, now-sent)
	l.heard.highest = max(l.heard.highest, now-sent)
	l.b.Silent(l.silence(n))
}

// speech is one second of talk and one of silence, in turn.
func speech(length int64) func(int) bool {
	return func(n int) bool { return int64(n)*length/int64(time.Second)%2 == 1 }
}

// play sends a path's packets through a buffer and listens. Sequence and time begin so that both wrap.
func play(t *testing.T, p path, clock, tick int64, seed uint64, silence func(int) bool) heard {
	t.Helper()
	b := New(Settings{ClockRate: int(clock)})
	units := int(p.length * clock / int64(time.Second))
	b.Units = func([]byte) int { return units }
	l := &listener{t: t, b: b, clock: clock, length: p.length, ppm: p.ppm, silence: silence, last: -1}
	now := 3 * ms
	for _, a := range p.walk(seed) {
		for ; now <= a.at; now += tick {
			l.tick(now, tick)
		}
		timestamp := uint32(0xffff0000) + uint32(a.n*units)
		v := b.Put(a.at, uint16(0xfff0+a.n), timestamp, a.n == 0, payloadOf(a.n, 160))
		if v == Strange || v == Malformed {
			t.Fatalf("packet %d is %s", a.n, v)
		}
		if v == Late && !a.again {
			l.heard.late++
		}
	}
	l.heard.stats = b.Stats()
	return l.heard
}

// ideal is the delay that keeps 99 of 100 packets in time, never beyond 120 ms.
func ideal(p path, seed uint64) int64 {
	var all []int64
	for _, a := range p.walk(seed) {
		if !a.again {
			all = append(all, a.delay)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	at := min(len(all)-1, int(math.Ceil(0.99*float64(len(all)))))
	return min(all[at]-all[0], 120*ms)
}
