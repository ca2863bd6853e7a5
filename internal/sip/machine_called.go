package sip

import (
	"parley/internal/tel"
)

// invited begins a leg that is called. An offer without a codec of ours is refused at once (RFC 3261 §21.4.26).
func (m *legMachine) invited(s invited) error {
	if m.phase != idle {
		return ErrNotNow
	}
	m.phase, m.mouth, m.invite, m.remote = proceeding, s.Mouth, s, s.CSeq
	m.winner, m.allow = dialogName{Tag: s.Tag}, s.Allow
	if s.Offer != "" {
		m.takeOffer(s.Offer)
	}
	return nil
}

// takeOffer prepares the answer to the first offer, or refuses the call.
func (m *legMachine) takeOffer(offer string) {
	r, err := m.reply(offer)
	if err != nil {
		m.do(respond{Code: 488, Why: err.Error()})
		m.ended, m.phase = true, over // it never arrived, so nobody hears of its end
		return
	}
	m.ours, m.agreed, m.session, m.theirs = r.Text, r.Agreed, r.Session, r.Offered
}

// reply is our answer to an offer, and what comes of it.
type reply struct {
	Text    string
	Agreed  agreement
	Session session
	Offered Codecs
}

// reply makes the answer to an offer and changes nothing.
func (m *legMachine) reply(offer string) (reply, error) {
	offered, err := parseDescription(offer)
	if err != nil {
		return reply{}, err
	}
	ours, agreed, so, err := m.mouth.answer(m.version+1, offered)
	if err != nil {
		return reply{}, err
	}
	so.Numbers = m.session.Numbers
	return reply{
		Text: ours.String(), Agreed: agreed, Session: so.with(offered.Streams, ours.Streams),
		Offered: offered.Streams[so.Ours].codecs().Only(m.mouth.Codecs),
	}, nil
}

// take makes a reply ours: it has been sent.
func (m *legMachine) take(r reply) {
	m.version, m.ours, m.session = m.version+1, r.Text, r.Session
	m.settle(r.Agreed)
}

// settle takes the outcome of an offer and answer, and tells of a hold that began or ended.
func (m *legMachine) settle(agreed agreement) {
	if m.settled && m.agreed.SRTP != "" && m.agreed.SRTP != agreed.SRTP {
		m.mouth.Round++ // the keys of that profile are not to be begun with again
	}
	m.agreed, m.settled = agreed, true
	m.do(agreeOn{Terms: agreed})
	m.noteHold()
}

// noteHold tells of a hold by the far side, once the call is answered.
func (m *legMachine) noteHold() {
	if m.phase != up && m.phase != accepting || m.ended || m.heldByFar == !m.agreed.Send || !m.settled {
		return
	}
	m.heldByFar = !m.agreed.Send
	if m.heldByFar {
		m.tell(Held{})
		return
	}
	m.tell(Resumed{})
}

// answerOffer settles on the answer that was made when the INVITE came. The same answer goes into every response to it
// (RFC 3261 §13.2.1).
func (m *legMachine) answerOffer() string {
	if !m.settled && m.invite.Offer != "" {
		m.version++
		m.settle(m.agreed)
	}
	return m.ours
}

func (m *legMachine) ring() error {
	if m.phase != proceeding {
		return ErrNotNow
	}
	m.provisional(respond{Code: 180})
	return nil
}

func (m *legMachine) earlyMedia() error {
	if m.phase != proceeding {
		return ErrNotNow
	}
	if m.invite.Offer == "" {
		m.provisional(respond{Code: 180})
		return nil
	}
	m.provisional(respond{Code: 183, SDP: m.answerOffer()})
	return nil
}

func (m *legMachine) provisional(r respond) {
	m.lastOne = r
	m.do(r)
	m.timer(timerKeepAlive, keepAliveEvery)
}

// answer sends the 200 and sends it again until its ACK is here (RFC 3261 §13.3.1.4).
func (m *legMachine) answer() error {
	if m.phase != proceeding {
		return ErrNotNow
	}
	m.do(stopTimer{Timer: timerKeepAlive})
	late := m.invite.Offer == ""
	text := m.answerOffer()
	if late {
		text = m.ownOffer()
	}
	m.accept(0, m.invite.CSeq, text, late)
	m.phase = accepting
	m.tell(Answered{})
	m.noteHold()
	return nil
}

// ownOffer writes an offer; its version counts up with each description (RFC 3264 §8).
func (m *legMachine) ownOffer() string {
	m.version++
	m.offered = m.mouth.offer(m.version, m.session)
	m.ours = m.offered.String()
	return m.ours
}

// accept sends a 2xx to an INVITE and waits for the ACK.
func (m *legMachine) accept(tx int, cseq uint32, sdp string, offer bool) {
	m.waiting = &unacked{Tx: tx, CSeq: cseq, SDP: sdp, Offer: offer, Interval: m.times.T1}
	m.do(respond{Tx: tx, Code: 200, SDP: sdp})
	m.timer(timerResend, m.times.T1)
	m.timer(timerNoAck, m.times.whole())
}

func (m *legMachine) stopWaiting() {
	if m.waiting == nil {
		return
	}
	m.waiting = nil
	m.do(stopTimer{Timer: timerResend})
	m.do(stopTimer{Timer: timerNoAck})
}

func (m *legMachine) resend() {
	if m.waiting == nil {
		return
	}
	m.do(respond{Tx: m.waiting.Tx, Code: 200, SDP: m.waiting.SDP})
	m.waiting.Interval = min(2*m.waiting.Interval, m.times.T2)
	m.timer(timerResend, m.waiting.Interval)
}

// noAck ends a call whose 2xx was never acknowledged (RFC 3261 §13.3.1.4).
func (m *legMachine) noAck() {
	if m.waiting == nil {
		return
	}
	m.tellEnd(Ended{Cause: tel.CauseRecoveryOnTimer, Reason: "no ACK"})
	m.sendBye(tel.CauseRecoveryOnTimer)
}

// acked takes the ACK of our 2xx, with the answer to an offer of ours.
func (m *legMachine) acked(s acked) {
	w := m.waiting
	if w == nil || w.CSeq != s.CSeq {
		return
	}
	m.stopWaiting()
	if w.Leaving {
		m.sendBye(w.Cause)
		return
	}
	if m.phase == accepting {
		m.phase = up
	}
	if !w.Offer {
		return
	}
	if err := m.takeAnswer(s.SDP); err != nil {
		m.unusable("no usable answer in the ACK: ", err)
	}
}

// readAnswer is what comes of the far side's answer to our offer.
func (m *legMachine) readAnswer(sdp string) (agreement, session, error) {
	theirs, err := parseDescription(sdp)
	if err != nil {
		return agreement{}, session{}, err
	}
	agreed, err := m.mouth.accepted(m.offered, theirs, m.session.Ours)
	return agreed, m.session.with(m.offered.Streams, theirs.Streams), err
}

// takeAnswer settles on the far side's answer to our offer.
func (m *legMachine) takeAnswer(sdp string) error {
	agreed, so, err := m.readAnswer(sdp)
	if err != nil {
		return err
	}
	m.session = so
	m.settle(agreed)
	return nil
}

// unusable ends a call whose answer is none.
func (m *legMachine) unusable(what string, err error) {
	m.tellEnd(Ended{Cause: tel.CauseIncompatible, Reason: what + err.Error()})
	m.sendBye(tel.CauseIncompatible)
}

func (m *legMachine) reject(cause tel.Cause) error {
	if m.phase != proceeding {
		return ErrNotNow
	}
	m.do(stopTimer{Timer: timerKeepAlive})
	m.do(respond{Code: cause.Status(), Cause: cause})
	m.tellEnd(Ended{Cause: cause, Code: cause.Status()})
	m.phase = over
	return nil
}

// cancelled ends a leg whose INVITE was cancelled. If our 200 and the CANCEL crossed, the transaction has decided:
// it sent 487, and the 200 never went out.
func (m *legMachine) cancelled(s cancelled) {
	if m.phase != proceeding && m.phase != accepting {
		return
	}
	m.stopWaiting()
	m.tellEnd(Ended{Cause: tel.CauseNormal, Code: 487, Reason: s.Reason, ByPeer: true})
	m.phase = over
}
