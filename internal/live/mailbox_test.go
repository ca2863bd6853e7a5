package live

import (
	"fmt"
	"testing"

	"parley/internal/access"
	"parley/internal/id"
)

// TestMailboxes: counts reach those whose mailbox it is, and administrators, and nobody else is told anything.
func TestMailboxes(t *testing.T) {
	h := New()
	h.Configure(org, site())
	set := func(ann, sales int) {
		h.Mailboxes(org, []SiteMailbox{
			{ID: "a", Name: "Ann", Unheard: ann, Agents: []id.Agent{"ann"}}, {ID: "s", Name: "Sales", Unheard: sales, Agents: []id.Agent{"ann", "bob"}},
		})
	}
	set(0, 1)
	pages := map[string]*page{
		"ann":  open(t, h, Viewer{Org: org, Agent: "ann", Role: access.Agent}),
		"bob":  open(t, h, Viewer{Org: org, Agent: "bob", Role: access.Agent}),
		"cleo": open(t, h, Viewer{Org: org, Agent: "cleo", Role: access.Supervisor}),
		"boss": open(t, h, Viewer{Org: org, Role: access.Admin}),
	}
	see := func(want map[string]string) {
		t.Helper()
		for name, p := range pages {
			p.read()
			if got := fmt.Sprint(p.see.Mailboxes, p.heard["mailboxes"]); got != want[name] {
				t.Errorf("%s sees %s, want %s", name, got, want[name])
			}
		}
	}
	see(map[string]string{
		"ann": "[{a Ann 0 true} {s Sales 1 true}] 0", "bob": "[{s Sales 1 true}] 0", "cleo": "[] 0", "boss": "[{a Ann 0 false} {s Sales 1 false}] 0",
	})
	set(2, 1)
	set(2, 1)
	see(map[string]string{
		"ann": "[{a Ann 2 true} {s Sales 1 true}] 1", "bob": "[{s Sales 1 true}] 0", "cleo": "[] 0", "boss": "[{a Ann 2 false} {s Sales 1 false}] 1",
	})
	h.Configure(org, site())
	see(map[string]string{
		"ann": "[{a Ann 2 true} {s Sales 1 true}] 1", "bob": "[{s Sales 1 true}] 0", "cleo": "[] 0", "boss": "[{a Ann 2 false} {s Sales 1 false}] 1",
	})
}
