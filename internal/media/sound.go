package media

import (
	"slices"
	"sync"
	"time"
)

// Sound is audio ready to be played: 8 kHz, 16 bit, one channel. It never changes, is encoded once per law of G.711
// and shared by all who hear it.
type Sound struct {
	pcm     []int16
	once    sync.Once
	encoded [2][]byte // PCMU, PCMA
	wide    pressing  // G.722
	opus    pressing
}

// NewSound makes a sound of samples at 8 kHz; pcm is copied.
func NewSound(pcm []int16) *Sound { return &Sound{pcm: slices.Clone(pcm)} }

// Duration is how long the sound lasts.
func (s *Sound) Duration() time.Duration { return timeOf(int64(len(s.pcm))) }

// PCM is a copy of the samples, at 8 kHz.
func (s *Sound) PCM() []int16 { return slices.Clone(s.pcm) }

// in is the sound in a codec. A worker must find it made, so Arrange calls encode first.
func (s *Sound) in(c Codec) []byte { return s.encoded[c-PCMU] }

func (s *Sound) encode() {
	s.once.Do(func() {
		for i := range s.encoded {
			s.encoded[i] = Compress(PCMU+Codec(i), make([]byte, 0, len(s.pcm)), s.pcm)
		}
	})
}
