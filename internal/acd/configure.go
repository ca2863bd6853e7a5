package acd

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"parley/internal/id"
)

// configure replaces queues, members and agents. Live offers and calls go on as they began.
func (t *turn) configure(s Configure) error {
	if err := s.valid(); err != nil {
		return err
	}
	t.replaceAgents(s.Agents)
	t.replaceQueues(s.Queues)
	t.relink()
	t.matchAll()
	return nil
}

func (s Configure) valid() error {
	queues, agents := map[id.Queue]bool{}, map[id.Agent]bool{}
	for _, q := range s.Queues {
		if q.ID == "" || queues[q.ID] {
			return fmt.Errorf("configure queue %q: empty or twice: %w", q.ID, ErrInvalid)
		}
		queues[q.ID] = true
	}
	for _, a := range s.Agents {
		if a.ID == "" || agents[a.ID] {
			return fmt.Errorf("configure agent %q: empty or twice: %w", a.ID, ErrInvalid)
		}
		agents[a.ID] = true
	}
	return nil
}

func (t *turn) replaceAgents(all []Agent) {
	stays := map[id.Agent]bool{}
	for _, conf := range all {
		stays[conf.ID] = true
		conf.ToggledOff = slices.Clone(conf.ToggledOff)
		a, known := t.agents[conf.ID]
		if !known {
			a = &agent{Status: Offline, Since: t.now}
			t.agents[conf.ID] = a
		}
		a.Agent, a.Removed = conf, false
		if a.Status == Offline && a.Stored.IsZero() {
			a.Choice = a.defaultChoice()
		}
	}
	for _, which := range sortedKeys(t.agents) {
		if !stays[which] {
			t.removeAgent(t.agents[which])
		}
	}
}

// removeAgent takes an agent out at once, or when the call or offer that holds the agent has ended.
func (t *turn) removeAgent(a *agent) {
	a.Removed = true
	if a.Place == nil {
		t.forgetWrap(a)
		t.settle(a, System)
	}
}

// forget drops a removed agent with all timers.
func (t *turn) forget(a *agent) {
	t.unlist(a)
	t.wake(a)
	for _, c := range sortedKeys(a.Refused) {
		t.do(StopTimer{Timer: refusalTimer(a, c)})
	}
	delete(t.agents, a.ID)
}

func (t *turn) replaceQueues(all []Queue) {
	old := t.queues
	t.queues = make(map[id.Queue]*queue, len(all))
	for _, conf := range all {
		conf.Members = slices.Clone(conf.Members)
		t.queues[conf.ID] = &queue{Queue: conf}
	}
	var stranded []*waiting
	for name, q := range old {
		if t.queues[name] == nil {
			stranded = append(stranded, q.pending...)
		}
	}
	slices.SortFunc(stranded, byTurn)
	for _, c := range stranded {
		t.dismiss(c)
	}
}

// relink makes all lists from the state.
func (d *Distributor) relink() {
	for _, a := range d.agents {
		a.queues, a.listed = nil, false
	}
	for _, name := range sortedKeys(d.queues) {
		q := d.queues[name]
		q.members, q.free, q.pending = nil, nil, nil
		d.linkMembers(q)
	}
	for _, c := range d.calls {
		if q := d.queues[c.Queue]; q != nil && c.Offer == "" {
			q.pending = append(q.pending, c)
		}
	}
	for _, a := range d.agents {
		if !a.free() {
			continue
		}
		a.listed = true
		for _, q := range a.queues {
			q.free = append(q.free, a)
		}
	}
	for _, q := range d.queues {
		slices.SortFunc(q.pending, byTurn)
		slices.SortFunc(q.free, byIdle)
	}
}

func (d *Distributor) linkMembers(q *queue) {
	seen := make(map[id.Agent]bool, len(q.Members))
	for _, m := range q.Members {
		a := d.agents[m]
		if a == nil || a.Removed || seen[m] {
			continue
		}
		seen[m] = true
		q.members = append(q.members, a)
		if !slices.Contains(a.ToggledOff, q.ID) {
			a.queues = append(a.queues, q)
		}
	}
}

// pending lists the calls of all queues that have no open offer, in order.
func (d *Distributor) pending() []*waiting {
	var all []*waiting
	for _, q := range d.queues {
		all = append(all, q.pending...)
	}
	slices.SortFunc(all, byTurn)
	return all
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
