package media

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"time"
)

// recorder writes one recording. Rooms steer it, the disk goroutine alone writes.
type recorder struct {
	Recording
	engine *Engine
	room   *Room
	live   map[*Leg]*tap // guarded by Engine.mu
	paused bool          // likewise

	mu      sync.Mutex
	taps    []*tap
	gaps    []span
	stopped int64 // when it was told to end; 0 while it runs

	// For the disk.
	started   int64 // engine time of the first sample
	committed int64 // samples written, or waiting in buffer
	written   int64 // samples in the file
	buffer    []byte
	flushAt   int64
	reel      *reel
}

// span is a gap, in samples; to is -1 while it lasts.
type span struct {
	from, to int64
	why      GapReason
}

func newRecorder(e *Engine, r *Room, what Recording) *recorder {
	what.Customer, what.Others = slices.Clone(what.Customer), slices.Clone(what.Others)
	return &recorder{Recording: what, engine: e, room: r, live: map[*Leg]*tap{}, started: e.now()}
}

// mark begins or ends a gap. Both channels without legs are a hold.
func (rec *recorder) mark(paused bool, now int64) {
	why := GapReason("")
	if len(rec.Customer)+len(rec.Others) == 0 {
		why = GapHold
	}
	if paused {
		why = GapPause
	}
	rec.mu.Lock()
	defer rec.mu.Unlock()
	at := samplesIn(time.Duration(now - rec.started))
	if n := len(rec.gaps); n > 0 && rec.gaps[n-1].to < 0 {
		if rec.gaps[n-1].why == why {
			return
		}
		rec.gaps[n-1].to = at
	}
	if why != "" {
		rec.gaps = append(rec.gaps, span{at, -1, why})
	}
}

func (rec *recorder) open(channel int) *tap {
	t := newTap(channel)
	rec.mu.Lock()
	defer rec.mu.Unlock()
	rec.taps = append(rec.taps, t)
	return t
}

func (rec *recorder) finish(now int64) {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	if rec.stopped == 0 {
		rec.stopped = now
	}
}

// silent reports whether the sample at a position lies in a gap. The caller holds rec.mu.
func (rec *recorder) silent(at int64) bool {
	for i := len(rec.gaps) - 1; i >= 0; i-- {
		if g := rec.gaps[i]; at >= g.from {
			return g.to < 0 || at < g.to
		}
	}
	return false
}

// gapIn reports whether a stretch of samples touches a gap. The caller holds rec.mu.
func (rec *recorder) gapIn(from, to int64) bool {
	for _, g := range rec.gaps {
		if g.from < to && (g.to < 0 || g.to > from) {
			return true
		}
	}
	return false
}

// step brings the file up to what is sure by now; over says that the recording is complete or has failed.
func (rec *recorder) step(now int64) (over bool, err error) {
	if rec.reel == nil {
		if rec.reel, err = openReel(rec.Path, rec.Seal); err != nil {
			return true, err
		}
		rec.flushAt = now + int64(time.Second)
	}
	rec.mu.Lock()
	end := now - lateness
	over = rec.stopped != 0 && now-rec.stopped >= settle
	if over {
		end = rec.stopped
	}
	rec.advance(end)
	rec.mu.Unlock()
	if over || now >= rec.flushAt {
		rec.flushAt = now + int64(time.Second)
		return over, rec.flush()
	}
	return false, nil
}

// advance commits the sound up to a time, in stretches short enough for the tracks. The caller holds rec.mu.
func (rec *recorder) advance(end int64) {
	const stretch = SampleRate / 5
	goal := samplesIn(time.Duration(end - rec.started))
	for rec.committed < goal {
		next := min(goal, rec.committed+stretch)
		until := rec.started + int64(timeOf(next)) + lateness
		for _, t := range rec.taps {
			t.pull(until, rec)
		}
		rec.commit(next)
	}
	rec.taps = slices.DeleteFunc(rec.taps, func(t *tap) bool {
		return t.ended.Load() && !t.load() && end-t.quiet > lastChance
	})
}

// commit adds the tracks up to a position, and appends them to the buffer. What was laid ahead of its time, since its
// track began with a late packet, must not sound in a gap that came meanwhile. The caller holds rec.mu.
func (rec *recorder) commit(until int64) {
	var sums [2][block]int32
	for rec.committed < until {
		n := int(min(block, until-rec.committed))
		for channel := range sums {
			clear(sums[channel][:n])
		}
		for _, t := range rec.taps {
			t.lift(rec.committed, sums[t.channel][:n])
		}
		rec.hush(sums[0][:n], sums[1][:n])
		rec.buffer = interleave(rec.buffer, sums[0][:n], sums[1][:n])
		rec.committed += int64(n)
	}
}

// block is how many samples of both channels are worked on at a time: 20 ms.
const block = SampleRate / 50

// hush silences what lies in gaps of the stretch that begins at committed. The caller holds rec.mu.
func (rec *recorder) hush(sums ...[]int32) {
	first := rec.committed
	for _, g := range rec.gaps {
		for _, sum := range sums {
			from, to := g.from-first, g.to-first
			if g.to < 0 {
				to = int64(len(sum))
			}
			if from, to = max(from, 0), min(to, int64(len(sum))); from < to {
				clear(sum[from:to])
			}
		}
	}
}

// interleave appends the samples of two channels as a WAV file has them.
func interleave(b []byte, left, right []int32) []byte {
	start := len(b)
	b = slices.Grow(b, frameSize*len(left))[:start+frameSize*len(left)]
	right = right[:len(left)]
	out := b[start:]
	for i, x := range left {
		both := uint32(uint16(clamp(x))) | uint32(uint16(clamp(right[i])))<<16
		binary.LittleEndian.PutUint32(out[frameSize*i:], both)
	}
	return b
}

func (rec *recorder) flush() error {
	n, err := rec.reel.sink.Write(rec.buffer)
	rec.written += int64(n / frameSize)
	rec.buffer = rec.buffer[:0]
	if err != nil {
		return fmt.Errorf("write recording: %w", err)
	}
	return nil
}

// seal ends the file; what was written stays, whatever went wrong.
func (rec *recorder) seal(cause error) RecordingResult {
	result := RecordingResult{
		ID: rec.ID, Path: rec.Path, Err: cause, Duration: timeOf(rec.written),
		Started: rec.engine.start.Add(time.Duration(rec.started)), Gaps: rec.gapsUntil(rec.written),
	}
	if rec.reel == nil {
		return result
	}
	if err := rec.reel.close(); err != nil && cause == nil {
		result.Err = err
	}
	result.SHA256, result.Bytes = rec.reel.sum(), rec.reel.size
	return result
}

func (rec *recorder) gapsUntil(end int64) []Gap {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	var gaps []Gap
	for _, g := range rec.gaps {
		if g.to < 0 || g.to > end {
			g.to = end
		}
		if g.from < g.to {
			gaps = append(gaps, Gap{timeOf(g.from), timeOf(g.to), g.why})
		}
	}
	return gaps
}

// refuse tells that the recording never began.
func (rec *recorder) refuse(err error) {
	if rec.Done != nil {
		go rec.Done(RecordingResult{ID: rec.ID, Path: rec.Path, Err: err})
	}
}
