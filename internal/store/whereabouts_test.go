package store

import (
	"net/netip"
	"testing"

	"parley/internal/id"
	"parley/internal/tel"
)

// TestWhereabouts: what a user says of a network stands until it is said anew, the network of the last start is where the user is, and
// nobody else's is (BX-14).
func TestWhereabouts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		mine, theirs := newWorld(t, db, 1), newWorld(t, db, 2)
		ctx, user := mine.ctx, mine.users[0].ID
		const home, office = "203.0.113.0/24", "10.0.1.0/24"
		latest := func() Whereabouts {
			t.Helper()
			w, err := db.LatestWhereabouts(ctx, user)
			check(t, err)
			return w
		}
		if w := latest(); w.Network != "" {
			t.Errorf("before the first start: %+v", w)
		}
		check(t, db.SeeWhereabouts(ctx, user, home))
		if w := latest(); w.Network != home || !w.ConfirmedAt.IsZero() {
			t.Errorf("seen: %+v", w)
		}
		address := tel.Location{Name: "Home", Street: "Veldstraat 12", City: "Ghent", Country: "BE"}
		check(t, db.ConfirmWhereabouts(ctx, &Whereabouts{User: user, Network: home, Address: address}))
		check(t, db.SeeWhereabouts(ctx, user, home))
		if w := latest(); w.Address != address || w.ConfirmedAt.IsZero() {
			t.Errorf("said, and started again: %+v", w)
		}
		check(t, db.SeeWhereabouts(ctx, user, office))
		if w := latest(); w.Network != office || w.Address != (tel.Location{}) {
			t.Errorf("at the office: %+v", w)
		}
		check(t, db.ConfirmWhereabouts(ctx, &Whereabouts{User: user, Network: office, Location: "hall"}))
		w, err := db.Whereabouts(ctx, user, home)
		check(t, err)
		if w.Address != address || latest().Location != "hall" {
			t.Errorf("at home %+v, at the office %+v", w, latest())
		}
		refused(t, "another organisation's user", db.SeeWhereabouts(theirs.ctx, user, home), ErrNotFound)
		if w, err = db.LatestWhereabouts(theirs.ctx, user); err != nil || w.Network != "" {
			t.Errorf("another organisation reads %+v, %v", w, err)
		}
		refused(t, "nobody", db.SeeWhereabouts(ctx, id.User("nobody"), home), ErrNotFound)
	})
}

// TestNetworkOf: an office or a home is one network.
func TestNetworkOf(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "::ffff:10.1.2.3": "10.1.2.0/24", "2001:db8:1:2ff::9": "2001:db8:1:200::/56", "fe80::1%eth0": "fe80::/56",
	} {
		if got := NetworkOf(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is in %s", address, got)
		}
	}
	if got := NetworkOf(netip.Addr{}); got != "" {
		t.Errorf("no address is in %q", got)
	}
}
