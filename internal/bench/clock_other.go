//go:build !linux

package bench

import (
	"errors"
	"fmt"
	"time"
)

// cpuOfProcess needs Linux.
func cpuOfProcess(pid int) (time.Duration, error) {
	return 0, fmt.Errorf("CPU time of process %d: %w", pid, errors.ErrUnsupported)
}
