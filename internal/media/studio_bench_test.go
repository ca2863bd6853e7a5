package media

import (
	"testing"
	"time"

	"parley/internal/id"
)

// loop is a choir whose packets are written beforehand, so that only the engine's work is measured.
type loop struct {
	*choir
	payloads map[id.Leg][][]byte
	taken    []byte
}

func newLoop(t testing.TB, codecs ...Codec) *loop {
	l := &loop{choir: newChoir(t, codecs...), payloads: map[id.Leg][][]byte{}, taken: make([]byte, packetSize)}
	for name, s := range l.singers {
		n := s.encoder.Rate() / 50
		pcm := sineAt(s.encoder.Rate(), s.hertz, time.Second)
		for i := range 50 {
			l.payloads[name] = append(l.payloads[name], s.encoder.Encode(nil, pcm[i*n:(i+1)*n]))
		}
	}
	return l
}

// frame lets 20 ms pass.
func (l *loop) frame() {
	for name, s := range l.singers {
		h := header{payloadType: s.leg.terms.PayloadType, ssrc: 1, sequence: s.sent, timestamp: uint32(l.frames) * uint32(clockOf(s.leg.terms.Codec)/50)}
		h.put(l.w.in[:])
		n := copy(l.w.in[headerSize:], l.payloads[name][l.frames%50])
		s.sent++
		l.w.arrive(s.leg, l.w.in[:headerSize+n], loopbackAt(1))
	}
	for range 4 {
		l.w.now += tick
		if l.w.now >= l.w.due {
			l.w.sendDue()
		}
	}
	for _, s := range l.singers {
		for s.leg.out.take(l.taken) > 0 {
		}
		if s.leg.events != nil {
			for s.leg.events.take(l.taken) > 0 {
			}
		}
	}
	l.frames++
}

var loops = []struct {
	name     string
	codecs   []Codec
	hearings []Hearing
}{
	{"G.711 to G.722", []Codec{PCMU, G722}, pair},
	{"G.711 to Opus", []Codec{PCMU, Opus}, pair},
	{"G.722 to Opus", []Codec{G722, Opus}, pair},
	{"conference of 10, G.711", []Codec{PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU}, ten},
	{"conference of 10, G.711 and two G.722", []Codec{PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, PCMU, G722, G722}, ten},
	{"forward", []Codec{PCMU, PCMA}, pair},
}

var (
	pair = []Hearing{{Leg: "a", From: "b"}, {Leg: "b", From: "a"}}
	ten  = all("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
)

func TestFramesAllocateNothing(t *testing.T) {
	for _, c := range loops {
		t.Run(c.name, func(t *testing.T) {
			l := newLoop(t, c.codecs...)
			l.arrange(c.hearings...)
			for range 100 {
				l.frame()
			}
			if n := testing.AllocsPerRun(200, l.frame); n != 0 {
				t.Errorf("%.2f allocations for each frame", n)
			}
			for name, s := range l.singers {
				if out := s.leg.counted.packetsOut.Load(); out < 290 {
					t.Errorf("%s got %d packets only", name, out)
				}
			}
		})
	}
}

// BenchmarkFrame is one 20 ms of a call or a conference, without sockets: ns/op divided by 200,000 is percent of a core
// for one of them.
func BenchmarkFrame(b *testing.B) {
	for _, c := range loops {
		b.Run(c.name, func(b *testing.B) {
			l := newLoop(b, c.codecs...)
			l.arrange(c.hearings...)
			for range 50 {
				l.frame()
			}
			b.ReportAllocs()
			for b.Loop() {
				l.frame()
			}
			hundred := 100.0
			if len(c.codecs) > 2 {
				hundred /= float64(len(c.codecs))
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(20*time.Millisecond)*100*hundred, "%core/100")
		})
	}
}
