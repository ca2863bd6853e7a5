package sip

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// Ring sends 180. ErrGone when the leg is not known or has ended, here as in all that follow; none of them waits, and a
// wish that the leg's state does not allow changes nothing.
func (s *Server) Ring(leg id.Leg) error { return s.ask(leg, ring{}) }

// EarlyMedia sends 183 with an answer, so that sound reaches the caller before the call is answered. A caller that made
// no offer (late offer) gets 180, for an offer may not travel in an unreliable response (RFC 3261 §13.2.1).
func (s *Server) EarlyMedia(leg id.Leg) error { return s.ask(leg, earlyMedia{}) }

// Answer sends 200; Answered follows at once.
func (s *Server) Answer(leg id.Leg) error { return s.ask(leg, answer{}) }

// Reject refuses a call that is not answered yet with the status of cause (RFC 3398 §8.2.6.1).
func (s *Server) Reject(leg id.Leg, cause tel.Cause) error { return s.ask(leg, reject{Cause: cause}) }

// HangUp ends the leg in whatever state it is: refusal, CANCEL or BYE. Ended follows at once.
func (s *Server) HangUp(leg id.Leg, cause tel.Cause) error { return s.ask(leg, hangUp{Cause: cause}) }

// Refresh sends a re-INVITE with what was agreed (RFC 3261 §14.1), to take a leg up again or to see that it lives.
func (s *Server) Refresh(leg id.Leg) error { return s.ask(leg, refresh{}) }

// Prefer puts codecs before the others that the leg may use. Before the answer has gone out it chooses among what the far
// side offers (Incoming.Offered); later the far side gets a new offer, when the leg speaks another codec than the first.
// Codecs that the leg may not use are passed over.
func (s *Server) Prefer(leg id.Leg, codecs Codecs) error { return s.ask(leg, prefer{Codecs: codecs}) }

// SendDigit sends one key to the far side as its DTMF says: by DTMFAutomatic as RFC 4733 events, or as INFO when the far
// side did not agree to them and does not say that it takes no INFO.
func (s *Server) SendDigit(leg id.Leg, digit tel.Digit) error {
	return s.ask(leg, pressed{Digit: digit})
}
