//go:build linux && !portable

package media

import (
	"fmt"
	"net/netip"
	"os"

	"golang.org/x/sys/unix"
)

// ownMark is what tells the own socket of a pipe, by its leg's slot, from those of the range, by their port.
const ownMark = 2

// openAttachment opens a socket that shares local with others and takes what comes from remote. Between bind and connect
// it may be given what others send; that waits in it and is handed back.
func openAttachment(local, remote netip.AddrPort) (attachment, error) {
	none := attachment{socket: noSocket}
	to := peerOf(remote, local.Addr())
	if !to.known() {
		return none, fmt.Errorf("connect %s to %s: no such way", local, remote)
	}
	s, err := openSharedSocket(local)
	if err != nil {
		return none, err
	}
	if s.join(&to); !to.joined {
		s.close()
		return none, fmt.Errorf("connect %s to %s: refused", local, remote)
	}
	return attachment{s, to}, nil
}

func openSharedSocket(at netip.AddrPort) (socket, error) {
	s, err := newSocket(at.Addr())
	if err != nil {
		return noSocket, err
	}
	if err := unix.SetsockoptInt(s.fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1); err != nil {
		s.close()
		return noSocket, fmt.Errorf("share udp %s: %w", at, os.NewSyscallError("setsockopt", err))
	}
	if err := s.bind(at); err != nil {
		s.close()
		return noSocket, err
	}
	return s, nil
}

// addOwn watches the own socket of the leg in that slot.
func (p *poll) addOwn(s socket, slot int) error {
	return control(p.fd, unix.EPOLL_CTL_ADD, s.fd, unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(slot), Pad: ownMark})
}

// slot is whose own socket the i-th event of the last look is about; false when it is about one of the range.
func (p *poll) slot(i int) (slot int, own bool) {
	return int(p.events[i].Fd), p.events[i].Pad == ownMark
}
