package media

import (
	"encoding/binary"
	"errors"
	"net/netip"
)

// attachment is a socket of a pipe's own, which the worker reads and writes without the owner of the pipe.
type attachment struct {
	socket
	peer
}

func (a *attachment) attached() bool { return a.socket.open() }

// returns is the way back to a pipe's owner for what its own socket brings and is not sound.
type returns struct {
	ring *ring
	hand func(packet []byte, from netip.AddrPort)
}

// returnBuffer is the bytes kept on that way: some checks of a path and a few messages of DTLS.
const returnBuffer = 1 << 13

// sourceSize is the bytes of a sender's address and port in a ring.
const sourceSize = 16 + 2

// errNoAttachment means that this system has no sockets that share a port and sort what comes by its sender.
var errNoAttachment = errors.New("no socket of its own for a pipe on this system")

// Attach gives a pipe a socket of its own, bound to local, which another socket with SO_REUSEPORT holds, and connected to
// remote: what comes from there and goes there no longer crosses to the pipe's owner. It replaces one that was attached
// before. What the socket brings that is no RTP or RTCP by its first byte (RFC 7983 §7), or is somebody else's, since it
// came before the socket was connected, is given to hand, from one goroutine, which it may keep for a while; hand must not
// keep the slice, and stays the one of the first Attach. Where the system cannot, and on a leg with sockets from the range,
// all stays as it is. The terms must have come by Agree for the socket to be opened.
func (l *Leg) Attach(local, remote netip.AddrPort, hand func(packet []byte, from netip.AddrPort)) {
	if l.in == nil {
		return
	}
	if l.returned.Load() == nil {
		l.returned.CompareAndSwap(nil, &returns{ring: newRing(returnBuffer), hand: hand})
	}
	l.order(&order{do: func(w *worker, l *Leg, _ *order) bool {
		w.attach(l, local, remote)
		return true
	}}, true)
}

// Detach takes Attach back: packets cross to the pipe's owner again.
func (l *Leg) Detach() {
	l.order(&order{do: func(w *worker, l *Leg, _ *order) bool {
		w.detach(l)
		return true
	}}, true)
}

func (w *worker) attach(l *Leg, local, remote netip.AddrPort) {
	w.detach(l)
	own, err := openAttachment(local, remote)
	if errors.Is(err, errNoAttachment) {
		return
	}
	if err != nil {
		w.engine.log.Warn("a pipe goes without a socket of its own", "leg", l.name, "err", err)
		return
	}
	l.own = own
	w.watchOwn(l)
}

// detach closes the pipe's own socket, when what it holds has been read.
func (w *worker) detach(l *Leg) {
	if !l.own.attached() {
		return
	}
	for n := 0; n < maxDrain && w.readOwn(l); n++ {
	}
	l.own.close()
}

func (w *worker) watchOwn(l *Leg) {
	if !l.own.attached() {
		return
	}
	if err := w.poll.addOwn(l.own.socket, l.slot); err != nil {
		w.engine.log.Error("media socket is not watched", "leg", l.name, "err", err)
	}
}

func (w *worker) unwatchOwn(l *Leg) {
	if l.own.attached() {
		w.poll.remove(l.own.socket)
	}
}

// readSlot takes a packet from the own socket of the leg in that slot.
func (w *worker) readSlot(slot int) {
	if l := w.slots[slot]; l != nil && l.own.attached() {
		w.readOwn(l)
	}
}

// readOwn takes one datagram from a pipe's own socket, and reports whether there was one.
func (w *worker) readOwn(l *Leg) bool {
	n, source, ok := l.own.receive(w.in[:])
	if !ok {
		return false
	}
	w.packets++
	if packet := w.in[:n]; source == l.own.addr && IsSound(packet) {
		w.arrive(l, packet, netip.AddrPort{}) // as what the pipe's owner brings
	} else {
		l.handBack(packet, source)
	}
	return true
}

// IsSound tells by its first byte RTP and RTCP from all else that shares the port (RFC 7983 §7).
func IsSound(packet []byte) bool { return len(packet) > 0 && packet[0] >= 128 && packet[0] <= 191 }

// handBack gives a datagram to the postman, for the pipe's owner.
func (l *Leg) handBack(packet []byte, from netip.AddrPort) {
	var source [sourceSize]byte
	address := from.Addr().As16()
	copy(source[:], address[:])
	binary.BigEndian.PutUint16(source[16:], from.Port())
	if l.returned.Load().ring.put(source[:], packet) {
		l.callPostman()
	}
}

// deliverReturns is the postman's part.
func (l *Leg) deliverReturns(record []byte) {
	r := l.returned.Load()
	if r == nil {
		return
	}
	for n := r.ring.take(record); n >= sourceSize; n = r.ring.take(record) {
		from := netip.AddrPortFrom(netip.AddrFrom16([16]byte(record[:16])).Unmap(), binary.BigEndian.Uint16(record[16:]))
		if !l.closed.Load() {
			r.hand(record[sourceSize:n], from)
		}
	}
}

// transmit sends a datagram on the leg's way to the far side.
func (w *worker) transmit(l *Leg, packet []byte) bool {
	switch {
	case l.own.attached():
		return l.own.send(packet, &l.own.peer)
	case l.out == nil:
		return l.sound.send(packet, &l.target)
	case l.out.put(packet, nil):
		l.callPostman()
		return true
	default:
		return false
	}
}

func (l *Leg) callPostman() {
	if l.post.ready.push(&l.toPost) {
		l.post.bell.ring()
	}
}

// mayReport tells whether RTCP can be sent: a pipe carries it where it shares the port.
func (l *Leg) mayReport() bool {
	if l.control.open() {
		return l.agreed && l.reports.known()
	}
	return l.agreed && l.in != nil && l.terms.Mux
}

// Source is the SSRC of all that the leg sends (RFC 3550 §8).
func (l *Leg) Source() uint32 { return l.sending.ssrc }

// CName is what the leg's description names the source (RFC 7022 §4.2).
func (l *Leg) CName() string {
	b := appendDescription(nil, l.sending.ssrc)
	return string(b[10:18])
}
