// Package access decides which user may do what: roles and the permissions they carry.
package access

// Role is one of the four tiers, each including the one below (PM-1).
type Role string

// The roles, highest first.
const (
	Admin      Role = "admin"
	Supervisor Role = "supervisor"
	Agent      Role = "agent"
	None       Role = "none"
)

// Permission is what a route of the API needs.
type Permission string

// The permissions, each named at the routes that need it.
const (
	Anyone       Permission = "anyone"        // no sign-in
	SignedIn     Permission = "signed_in"     // any role, none too
	UsePhone     Permission = "use_phone"     // the softphone, calls, own status
	ReadCalls    Permission = "read_calls"    // call history within the data scope
	ReadLive     Permission = "read_live"     // the live picture within the data scope
	ReadWork     Permission = "read_work"     // agents' time and statuses within the data scope
	UseVoicemail Permission = "use_voicemail" // one's own mailbox and those of one's queues
	UseContacts  Permission = "use_contacts"  // colleagues, contacts and one's own favourites (PR-5)
	EditContacts Permission = "edit_contacts" // contacts outside
	EditLeads    Permission = "edit_leads"    // campaigns, lead lists and leads
	Supervise    Permission = "supervise"     // other agents, all queues of one's own
	Administrate Permission = "administrate"  // settings
)

// lowest is the lowest role that carries a permission.
var lowest = map[Permission]Role{
	SignedIn: None, UsePhone: Agent, ReadCalls: Agent, ReadLive: Agent, ReadWork: Agent, UseVoicemail: Agent, UseContacts: Agent,
	EditContacts: Supervisor, EditLeads: Supervisor, Supervise: Supervisor, Administrate: Admin,
}

var rank = map[Role]int{None: 0, Agent: 1, Supervisor: 2, Admin: 3}

// Valid tells whether r is one of the four roles.
func (r Role) Valid() bool { _, ok := rank[r]; return ok }

// May tells whether a user of role r has permission p (PM-3). An unknown role or permission is refused.
func May(r Role, p Permission) bool {
	if p == Anyone {
		return true
	}
	need, known := lowest[p]
	have, valid := rank[r]
	return known && valid && have >= rank[need]
}

// Scope is which interactions a user sees (CF-9, CH-10).
type Scope string

// The scopes.
const (
	Own  Scope = "own"
	Team Scope = "team" // interactions of queues and groups the viewer belongs to
	All  Scope = "all"
)

// CallScope is a role's default scope on calls: agent own, supervisor team, admin all (CH-10).
func CallScope(r Role) Scope {
	switch r {
	case Admin:
		return All
	case Supervisor:
		return Team
	default:
		return Own
	}
}
