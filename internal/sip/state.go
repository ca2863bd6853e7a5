package sip

import (
	"bytes"
	"encoding/json"
	"time"

	"parley/internal/id"
)

// LegState is what must be known of an answered leg to take its dialog up again (RFC 3261 §12): plain data, without
// passwords and without keys of the sound.
type LegState struct {
	Leg       id.Leg    `json:"leg"`
	Phase     string    `json:"phase"`
	Caller    bool      `json:"caller"` // we sent the INVITE
	CallID    string    `json:"call_id"`
	From      string    `json:"from"` // ours, with our tag
	To        string    `json:"to"`   // theirs, with their tag
	Target    string    `json:"target"`
	Routes    []string  `json:"routes,omitempty"`
	Hop       string    `json:"hop"` // host:port that the far side's messages come from
	Transport string    `json:"transport"`
	CSeq      uint32    `json:"cseq"`    // of our last request
	Remote    uint32    `json:"remote"`  // of the far side's
	Version   uint64    `json:"version"` // of our description
	Agreed    agreement `json:"agreed"`
	HeldByFar bool      `json:"held_by_far,omitempty"`
}

// settleAfter is how long a leg goes on until its state is kept: a call that is shorter never is.
const settleAfter = 50 * time.Millisecond

// settle is what the owner of a leg does once it has settled; nil without a journal.
func (s *Server) settle(l *leg) func() {
	if s.config.Journal == nil {
		return nil
	}
	return l.keep
}

// keep hands the state of an answered leg to the journal when it has changed.
func (l *leg) keep() {
	if l.machine.ended || l.machine.phase != up && l.machine.phase != accepting {
		return
	}
	state, ok := l.state()
	if !ok {
		return
	}
	data, err := json.Marshal(state)
	if err != nil {
		l.log().Error("leg not journaled", "err", err)
		return
	}
	if !bytes.Equal(data, l.kept) {
		l.kept = data
		l.server.config.Journal(l.id, data)
	}
}

// state is the leg as it is now; false when no dialog stands.
func (l *leg) state() (LegState, bool) {
	d, ok := l.standing()
	if !ok {
		return LegState{}, false
	}
	m := l.machine
	s := LegState{
		Leg: l.id, Phase: string(m.phase), Caller: m.caller, CallID: l.callID, From: d.from.Value(), To: d.to.Value(),
		Target: d.target.String(), Hop: d.hop.Addr.String(), Transport: d.hop.Transport, CSeq: m.cseq, Remote: m.remote,
		Version: m.version, Agreed: m.agreed, HeldByFar: m.heldByFar,
	}
	for _, r := range d.routes {
		s.Routes = append(s.Routes, r.String())
	}
	return s, true
}

// standing is the dialog that won, or the only one of a leg that is called.
func (l *leg) standing() (*dialog, bool) {
	if d, ok := l.dialog(l.machine.winner); ok {
		return d, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.machine.caller || len(l.dialogs) != 1 {
		return nil, false
	}
	return l.dialogs[0].dialog, true
}
