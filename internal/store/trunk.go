package store

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
)

// TrunkKind says how a carrier is known.
type TrunkKind string

// By its addresses, or because we register to it with digest.
const (
	TrunkByAddress  TrunkKind = "address"
	TrunkByRegister TrunkKind = "register"
)

// Trunk is a SIP connection to a carrier.
type Trunk struct {
	bun.BaseModel `bun:"table:trunks,alias:trunk"`
	Record[id.Trunk]
	Name                string    `bun:"name" json:"name"` // unique in the organisation
	Kind                TrunkKind `bun:"kind" json:"kind"`
	Networks            []string  `bun:"-" json:"networks"`              // whose requests are this trunk's: addresses or CIDR
	Proxy               string    `bun:"proxy" json:"proxy"`             // host:port that outbound calls go to
	Transport           string    `bun:"transport" json:"transport"`     // udp, tcp or tls; empty: UDP, and TCP for long requests
	CA                  string    `bun:"ca" json:"ca"`                   // PEM of who may sign the certificate of a tls peer; else of the system
	Registrar           string    `bun:"registrar" json:"registrar"`     // host:port, for kind register
	Username            string    `bun:"username" json:"username"`       // in From and Contact
	AuthUser            string    `bun:"auth_user" json:"auth_user"`     // of digest; empty: Username
	PasswordSealed      string    `bun:"password_sealed" json:"-"`       // by DB.Seal; stored by SetTrunkPassword
	FromUser            string    `bun:"from_user" json:"from_user"`     // empty: the number that is shown
	FromDomain          string    `bun:"from_domain" json:"from_domain"` // empty: the proxy's host
	Peering             `bun:"embed:"`
	CallerID            string   `bun:"caller_id" json:"caller_id"` // own number, shown where another may not be (PN-11)
	PresentsAnyCallerID bool     `bun:"presents_any_caller_id" json:"presents_any_caller_id"`
	Outbound            bool     `bun:"outbound" json:"outbound"` // takes outbound calls
	Prefixes            []string `bun:"prefixes" json:"prefixes"` // E.164 beginnings that it takes, the longest match wins; empty: all
	Position            int      `bun:"position" json:"position"` // order among trunks that match alike, the lowest first
	Active              bool     `bun:"active" json:"active"`
	More                string   `bun:"more" json:"-"` // the rest, by Settings
}

// NewTrunk has the defaults: UDP, every codec, outbound, active, any caller ID.
func NewTrunk(name string, kind TrunkKind) Trunk {
	return Trunk{Name: name, Kind: kind, Transport: "udp", PresentsAnyCallerID: true, Outbound: true, Active: true,
		Networks: []string{}, Prefixes: []string{}, Peering: Peering{SRTP: SRTPAutomatic, Codecs: []string{}, DTMF: DTMFAutomatic}}
}

// complete fills in what is not said, and refuses what means nothing.
func (t *Trunk) complete() error {
	if err := among("transport", t.Transport, "", "udp", "tcp", "tls"); err != nil {
		return err
	}
	if err := checkCA(t.CA); err != nil {
		return err
	}
	return t.Peering.complete()
}

type trunkNetwork struct {
	bun.BaseModel `bun:"table:trunk_networks"`
	Org           id.Org   `bun:"organisation"`
	Trunk         id.Trunk `bun:"trunk_id"`
	Network       string   `bun:"network"`
}

// CreateTrunk stores a new trunk with its networks, and its sealed password if it has one; a setting that means nothing
// gives an InvalidError.
func (db *DB) CreateTrunk(ctx context.Context, trunk *Trunk) error {
	if err := trunk.complete(); err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := insert(ctx, tx, trunk); err != nil {
			return err
		}
		return storeNetworks(ctx, tx, trunk)
	})
}

// UpdateTrunk stores all but the password, or gives a StaleError or InvalidError.
func (db *DB) UpdateTrunk(ctx context.Context, trunk *Trunk) error {
	if err := trunk.complete(); err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := change(ctx, tx, trunk, "password_sealed"); err != nil {
			return err
		}
		return storeNetworks(ctx, tx, trunk)
	})
}

// SetTrunkPassword seals and stores the digest password of a trunk that registers.
func (db *DB) SetTrunkPassword(ctx context.Context, trunk id.Trunk, password string) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Trunk](ctx, tx, string(trunk))
		if err != nil {
			return err
		}
		row.PasswordSealed = db.Seal(password)
		return change(ctx, tx, row)
	})
}

// Trunk is the trunk with this id, or ErrNotFound.
func (db *DB) Trunk(ctx context.Context, trunk id.Trunk) (*Trunk, error) {
	row, err := find[Trunk](ctx, db.bun, string(trunk))
	if err != nil {
		return nil, err
	}
	return row, db.loadNetworks(ctx, row)
}

// Trunks lists the trunks, newest first.
func (db *DB) Trunks(ctx context.Context, r Range) (Page[Trunk], error) {
	page, err := list[Trunk](ctx, db, r)
	if err != nil {
		return page, err
	}
	return page, db.loadNetworks(ctx, pointers(page.Rows)...)
}

// AllTrunks is every trunk by position, for routing.
func (db *DB) AllTrunks(ctx context.Context) ([]Trunk, error) {
	rows, err := all[Trunk](ctx, db, "trunk.position, trunk.created_at, trunk.id")
	if err != nil {
		return nil, err
	}
	return rows, db.loadNetworks(ctx, pointers(rows)...)
}

// DeleteTrunk deletes a trunk that no number uses, else gives an InUseError.
func (db *DB) DeleteTrunk(ctx context.Context, trunk id.Trunk) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := refuseInUse(ctx, tx, numbersWhere("trunk_id = ?", trunk)); err != nil {
			return err
		}
		return remove[Trunk](ctx, tx, string(trunk))
	})
}

// ParseNetwork reads an address or a CIDR network; it gives the network without host bits.
func ParseNetwork(text string) (netip.Prefix, error) {
	text = strings.TrimSpace(text)
	if address, err := netip.ParseAddr(text); err == nil {
		address = address.Unmap().WithZone("")
		return netip.PrefixFrom(address, address.BitLen()), nil
	}
	network, err := netip.ParsePrefix(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("%q is neither an address nor a network such as 192.0.2.0/24", text)
	}
	return network.Masked(), nil
}

func storeNetworks(ctx context.Context, tx bun.IDB, trunk *Trunk) error {
	_, err := tx.NewDelete().Model((*trunkNetwork)(nil)).
		Where("trunk_id = ?", trunk.ID).Where("organisation = ?", trunk.Org).Exec(ctx)
	if err != nil {
		return err
	}
	rows := []trunkNetwork{}
	for _, text := range trunk.Networks {
		network, err := ParseNetwork(text)
		if err != nil {
			return err
		}
		rows = append(rows, trunkNetwork{Org: trunk.Org, Trunk: trunk.ID, Network: network.String()})
	}
	if len(rows) == 0 {
		return nil
	}
	_, err = tx.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx)
	return err
}

func (db *DB) loadNetworks(ctx context.Context, trunks ...*Trunk) error {
	return loadNetworksFrom(ctx, db.bun, trunks...)
}

func loadNetworksFrom(ctx context.Context, from bun.IDB, trunks ...*Trunk) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	byID := map[id.Trunk]*Trunk{}
	for _, trunk := range trunks {
		trunk.Networks = []string{}
		byID[trunk.ID] = trunk
	}
	var rows []trunkNetwork
	if err := from.NewSelect().Model(&rows).Where("organisation = ?", org).OrderExpr("network").Scan(ctx); err != nil {
		return translate(err)
	}
	for _, row := range rows {
		if trunk, ok := byID[row.Trunk]; ok {
			trunk.Networks = append(trunk.Networks, row.Network)
		}
	}
	return nil
}

func pointers[T any](rows []T) []*T {
	all := make([]*T, len(rows))
	for i := range rows {
		all[i] = &rows[i]
	}
	return all
}
