// Postgres runs a command beside a PostgreSQL server of its own, whose address the command finds in
// PARLEY_TEST_POSTGRES: what tests keep is then kept there. Usage: postgres COMMAND [ARGUMENT ...]. It ends with the
// command's code.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"parley/internal/testdb"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: postgres COMMAND [ARGUMENT ...]")
		os.Exit(2)
	}
	code, err := beside(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "postgres:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

func beside(command []string) (code int, err error) {
	runtime.LockOSThread()
	server, err := testdb.Start()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	cmd := exec.CommandContext(context.Background(), command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), testdb.Server+"="+server.URL("postgres"))
	var exited *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exited) {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), nil
}
