package media

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// poll is the epoll set of one worker.
type poll struct {
	fd     int
	events [512]unix.EpollEvent
}

// bellSlot marks the worker's bell among the slots of its legs.
const bellSlot = -1

func newPoll(b *bell) (*poll, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("open epoll: %w", err)
	}
	p := &poll{fd: fd}
	if err := p.add(b.fd, bellSlot, false); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// add watches a file for the leg in slot; control says that it is the RTCP socket.
func (p *poll) add(fd, slot int, control bool) error {
	event := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(slot)}
	if control {
		event.Pad = 1
	}
	if err := unix.EpollCtl(p.fd, unix.EPOLL_CTL_ADD, fd, &event); err != nil {
		return fmt.Errorf("watch socket: %w", err)
	}
	return nil
}

func (p *poll) remove(fd int) {
	_ = unix.EpollCtl(p.fd, unix.EPOLL_CTL_DEL, fd, nil) // one that is not watched need not be let go
}

// wait returns how many events are to be read, after at most d; a negative d waits for ever. It goes through the
// scheduler: a raw system call, which the scheduler does not see, took half of the CPU at 50 calls and made the worst
// delay 650 ms instead of 2.
func (p *poll) wait(d time.Duration) int {
	ms := -1
	if d >= 0 {
		ms = int((d + time.Millisecond - 1) / time.Millisecond)
	}
	n, err := unix.EpollWait(p.fd, p.events[:], ms)
	if err != nil {
		return 0
	}
	return n
}

// event is the slot and kind of the i-th event of the last wait.
func (p *poll) event(i int) (slot int, control bool) {
	return int(p.events[i].Fd), p.events[i].Pad == 1
}

func (p *poll) close() { unix.Close(p.fd) }

// rest sleeps this thread, and no other.
func rest(d time.Duration) {
	if d <= 0 {
		return
	}
	pause := unix.NsecToTimespec(int64(d))
	_ = unix.Nanosleep(&pause, nil) // a signal may cut it short, and the next tick makes up for it
}
