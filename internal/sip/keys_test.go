package sip

import (
	"testing"

	"parley/internal/codec"
	"parley/internal/id"
	"parley/internal/media"
)

// TestKeysCrossByInfo: keys go from one leg of a call to the other, though one takes and sends them by INFO alone.
func TestKeysCrossByInfo(t *testing.T) {
	near := openHouse(t)
	room := near.config.Media.OpenRoom("room")
	defer room.Close()
	call := func(how DTMF) (ours, theirs id.Leg, far *house) {
		far = openHouse(t, func(h *house, _ *Config) { h.trunks[loopbackAddr] = Trunk{ID: "trunk", DTMF: how} })
		far.on(answering)
		ours = id.Leg(how)
		near.Dial(ours, Target{URI: "sip:1@" + far.at(), From: "2", DTMF: how, Codecs: Codecs{codec.PCMU}})
		near.hears(ours, "Answered")
		return ours, far.call(0).Leg, far
	}
	ours, theirs, far := call(DTMFInfo)
	other, others, house := call(DTMFEvents)
	room.Arrange([]media.Hearing{{Leg: ours, From: other}, {Leg: other, From: ours}})
	far.pressUntilHeard(theirs, "1", house, others)
	house.pressUntilHeard(others, "2", far, theirs)
	pressBoth(far, house, theirs, others, "5", "8")
	near.hears(ours, "Digit{Digit:5}")
	near.hears(other, "Digit{Digit:8}")
}
