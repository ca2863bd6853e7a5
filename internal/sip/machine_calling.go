package sip

import (
	"parley/internal/tel"
)

// attempt is one INVITE of ours: one target of a leg that calls.
type attempt struct {
	CSeq       uint32
	Alive      bool // no final response yet
	Heard      bool // a provisional response came: it may be cancelled (RFC 3261 §9.1)
	Challenged bool
	Cancelled  bool
	Insists    bool // on encryption, after one that only asked for it
	Code       int
	Reason     string
}

func (m *legMachine) dial(s dial) error {
	if m.phase != idle {
		return ErrNotNow
	}
	m.caller, m.mouth, m.password, m.phase, m.cseq = true, s.Mouth, s.Password, calling, 1
	if s.Targets == 0 {
		m.tellEnd(Ended{Cause: tel.CauseNetworkOutOfOrder, Code: 480, Reason: s.Problem})
		m.phase = over
		return nil
	}
	offer := m.ownOffer()
	for i := range s.Targets {
		m.attempts = append(m.attempts, attempt{CSeq: 1, Alive: true})
		m.do(request{Attempt: i, Method: "INVITE", CSeq: 1, Type: typeSDP, Body: offer})
	}
	return nil
}

// responded sorts responses by what they answer.
func (m *legMachine) responded(s responded) {
	m.noteAllow(s.Allow)
	switch {
	case s.Method == "INVITE" && s.Attempt < len(m.attempts) && s.CSeq == m.attempts[s.Attempt].CSeq:
		m.inviteAnswered(s)
	case (s.Method == "INVITE" || s.Method == "UPDATE") && s.CSeq == m.pending.CSeq && s.CSeq != 0:
		m.offerAnswered(s)
	case s.Method == "INVITE" && s.Code >= 200 && s.Code < 300 && m.dialogOf(s) == m.winner:
		m.do(acknowledge{Attempt: s.Attempt, Tag: s.Tag, CSeq: s.CSeq}) // our ACK was lost
	case s.Method == "BYE" && s.CSeq == m.bye.CSeq && s.Code >= 200:
		m.byeAnswered(s)
	}
}

func (m *legMachine) dialogOf(s responded) dialogName { return dialogName{s.Attempt, s.Tag} }

func (m *legMachine) inviteAnswered(s responded) {
	switch {
	case s.Code < 200:
		m.provisionalCame(s)
	case s.Code < 300:
		m.answerCame(s)
	case m.wantsPassword(s) && !m.attempts[s.Attempt].Challenged && m.phase == calling:
		m.challenged(s)
	case m.insists(s):
		m.insist(s.Attempt)
	default:
		m.refused(s.Attempt, s.Code, s.Reason, true)
	}
}

// wantsPassword tells whether a response asks for a password that we have (RFC 3261 §22.1).
func (m *legMachine) wantsPassword(s responded) bool {
	return (s.Code == 401 || s.Code == 407) && m.password && !s.Foreign
}

// challenged sends the INVITE again with credentials (RFC 3261 §22.2).
func (m *legMachine) challenged(s responded) {
	a := &m.attempts[s.Attempt]
	m.cseq++
	*a = attempt{CSeq: m.cseq, Alive: true, Challenged: true, Insists: a.Insists}
	m.do(request{Attempt: s.Attempt, Method: "INVITE", CSeq: a.CSeq, Type: typeSDP, Body: m.offerOf(s.Attempt), Challenged: true})
}

func (m *legMachine) provisionalCame(s responded) {
	a := &m.attempts[s.Attempt]
	if !a.Alive {
		return
	}
	a.Heard = true
	if m.phase != calling {
		m.cancelAttempt(s.Attempt, tel.CauseNormal)
		return
	}
	if s.Code == 100 {
		return
	}
	if m.earlySound(s) {
		m.tell(EarlyMedia{Code: s.Code})
		return
	}
	m.tell(Ringing{Code: s.Code})
}

// answerCame takes a 2xx: the first makes the dialog, every other is acknowledged and ended (RFC 3261 §13.2.2.4).
func (m *legMachine) answerCame(s responded) {
	m.attempts[s.Attempt].Alive = false
	m.do(acknowledge{Attempt: s.Attempt, Tag: s.Tag, CSeq: s.CSeq})
	if m.winner.Tag != "" && m.dialogOf(s) == m.winner {
		return
	}
	if m.phase != calling {
		m.endFork(s)
		return
	}
	m.winner = m.dialogOf(s)
	m.cancelOthers(s.Attempt)
	if err := m.finalAnswer(s); err != nil {
		m.unusable("no usable answer: ", err)
		return
	}
	m.phase = up
	m.tell(Answered{})
	m.noteHold()
}

// endFork sends BYE in a dialog that nobody wants.
func (m *legMachine) endFork(s responded) {
	m.cseq++
	m.do(request{Attempt: s.Attempt, Tag: s.Tag, Method: "BYE", CSeq: m.cseq, Cause: tel.CauseNormal})
	if m.winner.Tag == "" {
		m.winner = m.dialogOf(s)
		m.bye = ourRequest{CSeq: m.cseq}
	}
}

func (m *legMachine) cancelOthers(winner int) {
	for i, a := range m.attempts {
		if i != winner && a.Alive {
			m.cancelAttempt(i, tel.CauseNormal)
		}
	}
}

// cancelAttempt sends CANCEL, or waits with it until a provisional response has come (RFC 3261 §9.1).
func (m *legMachine) cancelAttempt(i int, cause tel.Cause) {
	a := &m.attempts[i]
	if a.Alive && a.Heard && !a.Cancelled {
		a.Cancelled = true
		m.do(cancel{Attempt: i, Cause: cause})
	}
}

// refused takes a final refusal of one attempt. A 6xx ends them all (RFC 3261 §16.7 step 5).
func (m *legMachine) refused(i, code int, reason string, byPeer bool) {
	a := &m.attempts[i]
	a.Alive, a.Code, a.Reason = false, code, reason
	if code >= 600 {
		m.cancelOthers(i)
	}
	if m.anyAlive() {
		return
	}
	if m.phase == calling {
		best := m.bestRefusal()
		m.tellEnd(Ended{Cause: tel.CauseOfStatus(best.Code), Code: best.Code, Reason: m.wordsOf(best), ByPeer: byPeer})
		m.phase = over
		return
	}
	m.finish()
}

func (m *legMachine) anyAlive() bool {
	for _, a := range m.attempts {
		if a.Alive {
			return true
		}
	}
	return false
}

// bestRefusal is what the caller is told when all attempts failed: a 6xx, else busy, else the lowest class
// (RFC 3261 §16.7 step 6).
func (m *legMachine) bestRefusal() attempt {
	rank := func(a attempt) int {
		switch {
		case a.Code >= 600:
			return 0
		case a.Code == 486:
			return 1
		case a.Code == 408 || a.Code == 482:
			return 900
		}
		return a.Code
	}
	best := m.attempts[0]
	for _, a := range m.attempts[1:] {
		if rank(a) < rank(best) {
			best = a
		}
	}
	return best
}

// failed takes a request that found no way out or no response.
func (m *legMachine) failed(s failed) {
	switch {
	case s.Method == "INVITE" && s.Attempt < len(m.attempts) && s.CSeq == m.attempts[s.Attempt].CSeq:
		if m.attempts[s.Attempt].Alive {
			m.refused(s.Attempt, s.Code, "", false)
		}
	case (s.Method == "INVITE" || s.Method == "UPDATE") && s.CSeq == m.pending.CSeq:
		m.offerFailed(s.Code)
	case s.Method == "BYE" && s.CSeq == m.bye.CSeq:
		m.bye = ourRequest{}
		m.finish()
	}
}

// finish leaves the wire when no attempt may still answer and no BYE is under way.
func (m *legMachine) finish() {
	if m.phase == closing && !m.anyAlive() && m.bye.CSeq == 0 {
		m.leave()
	}
}

// hangUp ends the leg, whatever its state.
func (m *legMachine) hangUp(cause tel.Cause) error {
	switch m.phase {
	case idle: // the targets are still being looked up
		m.tellEnd(Ended{Cause: cause, Code: 487})
		m.phase = over
	case proceeding:
		return m.reject(cause)
	case calling:
		m.abandon(cause)
	case accepting:
		m.tellEnd(Ended{Cause: cause})
		m.waiting.Leaving, m.waiting.Cause = true, cause
	case up:
		m.tellEnd(Ended{Cause: cause})
		m.sendBye(cause)
	default:
		return ErrNotNow
	}
	return nil
}

// abandon gives up calling. An attempt that hears no final response after its CANCEL is given up after 64·T1.
func (m *legMachine) abandon(cause tel.Cause) {
	m.tellEnd(Ended{Cause: cause, Code: 487})
	m.phase = closing
	for i := range m.attempts {
		m.cancelAttempt(i, cause)
	}
	m.timer(timerLinger, m.times.whole())
}

func (m *legMachine) byeAnswered(s responded) {
	if m.wantsPassword(s) && !m.bye.Challenged {
		m.cseq++
		m.bye = ourRequest{CSeq: m.cseq, Challenged: true}
		bye := m.inDialog("BYE", m.cseq, "", "")
		bye.Challenged = true
		m.do(bye)
		return
	}
	m.bye = ourRequest{}
	m.finish()
}
