package sip

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"parley/internal/codec"
	"parley/internal/id"
	"parley/internal/tel"
)

// TestKeysArriveEveryWay: a key pressed at one end is heard at the other, with every codec, encrypted and not, by events,
// by INFO, and after the codec has changed in mid-call.
func TestKeysArriveEveryWay(t *testing.T) {
	far, near := openHouse(t, withTrunk), openHouse(t)
	far.on(answering)
	n := 0
	for one := range carried().All() {
		for _, how := range []Security{SecurityAccepted, SecurityOptional, SecurityRequired} {
			t.Run(fmt.Sprintf("%s %s", one, how), func(t *testing.T) {
				leg := newLegID()
				near.Dial(leg, Target{URI: "sip:1@" + far.at(), From: "2", Codecs: Codecs{one, codec.PCMA}, SRTP: how})
				near.hears(leg, "Answered")
				call := far.call(n)
				n++
				if call.Offered[0] != one {
					t.Errorf("offered %s", call.Offered)
				}
				pressBoth(near, far, leg, call.Leg, "5", "8")
				if err := near.Prefer(leg, Codecs{codec.PCMA}); err != nil {
					t.Error(err)
				}
				waitFor(t, "PCMA", func() bool {
					return strings.Contains(near.path(leg), "PCMA") && strings.Contains(far.path(call.Leg), "PCMA")
				})
				pressBoth(near, far, leg, call.Leg, "7", "3")
				for _, path := range []string{near.path(leg), far.path(call.Leg)} {
					if encrypted := strings.Contains(path, "AEAD_AES_128_GCM"); !strings.Contains(path, "PCMA") || encrypted != (how != SecurityAccepted) {
						t.Errorf("the sound goes %s", path)
					}
				}
				_ = near.HangUp(leg, tel.CauseNormal)
				near.endsOnce(leg)
				far.endsOnce(call.Leg)
			})
		}
	}
}

func pressBoth(near, far *house, ours, theirs id.Leg, one, other tel.Digit) {
	near.t.Helper()
	_ = near.SendDigit(ours, one)
	far.hears(theirs, fmt.Sprintf("Digit{Digit:%s}", one))
	_ = far.SendDigit(theirs, other)
	near.hears(ours, fmt.Sprintf("Digit{Digit:%s}", other))
}

// path is how the sound of a leg goes out, as the engine tells it.
func (h *house) path(leg id.Leg) string {
	sound, ok := h.Media(leg)
	if !ok {
		return ""
	}
	return sound.Path()
}

// TestCodecsOfTheServer: peers without an order of their own have that of the server; those with one keep it.
func TestCodecsOfTheServer(t *testing.T) {
	far := openHouse(t, withTrunk, func(_ *house, c *Config) { c.Codecs = Codecs{codec.PCMA, codec.PCMU} })
	near := openHouse(t)
	far.on(answering)
	near.Dial("leg", Target{URI: "sip:1@" + far.at(), From: "2"})
	near.hears("leg", "Answered")
	waitFor(t, "PCMA", func() bool { return strings.Contains(near.path("leg"), "PCMA") })
	if call := far.call(0); call.Offered != (Codecs{codec.PCMU, codec.PCMA}) {
		t.Errorf("offered %s", call.Offered)
	}
	other := openHouse(t, func(h *house, c *Config) {
		c.Codecs = Codecs{codec.PCMA, codec.PCMU}
		h.trunks[netip.MustParseAddr("127.0.0.1")] = Trunk{ID: "trunk", Codecs: Codecs{codec.G722}}
	})
	other.on(answering)
	near.Dial("own", Target{URI: "sip:1@" + other.at(), From: "2"})
	near.hears("own", "Answered")
	waitFor(t, "G.722", func() bool { return strings.Contains(near.path("own"), "G722") })
}
