package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/tel"
)

// Device is a kind of device that can ring for an agent (AG-5).
type Device string

// The three kinds of device.
const (
	Softphone       Device = "softphone"
	DeskPhone       Device = "desk_phone"
	ReceivingNumber Device = "receiving_number"
)

// RingStrategy says in which order an agent's devices ring (AG-5).
type RingStrategy string

// The three ring strategies.
const (
	PreferredOnly RingStrategy = "preferred_only"
	Sequential    RingStrategy = "sequential"
	Simultaneous  RingStrategy = "simultaneous"
)

// Agent is the phone-facing profile of a user (AG-1), with the SIP sign-in of his or her desk phone.
type Agent struct {
	bun.BaseModel `bun:"table:agents,alias:agent"`
	Record[id.Agent]
	User                        id.User      `bun:"user_id" json:"user"`                 // one agent per user and organisation
	FullName                    string       `bun:"full_name,scanonly" json:"full_name"` // read from the user
	Extension                   string       `bun:"extension" json:"extension"`          // 2 to 6 digits, unique in the organisation
	DefaultNumber               id.Number    `bun:"default_number,nullzero" json:"default_number,omitempty"`
	PreferredDevice             Device       `bun:"preferred_device" json:"preferred_device"`
	RingStrategy                RingStrategy `bun:"ring_strategy" json:"ring_strategy"`
	ReceivingNumber             tel.Number   `bun:"receiving_number" json:"receiving_number,omitempty"` // US-9; empty: none
	RecordOutgoingAutomatically bool         `bun:"record_outgoing_automatically" json:"record_outgoing_automatically"`
	DirectWhenUnavailable       bool         `bun:"direct_when_unavailable" json:"direct_when_unavailable"`
	CallWaiting                 bool         `bun:"call_waiting" json:"call_waiting"`
	DefaultStatus               string       `bun:"default_status" json:"default_status"` // available, busy or unavailable
	Active                      bool         `bun:"active" json:"active"`
	SIPUsername                 string       `bun:"sip_username,nullzero" json:"sip_username,omitempty"` // unique per installation
	SIPHA1MD5                   string       `bun:"sip_ha1_md5" json:"-"`                                // RFC 8760 §2, hexadecimal
	SIPHA1SHA256                string       `bun:"sip_ha1_sha256" json:"-"`                             // RFC 8760 §2, hexadecimal
	SIPPasswordSealed           string       `bun:"sip_password_sealed" json:"-"`                        // DB.Unseal shows it
	Phone                       Peering      `bun:"embed:sip_" json:"phone"`                             // how the desk phone is spoken with
	More                        string       `bun:"more" json:"-"`                                       // the rest, by Settings
}

// NewAgent has the defaults of table Agent.
func NewAgent(user id.User, extension string) Agent {
	return Agent{User: user, Extension: extension, PreferredDevice: Softphone, RingStrategy: Sequential,
		DirectWhenUnavailable: true, CallWaiting: true, DefaultStatus: "unavailable", Active: true,
		Phone: Peering{SRTP: SRTPAutomatic, Codecs: []string{}, DTMF: DTMFAutomatic}}
}

func (*Agent) join(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("agent.*, TRIM(person.first_name || ' ' || person.last_name) AS full_name").
		Join("JOIN users AS person ON person.id = agent.user_id")
}

// SIPDevice is the sign-in of an agent's desk phone.
type SIPDevice struct {
	Username  string
	HA1MD5    string // of username:realm:password (RFC 7616 §3.4.2), in hexadecimal
	HA1SHA256 string
	Password  string // in clear; sealed before it is stored
}

// CreateAgent stores a new agent and gives it a personal mailbox; a taken extension or SIP user name gives a TakenError, a setting of
// the phone that means nothing an InvalidError. Give it its device by SetSIPDevice.
func (db *DB) CreateAgent(ctx context.Context, agent *Agent) error {
	if err := agent.Phone.complete(); err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return db.hire(ctx, tx, Actor{}, agent) })
}

// hire stores a new agent with a personal mailbox.
func (db *DB) hire(ctx context.Context, tx bun.Tx, by Actor, agent *Agent) error {
	if err := insert(ctx, tx, agent); err != nil {
		return err
	}
	row, err := find[Agent](ctx, tx, string(agent.ID))
	if err != nil {
		return err
	}
	agent.FullName = row.FullName
	fields, err := row.Settings()
	if err != nil {
		return err
	}
	return db.furnish(ctx, tx, by, agent.FullName, fields)
}

// UpdateAgent stores all but the SIP sign-in, or gives a StaleError, TakenError or InvalidError.
func (db *DB) UpdateAgent(ctx context.Context, agent *Agent) error {
	if err := agent.Phone.complete(); err != nil {
		return err
	}
	return update(ctx, db, agent, "sip_username", "sip_ha1_md5", "sip_ha1_sha256", "sip_password_sealed")
}

// SetSIPDevice gives the agent a new SIP sign-in, or none when the user name is empty.
func (db *DB) SetSIPDevice(ctx context.Context, agent id.Agent, device SIPDevice) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		row, err := find[Agent](ctx, tx, string(agent))
		if err != nil {
			return err
		}
		db.equip(row, device)
		return change(ctx, tx, row)
	})
}

func (db *DB) equip(agent *Agent, device SIPDevice) {
	agent.SIPUsername, agent.SIPHA1MD5, agent.SIPHA1SHA256 = device.Username, device.HA1MD5, device.HA1SHA256
	agent.SIPPasswordSealed = ""
	if device.Password != "" {
		agent.SIPPasswordSealed = db.Seal(device.Password)
	}
}

// Agent is the agent with this id, or ErrNotFound.
func (db *DB) Agent(ctx context.Context, agent id.Agent) (*Agent, error) {
	return find[Agent](ctx, db.bun, string(agent))
}

// AgentOf is the agent that the user is in the context's organisation, or ErrNotFound.
func (db *DB) AgentOf(ctx context.Context, user id.User) (*Agent, error) {
	query, err := within[Agent](ctx, db.bun)
	if err != nil {
		return nil, err
	}
	row := new(Agent)
	if err := query.Model(row).Where("agent.user_id = ?", user).Scan(ctx); err != nil {
		return nil, translate(err)
	}
	return row, nil
}

// Agents lists the agents, newest first.
func (db *DB) Agents(ctx context.Context, r Range) (Page[Agent], error) {
	return list[Agent](ctx, db, r)
}

// AllAgents is every agent by extension, inactive ones included, for the ACD and routing.
func (db *DB) AllAgents(ctx context.Context) ([]Agent, error) {
	return all[Agent](ctx, db, "LENGTH(agent.extension), agent.extension")
}

// DeleteAgent deletes an agent that no number leads to and no queue has as a member, with its personal mailbox, else gives an InUseError.
func (db *DB) DeleteAgent(ctx context.Context, agent id.Agent) error {
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := refuseInUse(ctx, tx,
			numbersWhere("destination_kind = 'agent' AND destination_target = ?", agent),
			usersIn("queue", "queues", "name", "id IN (SELECT queue_id FROM queue_members WHERE agent_id = ?)", agent))
		if err != nil {
			return err
		}
		row, err := find[Agent](ctx, tx, string(agent))
		if err != nil {
			return err
		}
		if err := remove[Agent](ctx, tx, string(agent)); err != nil {
			return err
		}
		return db.unfurnish(ctx, tx, Actor{}, row.User)
	})
}

// FirstExtension is the lowest that is suggested (AG-6).
const FirstExtension = 100

// NextExtension suggests the lowest free extension from FirstExtension. Free is what nothing else is dialled by: no emergency number,
// no slot where calls are parked (BX-25), no mailbox, no paging group, and no key of a menu whose callers may key extensions (AG-6).
func (db *DB) NextExtension(ctx context.Context) (string, error) {
	extension, err := db.freeExtension(ctx, db.bun)
	return extension, translate(err)
}

func (db *DB) freeExtension(ctx context.Context, from bun.IDB) (string, error) {
	r, err := db.routes(ctx, from)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, a := range r.Agents {
		taken[a.Extension] = true
	}
	for _, m := range r.Mailboxes {
		taken[m.Number] = true
	}
	groups, err := db.Shelves().Paging.rows.all(ctx, from)
	if err != nil {
		return "", err
	}
	for _, g := range groups {
		taken[g.Fields.Number] = true
	}
	for _, m := range r.Menus {
		for _, o := range m.Options {
			entry, _, _ := strings.Cut(o.Digits, "#") // which ends an entry (IV-4)
			taken[entry] = taken[entry] || m.AllowDirectExtensions
		}
	}
	for n := FirstExtension; ; n++ {
		extension := strconv.Itoa(n)
		_, emergency := tel.Emergency(extension, r.Org.Country, r.Org.Emergency)
		if !taken[extension] && !emergency && (n < firstParked || n > lastParked) {
			return extension, nil
		}
	}
}

const (
	firstParked = 701
	lastParked  = 720
)
