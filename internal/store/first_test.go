package store

import (
	"errors"
	"testing"

	"parley/internal/id"
)

func newFirst(email string) *First {
	return &First{
		Organisation:  NewOrganisation("Acme", "BE"),
		Administrator: User{Email: email, FirstName: "Ann", LastName: "Ash", PasswordHash: "hash"},
		Agent:         NewAgent("", "100"),
		Phone:         SIPDevice{Username: "phone-100", HA1MD5: "md5", HA1SHA256: "sha256", Password: "secret"},
	}
}

// rows counts what CreateFirst stores, table by table.
func rows(t *testing.T, db *DB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, table := range []string{"organisations", "reasons", "users", "memberships", "agents"} {
		n, err := db.bun.NewSelect().Table(table).Count(t.Context())
		check(t, err)
		counts[table] = int(n)
	}
	return counts
}

var rowsOfFirst = map[string]int{"organisations": 1, "reasons": len(firstReasons), "users": 1, "memberships": 1, "agents": 1}

func TestCreateFirst(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		first := newFirst(" Ann@Example.com ")
		check(t, db.CreateFirst(t.Context(), first))
		same(t, "the agent's name", first.Agent.FullName, "Ann Ash")
		ctx := WithOrg(t.Context(), first.Organisation.ID)
		org, err := db.Organisation(ctx)
		check(t, err)
		same(t, "the organisation", *org, first.Organisation)
		user, orgs, err := db.FindUser(ctx, "ann@example.com")
		check(t, err)
		same(t, "where the user may enter", orgs, []id.Org{org.ID})
		membership, err := db.Membership(ctx, user)
		check(t, err)
		same(t, "the role", membership.Role, RoleAdmin)
		agent, err := db.AgentOf(ctx, user)
		check(t, err)
		same(t, "the agent", *agent, first.Agent)
		same(t, "the desk phone", []string{agent.SIPUsername, agent.SIPHA1MD5, agent.SIPHA1SHA256}, []string{"phone-100", "md5", "sha256"})
		password, err := db.Unseal(agent.SIPPasswordSealed)
		check(t, err)
		same(t, "its password", password, "secret")
		reasons, err := db.Reasons(ctx)
		check(t, err)
		same(t, "the first reason", reasons[0].Name, firstReasons[0])

		refused(t, "a second time", db.CreateFirst(t.Context(), newFirst("bob@example.com")), ErrTaken)
		same(t, "all there is", rows(t, db), rowsOfFirst)
	})
}

// One of many at once is made; they differ in all that must be unique, so that only the rule can refuse them.
func TestCreateFirstAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
		results := make(chan error, len(names))
		for _, name := range names {
			first := newFirst(name + "@example.com")
			first.Phone.Username = "phone-" + name
			go func() { results <- db.CreateFirst(t.Context(), first) }()
		}
		made := 0
		for range names {
			err := <-results
			if err == nil {
				made++
				continue
			}
			var taken *TakenError
			if !errors.As(err, &taken) || taken.Field != "organisation" {
				t.Errorf("refused with %v", err)
			}
		}
		same(t, "made", made, 1)
		same(t, "all there is", rows(t, db), rowsOfFirst)
	})
}

// A failure in the middle or at the end leaves nothing, and the same may be tried again when its cause is gone.
func TestCreateFirstFails(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		stranger := User{ID: "stranger", Email: "ann@example.com", CreatedAt: now(), UpdatedAt: now(), Version: 1}
		_, err := db.bun.NewInsert().Model(&stranger).Exec(t.Context())
		check(t, err)
		nothing := map[string]int{"organisations": 0, "reasons": 0, "users": 1, "memberships": 0, "agents": 0}

		first := newFirst(stranger.Email)
		refused(t, "a taken e-mail", db.CreateFirst(t.Context(), first), ErrTaken)
		same(t, "what it left", rows(t, db), nothing)

		first.Administrator.Email, first.Agent.DefaultNumber = "bob@example.com", "nowhere"
		refused(t, "an unknown number", db.CreateFirst(t.Context(), first), ErrUnknownRef)
		same(t, "what it left", rows(t, db), nothing)

		first.Agent.DefaultNumber = ""
		check(t, db.CreateFirst(t.Context(), first))
		_, orgs, err := db.FindUser(t.Context(), "bob@example.com")
		check(t, err)
		same(t, "where the user may enter", orgs, []id.Org{first.Organisation.ID})
	})
}
