package sip

import (
	"time"

	"parley/internal/tel"
)

// requested answers a request inside the dialog.
func (m *legMachine) requested(now time.Time, s requested) {
	if s.Method == "BYE" {
		m.byeCame(now, s)
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
		m.do(respond{Tx: s.Tx, Code: 603}) // RFC 3515 §2.4.2: a refusal is any final response but 2xx
	case "PRACK", "NOTIFY":
		m.do(respond{Tx: s.Tx, Code: 481}) // nothing was sent reliably, nothing is subscribed (RFC 3262 §3, RFC 6665 §4.1.3)
	default:
		m.do(respond{Tx: s.Tx, Code: 405})
	}
}

// byeCame ends the leg; in an early dialog the INVITE gets 487 as well (RFC 3261 §15.1.2).
func (m *legMachine) byeCame(now time.Time, s requested) {
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
	m.leave(now)
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
	text, agreed, err := m.reply(s.Body)
	if err != nil {
		m.do(respond{Tx: s.Tx, Code: 488})
		return
	}
	m.stopWaiting()
	if m.phase == accepting {
		m.phase = up // the far side would not go on without having seen our 200
	}
	m.version, m.ours = m.version+1, text
	m.accept(s.Tx, s.CSeq, text, false)
	m.settle(agreed)
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
	text, agreed, err := m.reply(s.Body)
	if err != nil {
		m.do(respond{Tx: s.Tx, Code: 488})
		return
	}
	m.version, m.ours = m.version+1, text
	m.do(respond{Tx: s.Tx, Code: 200, SDP: text})
	m.settle(agreed)
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
	if !m.ended {
		m.tell(Digit{Digit: digit})
	}
}

// refresh sends a re-INVITE of ours.
func (m *legMachine) refresh() error {
	if m.phase != up || m.pending.CSeq != 0 || m.waiting != nil {
		return ErrNotNow
	}
	m.reinvite(false)
	return nil
}

func (m *legMachine) reinvite(challenged bool) {
	m.cseq++
	m.pending = ourRequest{CSeq: m.cseq, Challenged: challenged}
	again := m.inDialog("INVITE", m.cseq, typeSDP, m.ownOffer())
	again.Challenged = challenged
	m.do(again)
}

func (m *legMachine) reinviteAnswered(s responded) {
	switch {
	case s.Code < 200:
	case s.Code < 300:
		m.pending = ourRequest{}
		m.do(acknowledge{Attempt: s.Attempt, Tag: s.Tag, CSeq: s.CSeq})
		if m.phase == up && !m.takeAnswer(s.SDP) {
			m.tellEnd(Ended{Cause: tel.CauseIncompatible, Reason: "no usable answer"})
			m.sendBye(tel.CauseIncompatible)
		}
	case (s.Code == 401 || s.Code == 407) && m.password && !m.pending.Challenged && m.phase == up:
		m.reinvite(true)
	case s.Code == 491:
		m.pending = ourRequest{}
		m.glare()
	default:
		m.reinviteFailed(s.Code)
	}
}

// glare waits before the re-INVITE is sent again: 2.1 to 4 s when the Call-ID is ours, else up to 2 s, so that the
// two sides do not meet once more (RFC 3261 §14.1).
func (m *legMachine) glare() {
	if m.caller {
		m.do(setTimer{Timer: timerGlare, Least: 2100 * time.Millisecond, Most: 4 * time.Second})
		return
	}
	m.do(setTimer{Timer: timerGlare, Least: 0, Most: 2 * time.Second})
}

// reinviteFailed leaves the session as it was, unless the far side has lost the dialog (RFC 3261 §12.2.1.2, §14.1).
func (m *legMachine) reinviteFailed(code int) {
	m.pending = ourRequest{}
	if m.phase != up || code != 408 && code != 481 {
		return
	}
	m.tellEnd(Ended{Cause: tel.CauseRecoveryOnTimer, Code: code})
	m.sendBye(tel.CauseRecoveryOnTimer)
}
