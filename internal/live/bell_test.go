package live

import (
	"testing"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
)

// TestBell: every page of a user shows how many notices are unread and hears of a new one, and nobody else's does.
func TestBell(t *testing.T) {
	h := New()
	h.Configure(org, site())
	h.Bells(org, map[id.User]int{"u-ann": 2})
	ann := open(t, h, Viewer{Org: org, User: "u-ann", Agent: "ann", Role: access.Agent})
	boss := open(t, h, Viewer{Org: org, User: "u-boss", Role: access.Admin})
	see := func(p *page, unread, heard int) {
		t.Helper()
		p.read()
		if p.see.Bell.Unread != unread || p.heard["bell"] != heard {
			t.Errorf("%s sees %d unread after %d messages, want %d after %d", p.feed.viewer.User, p.see.Bell.Unread, p.heard["bell"], unread, heard)
		}
	}
	see(ann, 2, 0)
	see(boss, 0, 0)
	h.BellRang(org, "u-ann", 3, &store.Notice{ID: "n3"})
	see(ann, 3, 1)
	see(boss, 0, 0)
	h.BellRang(org, "u-ann", 0, nil)
	see(ann, 0, 2)
	h.BellRang(org, "u-boss", 1, nil)
	h.Configure(org, site())
	see(ann, 0, 2)
	see(boss, 1, 0) // the snapshot holds what was not sent yet
}
