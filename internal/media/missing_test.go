package media

import (
	"encoding/binary"
	"testing"
	"time"
)

// TestOpusIsReadyForTheLossThatIsReported has the far side report loss, and then none: the packets get larger, without a new
// encoder, and smaller after a clean minute.
func TestOpusIsReadyForTheLossThatIsReported(t *testing.T) {
	w, ann, bob := bare(t)
	t.Cleanup(func() { w.bury(bob); w.bury(ann) })
	terms := bob.terms
	terms.Codec, terms.PayloadType, terms.Coding = Opus, typeOf(Opus), Coding{FEC: true}
	bob.agree(terms.settled(), w.now)
	w.retune(bob)
	report := func(fraction byte) {
		block := make([]byte, 24)
		binary.BigEndian.PutUint32(block, bob.sending.ssrc)
		block[4] = fraction
		w.readBlock(bob, block)
	}
	speech := sine(300, frameTime)
	written := func() Coding {
		if _, err := ann.voice.written(w.studio.beats, speech, bob); err != nil {
			t.Fatal(err)
		}
		w.studio.beats++
		return ann.voice.list[0].coding
	}
	w.studio.beats = 1
	if how := written(); how.Loss != 0 || !how.FEC {
		t.Errorf("at first written for %+v", how)
	}
	first := ann.voice.list[0].encoder
	report(26)
	written() // the frame that is due goes by what was known before, or by this
	if how := written(); how.Loss != 10 {
		t.Errorf("with 10 percent reported written for %d", how.Loss)
	}
	if len(ann.voice.list) != 1 || ann.voice.list[0].encoder != first {
		t.Error("the encoder began anew")
	}
	report(0)
	written()
	if how := written(); how.Loss != 10 {
		t.Errorf("one clean report makes it %d", how.Loss)
	}
	w.now += int64(time.Minute)
	report(0)
	written()
	if how := written(); how.Loss != 0 {
		t.Errorf("after a clean minute written for %d", how.Loss)
	}
}
