package access_test

import (
	"testing"

	"parley/internal/access"
)

func TestMay(t *testing.T) {
	for _, c := range []struct {
		role access.Role
		perm access.Permission
		want bool
	}{
		{access.Admin, access.Administrate, true},
		{access.Supervisor, access.Administrate, false},
		{access.Supervisor, access.Supervise, true},
		{access.Agent, access.Supervise, false},
		{access.Agent, access.UsePhone, true},
		{access.None, access.UsePhone, false},
		{access.Agent, access.UseVoicemail, true},
		{access.None, access.UseVoicemail, false},
		{access.Agent, access.UseContacts, true},
		{access.None, access.UseContacts, false},
		{access.Agent, access.EditContacts, false},
		{access.Supervisor, access.EditContacts, true},
		{access.Agent, access.EditLeads, false},
		{access.Supervisor, access.EditLeads, true},
		{access.None, access.SignedIn, true},
		{access.Role(""), access.SignedIn, false},
		{access.Role("root"), access.SignedIn, false},
		{access.Role(""), access.Anyone, true},
		{access.Admin, access.Permission("unheard of"), false},
	} {
		if got := access.May(c.role, c.perm); got != c.want {
			t.Errorf("May(%q, %q) = %v, want %v", c.role, c.perm, got, c.want)
		}
	}
}

func TestCallScope(t *testing.T) {
	for role, want := range map[access.Role]access.Scope{
		access.Admin: access.All, access.Supervisor: access.Team, access.Agent: access.Own, access.None: access.Own,
	} {
		if got := access.CallScope(role); got != want {
			t.Errorf("CallScope(%s) = %s, want %s", role, got, want)
		}
	}
}
