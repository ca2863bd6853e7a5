package media

import (
	"testing"
	"time"

	"parley/internal/id"
)

// TestTrackKeepsTrueTime lays packets that are lost, paused, out of order and of a clock that jumps.
func TestTrackKeepsTrueTime(t *testing.T) {
	rec := &recorder{}
	tp := newTap(1)
	rec.taps = []*tap{tp}
	frame := Compress(PCMU, nil, sine(1000, 20*time.Millisecond))
	put := func(i int64, sequence uint16, stamp uint32) {
		tp.put((i+1)*int64(20*time.Millisecond), PCMU, header{ssrc: 1, sequence: sequence, timestamp: stamp}, frame)
	}
	put(0, 65535, 5000)
	put(2, 1, 5320) // one lost, which is made up
	put(4, 3, 5640) // and one that comes behind its follower
	put(4, 2, 5480)
	put(20, 4, 5000+20*160) // a pause
	put(30, 5, 900000)      // a clock that jumped
	rec.advance(int64(700 * time.Millisecond))
	for i, want := range map[int]bool{0: true, 1: true, 2: true, 3: true, 4: true, 5: false, 19: false, 20: true, 21: false, 29: false, 30: true, 31: false} {
		pcm := make([]int16, 160)
		for k := range pcm {
			at := (i*160 + k) * frameSize
			pcm[k] = int16(uint16(rec.buffer[at+2]) | uint16(rec.buffer[at+3])<<8)
		}
		if loud := (Ear{}).Level(pcm) > 0.1; loud != want {
			t.Errorf("frame %d: sound is %v, want %v", i, loud, want)
		}
	}
}

// TestGapIsSilentWhateverWasLaidAhead pauses while a burst that came late still stands on the track beyond its arrival.
func TestGapIsSilentWhateverWasLaidAhead(t *testing.T) {
	rec := &recorder{Recording: Recording{Customer: []id.Leg{"ann"}}}
	tp := newTap(0)
	rec.taps = []*tap{tp}
	frame := Compress(PCMU, nil, sine(1000, 20*time.Millisecond))
	for i := range 8 {
		tp.put(int64(150*time.Millisecond), PCMU, header{ssrc: 1, timestamp: uint32(160 * i)}, frame)
	}
	rec.advance(int64(100 * time.Millisecond))
	rec.mark(true, int64(200*time.Millisecond))
	rec.advance(int64(400 * time.Millisecond))
	var pcm []int16
	for at := 0; at < len(rec.buffer); at += frameSize {
		pcm = append(pcm, int16(uint16(rec.buffer[at])|uint16(rec.buffer[at+1])<<8))
	}
	if before := (Ear{}).Level(pcm[1100:1600]); before < 0.1 {
		t.Errorf("before the gap the level is %.3f", before)
	}
	if within := (Ear{}).Level(pcm[1600:]); within != 0 {
		t.Errorf("in the gap the level is %.3f", within)
	}
}
