package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"parley/internal/id"
	"parley/internal/tel"
)

// onBoth runs a test on SQLite and on PostgreSQL, each with an empty, migrated database.
func onBoth(t *testing.T, test func(t *testing.T, db *DB)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, openTest(t, "")) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, openTest(t, postgres.database(t))) })
}

func openTest(t testing.TB, url string) *DB {
	t.Helper()
	ctx := context.Background()
	db, err := Open(ctx, Config{URL: url, Dir: t.TempDir()})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(ctx))
	return db
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func refused(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// world is an organisation with a trunk, a queue, a number that leads to it, and two agents.
type world struct {
	ctx    context.Context
	org    id.Org
	trunk  Trunk
	queue  Queue
	number Number
	agents [2]Agent
	users  [2]User
}

// newWorld makes one; seed keeps what is unique per installation apart.
func newWorld(t testing.TB, db *DB, seed int) *world {
	t.Helper()
	org := NewOrganisation("Acme", "BE")
	check(t, db.CreateOrganisation(context.Background(), &org))
	w := &world{ctx: WithOrg(context.Background(), org.ID), org: org.ID}
	w.trunk = NewTrunk("carrier", TrunkByAddress)
	w.trunk.Networks = []string{fmt.Sprintf("192.0.%d.0/24", seed)}
	check(t, db.CreateTrunk(w.ctx, &w.trunk))
	w.queue = NewQueue("Sales")
	check(t, db.CreateQueue(w.ctx, &w.queue))
	w.number = NewNumber(tel.Number(fmt.Sprintf("+3225550%03d", seed)), w.trunk.ID)
	w.number.Destination.Kind, w.number.Destination.Target = "queue", string(w.queue.ID)
	check(t, db.CreateNumber(w.ctx, &w.number))
	for i, name := range []string{"Ann", "Bob"} {
		w.users[i] = User{Email: fmt.Sprintf("%s%d@example.com", name, seed), FirstName: name, LastName: "Ash"}
		check(t, db.CreateUser(w.ctx, &w.users[i], RoleAgent))
		w.agents[i] = NewAgent(w.users[i].ID, fmt.Sprint(100+i))
		check(t, db.CreateAgent(w.ctx, &w.agents[i]))
	}
	return w
}
