package carrier

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/tel"
)

// peers are two carriers: a near one that calls and a far one that is called.
type peers struct {
	*testing.T
	near, far *Carrier

	mu      sync.Mutex
	arrived []*Call
}

func openPeers(t *testing.T, answer func(called, caller string) Behaviour) *peers {
	t.Helper()
	p := &peers{T: t}
	p.near = openCarrier(t, Config{First: 25000, Last: 25999})
	p.far = openCarrier(t, Config{First: 26000, Last: 26999, Answer: answer, Arrived: func(k *Call) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.arrived = append(p.arrived, k)
	}})
	return p
}

func openCarrier(t *testing.T, config Config) *Carrier {
	t.Helper()
	c, err := Open(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// call places a call to a number of the far carrier.
func (p *peers) call(number tel.Number, b Behaviour) *Call {
	p.Helper()
	k, err := p.near.Call(p.Context(), sip.Target{URI: fmt.Sprintf("sip:%s@%s", number, p.far.Addr()), From: "+12025550150"}, b)
	if err != nil {
		p.Fatal(err)
	}
	return k
}

// other is the far side of the only call.
func (p *peers) other() *Call {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.arrived) != 1 {
		p.Fatalf("%d calls arrived, not 1", len(p.arrived))
	}
	return p.arrived[0]
}

func (p *peers) within(what string, done <-chan struct{}) {
	p.Helper()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		p.Fatalf("waited in vain for: %s", what)
	}
}

func (p *peers) end(k *Call) sip.Ended {
	p.Helper()
	select {
	case e := <-k.Ended():
		return e
	case <-time.After(10 * time.Second):
		p.Fatal("waited in vain for the end of a call")
	}
	return sip.Ended{}
}

// hears waits until a call hears that frequency and no other.
func (p *peers) hears(k *Call, hertz float64) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.Context(), 10*time.Second)
	defer cancel()
	err := k.Listen(ctx, 200*time.Millisecond, func(pcm []int16) bool {
		heard, strength := media.Ear{}.Dominant(pcm)
		return strength > 0.2 && math.Abs(heard-hertz) < 10
	})
	if err != nil {
		heard, strength := media.Ear{}.Dominant(k.Heard(200 * time.Millisecond))
		p.Fatalf("%v: %.0f Hz was expected, %.0f Hz heard at %.2f", err, hertz, heard, strength)
	}
}

func tone(hertz float64, length time.Duration) *media.Sound {
	pcm := make([]int16, samplesIn(length))
	for i := range pcm {
		pcm[i] = int16(10000 * math.Sin(2*math.Pi*hertz*float64(i)/media.SampleRate))
	}
	return media.NewSound(pcm)
}

func TestBothSidesHearEachOther(t *testing.T) {
	p := openPeers(t, func(called, caller string) Behaviour {
		if called != "+12025550100" || caller != "+12025550150" {
			t.Errorf("%s called %s", caller, called)
		}
		return Behaviour{Speak: tone(440, time.Second), Loop: true, Listen: true}
	})
	near := p.call("+12025550100", Behaviour{Speak: tone(700, time.Second), Loop: true, Listen: true})
	p.within("the answer", near.Answered())
	far := p.other()
	p.hears(near, 440)
	p.hears(far, 700)
	near.Say(tone(1000, 250*time.Millisecond), true)
	p.hears(far, 1000)
	if s := near.Stats(); s.PacketsIn == 0 || s.PacketsOut == 0 {
		t.Errorf("stats of a call with sound: %+v", s)
	}
	if near.State() != Talking || far.State() != Talking || !far.Incoming() || near.Incoming() {
		t.Errorf("near is %s, far is %s", near.State(), far.State())
	}
	if n := len(p.near.Calls()); n != 1 {
		t.Errorf("%d calls live, not 1", n)
	}
	near.HangUp()
	if e := p.end(far); !e.ByPeer || e.Code != 0 {
		t.Errorf("far side ended with %+v", e)
	}
	if e := p.end(near); e.ByPeer {
		t.Errorf("near side ended with %+v", e)
	}
	if n := len(p.near.Calls()) + len(p.far.Calls()); n != 0 {
		t.Errorf("%d calls live after the end", n)
	}
}

func TestSpeechEndsAndSilenceFollows(t *testing.T) {
	p := openPeers(t, func(string, string) Behaviour { return Behaviour{Listen: true} })
	near := p.call("1", Behaviour{})
	p.within("the answer", near.Answered())
	said := near.Say(tone(700, 300*time.Millisecond), false)
	p.hears(p.other(), 700)
	p.within("the end of the speech", said)
	sent := near.Stats().PacketsOut
	err := p.other().Listen(t.Context(), 100*time.Millisecond, func(pcm []int16) bool {
		return media.Ear{}.Level(pcm) < 0.001 && near.Stats().PacketsOut > sent
	})
	if err != nil {
		t.Fatal(err)
	}
	p.within("a speech that is replaced", func() <-chan struct{} {
		replaced := near.Say(tone(700, time.Second), true)
		near.Say(nil, false)
		return replaced
	}())
}

func TestDigits(t *testing.T) {
	p := openPeers(t, func(string, string) Behaviour { return Behaviour{} })
	near := p.call("1", Behaviour{})
	p.within("the answer", near.Answered())
	for _, digit := range []tel.Digit{"1", "2", "#", "A"} {
		if err := near.Press(digit); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "the keys", func() bool { return p.other().Digits() == "12#A" })
}

// eventually waits until a condition holds, at most ten seconds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	clock := time.NewTicker(2 * time.Millisecond)
	defer clock.Stop()
	deadline := time.After(10 * time.Second)
	for !holds() {
		select {
		case <-clock.C:
		case <-deadline:
			t.Fatalf("waited in vain for: %s", what)
		}
	}
}

func TestNoAnswer(t *testing.T) {
	p := openPeers(t, nil)
	k := p.call(NumberNoAnswer, Behaviour{})
	p.within("ringing", k.Rang())
	k.HangUp()
	p.end(k)
	if e := p.end(p.other()); e.Code != 487 || !e.ByPeer {
		t.Errorf("far side ended with %+v, not 487", e)
	}
}

func TestCallerGivesUpWithItsContext(t *testing.T) {
	p := openPeers(t, nil)
	ctx, giveUp := context.WithCancel(t.Context())
	k, err := p.near.Call(ctx, sip.Target{URI: fmt.Sprintf("sip:%s@%s", NumberNoAnswer, p.far.Addr())}, Behaviour{})
	if err != nil {
		t.Fatal(err)
	}
	p.within("ringing", k.Rang())
	giveUp()
	p.end(k)
}

func TestEarlyMediaThenRefused(t *testing.T) {
	p := openPeers(t, func(string, string) Behaviour {
		return Behaviour{Early: true, Speak: tone(440, 700*time.Millisecond), Refuse: tel.CauseUnallocated}
	})
	k := p.call("1", Behaviour{Listen: true})
	p.hears(k, 440)
	if k.State() != Early {
		t.Errorf("%s, not early", k.State())
	}
	if e := p.end(k); e.Code != 404 {
		t.Errorf("ended with %+v, not 404", e)
	}
	if k.Times().Answered != (time.Time{}) {
		t.Error("a refused call was answered")
	}
}

func TestHangUpAfter(t *testing.T) {
	p := openPeers(t, func(string, string) Behaviour { return Behaviour{HangUpAfter: 50 * time.Millisecond} })
	if e := p.end(p.call("1", Behaviour{})); !e.ByPeer {
		t.Errorf("ended with %+v, not by the far side", e)
	}
}

func TestCloseEndsCalls(t *testing.T) {
	p := openPeers(t, func(string, string) Behaviour { return Behaviour{} })
	k := p.call("1", Behaviour{Listen: true})
	p.within("the answer", k.Answered())
	p.near.Close()
	p.within("the end", k.Over())
	p.end(p.other())
	if err := k.Listen(t.Context(), time.Second, func([]int16) bool { return false }); !errors.Is(err, sip.ErrGone) {
		t.Errorf("listening after the end: %v", err)
	}
	if _, err := p.near.Call(t.Context(), sip.Target{URI: "sip:1@127.0.0.1"}, Behaviour{}); !errors.Is(err, ErrClosed) {
		t.Errorf("calling after Close: %v", err)
	}
}

func TestUnreachable(t *testing.T) {
	c := openCarrier(t, Config{})
	k, err := c.Call(t.Context(), sip.Target{URI: "sip:1@127.0.0.1:1;transport=tcp", From: "2"}, Behaviour{Listen: true})
	if err != nil {
		t.Fatal(err)
	}
	if e := <-k.Ended(); e.Code != 503 {
		t.Errorf("ended with %+v, not 503", e)
	}
	if pcm := k.Heard(50 * time.Millisecond); len(pcm) != 400 || (media.Ear{}).Level(pcm) != 0 {
		t.Errorf("heard %d samples of a call that never was", len(pcm))
	}
}
