package lab

import (
	"fmt"
	"math"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/media"
	"parley/internal/sip"
)

const (
	sales   = "+12025550100"
	support = "+12025550101"
	// The voices: none is a harmonic of another, and none is a tone of the network.
	callerVoice = 437
	agentVoice  = 701
	otherVoice  = 1009
)

var carrierRanges atomic.Int64

// network is a telephone network beside the world.
func network(t *testing.T, c carrier.Config) *carrier.Carrier {
	t.Helper()
	first := 29000 + 100*(carrierRanges.Add(1)%36)
	c.First, c.Last = uint16(first), uint16(first+99)
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	n, err := carrier.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Close)
	return n
}

// caller calls a number of the world with a tone for a voice, and listens.
func caller(t *testing.T, n *carrier.Carrier, w *World, to, from string, hertz int) *carrier.Call {
	t.Helper()
	return place(t, n, w, to, from, carrier.Behaviour{Speak: Tone(hertz), Loop: true, Listen: true})
}

func place(t *testing.T, n *carrier.Carrier, w *World, to, from string, b carrier.Behaviour) *carrier.Call {
	t.Helper()
	k, err := n.Call(t.Context(), sip.Target{URI: fmt.Sprintf("sip:%s@%s", to, w.SIP), From: from}, b)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// reached waits for a channel of a call.
func reached(t *testing.T, what string, c <-chan struct{}) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(Patience):
		t.Fatalf("waited in vain: %s", what)
	}
}

// ended waits for the end of a call and gives it.
func ended(t *testing.T, k *carrier.Call) sip.Ended {
	t.Helper()
	reached(t, "the call ends", k.Over())
	end, _ := k.End()
	return end
}

// listens waits until the caller hears something.
func listens(t *testing.T, k *carrier.Call, what string, window time.Duration, enough func([]int16) bool) {
	t.Helper()
	if !Comes(Patience, func() bool { return enough(k.Heard(window)) }) {
		pcm := k.Heard(window)
		hertz, strength := media.Ear{}.Dominant(pcm)
		t.Fatalf("the caller does not hear %s but %.0f Hz (%.3f), level %.4f", what, hertz, strength, media.Ear{}.Level(pcm))
	}
}

// hearsTone waits until the caller hears only a tone for a third of a second.
func hearsTone(t *testing.T, k *carrier.Call, hertz float64, others ...float64) {
	t.Helper()
	listens(t, k, fmt.Sprintf("only %.0f Hz", hertz), 300*time.Millisecond, func(pcm []int16) bool { return OnlyTone(pcm, hertz, others...) })
}

// hearsSound waits until what the caller hears is a piece of a sound.
func hearsSound(t *testing.T, k *carrier.Call, what string, sound *media.Sound) {
	t.Helper()
	best, next := 0.0, time.Time{}
	if !Comes(Patience, func() bool {
		if time.Now().Before(next) { // a comparison is work
			return false
		}
		next = time.Now().Add(300 * time.Millisecond)
		best = math.Max(best, Likeness(k.Heard(300*time.Millisecond), sound))
		return best > 0.97
	}) {
		t.Fatalf("the caller does not hear %s: likeness %.2f", what, best)
	}
}
