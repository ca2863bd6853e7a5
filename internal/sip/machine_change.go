package sip

import (
	"strings"
	"time"

	"parley/internal/tel"
)

// refresh sends a re-INVITE of ours.
func (m *legMachine) refresh() error {
	if m.phase != up || m.pending.CSeq != 0 || m.waiting != nil {
		return ErrNotNow
	}
	m.offerAgain(ourRequest{})
	return nil
}

// prefer puts codecs first in what we offer and answer. An answer that has not gone out is made anew; a call that is up
// gets an offer when it speaks another codec: by UPDATE where the far side allows it, for nobody has to be asked.
func (m *legMachine) prefer(wanted Codecs) error {
	before := m.mouth
	first := wanted.Only(before.Codecs)
	if first == (Codecs{}) {
		return ErrNotNow
	}
	m.mouth.Codecs, m.mouth.OurOrder = first, true
	for one := range before.Codecs.All() {
		m.mouth.Codecs.add(one)
	}
	err := m.applyOrder(first)
	if err != nil {
		m.mouth = before
	}
	return err
}

func (m *legMachine) applyOrder(first Codecs) error {
	switch {
	case m.phase == proceeding && !m.settled:
		if m.invite.Offer == "" {
			return nil
		}
		r, err := m.reply(m.invite.Offer)
		if err != nil {
			return err
		}
		m.ours, m.agreed, m.session = r.Text, r.Agreed, r.Session
	case m.phase == up && m.pending.CSeq == 0 && m.waiting == nil:
		if m.agreed.Codec != first[0].String() {
			m.offerAgain(ourRequest{Update: m.allows("UPDATE", false)})
		}
	default:
		return ErrNotNow
	}
	return nil
}

// noteAllow keeps what the far side allows; a message without Allow says nothing (RFC 3261 §20.5).
func (m *legMachine) noteAllow(allow string) {
	if allow != "" {
		m.allow = allow
	}
}

// allows tells whether the far side takes a method; unknown is the answer when it does not say.
func (m *legMachine) allows(method string, unknown bool) bool {
	if m.allow == "" {
		return unknown
	}
	for allowed := range strings.SplitSeq(m.allow, ",") {
		if strings.EqualFold(strings.TrimSpace(allowed), method) {
			return true
		}
	}
	return false
}

// offerAgain sends an offer inside the dialog.
func (m *legMachine) offerAgain(how ourRequest) {
	m.cseq++
	how.CSeq = m.cseq
	m.pending = how
	method := "INVITE"
	if how.Update {
		method = "UPDATE"
	}
	again := m.inDialog(method, m.cseq, typeSDP, m.nextOffer())
	again.Challenged = how.Challenged
	m.do(again)
}

func (m *legMachine) offerAnswered(s responded) {
	sent := m.pending
	switch {
	case s.Code < 200:
	case s.Code < 300:
		m.pending = ourRequest{}
		if !sent.Update {
			m.do(acknowledge{Attempt: s.Attempt, Tag: s.Tag, CSeq: s.CSeq})
		}
		if m.phase != up {
			return
		}
		if err := m.takeAnswer(s.SDP); err != nil {
			m.unusable("no usable answer: ", err)
		}
		m.mended(s.Code)
	case m.wantsPassword(s) && !sent.Challenged && m.phase == up:
		m.offerAgain(ourRequest{Challenged: true, Update: sent.Update})
	case sent.Update && (s.Code == 405 || s.Code == 501 || s.Code == 504) && m.phase == up:
		m.offerAgain(ourRequest{}) // a user has to be asked, or the Allow was wrong (RFC 3311 §5.2)
	case s.Code == 491:
		m.pending = ourRequest{}
		m.glare()
	default:
		m.offerFailed(s.Code)
	}
}

// glare waits before the offer is sent again: 2.1 to 4 s when the Call-ID is ours, else up to 2 s, so that the two sides
// do not meet once more (RFC 3261 §14.1).
func (m *legMachine) glare() {
	if m.caller {
		m.do(setTimer{Timer: timerGlare, Least: 2100 * time.Millisecond, Most: 4 * time.Second})
		return
	}
	m.do(setTimer{Timer: timerGlare, Least: 0, Most: 2 * time.Second})
}

// offerFailed leaves the session as it was, unless the far side has lost the dialog (RFC 3261 §12.2.1.2, §14.1).
func (m *legMachine) offerFailed(code int) {
	m.pending = ourRequest{}
	if m.phase != up || code != 408 && code != 481 {
		m.mended(code)
		return
	}
	m.tellEnd(Ended{Cause: tel.CauseRecoveryOnTimer, Code: code})
	m.sendBye(tel.CauseRecoveryOnTimer)
}
