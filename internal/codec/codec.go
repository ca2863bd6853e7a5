// Package codec turns sound into packets and back, and fills in for the packets that are lost.
package codec

import (
	"errors"
	"fmt"
	"strconv"
)

// Codec is how sound is written in RTP; the zero Codec is none.
type Codec uint8

// The codecs that Parley speaks.
const (
	None Codec = iota
	PCMU       // mu-law of ITU-T G.711, 8 kHz
	PCMA       // A-law of ITU-T G.711, 8 kHz
	G722       // sub-band ADPCM of ITU-T G.722 at 64 kbit/s, 16 kHz
	Opus       // RFC 6716, any of 8, 16 and 48 kHz
)

// Errors of NewEncoder and NewDecoder.
var (
	ErrUnknown     = errors.New("unknown codec")
	ErrRate        = errors.New("sample rate not possible")
	ErrUnavailable = errors.New("codec not in this build")
)

// String is the codec's encoding name in SDP (RFC 3551 §6, RFC 7587 §7), or "none".
func (c Codec) String() string {
	switch c {
	case PCMU:
		return "PCMU"
	case PCMA:
		return "PCMA"
	case G722:
		return "G722"
	case Opus:
		return "opus"
	default:
		return "none"
	}
}

// ClockRate is how many units of the RTP timestamp make a second: 8000 for G.722 too (RFC 3551 §4.5.2), 48000 for Opus
// at every rate of sound (RFC 7587 §4.1), 0 for none.
func (c Codec) ClockRate() int {
	switch c {
	case PCMU, PCMA, G722:
		return 8000
	case Opus:
		return 48000
	default:
		return 0
	}
}

// Rate is the natural rate of the codec's sound in samples a second, 0 for none.
func (c Codec) Rate() int {
	if c == G722 {
		return 16000
	}
	return c.ClockRate()
}

// StaticPayloadType is the payload type that RFC 3551 table 4 gives the codec; static is false where it gives none.
func (c Codec) StaticPayloadType() (pt uint8, static bool) {
	switch c {
	case PCMU:
		return 0, true
	case PCMA:
		return 8, true
	case G722:
		return 9, true
	default:
		return 0, false
	}
}

// Available reports whether this build can send and receive the codec: Opus is missing where cgo was off.
func (c Codec) Available() bool {
	return c > None && c < Opus || c == Opus && opusAvailable
}

// Encoder writes the packets of one stream. An encoder belongs to one goroutine.
type Encoder interface {
	// Encode appends the packet of one frame of sound at Rate to dst: 2.5, 5, 10, 20, 40 or 60 ms for Opus, any
	// length otherwise. Where nothing is appended there is nothing to send (discontinuous transmission).
	Encode(dst []byte, pcm []int16) []byte
	// Rate is the rate of sound that Encode takes, in samples a second.
	Rate() int
	// String is the stage and its settings, on one line.
	String() string
}

// Decoder reads the packets of one stream and fills in for those that are lost. A decoder belongs to one goroutine.
// Where it has a method Close, that frees memory that the garbage collector does not see at once.
type Decoder interface {
	// Decode appends the sound of one packet to dst. A packet that makes no sense is concealed.
	Decode(dst []int16, payload []byte) []int16
	// Conceal appends so many samples in place of sound that did not come.
	Conceal(dst []int16, samples int) []int16
	// Rate is the rate of sound that comes out, in samples a second.
	Rate() int
	// String is the stage and its settings, on one line.
	String() string
}

// Corrector is a Decoder that reads what a packet says about the one before it (RFC 6716 §2.1.7).
type Corrector interface {
	// DecodeFEC appends so many samples of the lost packet that came before next, or conceals them where next says
	// nothing about it. The packet next is decoded afterwards as any other.
	DecodeFEC(dst []int16, next []byte, samples int) []int16
}

// LossAware is an Encoder that fits its packets to the loss that the far side reports while it runs.
type LossAware interface {
	// ExpectLoss says how many of a hundred packets are lost on the way; what is out of 0 to 100 is taken to the limit.
	ExpectLoss(percent int)
}

// Settings are those of an encoder; the zero value is right for every codec. All but Rate are Opus' alone.
type Settings struct {
	Rate        int  // of the sound given, in samples a second; 0 is the codec's natural rate
	Bitrate     int  // bits a second, 6000 to 510000; 0 is 24000
	Complexity  int  // 1 to 10, the higher the dearer; 0 is 5
	FEC         bool // each packet says again, coarsely, what the one before it said
	DTX         bool // silence is not sent
	Constant    bool // every packet is of one length
	LossPercent int  // expected loss, 0 to 100: what FEC and the robustness of the coding are fitted to
}

// NewEncoder is the encoder of one stream. Rates: 8000 for G.711, 16000 or 8000 for G.722 (the lower band alone, at half
// the work: what is from 3 to 4 kHz leaves a mirror image above 4 kHz, 10 to 20 dB below itself), 8000, 12000, 16000, 24000 or 48000 for Opus.
func NewEncoder(c Codec, s Settings) (Encoder, error) {
	if s.Rate == 0 {
		s.Rate = c.Rate()
	}
	if err := check(c, s.Rate); err != nil {
		return nil, fmt.Errorf("encode %s: %w", c, err)
	}
	switch c {
	case PCMU, PCMA:
		return newG711Encoder(c), nil
	case G722:
		return newG722Encoder(s.Rate), nil
	default:
		return newOpusEncoder(s)
	}
}

// NewDecoder is the decoder of one stream, to sound of so many samples a second (0 is the codec's natural rate), of the
// same choice as in NewEncoder.
func NewDecoder(c Codec, rate int) (Decoder, error) {
	if rate == 0 {
		rate = c.Rate()
	}
	if err := check(c, rate); err != nil {
		return nil, fmt.Errorf("decode %s: %w", c, err)
	}
	switch c {
	case PCMU, PCMA:
		return newG711Decoder(c), nil
	case G722:
		return newG722Decoder(rate), nil
	default:
		return newOpusDecoder(rate)
	}
}

func check(c Codec, rate int) error {
	var possible bool
	switch c {
	case PCMU, PCMA:
		possible = rate == 8000
	case G722:
		possible = rate == 8000 || rate == 16000
	case Opus:
		possible = rate == 8000 || rate == 12000 || rate == 16000 || rate == 24000 || rate == 48000
	default:
		return ErrUnknown
	}
	if !c.Available() {
		return ErrUnavailable
	}
	if !possible {
		return fmt.Errorf("%w: %d Hz", ErrRate, rate)
	}
	return nil
}

// kilohertz is a rate as people say it.
func kilohertz(rate int) string { return strconv.Itoa(rate/1000) + " kHz" }
