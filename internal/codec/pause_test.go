//go:build cgo

package codec

import "testing"

// TestPausesAreSpared has somebody talk, pause over a quiet background, and talk again: the encoder is shown few frames of the
// pause, and the first one of the talk.
func TestPausesAreSpared(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		one, err := NewEncoder(Opus, Settings{Rate: rate, DTX: true})
		if err != nil {
			t.Fatal(err)
		}
		e := one.(*opusEncoder)
		n := rate / 50
		talk, background := babble(rate, rate), hiss(3*rate, 20)
		for at := 0; at < len(talk); at += n {
			e.Encode(nil, talk[at:at+n])
		}
		sent, spared := 0, 0
		for at := 0; at < len(background); at += n {
			before := e.pause.spared
			if packet := e.Encode(nil, background[at:at+n]); len(packet) > 0 {
				sent++
			}
			if e.pause.spared > before {
				spared++
			}
		}
		if frames := len(background) / n; sent > frames/3 || spared < frames/2 {
			t.Errorf("%d Hz: %d of %d frames of a pause were sent and %d spared", rate, sent, frames, spared)
		}
		e.pause.spared = 0 // the encoder was shown one just now, so that it would not look by itself
		loud := talk[n*5 : n*6]
		if packet := e.Encode(nil, loud); len(packet) == 0 {
			t.Errorf("%d Hz: the talk after the pause is not sent at once", rate)
		}
		e.Close()
	}
}

// TestPauseEndsWhereItGetsLouder holds the background against the one at which the pause began.
func TestPauseEndsWhereItGetsLouder(t *testing.T) {
	var p pause
	show := func(level float64, want bool) {
		t.Helper()
		if p.goesOn(hiss(160, level)) == want {
			t.Errorf("a frame at %g: shown to the encoder is %v", level, !want)
		}
	}
	show(20, true)
	p.note(false)
	show(20, true) // it was sent
	p.note(true)
	show(20, false)
	show(60, true) // still quiet, and yet three times as loud
	p.note(true)
	show(60, false)
	show(200, true) // no background any more
	p.note(true)
	for range pauseLooks - 1 {
		show(20, false)
	}
	show(20, true) // now and then
}
