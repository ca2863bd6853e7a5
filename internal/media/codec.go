package media

import (
	"slices"
	"time"

	"parley/internal/codec"
	"parley/internal/jitter"
)

// SampleRate is the rate of recordings, plays and G.711, in samples a second.
const SampleRate = 8000

// Codec is how sound is written in RTP; the zero Codec is none.
type Codec = codec.Codec

// The codecs of legs.
const (
	PCMU = codec.PCMU
	PCMA = codec.PCMA
	G722 = codec.G722
	Opus = codec.Opus
)

// companded reports whether a codec is G.711: one byte a sample, each by itself.
func companded(c Codec) bool { return c == PCMU || c == PCMA }

// copies reports whether packets of one codec can be sent in another without hearing them: as they are, or by a table.
func copies(from, to Codec) bool { return from == to || companded(from) && companded(to) }

// clockOf is how many units of a codec's timestamps make a second; 8000 while there is no codec.
func clockOf(c Codec) int64 {
	if c == codec.None {
		return SampleRate
	}
	return int64(c.ClockRate())
}

// laws hold every octet's sample, and writers of both laws, which remember nothing.
var laws, writers = g711()

func g711() (laws [2][256]int16, writers [2]codec.Encoder) {
	octets := make([]byte, 256)
	for i := range octets {
		octets[i] = byte(i)
	}
	for i, c := range []Codec{PCMU, PCMA} {
		reader, err := codec.NewDecoder(c, 0)
		if err == nil {
			reader.Decode(laws[i][:0], octets)
			writers[i], err = codec.NewEncoder(c, codec.Settings{})
		}
		if err != nil {
			panic(err) // G.711 is in every build
		}
	}
	return laws, writers
}

// Compress appends pcm, at 8 kHz, to dst in a law of G.711: PCMA, or PCMU for every other codec.
func Compress(c Codec, dst []byte, pcm []int16) []byte {
	if c == PCMA {
		return writers[1].Encode(dst, pcm)
	}
	return writers[0].Encode(dst, pcm)
}

// Expand appends the samples of payload, written as Compress does.
func Expand(c Codec, dst []int16, payload []byte) []int16 {
	table := &laws[0]
	if c == PCMA {
		table = &laws[1]
	}
	start := len(dst)
	dst = slices.Grow(dst, len(payload))[:start+len(payload)]
	part := dst[start:]
	for i, b := range payload {
		part[i] = table[b]
	}
	return dst
}

// unitsOf is how long a packet lasts, in units of its codec's timestamps.
func unitsOf(c Codec, payload []byte) uint32 {
	if c == Opus {
		return uint32(jitter.OpusUnits(payload))
	}
	return uint32(len(payload)) // G.711 and G.722 at 64 kbit/s, whose clock is 8 kHz as well (RFC 3551 §4.5.2)
}

// unitsIn is how many units of a clock pass in d.
func unitsIn(d, clock int64) int64 { return d * clock / int64(time.Second) }

// samplesIn is how many samples at SampleRate pass in d.
func samplesIn(d time.Duration) int64 { return unitsIn(int64(d), SampleRate) }

// timeOf is how long n samples at SampleRate last.
func timeOf(n int64) time.Duration { return time.Duration(n) * time.Second / SampleRate }
