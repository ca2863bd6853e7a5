package media

import (
	"fmt"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// bell wakes one goroutine that sleeps on an eventfd. Ringing takes no lock and costs nothing while it is awake.
type bell struct {
	fd     int
	asleep atomic.Bool
}

// newBell makes a bell; blocking says that its owner sleeps in wait, otherwise in epoll.
func newBell(blocking bool) (*bell, error) {
	flags := unix.EFD_CLOEXEC
	if !blocking {
		flags |= unix.EFD_NONBLOCK
	}
	fd, err := unix.Eventfd(0, flags)
	if err != nil {
		return nil, fmt.Errorf("open eventfd: %w", err)
	}
	return &bell{fd: fd}, nil
}

var one = [8]byte{1} // what an eventfd takes, little or big endian alike: any number wakes

// ring wakes the owner if it sleeps.
func (b *bell) ring() {
	if b.asleep.CompareAndSwap(true, false) {
		b.shout()
	}
}

// wait sleeps until the bell rings, unless list has legs already.
func (b *bell) wait(list *ready) {
	b.asleep.Store(true)
	if !list.empty() {
		b.asleep.Store(false)
		return
	}
	b.hush()
}

// hush takes the ringing back; a blocking bell sleeps here until it rings.
func (b *bell) hush() {
	var count [8]byte
	_, _ = unix.Read(b.fd, count[:]) // a bell that does not ring has nothing to take back
}

// shout wakes the owner whether it sleeps or not: its next sleep ends at once.
func (b *bell) shout() {
	_, _ = unix.Write(b.fd, one[:]) // a full count rings as well
}

func (b *bell) close() {
	b.asleep.Store(false)
	unix.Close(b.fd)
}
