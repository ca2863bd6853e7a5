package bench

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

var errUnreadable = errors.New("not as the kernel writes it")

// residentOf reads the resident memory, in bytes, from /proc/PID/status.
func residentOf(status string) (int64, error) {
	for line := range strings.Lines(status) {
		rest, found := strings.CutPrefix(line, "VmRSS:")
		if !found {
			continue
		}
		kilobytes, found := strings.CutSuffix(strings.TrimSpace(rest), " kB")
		n, err := strconv.ParseInt(strings.TrimSpace(kilobytes), 10, 53)
		if !found || err != nil {
			return 0, fmt.Errorf("resident memory %q: %w", rest, errUnreadable)
		}
		return n << 10, nil
	}
	return 0, fmt.Errorf("resident memory: no VmRSS: %w", errUnreadable)
}

// cpu is what the server has used so far.
func (s *server) cpu() (time.Duration, error) { return cpuOfProcess(s.cmd.Process.Pid) }

// resident is the server's memory in bytes.
func (s *server) resident() (int64, error) {
	status, err := s.proc("status")
	if err != nil {
		return 0, err
	}
	return residentOf(status)
}

func (s *server) proc(file string) (string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", s.cmd.Process.Pid, file))
	if err != nil {
		return "", fmt.Errorf("watch the server: %w", err)
	}
	return string(text), nil
}
