package sip

// insists tells whether a refused attempt may be made once more with encryption alone. Some who want nothing else do not
// take keys beside plain RTP for it.
func (m *legMachine) insists(s responded) bool {
	return s.Code == 488 && m.mouth.SRTP == SecurityOptional && m.phase == calling && !m.attempts[s.Attempt].Insists
}

// insist sends the INVITE again, with the same offer as RTP/SAVP: its keys and formats are those that answers are read
// by, whichever of the two they answer.
func (m *legMachine) insist(attempted int) {
	m.cseq++
	m.attempts[attempted] = attempt{CSeq: m.cseq, Alive: true, Insists: true}
	m.do(request{Attempt: attempted, Method: "INVITE", CSeq: m.cseq, Type: typeSDP, Body: m.offerOf(attempted)})
}

// offerOf is the offer as an attempt has it.
func (m *legMachine) offerOf(attempted int) string {
	if !m.attempts[attempted].Insists {
		return m.ours
	}
	strict := m.offered
	strict.Streams = append([]stream(nil), strict.Streams...)
	strict.Streams[m.session.Ours].Proto = "RTP/SAVP"
	return strict.String()
}
