package jitter

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestPathsKeepDelayAndLossWithinBounds(t *testing.T) {
	const ten = 600_000
	burst := queueing(func(r *rand.Rand) int64 { return (20 + r.Int64N(80)) * ms }, 0.02)
	spike := queueing(func(*rand.Rand) int64 { return 300 * ms }, 0.001)
	for _, c := range []struct {
		name    string
		path    path
		clock   int64
		tick    int64
		beyond  int64   // ms that the mean delay may exceed the ideal
		late    float64 // percent of packets
		invents float64 // percent of time concealed, beyond that of packets lost
	}{
		{"no jitter", path{delay: still, length: 20 * ms}, 8000, 20 * ms, 25, 0, 0.1},
		{"no jitter, 5 ms tick", path{delay: still, length: 20 * ms}, 8000, 5 * ms, 12, 0, 0.1},
		{"uniform 5 ms", path{delay: uniform(5 * ms), length: 20 * ms}, 8000, 20 * ms, 25, 0.1, 1},
		{"uniform 30 ms", path{delay: uniform(30 * ms), length: 20 * ms}, 8000, 20 * ms, 25, 0.5, 2},
		{"uniform 60 ms, reordered", path{delay: uniform(60 * ms), length: 20 * ms, twice: 0.05}, 8000, 20 * ms, 30, 1, 2},
		{"uniform 60 ms, 10 ms packets", path{delay: uniform(60 * ms), length: 10 * ms}, 8000, 20 * ms, 30, 1.5, 2},
		{"uniform 40 ms, 30 ms packets", path{delay: uniform(40 * ms), length: 30 * ms}, 8000, 20 * ms, 35, 1, 2},
		{"uniform 40 ms, 60 ms packets", path{delay: uniform(40 * ms), length: 60 * ms}, 48000, 20 * ms, 30, 1, 2},
		{"bursts", path{delay: burst, length: 20 * ms}, 8000, 20 * ms, 30, 1, 3},
		{"spikes of 300 ms", path{delay: spike, length: 20 * ms}, 8000, 20 * ms, 60, 3, 3},
		{"wifi", path{delay: wifi, length: 20 * ms}, 48000, 20 * ms, 30, 1, 2},
		{"wifi, 5 ms tick", path{delay: wifi, length: 20 * ms}, 48000, 5 * ms, 25, 1, 4},
		{"wifi, 5 % lost", path{delay: wifi, length: 20 * ms, loss: 0.05, twice: 0.02}, 48000, 20 * ms, 30, 1, 2},
		{"uniform 30 ms, 20 % lost", path{delay: uniform(30 * ms), length: 20 * ms, loss: 0.2}, 8000, 20 * ms, 30, 1, 2},
		{"+200 ppm", path{delay: uniform(20 * ms), length: 20 * ms, ppm: 200}, 8000, 20 * ms, 30, 0.5, 2},
		{"-200 ppm", path{delay: uniform(20 * ms), length: 20 * ms, ppm: -200}, 8000, 20 * ms, 30, 0.5, 2},
		{"+200 ppm, wifi, 3 % lost", path{delay: wifi, length: 20 * ms, ppm: 200, loss: 0.03}, 48000, 20 * ms, 30, 1, 2},
		{"-200 ppm, no jitter", path{delay: still, length: 20 * ms, ppm: -200}, 8000, 20 * ms, 25, 0, 0.2},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.path.packets = int(ten * ms / c.path.length)
			best := ideal(c.path, 1)
			h := play(t, c.path, c.clock, c.tick, 1, speech(c.path.length))
			sent := float64(c.path.packets)
			late := 100 * float64(h.late) / sent
			invented := 100 * (float64(h.concealed)/float64(c.clock)/(ten/1000) - c.path.loss)
			t.Logf("late %.2f %%, concealed beyond loss %.2f %% of time, delay %d ms (ideal %d, most %d), grown %d ms, shrunk %d ms, lost %d, crowded %d, drift %+.0f ppm",
				late, invented, h.mean()/ms, best/ms, h.highest/ms, h.stats.Grown.Milliseconds(), h.stats.Shrunk.Milliseconds(),
				h.stats.Lost, h.stats.Crowded, h.stats.Drift)
			if h.mean() > best+c.beyond*ms {
				t.Errorf("mean delay %d ms, ideal %d", h.mean()/ms, best/ms)
			}
			if h.highest > 120*ms+c.path.length+c.tick+5*ms {
				t.Errorf("highest delay %d ms", h.highest/ms)
			}
			if late > c.late || invented > c.invents {
				t.Errorf("late %.2f %%, concealed %.2f %%", late, invented)
			}
			if math.Abs(h.stats.Drift-c.path.ppm) > 60 {
				t.Errorf("drift %+.0f ppm, is %+.0f", h.stats.Drift, c.path.ppm)
			}
		})
	}
}

// TestMusicNeverFallsSilent has no silence to mend time in: only a large surplus is taken out, seldom.
func TestMusicNeverFallsSilent(t *testing.T) {
	for _, c := range []struct {
		name    string
		path    path
		mean    int64 // ms
		crowded uint64
	}{
		{"+200 ppm", path{delay: uniform(20 * ms), ppm: 200}, 75, 0},
		{"-200 ppm", path{delay: uniform(20 * ms), ppm: -200}, 45, 0},
		{"wifi", path{delay: wifi}, 95, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.path.length, c.path.packets = 20*ms, 30000
			h := play(t, c.path, 8000, 20*ms, 2, func(int) bool { return false })
			t.Logf("late %d of %d, delay %d ms, most %d, shrunk %d ms, crowded %d", h.late, c.path.packets, h.mean()/ms, h.highest/ms,
				h.stats.Shrunk.Milliseconds(), h.stats.Crowded)
			if h.mean() > c.mean*ms || h.highest > 165*ms || h.late*100 > c.path.packets || h.stats.Crowded > c.crowded {
				t.Errorf("mean %d ms, highest %d ms, late %d, crowded %d", h.mean()/ms, h.highest/ms, h.late, h.stats.Crowded)
			}
		})
	}
}
