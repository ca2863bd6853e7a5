package sip

// earlyAnswer is what a provisional response has said of the sound. Its 2xx may leave it out (RFC 3261 §13.2.1).
type earlyAnswer struct {
	From dialogName
	SDP  string
}

// noteEarly keeps the answer of an early dialog, the last one of each.
func (m *legMachine) noteEarly(s responded) {
	for i := range m.early {
		if m.early[i].From == m.dialogOf(s) {
			m.early[i].SDP = s.SDP
			return
		}
	}
	if len(m.early) < maxForks {
		m.early = append(m.early, earlyAnswer{m.dialogOf(s), s.SDP})
	}
}

// earlySound lets the sound follow the early dialog that spoke last: a carrier that tries one place after the other sends
// the announcements of each. Other keys wait for the call to be answered, because those in use may not be begun with
// again. It tells whether there is sound.
func (m *legMachine) earlySound(s responded) bool {
	if s.SDP == "" {
		return false
	}
	m.noteEarly(s)
	agreed, so, err := m.readAnswer(s.SDP)
	if err != nil || m.settled && agreed.SRTP != m.agreed.SRTP {
		return false
	}
	m.session = so
	m.settle(agreed)
	return true
}

// finalAnswer settles on what the dialog of a 2xx says: in it, or earlier.
func (m *legMachine) finalAnswer(s responded) error {
	sdp := s.SDP
	for _, e := range m.early {
		if sdp == "" && e.From == m.dialogOf(s) {
			sdp = e.SDP
		}
	}
	m.early = nil
	if sdp == "" && m.settled {
		return nil
	}
	return m.takeAnswer(sdp)
}
