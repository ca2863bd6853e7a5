package media

import (
	"testing"
)

// TestOpusIsWrittenAtTheRateAskedFor has a leg with Opus hear one with G.711.
func TestOpusIsWrittenAtTheRateAskedFor(t *testing.T) {
	for _, c := range []struct {
		codec      Codec
		asked, got int
	}{{Opus, 0, 8000}, {Opus, 48000, 48000}, {Opus, 16000, 16000}, {Opus, 44100, 8000}, {G722, 48000, 8000}, {PCMU, 48000, 0}} {
		w, ann, bob := bare(t)
		terms := bob.terms
		terms.Codec, terms.PayloadType, terms.Coding = c.codec, typeOf(c.codec), Coding{Rate: c.asked}
		bob.agree(terms.settled(), w.now)
		w.retune(bob)
		if bob.rate != c.got {
			t.Errorf("%s with %d Hz asked for is made of %d Hz, want %d", c.codec, c.asked, bob.rate, c.got)
		}
		w.bury(bob)
		w.bury(ann)
	}
}
