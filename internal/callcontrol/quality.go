package callcontrol

import (
	"math"
	"slices"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/quality"
)

// sampleOf rounds a sample to what is worth keeping, to its worse side: what is beyond a limit stays beyond it (SP-12).
func sampleOf(s quality.Sample) call.Sample {
	if s.Packets == 0 {
		return call.Sample{}
	}
	return call.Sample{
		Packets: int(min(s.Packets, math.MaxInt32)), Codec: s.Codec,
		Loss: math.Ceil(s.Loss*10-grain) / 10, MOS: math.Floor(s.MOS*100+grain) / 100,
		Jitter: wholeMillis(s.Jitter), RoundTrip: wholeMillis(s.RoundTrip),
	}
}

// grain is what a product of floating-point numbers may be off by.
const grain = 1e-9

// wholeMillis rounds up.
func wholeMillis(d time.Duration) int { return int((d + time.Millisecond - 1) / time.Millisecond) }

// onlySamples tells whether events say no more than how legs sounded and which way the sound goes, for which the record need
// not be written at once.
func onlySamples[T any](all []T, event func(T) call.Event) bool {
	return !slices.ContainsFunc(all, func(one T) bool {
		switch event(one).(type) {
		case call.SoundSampled, call.SoundPath:
			return false
		}
		return true
	})
}

// Bounds of the histograms of samples; a value belongs to the first bound that it does not exceed.
var (
	MOSBounds  = []float64{2, 2.5, 3, 3.5, 3.8, 4, 4.2, 4.3}
	LossBounds = []float64{0, 0.5, 1, 2, 3, 5, 10, 20}
)

// Histogram counts samples of one kind since the start. The zero value has none.
type Histogram struct {
	mu    sync.Mutex
	under []uint64 // samples up to each bound, not counting those up to a lower one; the last is beyond all
	sum   float64
	count uint64
}

func (h *Histogram) add(v float64, bounds []float64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.under == nil {
		h.under = make([]uint64, len(bounds)+1)
	}
	at, _ := slices.BinarySearch(bounds, v)
	h.under[at]++
	h.sum += v
	h.count++
}

// Read gives the number of samples, their sum, and how many are at most as high as each bound.
func (h *Histogram) Read(bounds []float64) (count uint64, sum float64, upTo map[float64]uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	upTo = make(map[float64]uint64, len(bounds))
	total := uint64(0)
	for i, b := range bounds {
		if h.under != nil {
			total += h.under[i]
		}
		upTo[b] = total
	}
	return h.count, h.sum, upTo
}

// Quality is how the legs of all calls sounded: samples of five seconds, of both directions.
type Quality struct{ MOS, Loss Histogram }

// Quality gives the figures of all samples since the start.
func (x *Exchange) Quality() *Quality { return &x.quality }

func (q *Quality) count(events []call.Event) {
	for _, e := range events {
		sampled, ok := e.(call.SoundSampled)
		if !ok {
			continue
		}
		for _, s := range []call.Sample{sampled.Here, sampled.There} {
			if s.Packets > 0 {
				q.MOS.add(s.MOS, MOSBounds)
				q.Loss.add(s.Loss, LossBounds)
			}
		}
	}
}
