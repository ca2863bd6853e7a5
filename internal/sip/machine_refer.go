package sip

import (
	"fmt"

	"parley/internal/tel"
)

// referOver ends a REFER.
type referOver struct {
	Cause tel.Cause `json:"cause,omitempty"` // 0: the transfer has been made
	Why   string    `json:"why,omitempty"`
}

func (referOver) signal() {}

// subscribed is what the far side is told of after a REFER (RFC 3515 §2.4.4).
type referring struct {
	CSeq  uint32
	First bool
	Quiet bool
}

// referSeconds is how long such a subscription lasts at most; it ends with the REFER.
const referSeconds = 180

// referred takes a REFER of a device whose call is up. Whoever else sends one is refused: a carrier does not say where our calls go.
func (m *legMachine) referred(s requested) {
	r := s.Refer
	switch {
	case !m.mouth.Refers:
		m.do(respond{Tx: s.Tx, Code: 403})
		return
	case r.Code != 0:
		m.do(respond{Tx: s.Tx, Code: r.Code})
		return
	case m.phase != up && m.phase != accepting || m.ended:
		m.do(respond{Tx: s.Tx, Code: 603})
		return
	case m.refer != nil:
		m.do(respond{Tx: s.Tx, Code: 491}) // one after the other
		return
	}
	m.refers++
	m.refer = &referring{CSeq: s.CSeq, First: m.refers == 1, Quiet: r.Quiet}
	m.do(respond{Tx: s.Tx, Code: 202, Unsubscribed: r.Quiet})
	switch {
	case r.Unknown:
		m.notifyRefer(481, "", true)
	case r.Foreign:
		m.notifyRefer(403, "", true)
	default:
		m.notifyRefer(100, "", false)
		m.tell(Referred{To: r.To, Replaces: r.Replaces})
	}
}

// referOver tells the far side what came of its REFER. A second word about it says nothing.
func (m *legMachine) referOver(s referOver) error {
	switch {
	case m.refer == nil:
		return ErrNotNow
	case s.Cause == 0:
		m.notifyRefer(200, "", true)
	default:
		m.notifyRefer(s.Cause.Status(), s.Why, true)
	}
	return nil
}

// notifyRefer sends a NOTIFY with the status line of the call that was asked for; after the last one there is no subscription.
func (m *legMachine) notifyRefer(code int, why string, last bool) {
	r := *m.refer
	if last {
		m.refer = nil
	}
	if r.Quiet {
		return
	}
	m.cseq++
	event, state := referEvent, fmt.Sprintf("active;expires=%d", referSeconds)
	if !r.First { // the first may go without (RFC 3515 §2.4.6)
		event = fmt.Sprintf("%s;id=%d", referEvent, r.CSeq)
	}
	if last {
		state = "terminated;reason=noresource"
	}
	phrase := phrases[code]
	if why != "" {
		phrase = quotable(clip(why, 120))
	}
	told := m.inDialog("NOTIFY", m.cseq, sipfrag, fmt.Sprintf("SIP/2.0 %d %s\r\n", code, phrase))
	told.Event, told.State = event, state
	m.do(told)
}
