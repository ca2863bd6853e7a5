package media

import "net/netip"

// latch holds the source of symmetric RTP (RFC 4961), so that a stranger cannot take over a stream.
type latch struct {
	source netip.AddrPort
	firm   bool // the source is the negotiated address
	open   bool // the next packet of the same peer decides anew
}

// accept reports whether a packet of source belongs to the stream; changed says that we send there from now on.
// The first source stays; only the negotiated address itself may still replace another one.
func (k *latch) accept(source, negotiated netip.AddrPort) (ok, changed bool) {
	if k.open {
		return k.settle(source, negotiated)
	}
	if k.source == source {
		return true, false
	}
	if k.firm || k.source.IsValid() && source != negotiated {
		return false, false
	}
	k.source, k.firm = source, source == negotiated
	return true, true
}

// aim sends RTP to an address, and RTCP where it belongs then.
func (l *Leg) aim(at netip.AddrPort) {
	if at.Addr().IsUnspecified() {
		at = netip.AddrPort{} // which would be ourselves
	}
	l.target = peerOf(at, l.engine.bind)
	l.aimReports()
}

// aimReports sends RTCP to where the far side's came from, else to where it should.
func (l *Leg) aimReports() {
	switch {
	case l.terms.Mux:
		l.reports = l.target
	case l.reporting.source.IsValid():
		l.reports = peerOf(l.reporting.source, l.engine.bind)
	default:
		l.reports = peerOf(l.controlOf(l.target.addr), l.engine.bind)
	}
}

// controlOf is where RTCP belongs when RTP goes to an address: to that in SDP, unless a translator of addresses stands
// before it, else to the port above; the zero AddrPort when there is none.
func (l *Leg) controlOf(at netip.AddrPort) netip.AddrPort {
	told, remote := l.terms.Control, l.terms.Remote
	switch {
	case told.IsValid() && (at == remote || told.Addr() != remote.Addr()):
		return told
	case at.IsValid() && at.Port() < 0xFFFF:
		return netip.AddrPortFrom(at.Addr(), at.Port()+1)
	}
	return netip.AddrPort{}
}

// admits decides on a socket leg whether a packet is its stream's.
func (l *Leg) admits(source netip.AddrPort) bool {
	ok, changed := l.latch.accept(source, l.terms.Remote)
	if changed && source != l.target.addr {
		if l.reporting.source.Addr() != source.Addr() {
			l.reporting = latch{}
		}
		l.aim(source)
	}
	if changed && l.latch.firm && l.target.known() {
		l.sound.join(&l.target)
	}
	return ok
}

// admitsReport is admits for RTCP: it comes from the host that sends RTP, or that SDP named for it.
func (l *Leg) admitsReport(source netip.AddrPort) bool {
	if l.terms.Mux && l.latch.source.IsValid() {
		return source == l.latch.source
	}
	if source.Addr() != l.target.addr.Addr() && (!l.terms.Control.IsValid() || source.Addr() != l.terms.Control.Addr()) {
		return false
	}
	if l.terms.Mux {
		return true
	}
	ok, changed := l.reporting.accept(source, l.controlOf(l.target.addr))
	if changed {
		l.aimReports()
	}
	return ok
}
