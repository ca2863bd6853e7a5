package sip

import (
	"parley/internal/tel"
)

// requested answers a request inside the dialog.
func (m *legMachine) requested(s requested) {
	m.noteAllow(s.Allow)
	if s.Method == "BYE" {
		m.byeCame(s)
		return
	}
	if m.phase == closing || m.phase == calling && s.Method != "UPDATE" {
		m.do(respond{Tx: s.Tx, Code: 481})
		return
	}
	switch s.Method {
	case "INVITE":
		m.reinvited(s)
	case "UPDATE":
		m.updated(s)
	case "INFO":
		m.informed(s)
	case "OPTIONS":
		m.do(respond{Tx: s.Tx, Code: 200})
	case "REFER":
		m.referred(s)
	case "PRACK", "NOTIFY":
		m.do(respond{Tx: s.Tx, Code: 481}) // nothing was sent reliably, nothing is subscribed (RFC 3262 §3, RFC 6665 §4.1.3)
	default:
		m.do(respond{Tx: s.Tx, Code: 405})
	}
}

// byeCame ends the leg; in an early dialog the INVITE gets 487 as well (RFC 3261 §15.1.2).
func (m *legMachine) byeCame(s requested) {
	m.do(respond{Tx: s.Tx, Code: 200})
	cause := s.Cause
	if cause == 0 {
		cause = tel.CauseNormal
	}
	if m.phase == proceeding {
		m.do(stopTimer{Timer: timerKeepAlive})
		m.do(respond{Code: 487})
	}
	m.tellEnd(Ended{Cause: cause, Reason: s.Reason, ByPeer: true})
	if m.phase == calling { // a callee ends its early dialog with a final response, not with BYE; take it at its word
		m.phase = closing
		for i := range m.attempts {
			m.cancelAttempt(i, cause)
		}
		m.timer(timerLinger, m.times.whole())
		return
	}
	if m.phase == closing && m.bye.CSeq != 0 {
		return // both sent BYE: ours is answered as well
	}
	m.leave()
}

// outOfOrder refuses what was overtaken (RFC 3261 §12.2.2). Only offers are so strict: over UDP a key in INFO may
// arrive late and is still a key.
func (m *legMachine) outOfOrder(s requested) bool {
	if s.CSeq <= m.remote {
		m.do(respond{Tx: s.Tx, Code: 500, RetryAfter: 1})
		return true
	}
	m.remote = s.CSeq
	return false
}

// reinvited changes the session (RFC 3261 §14.2).
func (m *legMachine) reinvited(s requested) {
	if m.phase == proceeding || m.outOfOrder(s) {
		if m.phase == proceeding {
			m.do(respond{Tx: s.Tx, Code: 500, RetryAfter: 3})
		}
		return
	}
	if m.pending.CSeq != 0 || m.waiting != nil && m.waiting.Offer {
		m.do(respond{Tx: s.Tx, Code: 491})
		return
	}
	if s.Body == "" { // late offer: ours goes into the 200, theirs comes in the ACK
		m.stopWaiting()
		m.accept(s.Tx, s.CSeq, m.ownOffer(), true)
		return
	}
	r, err := m.reply(s.Body)
	if err != nil {
		m.do(respond{Tx: s.Tx, Code: 488, Why: err.Error()})
		return
	}
	m.stopWaiting()
	if m.phase == accepting {
		m.phase = up // the far side would not go on without having seen our 200
	}
	m.accept(s.Tx, s.CSeq, r.Text, false)
	m.take(r)
}

// updated changes the session without an ACK (RFC 3311 §5.2).
func (m *legMachine) updated(s requested) {
	if m.outOfOrder(s) {
		return
	}
	switch {
	case s.Body == "":
		m.do(respond{Tx: s.Tx, Code: 200})
	case m.pending.CSeq != 0, m.waiting != nil && m.waiting.Offer, m.phase == calling:
		m.do(respond{Tx: s.Tx, Code: 491})
	case m.phase == proceeding:
		m.do(respond{Tx: s.Tx, Code: 500, RetryAfter: 3})
	default:
		m.updateOffered(s)
	}
}

func (m *legMachine) updateOffered(s requested) {
	r, err := m.reply(s.Body)
	if err != nil {
		m.do(respond{Tx: s.Tx, Code: 488, Why: err.Error()})
		return
	}
	m.do(respond{Tx: s.Tx, Code: 200, SDP: r.Text})
	m.take(r)
}

// informed takes a key in INFO.
func (m *legMachine) informed(s requested) {
	if s.Body == "" {
		m.do(respond{Tx: s.Tx, Code: 200})
		return
	}
	digit, ok := readRelay(s.Type, s.Body)
	if !ok {
		m.do(respond{Tx: s.Tx, Code: 415})
		return
	}
	m.do(respond{Tx: s.Tx, Code: 200})
	if m.ended {
		return
	}
	m.tell(Digit{Digit: digit})
	m.do(passKey{Digit: digit})
	if m.agreed.InBand { // else who sends both would be heard to press each key twice
		m.agreed.InBand = false
		m.do(agreeOn{Terms: m.agreed})
	}
}
