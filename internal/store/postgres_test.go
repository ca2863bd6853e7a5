package store

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"testing"

	"parley/internal/testdb"
)

// cluster is a PostgreSQL server that lives as long as the test program.
type cluster struct{ *testdb.Cluster }

var (
	postgres  cluster
	databases atomic.Int64 // made so far
)

func TestMain(m *testing.M) {
	runtime.LockOSThread()
	server, err := testdb.Start()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	postgres = cluster{server}
	code := m.Run()
	if err := postgres.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
		code = 1
	}
	os.Exit(code)
}

// database makes an empty database and gives its address.
func (c cluster) database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test%d", databases.Add(1))
	check(t, testdb.Create(c.URL("postgres"), name))
	return c.URL(name)
}
