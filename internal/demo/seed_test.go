package demo

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"reflect"
	"testing"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/testdb"
)

func openStore(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	return db
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func seed(t *testing.T, db *store.DB, password string) *Seeded {
	t.Helper()
	s, err := Seed(t.Context(), db, password)
	check(t, err)
	return s
}

// inventory counts what the organisation consists of.
func inventory(t *testing.T, db *store.DB, org id.Org) map[string]int {
	t.Helper()
	s, err := site.Load(t.Context(), db, org)
	check(t, err)
	ctx := store.WithOrg(t.Context(), org)
	customers, err := db.Customers(ctx, "", store.Range{})
	check(t, err)
	members, err := db.Memberships(ctx, store.Range{})
	check(t, err)
	all, err := db.OrganisationIDs(ctx)
	check(t, err)
	return map[string]int{
		"organisations": len(all), "users": members.Total, "agents": len(s.Agents), "queues": len(s.Queues),
		"numbers": len(s.Numbers), "trunks": len(s.Trunks()), "customers": customers.Total,
	}
}

func TestSeedTwice(t *testing.T) {
	db := openStore(t)
	first := seed(t, db, "")
	second := seed(t, db, "")
	if second.Org != first.Org || !reflect.DeepEqual(second.Numbers, first.Numbers) {
		t.Errorf("another organisation at the second start: %+v and %+v", first, second)
	}
	want := map[string]int{"organisations": 1, "users": 4, "agents": 4, "queues": 2, "numbers": 6, "trunks": 1, "customers": 12}
	if got := inventory(t, db, first.Org); !reflect.DeepEqual(got, want) {
		t.Errorf("seeded %v, want %v", got, want)
	}
	for i, u := range second.Users {
		if u.Password == first.Users[i].Password || len(u.Password) != 19 {
			t.Errorf("%s: password %q after %q", u.Email, u.Password, first.Users[i].Password)
		}
		if u.SIPPassword != first.Users[i].SIPPassword || len(u.SIPPassword) < 20 {
			t.Errorf("%s: desk phone password %q after %q", u.Email, u.SIPPassword, first.Users[i].SIPPassword)
		}
		signsIn(t, db, u)
	}
}

// signsIn checks that what is printed is true.
func signsIn(t *testing.T, db *store.DB, u User) {
	t.Helper()
	which, orgs, err := db.FindUser(t.Context(), u.Email)
	check(t, err)
	ctx := store.WithOrg(t.Context(), orgs[0])
	row, err := db.User(ctx, which)
	check(t, err)
	if ok, err := store.PasswordMatches(u.Password, row.PasswordHash); !ok || err != nil {
		t.Errorf("%s cannot sign in with %q: %v", u.Email, u.Password, err)
	}
	if member, err := db.Membership(ctx, which); err != nil || member.Role != u.Role {
		t.Errorf("%s is %v, not %s: %v", u.Email, member, u.Role, err)
	}
	s, err := site.Load(t.Context(), db, orgs[0])
	check(t, err)
	agent, err := db.AgentOf(ctx, which)
	check(t, err)
	device, _ := s.Phone(agent.ID)
	secret := []byte(u.SIPUsername + ":" + device.Realm + ":" + u.SIPPassword)
	older, newer := md5.Sum(secret), sha256.Sum256(secret)
	if device.HA1MD5 != hex.EncodeToString(older[:]) || device.HA1SHA256 != hex.EncodeToString(newer[:]) || device.Username != u.SIPUsername {
		t.Errorf("desk phone of %s does not sign in: %+v", u.Email, device)
	}
}

func TestSeedWithPassword(t *testing.T) {
	db := openStore(t)
	for _, password := range []string{"correct horse", "battery staple"} {
		users := seed(t, db, password).Users
		for _, u := range users {
			if u.Password != password {
				t.Errorf("%s has %q", u.Email, u.Password)
			}
		}
		signsIn(t, db, users[0])
	}
}

func TestSeededOrganisationTakesCalls(t *testing.T) {
	db := openStore(t)
	s := seed(t, db, "x")
	check(t, SetCarrier(t.Context(), db, s.Org, "127.0.0.1:5999"))
	sites := &site.Sites{DB: db}
	one, err := sites.Reload(t.Context(), s.Org)
	check(t, err)
	trunk, found := sites.TrunkAt(netip.MustParseAddr("127.0.0.1"))
	if !found || trunk.Proxy != "127.0.0.1:5999" {
		t.Errorf("trunk %+v", trunk)
	}
	sales, err := one.Routing.Route(trunk.ID, string(NumberSales))
	check(t, err)
	queue := id.Queue(sales.Destination.Target)
	if sales.Destination.Kind != dest.Queue || len(one.Members[queue]) != 4 {
		t.Errorf("%s leads to %+v with %d members", NumberSales, sales.Destination, len(one.Members[queue]))
	}
	rung := 0
	for _, a := range one.Agents {
		if len(one.Off[a.ID]) == 0 && a.DefaultStatus == "available" {
			rung++
		}
	}
	if rung != 2 {
		t.Errorf("%d agents are rung after Start, not 2", rung)
	}
	if s.Numbers[0] != (Number{NumberSales, "Sales"}) || s.Numbers[1] != (Number{NumberSupport, "Support"}) {
		t.Errorf("numbers begin with %+v", s.Numbers[:2])
	}
}

func TestSeedMakesUpForAStartCutShort(t *testing.T) {
	db := openStore(t)
	org := store.NewOrganisation("Parley Demo", "US")
	check(t, db.CreateOrganisation(t.Context(), &org))
	ctx := store.WithOrg(t.Context(), org.ID)
	check(t, db.SetSetting(ctx, mark, markBegun))
	_, err := createPeople(ctx, db)
	check(t, err)
	_, err = createTrunk(ctx, db)
	check(t, err)
	if s := seed(t, db, "x"); s.Org != org.ID || len(s.Users) != 4 {
		t.Errorf("seeded %+v", s)
	}
	if got := inventory(t, db, org.ID); got["organisations"] != 1 || got["numbers"] != 6 || got["trunks"] != 1 {
		t.Errorf("seeded %v", got)
	}
}

func TestSeedLeavesChangesAlone(t *testing.T) {
	db := openStore(t)
	s := seed(t, db, "x")
	ctx := store.WithOrg(t.Context(), s.Org)
	direct := numberOf(ctx, t, db, "+12025550113")
	check(t, db.DeleteNumber(ctx, direct.ID))
	sales := numberOf(ctx, t, db, NumberSales)
	sales.FriendlyName = "Shop"
	check(t, db.UpdateNumber(ctx, sales))
	trunk, err := findTrunk(ctx, db)
	check(t, err)
	trunk.Name = "My carrier"
	check(t, db.UpdateTrunk(ctx, trunk))
	again := seed(t, db, "x")
	if len(again.Numbers) != 5 || again.Numbers[0].Label != "Shop" {
		t.Errorf("numbers after a change: %+v", again.Numbers)
	}
	check(t, SetCarrier(ctx, db, s.Org, "127.0.0.1:1"))
	if trunk, err = db.Trunk(ctx, trunk.ID); err != nil || trunk.Proxy != "" {
		t.Errorf("somebody's own trunk was changed: %+v, %v", trunk, err)
	}
}

func numberOf(ctx context.Context, t *testing.T, db *store.DB, which tel.Number) *store.Number {
	t.Helper()
	_, found, err := db.FindNumber(ctx, which)
	check(t, err)
	n, err := db.Number(ctx, found)
	check(t, err)
	return n
}
