package store

import (
	"context"
	"net/netip"

	"parley/internal/id"
	"parley/internal/tel"
)

// The only queries without an organisation in their context: they find it. They give ids, never records.

// OrganisationIDs names every organisation of the installation, oldest first.
func (db *DB) OrganisationIDs(ctx context.Context) ([]id.Org, error) {
	orgs := []id.Org{}
	err := db.bun.NewSelect().Table("organisations").Column("id").OrderExpr("created_at, id").Scan(ctx, &orgs)
	return orgs, translate(err)
}

// FindUser gives the user with this e-mail and the organisations that he or she may enter, or ErrNotFound.
func (db *DB) FindUser(ctx context.Context, email string) (id.User, []id.Org, error) {
	var user id.User
	if err := db.bun.NewSelect().Table("users").Column("id").Where("email = ?", CleanEmail(email)).Scan(ctx, &user); err != nil {
		return "", nil, translate(err)
	}
	orgs := []id.Org{}
	err := db.bun.NewSelect().Table("memberships").Column("organisation").Where("user_id = ?", user).
		OrderExpr("created_at, id").Scan(ctx, &orgs)
	return user, orgs, translate(err)
}

// FindSession gives the session that a cookie's token belongs to, or ErrNotFound when there is none or it is over.
func (db *DB) FindSession(ctx context.Context, token string) (id.Org, id.Session, error) {
	var org id.Org
	var session id.Session
	err := db.bun.NewSelect().Table("sessions").Column("organisation", "id").
		Where("token_sha256 = ?", tokenHash(token)).Where("expires_at > ?", now()).Scan(ctx, &org, &session)
	return org, session, translate(err)
}

// FindNumber gives the number that was called, or ErrNotFound.
func (db *DB) FindNumber(ctx context.Context, number tel.Number) (id.Org, id.Number, error) {
	var org id.Org
	var found id.Number
	err := db.bun.NewSelect().Table("numbers").Column("organisation", "id").
		Where("phone_number = ?", number).Scan(ctx, &org, &found)
	return org, found, translate(err)
}

// FindSIPUser gives the agent whose device signs in by this user name, or ErrNotFound. Inactive agents have no device.
func (db *DB) FindSIPUser(ctx context.Context, username string) (id.Org, id.Agent, error) {
	var org id.Org
	var agent id.Agent
	err := db.bun.NewSelect().Table("agents").Column("organisation", "id").
		Where("sip_username = ?", username).Where("active").Scan(ctx, &org, &agent)
	return org, agent, translate(err)
}

// TrunkRef names a trunk and its organisation.
type TrunkRef struct {
	Org   id.Org   `bun:"organisation"`
	Trunk id.Trunk `bun:"trunk_id"`
}

// FindTrunks gives the active trunks whose networks hold the address, only those of the narrowest network; several when
// organisations share a carrier. Empty when there is none.
func (db *DB) FindTrunks(ctx context.Context, address netip.Addr) ([]TrunkRef, error) {
	var rows []struct {
		TrunkRef
		Network string `bun:"network"`
	}
	err := db.bun.NewSelect().TableExpr("trunk_networks AS n").Join("JOIN trunks AS t ON t.id = n.trunk_id").
		ColumnExpr("n.organisation, n.trunk_id, n.network").Where("t.active").OrderExpr("t.created_at, t.id").Scan(ctx, &rows)
	if err != nil {
		return nil, translate(err)
	}
	found, narrowest := []TrunkRef{}, -1
	for _, row := range rows {
		network, err := netip.ParsePrefix(row.Network)
		if err != nil || !network.Contains(address.Unmap()) || network.Bits() < narrowest {
			continue
		}
		if network.Bits() > narrowest {
			found, narrowest = found[:0], network.Bits()
		}
		found = append(found, row.TrunkRef)
	}
	return found, nil
}

// FindInvitation gives the organisation of the link that has this token, or ErrNotFound when there is none or it is over.
func (db *DB) FindInvitation(ctx context.Context, token string) (id.Org, error) {
	var org id.Org
	err := db.bun.NewSelect().Table("invitations").Column("organisation").
		Where("token_sha256 = ?", tokenHash(token)).Where("expires_at > ?", now()).Scan(ctx, &org)
	return org, translate(err)
}
