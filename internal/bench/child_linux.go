package bench

import (
	"os/exec"
	"syscall"
)

// bind has the kernel end a process with this one, however this one ends: a measurement that is killed leaves no server
// behind (prctl(2), PR_SET_PDEATHSIG).
func bind(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} }
