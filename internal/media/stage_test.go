package media

import (
	"io"
	"net/netip"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/id"
)

// stage is a room on a worker that the test itself runs, inside a bubble of testing/synctest: time passes as the test
// wants, however busy the machine is.
type stage struct {
	t        *testing.T
	w        *worker
	room     *Room
	ann, bob *Leg
	path     string
	done     chan RecordingResult
	frames   int
}

// recordOnStage records ann (the customer, 440 Hz) and bob (700 Hz) to a file.
func recordOnStage(t *testing.T) *stage { return recordSealedOnStage(t, nil) }

// recordSealedOnStage puts a seal between the sound and the file.
func recordSealedOnStage(t *testing.T, seal func(io.Writer) (io.WriteCloser, error)) *stage {
	s := &stage{t: t, path: filepath.Join(t.TempDir(), "call.wav"), done: make(chan RecordingResult, 1)}
	s.w, s.ann, s.bob = bare(t)
	e := s.w.engine
	e.legs, e.workers, e.disk = map[id.Leg]*Leg{"ann": s.ann, "bob": s.bob}, []*worker{s.w}, newDisk(e)
	for name, l := range e.legs {
		l.name, l.worker = name, s.w
	}
	s.bob.terms.Codec, s.bob.terms.PayloadType = PCMA, 8
	s.room = e.OpenRoom("call")
	s.room.Arrange([]Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	s.room.Record(Recording{
		ID: "r1", Path: s.path, Seal: seal, Customer: []id.Leg{"ann"}, Others: []id.Leg{"bob"},
		Done: func(r RecordingResult) { s.done <- r },
	})
	return s
}

// play lets both talk until it is so late since the recording began.
func (s *stage) play(until time.Duration) {
	const frame = 20 * time.Millisecond
	for ; time.Duration(s.frames)*frame < until; s.frames++ {
		<-time.After(frame)
		s.w.now = s.w.engine.now()
		s.w.serveReady()
		for l, hertz := range map[*Leg]float64{s.ann: 440, s.bob: 700} {
			at := s.frames % 50 * 160
			c := l.terms.Codec
			h := header{payloadType: l.terms.PayloadType, ssrc: 1, sequence: uint16(s.frames), timestamp: uint32(160 * s.frames)}
			s.w.arrive(l, rtpPacket(h, Compress(c, nil, sine(hertz, time.Second)[at:at+160])), netip.AddrPort{})
			sentTo(l)
		}
	}
}
