package bench

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// perProcess marks the clock that counts what all threads of a process have run (clock_getcpuclockid(3)).
const perProcess = 2

// cpuOfProcess is user and system time of a process, to the nanosecond.
func cpuOfProcess(pid int) (time.Duration, error) {
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|perProcess), &t); err != nil {
		return 0, fmt.Errorf("CPU time of process %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}
