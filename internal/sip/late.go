package sip

import (
	"slices"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// late takes a 2xx that comes when the leg is over: one that came again because its ACK was lost, or that of a fork which
// nobody wants (RFC 3261 §13.2.2.4). The transaction of the INVITE hears them for 64·T1 (RFC 6026 §7.2), so that no owner
// has to wait for what hardly ever comes.
func (l *leg) late(name dialogName, cseq uint32) {
	d, ok := l.dialog(name)
	if !ok {
		return
	}
	ack := d.request(l.server, l.callID, "ACK", cseq)
	setBody(ack, "", "")
	if err := l.server.write(ack, d.next()); err != nil {
		l.log().Debug("ACK not sent", "error", err)
	}
	if name == l.machine.winner || !l.unwanted(name) { // the machine has ended, nobody writes to it
		return
	}
	bye := d.request(l.server, l.callID, "BYE", cseq+1)
	bye.AppendHeader(reasonOf(tel.CauseNormal))
	setBody(bye, "", "")
	l.server.transact(l.server.life, bye, d.next(), func(*sipgo.Response) {}, func(int) {})
}

// unwanted notes a fork that gets its BYE; false when it has got it already.
func (l *leg) unwanted(name dialogName) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.Contains(l.ended, name) {
		return false
	}
	l.ended = append(l.ended, name)
	return true
}
