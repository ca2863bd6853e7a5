//go:build linux && !portable

package media

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// bell wakes one goroutine that sleeps until an eventfd counts. Ringing takes no lock and costs nothing while the
// goroutine is awake. The sleeper waits on Go's own poller: one that waits in a system call of its own has the
// scheduler's monitor look after it every 20 µs, which was half of the CPU at 50 calls.
type bell struct {
	fd     int
	sleep  sleeper
	asleep atomic.Bool
}

// newBell makes a bell; alone says that its owner sleeps in serve, otherwise in a poll.
func newBell(alone bool) (*bell, error) {
	fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		return nil, fmt.Errorf("open eventfd: %w", err)
	}
	b := &bell{fd: fd}
	if alone {
		if b.sleep, err = newSleeper(fd); err != nil {
			return nil, err
		}
	}
	return b, nil
}

var one = [8]byte{1} // what an eventfd takes, little or big endian alike: any number wakes

// ring wakes the owner if it sleeps.
func (b *bell) ring() {
	if b.asleep.CompareAndSwap(true, false) {
		b.shout()
	}
}

// serve calls round now and at each ringing, until it says that it is over. What is listed while round runs has it run
// again.
func (b *bell) serve(list *ready, round func() (over bool)) {
	b.sleep.serve(func() bool {
		for {
			b.asleep.Store(false)
			if round() {
				return true
			}
			b.asleep.Store(true)
			if list.empty() {
				return false
			}
		}
	})
}

// shout wakes the owner whether it sleeps or not. The count is never taken back: the poller tells each ringing.
func (b *bell) shout() {
	_, _, _ = unix.RawSyscall(unix.SYS_WRITE, uintptr(b.fd), uintptr(unsafe.Pointer(&one)), uintptr(len(one)))
}

func (b *bell) close() {
	b.asleep.Store(false)
	if b.sleep.file != nil {
		b.sleep.close()
	} else {
		unix.Close(b.fd)
	}
}

// sleeper waits for a file on Go's poller, which parks the goroutine and keeps no thread for it.
type sleeper struct {
	file *os.File
	conn syscall.RawConn
}

// newSleeper takes the file over, also when it fails. The file must be non-blocking.
func newSleeper(fd int) (s sleeper, err error) {
	s.file = os.NewFile(uintptr(fd), "bell")
	if s.file == nil {
		return s, os.ErrInvalid
	}
	if s.conn, err = s.file.SyscallConn(); err == nil {
		err = s.file.SetReadDeadline(time.Time{}) // which only a file on the poller takes
	}
	if err != nil {
		return s, errors.Join(fmt.Errorf("wait on a file: %w", err), s.file.Close())
	}
	return s, nil
}

// serve calls round now and each time the file tells something new, until round says that it is over.
func (s sleeper) serve(round func() (over bool)) {
	_ = s.conn.Read(func(uintptr) bool { return round() }) // it fails only when the file is closed, which ends it as well
}

func (s sleeper) close() { _ = s.file.Close() }
