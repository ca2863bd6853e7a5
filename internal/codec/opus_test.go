//go:build cgo

package codec

import (
	"math"
	"runtime"
	"testing"
)

// TestCorrectionBeatsConcealment loses every tenth packet of a voice, each of which the next one says again.
func TestCorrectionBeatsConcealment(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		pcm, frame := babble(rate, 4*rate), rate/50
		e, whole := pair(t, Opus, Settings{Rate: rate, FEC: true, LossPercent: 20, Bitrate: 32000})
		_, d := pair(t, Opus, Settings{Rate: rate})
		_, concealing := pair(t, Opus, Settings{Rate: rate})
		sent := packets(e, pcm)
		clean := hear(whole, sent, never)
		lost := func(i int) bool { return i%10 == 9 }
		concealed := hear(concealing, sent, lost)
		corrector, ok := d.(Corrector)
		if !ok {
			t.Fatal("the decoder of Opus corrects nothing")
		}
		var corrected []int16
		for i, packet := range sent {
			if lost(i) && i+1 < len(sent) {
				corrected = corrector.DecodeFEC(corrected, sent[i+1], frame)
				continue
			}
			corrected = d.Decode(corrected, packet)
		}
		byFEC, byPLC := errorOf(clean, corrected, frame, lost), errorOf(clean, concealed, frame, lost)
		t.Logf("%d Hz, 10 %% lost: error of the lost frames %.1f dB with FEC, %.1f dB with concealment", rate, byFEC, byPLC)
		if byFEC > byPLC-4 {
			t.Error("want FEC better by 4 dB")
		}
	}
}

// errorOf is the error of the lost frames over the sound that should be there, in dB.
func errorOf(want, got []int16, frame int, lost func(int) bool) float64 {
	var noise, signal float64
	for i := range min(len(want), len(got)) {
		if lost(i / frame) {
			x, y := float64(want[i]), float64(got[i])
			noise += (x - y) * (x - y)
			signal += x * x
		}
	}
	return 10 * math.Log10(noise/signal)
}

// TestSilenceIsNotSent speaks for a second, is silent for four, and speaks again.
func TestSilenceIsNotSent(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		voice := babble(rate, rate)
		pcm := append(append(append([]int16{}, voice...), make([]int16, 4*rate)...), voice...)
		e, d := pair(t, Opus, Settings{Rate: rate, DTX: true})
		sent := packets(e, pcm)
		empty := 0
		for _, packet := range sent[75:250] {
			if len(packet) == 0 {
				empty++
			}
		}
		got := hear(d, sent, func(i int) bool { return len(sent[i]) == 0 })
		t.Logf("%d Hz: %d of 175 packets of silence are not sent", rate, empty)
		if empty < 140 {
			t.Error("want 140 at the least")
		}
		if quiet, loud := rms(got[2*rate:5*rate]), rms(got[len(got)-rate*3/4:]); quiet > 20 || math.Abs(decibel(loud/rms(voice))) > 2 {
			t.Errorf("%d Hz: silence is %.0f loud, the voice after it %.0f of %.0f", rate, quiet, loud, rms(voice))
		}
	}
}

func TestBitrateIsKept(t *testing.T) {
	for _, bitrate := range []int{12000, 24000, 48000} {
		e, _ := pair(t, Opus, Settings{Bitrate: bitrate, Constant: true})
		octets := 0
		for _, packet := range packets(e, babble(48000, 2*48000)) {
			octets += len(packet)
		}
		if got := octets * 8 / 2; math.Abs(float64(got-bitrate)) > 0.05*float64(bitrate) {
			t.Errorf("%d bit/s, want %d", got, bitrate)
		}
	}
}

// TestExpectedLossMakesPacketsCarryMore: with more loss to expect, correction is put in.
func TestExpectedLossMakesPacketsCarryMore(t *testing.T) {
	e, _ := pair(t, Opus, Settings{Rate: 16000, FEC: true, Bitrate: 32000})
	aware, ok := e.(LossAware)
	if !ok {
		t.Fatal("the encoder of Opus knows nothing of loss")
	}
	if got, want := e.String(), "encode opus 16 kHz 32 kbit/s complexity 5 FEC for 0 % loss"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	corrected := func() int {
		sent, count := packets(e, babble(16000, 16000)), 0
		for i := 1; i < len(sent); i++ {
			_, a := pair(t, Opus, Settings{Rate: 16000})
			_, b := pair(t, Opus, Settings{Rate: 16000})
			fresh, _ := a.(Corrector)
			if rms(fresh.DecodeFEC(nil, sent[i], 320)) > rms(b.Conceal(nil, 320)) {
				count++
			}
		}
		return count
	}
	before := corrected()
	aware.ExpectLoss(250)
	if got, want := e.String(), "encode opus 16 kHz 32 kbit/s complexity 5 FEC for 100 % loss"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if after := corrected(); before > 5 || after < 25 {
		t.Errorf("%d packets carried correction where no loss was expected, %d where much was", before, after)
	}
}

func TestWhatMakesNoSenseIsConcealed(t *testing.T) {
	e, d := pair(t, Opus, Settings{Rate: 16000})
	for _, packet := range packets(e, tone(16000, 16000, 300, 8000)) {
		d.Decode(nil, packet)
	}
	if got := d.Decode(nil, []byte{0x03}); len(got) != 320 || rms(got) < 500 { // a count of frames is missing
		t.Errorf("%d samples, %g loud", len(got), rms(got))
	}
	if got := d.Decode(nil, nil); len(got) != 0 {
		t.Errorf("%d samples of no packet", len(got))
	}
	for _, n := range []int{1, 39, 40, 41, 1920, 5000} {
		if got := d.Conceal(nil, n); len(got) != n {
			t.Errorf("%d samples concealed, want %d", len(got), n)
		}
	}
	if got := e.Encode(nil, make([]int16, 333)); len(got) != 0 {
		t.Errorf("a frame of 333 samples made %d octets", len(got))
	}
}

// TestCMemoryIsFreed: closed or forgotten, an encoder or decoder leaves nothing behind, and is harmless once closed.
func TestCMemoryIsFreed(t *testing.T) {
	e, d := pair(t, Opus, Settings{})
	for range 2 {
		shut(e)
		shut(d)
	}
	if got := e.Encode(nil, make([]int16, 960)); len(got) != 0 {
		t.Error("a closed encoder encodes")
	}
	if got := d.Decode(nil, []byte{0x78, 0}); len(got) != 0 {
		t.Error("a closed decoder decodes")
	}
	if got := d.Conceal([]int16{5}, 960); len(got) != 961 || rms(got[1:]) != 0 {
		t.Error("a closed decoder conceals with something else than silence")
	}
	forgotten := make(chan bool, 1)
	func() {
		encoder, err := newOpusEncoder(Settings{Rate: 8000})
		if err != nil {
			t.Fatal(err)
		}
		inner, _ := encoder.(*opusEncoder)
		runtime.AddCleanup(inner, func(c chan bool) { c <- true }, forgotten)
	}()
	for range 100 {
		runtime.GC()
		select {
		case <-forgotten:
			return
		default:
			runtime.Gosched()
		}
	}
	t.Error("something holds a forgotten encoder, so its memory is never freed")
}
