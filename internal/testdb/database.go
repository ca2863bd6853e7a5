package testdb

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// Server is the environment's word for the PostgreSQL server on which tests are to be played, as the address of its
// database postgres. tools/postgres sets it.
const Server = "PARLEY_TEST_POSTGRES"

// For gives the address of the database that goes with a data folder, as store.Config takes it: empty, which is SQLite,
// or a database of the server that the environment names, made when it is asked for the first time. It goes with the test.
func For(t testing.TB, dir string) string {
	t.Helper()
	server := os.Getenv(Server)
	if server == "" {
		return ""
	}
	named := fnv.New64a()
	_, _ = named.Write([]byte(dir))
	name := fmt.Sprintf("t%016x", named.Sum64())
	if err := add(server, name); err != nil {
		t.Fatal("make a database:", err)
	}
	t.Cleanup(func() {
		if err := run(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Error("drop the database:", err)
		}
	})
	at, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	at.Path = "/" + name
	return at.String()
}

// New is For without a folder: a database that nobody else uses.
func New(t testing.TB) string {
	t.Helper()
	return For(t, t.TempDir())
}

// add makes a database unless it is there.
func add(server, name string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	var there bool
	ctx := context.Background()
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return err
	}
	return Create(server, name)
}

// Create makes an empty database on a server that is given as the address of its database postgres.
func Create(server, name string) error { return run(server, "CREATE DATABASE "+name) }

func run(server, statement string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(context.Background(), statement)
	return err
}
