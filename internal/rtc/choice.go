package rtc

import (
	"slices"

	"parley/internal/media"
)

// Preference says which codec a browser is answered with. One connection carries all calls of an agent, so that the far
// side of none of them is known when it is made.
type Preference string

// The preferences.
const (
	// Sparing takes G.711, which most far sides speak, so that nothing is transcoded; and Opus, which mends what is lost,
	// at the next negotiation after more than 3 % of our packets were.
	Sparing Preference = "auto"
	// Wide takes Opus wherever the browser and this build know it.
	Wide Preference = "opus"
	// Narrow takes G.711 always.
	Narrow Preference = "g711"
)

// Known tells whether p is one of the preferences; the empty one is Sparing.
func (p Preference) Known() bool { return slices.Contains([]Preference{"", Sparing, Wide, Narrow}, p) }

// lossLimit is the part of our packets that may be lost until Opus pays (SP-12).
const lossLimit = 0.03

// choice is what an answer settles on: one codec, and telephone-event at its clock, for at another clock digits lose
// packets. A browser may send whatever an answer names and Chromium sends its first; with one codec in it, what comes
// is what is expected, and a leg that changes its codec does so by another negotiation, with each restart of ICE at the
// latest.
type choice struct {
	format
	event uint8 // 0 when the browser offers none at that clock
}

// choose picks from an offer, given the part of our packets that was lost.
func (p Preference) choose(o offer, loss float64) choice {
	opus := p == Wide || p != Narrow && loss > lossLimit
	best := o.codecs[0]
	for _, f := range o.codecs {
		if (f.codec == media.Opus) == opus {
			best = f
			break
		}
	}
	c := choice{format: best}
	for _, e := range o.events {
		if e.clock == best.clock {
			c.event = e.payload
		}
	}
	return c
}

// terms are what offer and answer settle for the leg's sound.
func (c choice) terms(o offer, loss float64) media.Terms {
	return media.Terms{
		Codec: c.codec, PayloadType: c.payload, EventType: c.event, EventClock: c.clock, Send: o.receives, Receive: o.sends,
		Ptime: o.packet, Coding: media.Coding{FEC: true, DTX: true, Loss: int(min(loss, 0.3) * 100)},
	}
}

// opusSettings ask a browser for correction in advance, silence unsent and the rate of a voice (RFC 7587 §6.1).
const opusSettings = "minptime=10;useinbandfec=1;usedtx=1;stereo=0;maxaveragebitrate=24000"
