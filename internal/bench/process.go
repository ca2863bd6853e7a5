package bench

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux tells a process's CPU time (proc_pid_stat(5), USER_HZ).
const tick = 10 * time.Millisecond

var errUnreadable = errors.New("not as the kernel writes it")

// cpuOf reads user and system time of all threads from /proc/PID/stat.
func cpuOf(stat string) (time.Duration, error) {
	end := strings.LastIndexByte(stat, ')') // the name may hold blanks and brackets
	fields := strings.Fields(stat[end+1:])
	const user, system = 11, 12 // fields 14 and 15, counted from the state
	if end < 0 || len(fields) <= system {
		return 0, fmt.Errorf("CPU time %q: %w", stat, errUnreadable)
	}
	var sum uint64
	for _, text := range []string{fields[user], fields[system]} {
		n, err := strconv.ParseUint(text, 10, 63)
		if err != nil {
			return 0, fmt.Errorf("CPU time %q: %w", text, errUnreadable)
		}
		sum += n
	}
	return time.Duration(sum) * tick, nil
}

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
func (s *server) cpu() (time.Duration, error) {
	stat, err := s.proc("stat")
	if err != nil {
		return 0, err
	}
	return cpuOf(stat)
}

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
