package media

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// Event is something that happened to the sound of one leg: DigitPressed, KeyWanted, PlayEnded, SoundLost, SoundBack,
// Talking or AnswererHeard.
type Event interface{ media() }

// DigitPressed says that the far side began to send a digit; it comes once for each key.
type DigitPressed struct {
	Leg   id.Leg
	Digit tel.Digit
}

// PlayEnded says that a play without Loop came to its end by itself.
type PlayEnded struct {
	Leg id.Leg
	Tag string
}

// SoundLost says that no RTP came for a second although the leg may receive. RTCP does not count.
type SoundLost struct{ Leg id.Leg }

// SoundBack says that RTP came again after SoundLost.
type SoundBack struct{ Leg id.Leg }

// Talking says that a leg in a mix began or ended to talk, by the strength of its sound; it comes a few times a second
// at most.
type Talking struct {
	Leg id.Leg
	On  bool
}

func (Talking) media()      {}
func (DigitPressed) media() {}
func (PlayEnded) media()    {}
func (SoundLost) media()    {}
func (SoundBack) media()    {}
