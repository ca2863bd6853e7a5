package bench

import (
	"errors"
	"os"
	"testing"
	"time"
)

const stat = "4711 (parley (x) y) S 1 4711 4711 0 -1 4194560 12000 0 3 0 250 75 9 9 20 0 12 0 100 1300000 9000\n"

func TestCPUOf(t *testing.T) {
	tests := []struct {
		name, in string
		want     time.Duration
		broken   bool
	}{
		{name: "user and system, not those of children", in: stat, want: 3250 * time.Millisecond},
		{name: "empty", broken: true},
		{name: "cut off", in: "1 (a) S 1 2 3 4 5 6 7 8 9 10 250", broken: true},
		{name: "not a number", in: "1 (a) S 1 2 3 4 5 6 7 8 9 10 many 75", broken: true},
		{name: "negative", in: "1 (a) S 1 2 3 4 5 6 7 8 9 10 -1 75", broken: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := cpuOf(test.in)
			if got != test.want || errors.Is(err, errUnreadable) != test.broken {
				t.Errorf("%s, %v; want %s", got, err, test.want)
			}
		})
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
