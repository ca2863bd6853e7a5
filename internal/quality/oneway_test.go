package quality

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// line is a leg that a test drives second by second.
type line struct {
	f      Flow
	o      OneWay
	there  uint64 // Sent at the last of our packets that arrived there
	report int    // seconds between reports; 0 for a far side without RTCP
	second int
	said   []string
}

// pass lets a second go by in which so many of our packets arrive there, and so many come, of which so many sound.
func (l *line) pass(sent, reach, come, sound uint64) bool {
	l.second++
	l.f.At += time.Second
	l.f.Sent += sent
	l.f.Received += come
	l.f.Sounding += sound
	if reach > 0 {
		l.there = l.f.Sent
	}
	if l.report > 0 && l.second%l.report == 0 {
		l.f.Reports++
		l.f.Reached = l.there
	}
	changed := l.o.Observe(l.f)
	if changed {
		l.said = append(l.said, fmt.Sprintf("%d: %s", l.second, l.o.Text("customer", "Ann")))
	}
	return changed
}

func TestOneWayStories(t *testing.T) {
	times := func(n int, do func()) {
		for range n {
			do()
		}
	}
	for _, c := range []struct {
		name string
		in   func(l *line)
		want string
	}{
		{"all well", func(l *line) { times(20, func() { l.pass(50, 50, 50, 50) }) }, ""},
		{"nothing ever comes", func(l *line) { times(8, func() { l.pass(50, 50, 0, 0) }) }, "4: Ann cannot hear customer"},
		{"it stops and comes back", func(l *line) {
			times(3, func() { l.pass(50, 50, 50, 50) })
			times(6, func() { l.pass(50, 50, 0, 0) })
			times(3, func() { l.pass(50, 50, 50, 50) })
		}, "7: Ann cannot hear customer; 11: "},
		{"nothing reaches the far side", func(l *line) {
			l.report = 2
			times(6, func() { l.pass(50, 0, 50, 50) })
		}, "2: customer cannot hear Ann"},
		{"the next report counts something", func(l *line) {
			l.report = 2
			times(4, func() { l.pass(50, 0, 50, 50) })
			times(4, func() { l.pass(50, 50, 50, 50) })
		}, "2: customer cannot hear Ann; 6: "},
		{"zeros come and nothing reaches", func(l *line) {
			l.report = 2
			times(6, func() { l.pass(50, 0, 50, 0) })
		}, "2: customer cannot hear Ann; 4: Ann and customer cannot hear each other"},
		{"a muted telephone", func(l *line) {
			l.report = 5
			times(60, func() { l.pass(50, 50, 50, 0) })
		}, ""},
		{"hold", func(l *line) {
			times(3, func() { l.pass(50, 50, 50, 50) })
			l.f.Receiving = false
			times(20, func() { l.pass(50, 50, 0, 0) })
			l.f.Receiving = true
			times(3, func() { l.pass(50, 50, 50, 50) })
		}, ""},
		{"hold clears what was found", func(l *line) {
			times(5, func() { l.pass(50, 50, 0, 0) })
			l.f.Receiving = false
			l.pass(50, 50, 0, 0)
		}, "4: Ann cannot hear customer; 6: "},
		{"comfort noise announced", func(l *line) {
			l.f.Paused = true
			times(20, func() { l.pass(50, 50, 0, 0) })
		}, ""},
		{"neither sends: a leg being set up", func(l *line) { times(20, func() { l.pass(0, 0, 0, 0) }) }, ""},
		{"we listen only", func(l *line) {
			l.f.Sending = false
			times(6, func() { l.pass(0, 0, 0, 0) })
		}, "4: Ann cannot hear customer"},
		{"a far side without RTCP", func(l *line) { times(20, func() { l.pass(50, 0, 50, 50) }) }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &line{f: Flow{Sending: true, Receiving: true}}
			l.o.Observe(l.f)
			c.in(l)
			if got := strings.Join(l.said, "; "); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// oneWayRates plays generated legs, half of them broken in one direction or both, and prints how many are missed
// or found where nothing is wrong.
func oneWayRates(t *testing.T) {
	const legs = 4000
	r := rand.New(rand.NewPCG(57, 1))
	broken, missed, sound, invented, slowest := 0, 0, 0, 0, 0
	for n := range legs {
		kind := n % 4 // 0, 1 well; 2 nothing comes; 3 nothing reaches
		loss := r.Float64() * 0.3
		l := &line{f: Flow{Sending: true, Receiving: true}, report: 1 + r.IntN(5), second: r.IntN(5)}
		l.o.Observe(l.f)
		from := l.second
		breaks := from + 1 + r.IntN(30)
		found := 0
		for l.second < from+60 {
			come, reach := flowOf(r, loss), flowOf(r, loss)
			mute := uint64(0)
			if l.second/8%3 != 1 {
				mute = come
			}
			if l.second >= breaks && kind == 2 {
				come, mute = 0, 0
			}
			if l.second >= breaks && kind == 3 {
				reach = 0
			}
			if l.pass(50, reach, come, mute) && found == 0 && (kind == 2 && l.o.Here() || kind == 3 && l.o.There()) {
				found = l.second - breaks
			}
		}
		if kind < 2 {
			sound++
			if len(l.said) > 0 {
				invented++
			}
			continue
		}
		broken++
		if found == 0 {
			missed++
		}
		slowest = max(slowest, found)
	}
	t.Logf("%d legs broken: missed %.2f %%, found after %d s at most; %d legs well, up to 30 %% lost: false %.2f %%", broken,
		100*float64(missed)/float64(broken), slowest, sound, 100*float64(invented)/float64(sound))
	if missed > 0 || invented > 0 || slowest > 6 {
		t.Errorf("%d missed, %d false, slowest %d s", missed, invented, slowest)
	}
}

// flowOf is how many of a second's 50 packets come through.
func flowOf(r *rand.Rand, loss float64) uint64 {
	n := uint64(0)
	for range 50 {
		if r.Float64() >= loss {
			n++
		}
	}
	return n
}

func TestNothingIsAllocated(t *testing.T) {
	var o OneWay
	var b Banner
	var m Meter
	n := uint64(0)
	if allocs := testing.AllocsPerRun(100, func() {
		n += 50
		o.Observe(Flow{At: time.Duration(n), Sent: n, Received: n, Sending: true, Receiving: true})
		b.Observe(m.Sample(time.Time{}, Counters{Codec: "PCMU", Expected: n}))
	}); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}
