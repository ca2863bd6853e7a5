package media

import "time"

// SampleRate is the rate of all sound inside this package, in samples a second.
const SampleRate = 8000

// Codec is how sound is written in RTP; the zero Codec is none.
type Codec uint8

// The codecs of G.711 at 8 kHz, one byte a sample.
const (
	PCMU Codec = iota + 1 // mu-law, static payload type 0
	PCMA                  // A-law, static payload type 8
	codecs
)

// Known reports whether this package can send and receive the codec.
func (c Codec) Known() bool { return c > 0 && c < codecs }

// String is the codec's encoding name in SDP (RFC 3551 §6), or "none".
func (c Codec) String() string {
	switch c {
	case PCMU:
		return "PCMU"
	case PCMA:
		return "PCMA"
	default:
		return "none"
	}
}

// StaticPayloadType is the payload type that RFC 3551 table 4 gives the codec.
func (c Codec) StaticPayloadType() uint8 {
	if c == PCMA {
		return 8
	}
	return 0
}

// Encode appends pcm, written in the codec, to dst.
func (c Codec) Encode(dst []byte, pcm []int16) []byte {
	if c == PCMA {
		for _, x := range pcm {
			dst = append(dst, linearToA(x))
		}
		return dst
	}
	for _, x := range pcm {
		dst = append(dst, linearToMu(x))
	}
	return dst
}

// Decode appends the samples of payload to dst.
func (c Codec) Decode(dst []int16, payload []byte) []int16 {
	table := c.linear()
	for _, b := range payload {
		dst = append(dst, table[b])
	}
	return dst
}

func (c Codec) linear() *[256]int16 {
	if c == PCMA {
		return &aToLinear
	}
	return &muToLinear
}

// silence is the code of a sample without sound.
func (c Codec) silence() byte {
	if c == PCMA {
		return 0xD5
	}
	return 0xFF
}

// transcode writes payload in another codec; dst has room for it. It is the packet path: it allocates nothing.
func transcode(dst, payload []byte, from, to Codec) int {
	switch {
	case from == to:
		return copy(dst, payload)
	case to == PCMA:
		return translate(dst, payload, &muToA)
	default:
		return translate(dst, payload, &aToMu)
	}
}

func translate(dst, payload []byte, table *[256]byte) int {
	for i, b := range payload {
		dst[i] = table[b]
	}
	return len(payload)
}

// samplesIn is how many samples pass in d.
func samplesIn(d time.Duration) int64 { return int64(d) * SampleRate / int64(time.Second) }

// timeOf is how long n samples last.
func timeOf(n int64) time.Duration { return time.Duration(n) * time.Second / SampleRate }
