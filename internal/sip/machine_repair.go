package sip

import (
	"net/netip"

	"parley/internal/id"
)

// repair asks for the session anew as it stands, at our address of now: its next version has both ends, and the NATs
// between them, set up the sound once more.
type repair struct {
	Addr netip.Addr `json:"addr,omitzero"`
}

// listenAnew lets the sound of the same peer come from another port (RFC 4961), as behind a NAT that has forgotten it.
type listenAnew struct{}

func (repair) signal()     {}
func (listenAnew) action() {}

// Repaired says what came of Server.Repair: the final status of the re-INVITE. Glare is not told but retried
// (RFC 3261 §14.1). After a refusal the session is as it was.
type Repaired struct {
	Code int `json:"code"`
}

func (Repaired) progress() {}

// Repair sends a re-INVITE with the session as it stands, to bring lost sound back; Repaired follows. It passes over a leg
// that is not up, or whose session is just being settled.
func (s *Server) Repair(leg id.Leg) error {
	l, ok := s.legs.byID(leg)
	if !ok {
		return ErrGone
	}
	return s.ask(leg, repair{Addr: s.addrFor(l.peer())})
}

// peer is the address that the far side's messages come from; the zero one before there is a dialog.
func (l *leg) peer() netip.Addr {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.dialogs) == 0 {
		return netip.Addr{}
	}
	return l.dialogs[len(l.dialogs)-1].dialog.hop.Addr.Addr()
}

func (m *legMachine) repair(s repair) error {
	switch {
	case m.mending:
		return nil // the one under way is not over
	case m.phase != up || m.pending.CSeq != 0 || m.waiting != nil:
		return ErrNotNow
	}
	if s.Addr.IsValid() {
		m.mouth.Addr = s.Addr
	}
	m.mending = true
	m.do(stopTimer{Timer: timerGlare}) // of an offer that this one makes needless
	m.offerAgain(ourRequest{})
	return nil
}

// mended ends a repair with the final status of its re-INVITE.
func (m *legMachine) mended(code int) {
	if !m.mending {
		return
	}
	m.mending = false
	if m.ended {
		return
	}
	if code < 300 {
		m.do(listenAnew{})
	}
	m.tell(Repaired{Code: code})
}

// nextOffer is the offer inside a dialog. That of a repair names the codec in use first, so that nothing else changes.
func (m *legMachine) nextOffer() string {
	if !m.mending {
		return m.ownOffer()
	}
	all := m.mouth.Codecs
	m.mouth.Codecs = Codecs{codecNamed(m.agreed.Codec)}
	for one := range all.All() {
		m.mouth.Codecs.add(one)
	}
	text := m.ownOffer()
	m.mouth.Codecs = all
	return text
}
