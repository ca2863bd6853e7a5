// Package jitter holds back the packets of one received RTP stream for as long as its network's delays vary, and
// hands them out in order to a caller that pulls by its own clock.
package jitter

import (
	"fmt"
	"time"
)

// Settings are what a buffer is made for.
type Settings struct {
	ClockRate int           // of RTP timestamps, in Hz; 8000 when zero
	Max       time.Duration // longest delay beyond the frame in play; 120 ms when zero, never more than 120 ms
	Start     time.Duration // delay aimed at until the network is known; 10 ms when zero
	// Units says how long a payload sounds, in clock units; nil means a unit per byte, which is right for G.711 and
	// for G.722 (RFC 3551 §4.5.2). OpusUnits is the one for Opus.
	Units func(payload []byte) int
}

// Verdict says what became of a packet that was put in.
type Verdict uint8

// The verdicts.
const (
	Kept      Verdict = iota // it waits to be played
	Late                     // its time, or that of a later one, had been played already
	Duplicate                // it has been here before
	Strange                  // far off in sequence or time: kept out until a second one follows it (RFC 3550 §A.1)
	Malformed                // empty, longer than 1500 bytes, or of no possible length in time
)

// String names the verdict.
func (v Verdict) String() string {
	return [...]string{"kept", "late", "duplicate", "strange", "malformed"}[v]
}

// Kind says what a piece stands for.
type Kind uint8

// The kinds.
const (
	Waiting Kind = iota // nothing has been played yet: silence
	Frame               // a packet's sound
	Missing             // sound that was sent but is not here, or time to be stretched: conceal it
	Empty               // nothing was sent (pause of the sender, digits): comfort noise, or Conceal of an Opus decoder
)

// String names the kind.
func (k Kind) String() string {
	return [...]string{"waiting", "frame", "missing", "empty"}[k]
}

// Piece is what the caller plays next: Units clock units, from Offset within a packet of Whole units. When Fresh is
// set the caller first makes those Whole units – decodes Payload for a Frame, conceals for the rest – and then plays
// the part; a piece that is not fresh goes on within what was made last. Units may be zero: the packet is to be
// decoded for the decoder's sake, and not heard.
type Piece struct {
	Kind    Kind
	Fresh   bool
	Payload []byte // of a fresh Frame; valid until the next call
	Next    []byte // of a fresh Missing: the packet right after it when that is here (for Opus FEC); valid until the next call
	Whole   int
	Offset  int
	Units   int
}

// Stats are a buffer's figures since it was made.
type Stats struct {
	Delay      time.Duration // between the fastest packets and their play, now
	Target     time.Duration // that the buffer aims at
	Played     uint64        // packets handed out
	Lost       uint64        // packets whose time passed without them
	Late       uint64        // those of Lost that came afterwards
	Duplicates uint64
	Reordered  uint64        // came after a later one, in time or not
	Strange    uint64        // kept out, malformed ones included
	Crowded    uint64        // thrown away in sound to keep the delay or the memory within bounds
	Grown      time.Duration // sum of time put in
	Shrunk     time.Duration // sum of time taken out
	Drift      float64       // of the sender's clock against ours in parts per million; positive: it is faster
}

// Buffer is one stream's. It has no lock: Put and Take are called by one worker. Every method takes constant time
// and allocates nothing.
type Buffer struct {
	Settings
	clock int64 // units per second
	max   int64 // units

	intake  intake
	shelf   shelf
	network network
	desk    desk
	stats   Stats
	// grown and shrunk are in units; Stats turns them into time.
	grown, shrunk int64
}

// New makes a buffer; it is 10 KB and all it will ever need.
func New(s Settings) *Buffer {
	if s.ClockRate <= 0 {
		s.ClockRate = 8000
	}
	if s.Max <= 0 || s.Max > 120*time.Millisecond {
		s.Max = 120 * time.Millisecond
	}
	if s.Start <= 0 || s.Start > s.Max {
		s.Start = min(10*time.Millisecond, s.Max)
	}
	if s.Units == nil {
		s.Units = func(payload []byte) int { return len(payload) }
	}
	b := &Buffer{Settings: s, clock: int64(s.ClockRate)}
	b.max = b.units(s.Max)
	b.Reset()
	return b
}

// Reset forgets stream, network and figures, as if the buffer were new.
func (b *Buffer) Reset() {
	b.intake, b.desk, b.stats = intake{}, desk{}, Stats{}
	b.grown, b.shrunk = 0, 0
	b.shelf.clear()
	b.network.reset(b.clock, b.units(b.Start), b.max)
}

// Switch says that the next packet is the first of another source (a new SSRC): sequence and time go on from where
// the last one's stood, what is waiting is still played, and what was learned of the network stays.
func (b *Buffer) Switch() {
	b.intake.switching = true
}

// Silent says whether the frame last taken had no voice in it; only then does the buffer grow or shrink for free.
func (b *Buffer) Silent(silent bool) {
	if silent {
		b.desk.silent++
		return
	}
	b.desk.silent = 0
}

// Stats are the figures now.
func (b *Buffer) Stats() Stats {
	s := b.stats
	s.Delay, s.Target = b.duration(b.desk.level), b.duration(b.network.target)
	s.Grown, s.Shrunk = b.duration(b.grown), b.duration(b.shrunk)
	s.Drift = b.network.drift
	return s
}

// String prints the stage: "jitter 34/40 ms (max 120), 0 lost, 0 late, drift -12 ppm".
func (b *Buffer) String() string {
	s := b.Stats()
	return fmt.Sprintf("jitter %d/%d ms (max %d), %d lost, %d late, drift %+.0f ppm",
		s.Delay.Milliseconds(), s.Target.Milliseconds(), b.Max.Milliseconds(), s.Lost, s.Late, s.Drift)
}

// units turns a time into clock units. Seconds and the rest are taken apart so that no clock of nanoseconds since
// 1970 overflows.
func (b *Buffer) units(d time.Duration) int64 {
	n, second := int64(d), int64(time.Second)
	return n/second*b.clock + n%second*b.clock/second
}

// duration turns clock units into time.
func (b *Buffer) duration(units int64) time.Duration {
	return time.Duration(units) * time.Second / time.Duration(b.clock)
}
