package carrier

import (
	"encoding/binary"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/media"
)

const (
	memory    = 10 * media.SampleRate // samples that an ear keeps
	rtpHeader = 12                    // bytes (RFC 3550 §5.1)
	// pause is how long nothing may come before it counts as silence: a few packets of the longest usual kind.
	pause = 200 * time.Millisecond
)

// ear keeps what the far side sends. It is a pipe of the media engine that hears the call's leg.
type ear struct {
	pipe *media.Leg

	mu      sync.Mutex // guards what follows
	heard   [memory]int16
	total   int // samples ever kept
	next    uint32
	begun   bool
	came    time.Time     // when the last packet came
	waiting chan struct{} // closed with the next packet; nil when nobody waits
	samples []int16       // of one packet
}

func newEar() *ear { return &ear{} }

// earOf names the pipe that hears a leg.
func earOf(leg id.Leg) id.Leg { return leg + ".ear" }

// open begins to listen. A call without a pipe hears nothing.
func (e *ear) open(c *Carrier, leg id.Leg) {
	pipe, err := c.media.OpenPipe(earOf(leg), e.take, func(media.Event) {})
	if err != nil {
		c.log.Warn("carrier cannot listen", "leg", string(leg), "error", err)
		return
	}
	pipe.Agree(media.Terms{Codec: media.PCMU, Send: true})
	e.pipe = pipe
}

func (e *ear) close() {
	if e.pipe != nil {
		e.pipe.Close()
	}
}

// take keeps one RTP packet. The engine writes its packets without extension and in the order they came.
func (e *ear) take(packet []byte) {
	if len(packet) <= rtpHeader {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.samples = media.Expand(media.PCMU, e.samples[:0], packet[rtpHeader:])
	stamp := binary.BigEndian.Uint32(packet[4:])
	if gap := int32(stamp - e.next); e.begun && gap != 0 && gap < memory {
		if gap < 0 && -gap < memory {
			return // late: its place is taken by silence
		}
		e.keep(make([]int16, max(gap, 0)))
	}
	e.keep(e.samples)
	e.next, e.begun, e.came = stamp+uint32(len(e.samples)), true, time.Now()
	if e.waiting != nil {
		close(e.waiting)
		e.waiting = nil
	}
}

func (e *ear) keep(pcm []int16) {
	for _, x := range pcm {
		e.heard[e.total%memory] = x
		e.total++
	}
}

// more is closed when the next packet has come.
func (e *ear) more() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waiting == nil {
		e.waiting = make(chan struct{})
	}
	return e.waiting
}

// last is what was heard in a stretch of time that ends now; nothing that came is silence.
func (e *ear) last(window time.Duration, now time.Time) []int16 {
	e.mu.Lock()
	defer e.mu.Unlock()
	pcm := make([]int16, min(max(samplesIn(window), 0), memory))
	quiet := 0
	if since := now.Sub(e.came); !e.begun || since > pause {
		quiet = min(len(pcm), samplesIn(min(since, window)))
	}
	known := min(len(pcm)-quiet, e.total)
	for i := range known {
		pcm[len(pcm)-quiet-known+i] = e.heard[(e.total-known+i)%memory]
	}
	return pcm
}
