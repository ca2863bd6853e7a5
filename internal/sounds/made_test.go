package sounds

import (
	"testing"
	"time"
)

// TestMade looks at what is made of notes: it is there at both rates without a build, as long and as loud as it should be.
func TestMade(t *testing.T) {
	for _, rate := range []int{Narrow, Wide} {
		for name, want := range map[string]struct {
			length         time.Duration
			least, loudest int16
		}{
			Beep:    {400 * time.Millisecond, 7000, 9000},
			Waiting: {20100 * time.Millisecond, 300, 600},
		} {
			s, err := Load(name, rate)
			if err != nil || s.Length() != want.length {
				t.Errorf("%s at %d Hz: %s, %v", name, rate, s.Length(), err)
			}
			loud := int16(0)
			for _, v := range s.Samples {
				loud = max(loud, v)
			}
			if loud < want.least || loud > want.loudest {
				t.Errorf("%s at %d Hz is as loud as %d", name, rate, loud)
			}
		}
	}
}
