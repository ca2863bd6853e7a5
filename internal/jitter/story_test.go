package jitter

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// stage is a buffer of 20 ms G.711 packets and a listener that writes down what it hears, a word per tick.
type stage struct {
	b    *Buffer
	now  int64
	said []string
}

func newStage() *stage { return &stage{b: New(Settings{ClockRate: 8000}), now: ms} }

// put sends packet n, stamped n*160, so that it arrives right before the tick n.
func (s *stage) put(sequence int, n int, marker bool) Verdict {
	return s.b.Put(s.now-ms, uint16(sequence), uint32(n*160), marker, payloadOf(n, 160))
}

func (s *stage) tick() {
	var words []string
	for left := 160; left > 0; {
		p := s.b.Take(s.now, left)
		word := p.Kind.String()
		if p.Kind == Frame {
			word = "-"
		}
		if p.Fresh && p.Kind == Frame {
			word = fmt.Sprint(binary.BigEndian.Uint32(p.Payload))
		}
		if p.Next != nil {
			word += fmt.Sprintf("<%d", binary.BigEndian.Uint32(p.Next))
		}
		if p.Units != 160 {
			word += fmt.Sprintf("[%d+%d]", p.Offset, p.Units)
		}
		words = append(words, word)
		left -= p.Units
	}
	s.said = append(s.said, strings.Join(words, " "))
	s.now += 20 * ms
}

func TestStoriesOfStreams(t *testing.T) {
	steps := func(s *stage, from, to int) {
		for n := from; n < to; n++ {
			s.put(n, n, n == from)
			s.tick()
		}
	}
	for _, c := range []struct {
		name string
		in   func(s *stage)
		want string
	}{
		{"in order", func(s *stage) { steps(s, 0, 4) }, "waiting, 0, 1, 2"},
		{"nothing came", func(s *stage) { s.tick() }, "waiting"},
		{"one lost, its follower there for FEC", func(s *stage) {
			steps(s, 0, 3)
			s.put(4, 4, false)
			s.put(5, 5, false)
			s.tick()
			s.tick()
			s.tick()
			s.tick()
		}, "waiting, 0, 1, 2, missing<4, 4, 5"},
		{"a late one is heard after what was concealed for it", func(s *stage) {
			steps(s, 0, 3)
			s.tick()
			s.tick()
			s.put(3, 3, false)
			s.tick()
		}, "waiting, 0, 1, 2, missing, 3"},
		{"a lost one is not concealed twice", func(s *stage) {
			steps(s, 0, 3)
			s.tick()
			s.tick()
			s.put(4, 4, false)
			s.tick()
		}, "waiting, 0, 1, 2, missing, 4"},
		{"a planned pause is not loss", func(s *stage) {
			steps(s, 0, 3)
			s.tick()
			for range 14 {
				s.tick()
			}
			s.put(3, 18, true)
			s.tick()
			s.tick()
		}, "waiting, 0, 1, 2, missing ×10, empty ×5, 18"},
		{"comfort noise announces the pause", func(s *stage) {
			steps(s, 0, 3)
			s.b.Pass(s.now-ms, 3, 480, 0)
			for range 5 {
				s.tick()
			}
			s.put(4, 8, true)
			s.tick()
			s.tick()
		}, "waiting, 0, 1, 2, empty ×5, 8"},
		{"a digit is time passing", func(s *stage) {
			steps(s, 0, 3)
			for n := range 5 {
				s.b.Pass(s.now-ms, uint16(3+n), 480, (n+1)*160)
				s.tick()
			}
			s.b.Pass(s.now-ms, 8, 480, 800)
			s.b.Pass(s.now-ms, 9, 480, 800)
			s.put(10, 8, false)
			s.tick()
			s.tick()
		}, "waiting, 0, 1, 2, empty ×5, 8"},
		{"a long digit whose last packets are lost", func(s *stage) {
			steps(s, 0, 3)
			for n := range 100 {
				s.b.Pass(s.now-ms, uint16(3+n), 480, (n+1)*160)
				s.tick()
			}
			s.put(106, 103, false)
			s.tick()
			s.tick()
		}, "waiting, 0, 1, 2, empty ×100, 103"},
		{"sequence and time jump, the marker says so", func(s *stage) {
			steps(s, 0, 3)
			s.put(40000, 9_000_000, true)
			s.tick()
			s.put(40001, 9_000_001, false)
			s.tick()
		}, "waiting, 0, 1, 2, 9000000"},
		{"a stray packet is kept out", func(s *stage) {
			steps(s, 0, 3)
			s.put(3, 3, false)
			s.put(30000, 9_000_000, false)
			s.tick()
			s.put(4, 4, false)
			s.tick()
		}, "waiting, 0, 1, 2, 3"},
		{"time alone jumps back", func(s *stage) {
			steps(s, 1000, 1003)
			s.put(1003, 5, false)
			s.tick()
			s.put(1004, 6, false)
			s.tick()
		}, "waiting, 1000, 1001, 1002, 5"},
		{"another source", func(s *stage) {
			steps(s, 0, 3)
			s.b.Switch()
			s.put(777, 70_000, false)
			s.tick()
			s.put(778, 70_001, false)
			s.tick()
		}, "waiting, 0, 1, 2, 70000"},
		{"the sender stops", func(s *stage) {
			steps(s, 0, 2)
			for range 13 {
				s.tick()
			}
		}, "waiting, 0, 1, missing ×10, empty ×2"},
		{"out of order within the delay", func(s *stage) {
			s.put(1, 1, false)
			s.put(0, 0, false)
			s.tick()
			s.put(2, 2, false)
			s.tick()
			s.tick()
		}, "0, 1, 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage()
			c.in(s)
			if got := folded(s.said); got != c.want {
				t.Errorf("heard %s\nwant  %s", got, c.want)
			}
		})
	}
}

// folded joins ticks, equal ones counted.
func folded(said []string) string {
	var out []string
	for i := 0; i < len(said); {
		n := 1
		for i+n < len(said) && said[i+n] == said[i] {
			n++
		}
		word := said[i]
		if n > 1 {
			word += fmt.Sprintf(" ×%d", n)
		}
		out = append(out, word)
		i += n
	}
	return strings.Join(out, ", ")
}
