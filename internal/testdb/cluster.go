// Package testdb gives tests a database: SQLite in a folder, or one of a PostgreSQL server that lives as long as they do.
package testdb

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Cluster is a PostgreSQL server of our own, on a free port of loopback and in a folder that goes with it.
type Cluster struct {
	dir  string
	port int
	as   *syscall.Credential // PostgreSQL refuses to run as root
	cmd  *exec.Cmd
}

// Start makes a cluster and waits until it takes connections. The server dies with the thread that called, so that a
// killed program leaves none behind: lock the goroutine to its thread first. It wants Debian's postgresql.
func Start() (*Cluster, error) {
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(bins) == 0 {
		return nil, errors.New("this needs PostgreSQL (Debian: postgresql): no /usr/lib/postgresql/*/bin")
	}
	bin := slices.Max(bins)
	c := &Cluster{}
	if os.Getuid() == 0 {
		if c.as, err = postgresUser(); err != nil {
			return nil, err
		}
	}
	if c.dir, err = os.MkdirTemp("", "parley-pg-"); err != nil {
		return nil, err
	}
	if c.as != nil {
		if err := os.Chown(c.dir, int(c.as.Uid), int(c.as.Gid)); err != nil {
			return nil, err
		}
	}
	made := c.command(filepath.Join(bin, "initdb"), "-D", filepath.Join(c.dir, "data"), "-U", "postgres", "-A", "trust",
		"--no-sync", "-E", "UTF8", "--locale=C")
	if out, err := made.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	if c.port, err = freePort(); err != nil {
		return nil, err
	}
	return c, c.serve(filepath.Join(bin, "postgres"))
}

func (c *Cluster) serve(program string) error {
	c.cmd = c.command(program, "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-h", "127.0.0.1", "-p", strconv.Itoa(c.port),
		"-c", "fsync=off", "-c", "log_min_messages=log", "-c", "shared_buffers=32MB", "-c", "max_connections=200")
	c.cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	says, err := c.cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := c.cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(says)
	var said []string
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, says) }() // what it says later stops nobody
			return nil
		}
		said = append(said, lines.Text())
	}
	return fmt.Errorf("postgres: %s", strings.Join(said, "\n"))
}

func (c *Cluster) command(program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), program, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.as}
	return cmd
}

// Stop ends the server and removes what it kept.
func (c *Cluster) Stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		return err
	}
	var exited *exec.ExitError
	if err := c.cmd.Wait(); err != nil && !errors.As(err, &exited) {
		return err
	}
	return os.RemoveAll(c.dir)
}

// URL is the address of a database of the cluster.
func (c *Cluster) URL(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

func postgresUser() (*syscall.Credential, error) {
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

func freePort() (int, error) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = listener.Close() }()
	at, err := netip.ParseAddrPort(listener.Addr().String())
	return int(at.Port()), err
}
