package media

import (
	"testing"
	"time"
)

// BenchmarkRecorder is a second of a call, recorded on two channels: the work of the disk's goroutine but for the file.
func BenchmarkRecorder(b *testing.B) {
	rec := &recorder{}
	for channel := range 2 {
		rec.taps = append(rec.taps, newTap(channel))
	}
	frame := Compress(PCMU, nil, sine(1000, frameTime))
	now, h := int64(time.Minute), header{ssrc: 1}
	rec.started = now
	for b.Loop() {
		for range 5 {
			for range 10 {
				now += int64(frameTime)
				h.timestamp += uint32(frameSamples)
				for _, t := range rec.taps {
					t.put(now, PCMU, h, frame)
				}
			}
			rec.advance(now - lateness)
		}
		rec.buffer = rec.buffer[:0]
	}
}
