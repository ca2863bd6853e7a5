package site

import (
	"slices"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestGroupsAreMembers has the agents of a group in a queue behind its own members, each once (QU-2).
func TestGroupsAreMembers(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	users, agents := []string{}, map[string]id.Agent{}
	one, _ := o.sites.Of(o.org)
	for _, a := range one.Agents {
		users = append(users, string(a.User))
		agents[a.Extension] = a.ID
	}
	group, err := shelves.Groups.Create(o.ctx, store.Actor{}, settings.Group{Name: "Everyone", Users: users})
	check(t, err)
	q := settings.New[settings.Queue]()
	q.Name, q.Members = "All", settings.Members{Agents: []string{string(agents["202"])}, Groups: []string{group.ID}}
	queue, err := shelves.Queues.Create(o.ctx, store.Actor{}, q)
	check(t, err)
	one, err = o.sites.Reload(o.ctx, o.org)
	check(t, err)
	if got := one.Members[id.Queue(queue.ID)]; !slices.Equal(got, []id.Agent{agents["202"], agents["201"]}) {
		t.Errorf("members %v", got)
	}
}
