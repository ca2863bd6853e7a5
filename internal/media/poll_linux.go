//go:build linux && !portable

package media

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// poll is what one worker waits for. Its sockets are in an epoll set that the worker drains without waiting. What wakes
// it is a second set, which Go's poller watches: a clock, the bell, and, while it wakes for each packet, the first set.
type poll struct {
	fd     int // the sockets
	clock  int // a timerfd
	gate   int // the set of what wakes: clock, bell and perhaps the sockets
	sleep  sleeper
	eager  bool  // the sockets are among what wakes
	armed  int64 // when the clock goes off, in the engine's time
	events [maxEvents]unix.EpollEvent
}

func newPoll(b *bell) (p *poll, err error) {
	p = &poll{fd: -1, clock: -1, gate: -1}
	if p.fd, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
		return nil, fmt.Errorf("open epoll: %w", err)
	}
	if err = p.open(b); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *poll) open(b *bell) (err error) {
	if p.clock, err = unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_CLOEXEC|unix.TFD_NONBLOCK); err != nil {
		return fmt.Errorf("open timerfd: %w", err)
	}
	if p.gate, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
		return fmt.Errorf("open epoll: %w", err)
	}
	for _, fd := range []int{p.clock, b.fd} {
		if err := control(p.gate, unix.EPOLL_CTL_ADD, fd, unix.EpollEvent{Events: unix.EPOLLIN}); err != nil {
			return err
		}
	}
	if err := unix.SetNonblock(p.gate, true); err != nil {
		return fmt.Errorf("open epoll: %w", err)
	}
	p.sleep, err = newSleeper(p.gate)
	return err
}

func control(set, what, fd int, event unix.EpollEvent) error {
	_, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_CTL, uintptr(set), uintptr(what), uintptr(fd), uintptr(unsafe.Pointer(&event)), 0, 0)
	if errno != 0 {
		return fmt.Errorf("watch socket: %w", errno)
	}
	return nil
}

// add watches a socket of the leg that has the port; reports says that it is the RTCP socket.
func (p *poll) add(s socket, port uint16, reports bool) error {
	event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(port)}
	if reports {
		event.Pad = 1
	}
	return control(p.fd, unix.EPOLL_CTL_ADD, s.fd, event)
}

func (p *poll) remove(s socket) {
	_ = control(p.fd, unix.EPOLL_CTL_DEL, s.fd, unix.EpollEvent{}) // one that is not watched need not be let go
}

// ignore lets the packets of a watched RTP socket wake nobody until heed is called.
func (p *poll) ignore(s socket) { p.remove(s) }

func (p *poll) heed(s socket, port uint16) error { return p.add(s, port, false) }

// ready is how many sockets are to be read. It does not wait, so the scheduler need not know.
func (p *poll) ready() int {
	n, _, errno := unix.RawSyscall6(unix.SYS_EPOLL_PWAIT, uintptr(p.fd), uintptr(unsafe.Pointer(&p.events)), uintptr(len(p.events)), 0, 0, 0)
	if errno != 0 {
		return 0
	}
	return int(n)
}

// event is the port and kind of the i-th event of the last look.
func (p *poll) event(i int) (port uint16, reports bool) {
	return uint16(p.events[i].Fd), p.events[i].Pad == 1
}

// serve calls round now and at each wake-up, until it says that it is over.
func (p *poll) serve(round func() (over bool)) { p.sleep.serve(round) }

// wakeAt sets when the worker is to be woken if nothing else does, in the engine's time, and whether a packet wakes it.
// A clock that goes off a little before is left as it is.
func (p *poll) wakeAt(at, now int64, eager bool) {
	if eager != p.eager {
		p.eager = eager
		what := unix.EPOLL_CTL_DEL
		if eager {
			what = unix.EPOLL_CTL_ADD
		}
		_ = control(p.gate, what, p.fd, unix.EpollEvent{Events: unix.EPOLLIN}) // only memory can fail it, and then the clock goes on
	}
	if at == never || p.armed > now && p.armed <= at {
		return
	}
	p.armed = max(at, now+1)
	set := unix.ItimerSpec{Value: unix.NsecToTimespec(p.armed - now)}
	_, _, _ = unix.RawSyscall6(unix.SYS_TIMERFD_SETTIME, uintptr(p.clock), 0, uintptr(unsafe.Pointer(&set)), 0, 0, 0)
}

func (p *poll) close() {
	if p.sleep.file != nil {
		p.sleep.close()
	} else if p.gate >= 0 {
		unix.Close(p.gate)
	}
	unix.Close(p.clock)
	unix.Close(p.fd)
}
