package bench

import (
	"errors"
	"os"
	"testing"
	"time"
)

func TestCPUOfThisProcess(t *testing.T) {
	before, err := cpuOfProcess(os.Getpid())
	if err != nil || before <= 0 {
		t.Fatalf("%s, %v", before, err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; {
		now, err := cpuOfProcess(os.Getpid())
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("still %s after 10 s of work, %v", now, err)
		}
		if now > before+20*time.Millisecond {
			break
		}
	}
	if _, err := cpuOfProcess(1<<22 + 1); err == nil {
		t.Error("a process that does not exist has run")
	}
}

func TestResidentOf(t *testing.T) {
	tests := []struct {
		name, in string
		want     int64
		broken   bool
	}{
		{name: "as it comes", in: "Name:\tparley\nVmHWM:\t   90000 kB\nVmRSS:\t   45056 kB\nThreads:\t9\n", want: 44 << 20},
		{name: "without", in: "Name:\tkthreadd\n", broken: true},
		{name: "another unit", in: "VmRSS:\t45 MB\n", broken: true},
		{name: "not a number", in: "VmRSS:\tmuch kB\n", broken: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := residentOf(test.in)
			if got != test.want || errors.Is(err, errUnreadable) != test.broken {
				t.Errorf("%d, %v; want %d", got, err, test.want)
			}
		})
	}
}

// TestKernelIsUnderstood reads the files of this very process.
func TestKernelIsUnderstood(t *testing.T) {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	s := serverOf(self)
	if _, err := s.cpu(); err != nil {
		t.Error(err)
	}
	memory, err := s.resident()
	if err != nil || memory < 1<<20 || memory > 1<<40 {
		t.Errorf("%d bytes of memory, %v", memory, err)
	}
}
