package media

import "sync/atomic"

// unity is the gain that changes nothing.
const unity = 1 << 12

// mix is several voices that sound together. Those who are among them hear all but themselves: the sum is made once.
type mix struct {
	voices []*Leg
	gains  []int32 // of each voice; nil when all are unity
	owner  atomic.Pointer[worker]
	sums   [len(rates)]sum
	editions
}

// sum is the voices of one frame, added up at one rate.
type sum struct {
	beat uint64
	pcm  []int32
}

// mine reports whether a mix is this worker's: the first one that touches it keeps it, and an arrangement that another
// worker finds has been overtaken by a later one.
func (m *mix) mine(w *worker) bool {
	return m.owner.CompareAndSwap(nil, w) || m.owner.Load() == w
}

// rateFor is the rate at which a leg hears the mix: the highest that two of them have, and 16 kHz at most unless all
// write Opus.
func (m *mix) rateFor(w *worker, l *Leg) int {
	legs, wide, opus := 0, 0, 0
	count := func(c Codec) {
		if c == 0 {
			return
		}
		legs++
		if c.Rate() > SampleRate {
			wide++
		}
		if c == Opus {
			opus++
		}
	}
	present := false
	for _, other := range m.voices {
		present = present || other == l
		if other.home.Load() == w {
			count(other.terms.Codec)
		}
	}
	if !present {
		count(l.terms.Codec)
	}
	switch {
	case legs == opus:
		return widest
	case wide > 1:
		return 16000
	default:
		return SampleRate
	}
}

// at is the sum of all voices in this frame.
func (m *mix) at(w *worker, rate int) []int32 {
	s := &m.sums[rateAt(rate)]
	if s.beat == w.studio.beats {
		return s.pcm
	}
	s.beat = w.studio.beats
	if s.pcm == nil {
		s.pcm = make([]int32, rate/int(frames))
	}
	clear(s.pcm)
	for i, l := range m.voices {
		if l.home.Load() == w && l.voice != nil && l.voice.sounded {
			m.add(s.pcm, l.voice.at(rate), i)
		}
	}
	return s.pcm
}

func (m *mix) add(sum []int32, pcm []int16, i int) {
	pcm = pcm[:min(len(pcm), len(sum))]
	if m.gains == nil {
		for k, x := range pcm {
			sum[k] += int32(x)
		}
		return
	}
	gain := m.gains[i]
	for k, x := range pcm {
		sum[k] += int32(x) * gain >> 12
	}
}

// without puts what l hears of the mix into pcm: all but itself.
func (m *mix) without(w *worker, l *Leg, pcm []int16) {
	rate := len(pcm) * int(frames)
	total := m.at(w, rate)
	var own []int16
	if m.has(l) && l.voice != nil && l.voice.sounded {
		own = l.voice.at(rate)
	}
	own = own[:min(len(own), len(pcm))]
	for i, x := range own {
		pcm[i] = clamp(total[i] - int32(x))
	}
	for i := len(own); i < len(pcm); i++ {
		pcm[i] = clamp(total[i])
	}
}

// has reports whether l is one of the voices.
func (m *mix) has(l *Leg) bool {
	for _, other := range m.voices {
		if other == l {
			return true
		}
	}
	return false
}

func clamp(x int32) int16 { return int16(min(max(x, -32768), 32767)) }
