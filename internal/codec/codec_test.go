package codec

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

// ways are all codecs at all their telephone rates.
var ways = []struct {
	codec Codec
	rate  int
	snr   float64 // of babble, dB, at the least
}{
	{PCMU, 8000, 30}, {PCMA, 8000, 30}, {G722, 16000, 18}, {G722, 8000, 15},
	{Opus, 8000, 4}, {Opus, 16000, 4}, {Opus, 48000, 4},
}

func TestNamesAndNumbers(t *testing.T) {
	for _, c := range []struct {
		codec       Codec
		name        string
		clock, rate int
		pt          uint8
		static      bool
	}{
		{None, "none", 0, 0, 0, false}, {PCMU, "PCMU", 8000, 8000, 0, true}, {PCMA, "PCMA", 8000, 8000, 8, true},
		{G722, "G722", 8000, 16000, 9, true}, {Opus, "opus", 48000, 48000, 0, false},
	} {
		pt, static := c.codec.StaticPayloadType()
		if c.codec.String() != c.name || c.codec.ClockRate() != c.clock || c.codec.Rate() != c.rate ||
			pt != c.pt || static != c.static {
			t.Errorf("%s: clock %d, rate %d, payload type %d %t", c.codec, c.codec.ClockRate(), c.codec.Rate(), pt, static)
		}
		if want := c.codec != None && (c.codec != Opus || opusAvailable); c.codec.Available() != want {
			t.Errorf("%s available: %t", c.codec, !want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct {
		codec Codec
		rate  int
		want  error
	}{{None, 8000, ErrUnknown}, {Opus + 1, 8000, ErrUnknown}, {PCMU, 16000, ErrRate}, {G722, 48000, ErrRate}, {PCMA, -1, ErrRate}} {
		if _, err := NewEncoder(c.codec, Settings{Rate: c.rate}); !errors.Is(err, c.want) {
			t.Errorf("encoder of %s at %d: %v", c.codec, c.rate, err)
		}
		if _, err := NewDecoder(c.codec, c.rate); !errors.Is(err, c.want) {
			t.Errorf("decoder of %s at %d: %v", c.codec, c.rate, err)
		}
	}
}

func TestThereAndBack(t *testing.T) {
	for _, w := range ways {
		if !w.codec.Available() {
			t.Logf("not checked: %s, which is not in this build", w.codec)
			continue
		}
		pcm := babble(w.rate, 2*w.rate)
		e, d := pair(t, w.codec, Settings{Rate: w.rate, Complexity: 10})
		got := hear(d, packets(e, pcm), never)
		snr, delay := likeness(pcm, got, w.rate/50)
		loud := decibel(rms(got) / rms(pcm))
		t.Logf("%s, %s: %.1f dB above the noise, loudness %+.2f dB, delay %.2f ms",
			e, d, snr, loud, 1000*float64(delay)/float64(w.rate))
		if snr < w.snr || math.Abs(loud) > 1 {
			t.Errorf("want %.0f dB and the loudness of the source", w.snr)
		}
		if len(got) != len(pcm) || e.Rate() != w.rate || d.Rate() != w.rate {
			t.Errorf("%d samples of %d, at %d and %d", len(got), len(pcm), e.Rate(), d.Rate())
		}
	}
}

// TestAnyToAny sends a tone by way of each pair of codecs that meet at a rate.
func TestAnyToAny(t *testing.T) {
	for _, first := range ways {
		for _, second := range ways {
			if first.rate != second.rate || !first.codec.Available() || !second.codec.Available() {
				continue
			}
			name := fmt.Sprintf("%s to %s at %d Hz", first.codec, second.codec, first.rate)
			e1, d1 := pair(t, first.codec, Settings{Rate: first.rate})
			e2, d2 := pair(t, second.codec, Settings{Rate: second.rate})
			const frequency, loud = 440, 8000
			between := hear(d1, packets(e1, tone(first.rate, first.rate, frequency, loud)), never)
			end := hear(d2, packets(e2, between), never)[first.rate/2:]
			heard, other := level(end, first.rate, frequency), level(end, first.rate, 697)
			if d := decibel(heard / loud); math.Abs(d) > 1.5 {
				t.Errorf("%s: the tone is %+.1f dB", name, d)
			}
			if d := decibel(other / heard); d > -30 {
				t.Errorf("%s: beside the tone there is %.1f dB", name, d)
			}
		}
	}
}

// TestG722NarrowMeetsWide: what one end codes at 8 kHz the other hears at 16, and the other way round.
func TestG722NarrowMeetsWide(t *testing.T) {
	for _, c := range []struct{ from, to int }{{8000, 16000}, {16000, 8000}} {
		for frequency, mirror := range map[float64]float64{300: -45, 1000: -45, 2000: -40, 3000: -20, 3400: -10} {
			e, _ := pair(t, G722, Settings{Rate: c.from})
			_, d := pair(t, G722, Settings{Rate: c.to})
			got := hear(d, packets(e, tone(c.from, c.from, frequency, 8000)), never)[c.to/2:]
			if diff := decibel(level(got, c.to, frequency) / 8000); math.Abs(diff) > 1 {
				t.Errorf("%d to %d Hz: %g Hz comes %+.1f dB", c.from, c.to, frequency, diff)
			}
			if alias := decibel(level(got, c.to, 8000-frequency) / 8000); c.to == 16000 && alias > mirror {
				t.Errorf("%d to %d Hz: %g Hz mirrors at %.1f dB", c.from, c.to, frequency, alias)
			}
		}
	}
}

// TestSilenceOfTheUpperBand holds the constant that narrow packets carry to what the recommendation makes of silence.
func TestSilenceOfTheUpperBand(t *testing.T) {
	e, d := newG722Encoder(16000), newG722Decoder(16000)
	for i := range 5000 {
		if code := e.codeUpper(0); code != upperSilence {
			t.Fatalf("sample %d has the code %d", i, code)
		}
		if sound := d.takeUpper(upperSilence); sound != 0 {
			t.Fatalf("sample %d sounds like %d", i, sound)
		}
	}
}

func TestTranscodeIsDecodeAndEncode(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, c := range []struct{ from, to Codec }{{PCMU, PCMA}, {PCMA, PCMU}, {PCMA, PCMA}} {
		_, d := pair(t, c.from, Settings{})
		e, _ := pair(t, c.to, Settings{})
		want := all
		if c.from != c.to {
			want = e.Encode(nil, d.Decode(nil, all))
		}
		got, can := Transcode([]byte{9}, all, c.from, c.to)
		if !can || got[0] != 9 || string(got[1:]) != string(want) {
			t.Errorf("%s to %s: % x, want % x", c.from, c.to, got, want)
		}
	}
	if _, can := Transcode(nil, all, G722, PCMA); can {
		t.Error("G.722 is not of G.711")
	}
	for _, c := range []Codec{PCMU, PCMA} {
		_, d := pair(t, c, Settings{})
		if x := d.Decode(nil, []byte{c.Silence()})[0]; x < -8 || x > 8 {
			t.Errorf("silence of %s sounds like %d", c, x)
		}
	}
}

func TestStagesPrintThemselves(t *testing.T) {
	e, d := pair(t, G722, Settings{})
	p, _ := pair(t, PCMU, Settings{})
	for got, want := range map[string]string{
		e.String(): "encode G722 16 kHz", d.String(): "decode G722 16 kHz, conceals", p.String(): "encode PCMU 8 kHz",
		Settings{Rate: 48000, FEC: true, DTX: true, LossPercent: 10}.complete().describeOpus(): "encode opus 48 kHz 24 kbit/s complexity 5 FEC for 10 % loss DTX",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNothingIsAllocated(t *testing.T) {
	for _, w := range ways {
		if !w.codec.Available() {
			continue
		}
		e, d := pair(t, w.codec, Settings{Rate: w.rate, FEC: true})
		pcm := babble(w.rate, w.rate/50)
		packet, sound := make([]byte, 0, 1500), make([]int16, 0, w.rate/50)
		if n := testing.AllocsPerRun(50, func() {
			packet = e.Encode(packet[:0], pcm)
			sound = d.Decode(sound[:0], packet)
			sound = d.Conceal(sound[:0], len(pcm))
			if c, ok := d.(Corrector); ok {
				sound = c.DecodeFEC(sound[:0], packet, len(pcm))
			}
		}); n != 0 {
			t.Errorf("%s at %d Hz: %g allocations", w.codec, w.rate, n)
		}
	}
}

func FuzzDecoders(f *testing.F) {
	f.Add(uint8(0), []byte{0xFF, 1, 2})
	f.Add(uint8(6), []byte{0x78, 0xFF, 0xFE})
	f.Add(uint8(5), []byte{0x03, 0xFF, 0x80, 0})
	f.Fuzz(func(t *testing.T, which uint8, payload []byte) {
		w := ways[int(which)%len(ways)]
		if !w.codec.Available() {
			return
		}
		_, d := pair(t, w.codec, Settings{Rate: w.rate})
		first := d.Decode(nil, payload)
		if len(first) > max(2*len(payload), w.rate/8) {
			t.Fatalf("%d samples of %d octets", len(first), len(payload))
		}
		if got := d.Conceal([]int16{1}, w.rate/50); len(got) != 1+w.rate/50 || got[0] != 1 {
			t.Fatalf("%d samples concealed", len(got)-1)
		}
		if c, ok := d.(Corrector); ok && len(c.DecodeFEC(nil, payload, w.rate/50)) != w.rate/50 {
			t.Fatal("corrected to another length")
		}
		d.Decode(nil, payload)
		shut(d)
		shut(d)
		d.Decode(nil, payload)
	})
}

func BenchmarkEncode20ms(b *testing.B) {
	for _, w := range ways {
		e, _ := pair(b, w.codec, Settings{Rate: w.rate})
		pcm, packet := babble(w.rate, w.rate), make([]byte, 0, 1500)
		b.Run(fmt.Sprintf("%s-%d", w.codec, w.rate), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				packet = e.Encode(packet[:0], pcm[i%50*w.rate/50:][:w.rate/50])
			}
		})
	}
}

func BenchmarkDecode20ms(b *testing.B) {
	for _, w := range ways {
		e, d := pair(b, w.codec, Settings{Rate: w.rate})
		sent, sound := packets(e, babble(w.rate, w.rate)), make([]int16, 0, w.rate/50)
		b.Run(fmt.Sprintf("%s-%d", w.codec, w.rate), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				sound = d.Decode(sound[:0], sent[i%len(sent)])
			}
		})
	}
}
