package media

import (
	"slices"
	"sync"
	"time"

	"parley/internal/resample"
)

// WideRate is the rate of sounds that hold more than a telephone of old lets through, in samples a second.
const WideRate = 16000

// Sound is audio ready to be played: 16 bit, one channel, at SampleRate and perhaps at WideRate too. It never changes, is
// encoded once per codec and shared by all who hear it.
type Sound struct {
	pcm     []int16 // at SampleRate; of a wide sound made when it is first played
	broad   []int16 // at WideRate, twice as many samples; nil for a sound that has no more than pcm
	raised  []int16 // pcm at WideRate, for a play together with sounds that have it
	length  int     // samples at SampleRate
	once    sync.Once
	raise   sync.Once
	encoded [2][]byte // PCMU, PCMA
	wide    pressing  // G.722
	opus    pressing
}

// NewSound makes a sound of samples at SampleRate; pcm is copied.
func NewSound(pcm []int16) *Sound { return &Sound{pcm: slices.Clone(pcm), length: len(pcm)} }

// NewWideSound makes a sound of samples at WideRate, of which listeners with G.722 or Opus hear all and others what
// fits; pcm is copied.
func NewWideSound(pcm []int16) *Sound {
	broad := make([]int16, (len(pcm)+1)/2*2) // an even number
	copy(broad, pcm)
	return &Sound{broad: broad, length: len(broad) / 2}
}

// Duration is how long the sound lasts.
func (s *Sound) Duration() time.Duration { return timeOf(int64(s.length)) }

// Rate is the highest rate at which the sound can be played: SampleRate or WideRate.
func (s *Sound) Rate() int {
	if s.broad != nil {
		return WideRate
	}
	return SampleRate
}

// Bytes is the memory that the sound takes in all its forms, an upper limit.
func (s *Sound) Bytes() int {
	const narrow, laws, g722, opus = 2, 2, 1, 1 // for each sample at SampleRate
	return s.length * (narrow + laws + g722 + opus + 2*WideRate/SampleRate)
}

// PCM is a copy of the samples, at SampleRate.
func (s *Sound) PCM() []int16 { return slices.Clone(s.narrowed()) }

func (s *Sound) narrowed() []int16 {
	s.encode()
	return s.pcm
}

// at is the sound's samples at one of its rates. A worker must find them made, so Arrange calls encode first.
func (s *Sound) at(rate int) []int16 {
	switch {
	case rate != WideRate:
		return s.pcm
	case s.broad == nil:
		return s.raised
	}
	return s.broad
}

// widen makes a sound playable at WideRate beside others that have it.
func (s *Sound) widen() {
	s.raise.Do(func() {
		if s.broad == nil {
			s.raised = atRate(s.pcm, SampleRate, WideRate)
		}
	})
}

// in is the sound in a law of G.711, made as at says.
func (s *Sound) in(c Codec) []byte { return s.encoded[c-PCMU] }

func (s *Sound) encode() {
	s.once.Do(func() {
		if s.broad != nil {
			s.pcm = atRate(s.broad, WideRate, SampleRate)
		}
		for i := range s.encoded {
			s.encoded[i] = Compress(PCMU+Codec(i), make([]byte, 0, len(s.pcm)), s.pcm)
		}
	})
}

// atRate is a sound at another of our rates, between which there is always a resampler.
func atRate(pcm []int16, from, to int) []int16 {
	out, err := resample.Whole(pcm, from, to)
	if err != nil {
		panic(err) // of other rates only
	}
	return out
}
