package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// Seeded is what a newcomer needs to use the demo.
type Seeded struct {
	Org     id.Org
	Users   []User
	Numbers []Number
}

// User is a sign-in of the demo, with the sign-in of its desk phone.
type User struct {
	Name        string
	Email       string
	Password    string
	Role        store.Role
	Extension   string
	SIPUsername string
	SIPPassword string
}

// Number is a number of the demo that can be called, and what it leads to in words.
type Number struct {
	Number tel.Number
	Label  string
}

// The setting that marks the demo's organisation, and what it says.
const (
	mark      = "demo"
	markBegun = "begun"
	markWhole = "whole"
)

const trunkName = "Carrier in the box"

// Seed makes the demo's organisation in a migrated database, once: what people have changed since stays. The passwords
// of its users are set anew each time, to password or, when it is empty, to one each at random; those of desk phones
// stay, so that a phone need be set up once only. Users who were deleted are left out.
func Seed(ctx context.Context, db *store.DB, password string) (*Seeded, error) {
	org, state, err := findOrg(ctx, db)
	if errors.Is(err, store.ErrNotFound) {
		org, err = createOrg(ctx, db)
	}
	if err != nil {
		return nil, fmt.Errorf("seed the demo: %w", err)
	}
	ctx = store.WithOrg(ctx, org)
	if state != markWhole {
		if err := furnish(ctx, db); err != nil {
			return nil, fmt.Errorf("seed the demo: %w", err)
		}
	}
	seeded := &Seeded{Org: org}
	if seeded.Users, err = signIns(ctx, db, password); err != nil {
		return nil, fmt.Errorf("seed the demo: %w", err)
	}
	if seeded.Numbers, err = numbers(ctx, db); err != nil {
		return nil, fmt.Errorf("seed the demo: %w", err)
	}
	return seeded, nil
}

// SetCarrier sends the demo's outbound calls to a carrier at host:port, and lets this machine's addresses, which may
// have changed since the last start, call in. A trunk that was deleted stays away.
func SetCarrier(ctx context.Context, db *store.DB, org id.Org, hostport string) error {
	ctx = store.WithOrg(ctx, org)
	trunk, err := findTrunk(ctx, db)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("send the demo's calls to %s: %w", hostport, err)
	}
	near := nearby()
	if trunk.Proxy == hostport && slices.Equal(trunk.Networks, near) {
		return nil
	}
	trunk.Proxy, trunk.Networks = hostport, near
	if err := db.UpdateTrunk(ctx, trunk); err != nil {
		return fmt.Errorf("send the demo's calls to %s: %w", hostport, err)
	}
	return nil
}

// findOrg finds the organisation that an earlier start has made, by its mark.
func findOrg(ctx context.Context, db *store.DB) (id.Org, string, error) {
	orgs, err := db.OrganisationIDs(ctx)
	if err != nil {
		return "", "", err
	}
	for _, org := range orgs {
		state, err := db.Setting(store.WithOrg(ctx, org), mark)
		if err == nil {
			return org, state, nil
		}
		if !errors.Is(err, store.ErrNotFound) {
			return "", "", err
		}
	}
	return "", "", store.ErrNotFound
}

func createOrg(ctx context.Context, db *store.DB) (id.Org, error) {
	org := store.NewOrganisation("Parley Demo", "US")
	if err := db.CreateOrganisation(ctx, &org); err != nil {
		return "", err
	}
	ctx = store.WithOrg(ctx, org.ID)
	if err := askNoWhere(ctx, db); err != nil {
		return "", err
	}
	return org.ID, db.SetSetting(ctx, mark, markBegun)
}

// askNoWhere has nobody asked where help would have to come, since no call for help leaves the demo.
func askNoWhere(ctx context.Context, db *store.DB) error {
	all, err := db.Shelves().Org.All(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		o.Fields.AskWhere = false
		if _, err := db.Shelves().Org.Update(ctx, store.Actor{}, o.ID, o.Version, o.Fields); err != nil {
			return err
		}
	}
	return nil
}

// numbers lists what can be called, the queues' numbers first.
func numbers(ctx context.Context, db *store.DB) ([]Number, error) {
	all, err := db.AllNumbers(ctx)
	if err != nil {
		return nil, err
	}
	var queues, others []Number
	for _, n := range all {
		if n.Destination.Kind == dest.Queue {
			queues = append(queues, Number{n.PhoneNumber, n.FriendlyName})
			continue
		}
		others = append(others, Number{n.PhoneNumber, n.FriendlyName})
	}
	return append(queues, others...), nil
}
