package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// cluster is a PostgreSQL server of our own that lives as long as the test program.
type cluster struct {
	dir  string
	port int
	as   *syscall.Credential // PostgreSQL refuses to run as root
	cmd  *exec.Cmd
}

var (
	postgres  *cluster
	databases atomic.Int64 // made so far
)

func TestMain(m *testing.M) {
	runtime.LockOSThread() // the server dies with the thread that started it, so that a killed test leaves none behind
	var err error
	if postgres, err = startCluster(); err != nil {
		fmt.Fprintln(os.Stderr, "these tests need PostgreSQL (Debian: postgresql):", err)
		os.Exit(1)
	}
	code := m.Run()
	if err := postgres.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
		code = 1
	}
	os.Exit(code)
}

func startCluster() (*cluster, error) {
	bins, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(bins) == 0 {
		return nil, errors.New("no /usr/lib/postgresql/*/bin")
	}
	bin := slices.Max(bins)
	c := &cluster{}
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

func (c *cluster) serve(program string) error {
	c.cmd = c.command(program, "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-h", "127.0.0.1", "-p", strconv.Itoa(c.port),
		"-c", "fsync=off", "-c", "log_min_messages=log", "-c", "shared_buffers=32MB", "-c", "max_connections=60")
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

func (c *cluster) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.as}
	return cmd
}

func (c *cluster) stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		return err
	}
	var exited *exec.ExitError
	if err := c.cmd.Wait(); err != nil && !errors.As(err, &exited) {
		return err
	}
	return os.RemoveAll(c.dir)
}

// database makes an empty database and gives its address.
func (c *cluster) database(t testing.TB) string {
	t.Helper()
	admin, err := openPostgres(c.url("postgres"))
	check(t, err)
	defer admin.Close()
	name := fmt.Sprintf("test%d", databases.Add(1))
	_, err = admin.ExecContext(context.Background(), "CREATE DATABASE "+name)
	check(t, err)
	return c.url(name)
}

func (c *cluster) url(database string) string {
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
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
