package media

import "net/netip"

// Relatch lets the sound come from another source, as a NAT that forgot its binding makes it: from the negotiated
// address, from its host, or from the host that it came from so far. The first packet of any of them decides, the present
// source's too, so that a stranger on another host takes nothing over. On a pipe leg it does nothing.
func (l *Leg) Relatch() {
	l.order(&order{do: func(_ *worker, l *Leg, _ *order) bool {
		if l.agreed && l.in == nil && l.latch.source.IsValid() {
			l.sound.leave(&l.target)
			l.latch.open = true
		}
		return true
	}}, false)
}

// settle decides on the first packet after Relatch.
func (k *latch) settle(source, negotiated netip.AddrPort) (ok, changed bool) {
	if source.Addr() != k.source.Addr() && source.Addr() != negotiated.Addr() {
		return false, false
	}
	*k = latch{source: source, firm: source == negotiated}
	return true, true
}
