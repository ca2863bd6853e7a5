package site

import (
	"maps"
	"slices"
	"testing"
	"time"

	"parley/internal/acd"
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

// TestMemberWeights takes the weights of agents and groups to the ACD: an agent's own goes before a group's, and who is not
// named has none (QU-5).
func TestMemberWeights(t *testing.T) {
	o := newOffice(t)
	shelves := o.sites.DB.Shelves()
	one, _ := o.sites.Of(o.org)
	users, agents := []string{}, []string{}
	for _, a := range one.Agents {
		users, agents = append(users, string(a.User)), append(agents, string(a.ID))
	}
	group, err := shelves.Groups.Create(o.ctx, store.Actor{}, settings.Group{Name: "First line", Users: users[:2]})
	check(t, err)
	q := settings.New[settings.Queue]()
	q.Name, q.Strategy, q.Members = "All", "simultaneous", settings.Members{Agents: agents}
	q.MemberWeights = []settings.MemberWeight{{Groups: []string{group.ID}, Weight: 8}, {Agents: agents[:1], Weight: 2}}
	queue, err := shelves.Queues.Create(o.ctx, store.Actor{}, q)
	check(t, err)
	one, err = o.sites.Reload(o.ctx, o.org)
	check(t, err)
	want := map[id.Agent]int{id.Agent(agents[0]): 2, id.Agent(agents[1]): 8}
	for _, got := range one.ACD(time.Now()).Queues {
		if got.ID == id.Queue(queue.ID) && (got.Strategy != acd.Simultaneous || !maps.Equal(got.MemberWeights, want)) {
			t.Errorf("strategy %s, weights %v, want %v", got.Strategy, got.MemberWeights, want)
		}
	}
}
