package media

import (
	"math"
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

// TestOpusIsWrittenForWhatTheFarSidePlays has a leg with Opus hear one with G.722: no rate above what it says it plays, nor
// above what is heard.
func TestOpusIsWrittenForWhatTheFarSidePlays(t *testing.T) {
	for _, c := range []struct {
		name       string
		codec      Codec
		asked, got int
		plays      int
	}{
		{"anything", Opus, 0, 16000, 0}, {"all", Opus, 0, 16000, 48000}, {"just that", Opus, 0, 16000, 16000},
		{"less", Opus, 0, 8000, 8000}, {"a rate between", Opus, 0, 8000, 12000}, {"less than is asked for", Opus, 48000, 16000, 24000},
		{"more than is asked for", Opus, 8000, 8000, 48000}, {"what G.722 does not say", G722, 0, 0, 8000},
	} {
		w, ann, bob := bare(t)
		agreed := func(l *Leg, codec Codec, coding Coding) {
			terms := l.terms
			terms.Codec, terms.PayloadType, terms.Coding = codec, typeOf(codec), coding
			l.agree(terms.settled(), w.now)
		}
		agreed(ann, G722, Coding{})
		agreed(bob, c.codec, Coding{Rate: c.asked, Playback: c.plays})
		w.retune(bob)
		if bob.rate != c.got {
			t.Errorf("who plays %s hears %d Hz, want %d", c.name, bob.rate, c.got)
		}
		w.bury(bob)
		w.bury(ann)
	}
}

// TestOpusOfConstantRate: speech, a tone and silence make packets of one length, and each frame makes one.
func TestOpusOfConstantRate(t *testing.T) {
	var p pen
	defer p.close()
	if err := p.take(Opus, SampleRate, Coding{DTX: true, Constant: true}); err != nil {
		t.Fatal(err)
	}
	loud, quiet := make([]int16, 160), make([]int16, 160)
	for i := range loud {
		loud[i] = int16(10000 * math.Sin(float64(i*i)/50))
	}
	want := len(p.encoder.Encode(nil, loud))
	for i := range 100 {
		frame := quiet
		if i%40 < 5 {
			frame = loud
		}
		if got := len(p.encoder.Encode(nil, frame)); got == 0 || got != want {
			t.Fatalf("packet %d has %d octets, the first has %d", i, got, want)
		}
	}
	if p.fits(Opus, SampleRate, Coding{DTX: true}) {
		t.Error("a packet of constant length is taken for any other")
	}
}
