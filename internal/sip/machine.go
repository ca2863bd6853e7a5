package sip

import (
	"time"

	"parley/internal/media"
	"parley/internal/tel"
)

// phase is where a leg stands.
type phase string

const (
	idle       phase = "idle"
	proceeding phase = "proceeding" // called: no final response yet
	calling    phase = "calling"    // calling: no answer yet
	accepting  phase = "accepted"   // called: 200 sent, no ACK yet
	up         phase = "up"
	closing    phase = "closing" // Ended is told; the wire still needs us
	over       phase = "over"
)

// The timers of a leg.
const (
	timerResend    = "resend"     // the 2xx again (RFC 3261 §13.3.1.4)
	timerNoAck     = "no-ack"     // 64·T1 without an ACK
	timerKeepAlive = "keep-alive" // the provisional response again (RFC 3261 §13.3.1)
	timerGlare     = "glare"      // our re-INVITE again after 491 (RFC 3261 §14.1)
	timerLinger    = "linger"     // attempts that were given up may still answer (RFC 3261 §9.1)
)

// times are the timers of RFC 3261 table 4 that dialogs need.
type times struct{ T1, T2 time.Duration }

func (t times) whole() time.Duration { return 64 * t.T1 }

const keepAliveEvery = time.Minute

// legMachine is one leg: an INVITE with all its early dialogs, and the dialog that comes of it. It starts no
// goroutine, reads no clock and waits for nothing.
type legMachine struct {
	times times
	mouth mouth

	phase   phase
	caller  bool // we sent the INVITE
	ended   bool // Ended is told
	out     []action
	invite  invited
	lastOne respond // provisional response sent last

	// what offer and answer have settled
	version   uint64
	ours      string      // our description sent last
	offered   description // our offer sent last
	session   session
	theirs    Codecs // of the first offer, those of ours
	agreed    agreement
	settled   bool
	heldByFar bool
	allow     string // methods that the far side allows, "" when it does not say

	// the 2xx of ours that waits for its ACK
	waiting *unacked

	// our requests
	cseq     uint32
	password bool
	attempts []attempt
	early    []earlyAnswer
	winner   dialogName
	pending  ourRequest // re-INVITE or UPDATE of ours under way
	mending  bool       // it, or the one that glare has put off, is a repair
	bye      ourRequest
	remote   uint32     // highest CSeq of the far side
	refer    *referring // a REFER of theirs that has no result yet
	refers   int        // how many came
}

// unacked is a 2xx that we sent to an INVITE.
type unacked struct {
	Tx       int
	CSeq     uint32
	SDP      string
	Offer    bool // the SDP is an offer: the ACK brings the answer
	Interval time.Duration
	Leaving  bool // BYE as soon as the ACK is here (RFC 3261 §15)
	Cause    tel.Cause
}

// dialogName tells the dialogs of a leg apart.
type dialogName struct {
	Attempt int
	Tag     string
}

type ourRequest struct {
	CSeq       uint32
	Challenged bool
	Update     bool // it is an UPDATE
}

// newLegMachine makes the machine of a leg.
func newLegMachine(times times) *legMachine {
	return &legMachine{times: times, phase: idle}
}

// Ended tells whether nothing more can come of the leg.
func (m *legMachine) Ended() bool { return m.phase == over }

// Handle moves the leg on. An error means that nothing changed. The actions are good until the next signal.
func (m *legMachine) Handle(_ time.Time, s signal) ([]action, error) {
	clear(m.out)
	m.out = m.out[:0]
	err := m.hear(s)
	return m.out, err
}

func (m *legMachine) hear(s signal) error {
	switch s := s.(type) {
	case invited:
		return m.invited(s)
	case dial:
		return m.dial(s)
	case ring, earlyMedia, answer, reject, hangUp, refresh, repair, pressed, prefer, referOver:
		return m.asked(s)
	case timeUp:
		m.timeUp(s.Timer)
	case heard:
		m.heard(s.Event)
	default:
		m.wire(s)
	}
	return nil
}

func (m *legMachine) asked(s signal) error {
	if m.ended {
		return ErrGone
	}
	switch s := s.(type) {
	case ring:
		return m.ring()
	case earlyMedia:
		return m.earlyMedia()
	case answer:
		return m.answer()
	case reject:
		return m.reject(s.Cause)
	case hangUp:
		return m.hangUp(s.Cause)
	case refresh:
		return m.refresh()
	case repair:
		return m.repair(s)
	case pressed:
		return m.press(s.Digit)
	case prefer:
		return m.prefer(s.Codecs)
	case referOver:
		return m.referOver(s)
	}
	return nil
}

func (m *legMachine) wire(s signal) {
	switch s := s.(type) {
	case cancelled:
		m.cancelled(s)
	case acked:
		m.acked(s)
	case requested:
		m.requested(s)
	case responded:
		m.responded(s)
	case failed:
		m.failed(s)
	case dropped:
		m.ended, m.phase = true, over
	case lost:
		if m.phase == proceeding {
			m.tellEnd(Ended{Cause: tel.CauseNetworkOutOfOrder, Code: 503})
			m.phase = over
		}
	}
}

func (m *legMachine) timeUp(timer string) {
	switch timer {
	case timerResend:
		m.resend()
	case timerNoAck:
		m.noAck()
	case timerKeepAlive:
		if m.phase == proceeding {
			m.do(m.lastOne)
			m.timer(timerKeepAlive, keepAliveEvery)
		}
	case timerGlare:
		if m.phase == up && m.pending.CSeq == 0 {
			m.offerAgain(ourRequest{})
		}
	case timerLinger:
		m.phase = over
	}
}

// heard passes on what the sound reports, until the leg has ended.
func (m *legMachine) heard(event media.Event) {
	if m.ended {
		return
	}
	if key, ok := event.(media.DigitPressed); ok {
		m.tell(Digit{Digit: key.Digit})
		return
	}
	if wanted, ok := event.(media.KeyWanted); ok {
		_ = m.press(wanted.Digit) // it can only have come too late
		return
	}
	m.tell(Sound{Event: event})
}

// press sends a key the way that was configured, or that the far side agreed to: RFC 4733 events, else INFO. Where it
// takes neither, the sound is left to do what it can.
func (m *legMachine) press(digit tel.Digit) error {
	if m.phase != up && m.phase != accepting || digit.Event() < 0 {
		return ErrNotNow
	}
	byInfo := m.mouth.DTMF == DTMFAutomatic && m.agreed.EventType == 0 && m.allows("INFO", true)
	if m.mouth.DTMF != DTMFInfo && !byInfo {
		m.do(sendKey{Digit: digit})
		return nil
	}
	m.cseq++
	m.do(m.inDialog("INFO", m.cseq, dtmfRelay, writeRelay(digit)))
	return nil
}

func (m *legMachine) do(a action) { m.out = append(m.out, a) }

func (m *legMachine) tell(what Progress) { m.do(tell{What: what}) }

func (m *legMachine) timer(name string, d time.Duration) {
	m.do(setTimer{Timer: name, Least: d, Most: d})
}

// tellEnd tells the one Ended.
func (m *legMachine) tellEnd(end Ended) {
	if !m.ended {
		m.ended = true
		m.tell(end)
	}
}

// inDialog is a request inside the dialog that the leg lives in.
func (m *legMachine) inDialog(method string, cseq uint32, kind, body string) request {
	return request{Attempt: m.winner.Attempt, Tag: m.winner.Tag, Method: method, CSeq: cseq, Type: kind, Body: body}
}

// sendBye ends the dialog. Ended has been told, or is told by the caller.
func (m *legMachine) sendBye(cause tel.Cause) {
	m.stopWaiting()
	m.cseq++
	m.bye = ourRequest{CSeq: m.cseq}
	bye := m.inDialog("BYE", m.cseq, "", "")
	bye.Cause = cause
	m.do(bye)
	m.phase = closing
	if m.anyAlive() {
		m.timer(timerLinger, m.times.whole())
	}
}

// leave is the end of a dialog's wire work. What forks still answer for 64·T1 is not the machine's any more: see late.
func (m *legMachine) leave() {
	m.stopWaiting()
	m.phase = over
}
