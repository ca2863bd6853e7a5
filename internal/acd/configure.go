package acd

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/skill"
	"parley/internal/tel"
)

// configure replaces queues, members and agents. Live offers and calls go on as they began.
func (t *turn) configure(s Configure) error {
	if err := s.valid(); err != nil {
		return err
	}
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return fmt.Errorf("configure timezone %q: %w: %w", s.Timezone, err, ErrInvalid)
	}
	t.statuses = map[string]CustomStatus{}
	for _, c := range s.Statuses {
		t.statuses[c.ID] = c
	}
	t.timezone, t.zone = s.Timezone, zone
	t.replaceAgents(s.Agents)
	t.replaceQueues(s.Queues)
	t.relink()
	for _, name := range sortedKeys(t.queues) {
		q := t.queues[name]
		t.watchStaff(q)
		for _, c := range q.line { // the time may have been changed
			t.watchUnstaffed(q, c)
		}
	}
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
		if _, err := parse(q.Steps); err != nil {
			return fmt.Errorf("configure queue %s: %w", q.ID, err)
		}
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
		if a.Wrap != nil {
			t.do(StopTimer{Timer: wrapTimer(a)})
			a.Wrap = nil
		}
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
		conf.Steps, conf.MemberWeights = slices.Clone(conf.Steps), maps.Clone(conf.MemberWeights)
		q := &queue{Queue: conf}
		if known := old[conf.ID]; known != nil {
			q.memory = known.memory
		}
		t.queues[conf.ID] = q
	}
	var stranded []*waiting
	for name, q := range old {
		if t.queues[name] == nil {
			stranded = append(stranded, q.line...)
			if !q.Armed.IsZero() {
				t.do(StopTimer{Timer: unstaffedTimer(q)})
			}
		}
	}
	slices.SortFunc(stranded, byTurn)
	for _, c := range stranded {
		if c.inLine = false; c.inLane || c.Callback != nil && len(c.Offers) == 0 {
			t.dismiss(c, LeftNoAgent)
		}
	}
}

// relink makes all lists from the state.
func (d *Distributor) relink() {
	for _, a := range d.agents {
		a.queues, a.member, a.listed = nil, nil, nil
		a.skills = skill.NewSet(a.Skills)
	}
	for _, name := range sortedKeys(d.queues) {
		q := d.queues[name]
		q.forget()
		d.linkMembers(q)
	}
	d.attempts = map[id.Call]*waiting{}
	for _, c := range d.calls {
		d.linkCall(c)
	}
	for _, a := range d.agents {
		if !a.free() {
			continue
		}
		for _, q := range a.queues {
			if a.serves(q) {
				q.free = append(q.free, a)
				a.listed = append(a.listed, q)
			}
		}
	}
	for _, q := range d.queues {
		q.sort()
	}
}

// forget drops the lists of a queue.
func (q *queue) forget() {
	conf, memory := q.Queue, q.memory
	*q = queue{Queue: conf, memory: memory, rank: map[*agent]int{}, callbacks: map[tel.Number]*waiting{}}
}

func (d *Distributor) linkMembers(q *queue) {
	for i, m := range q.Members {
		a := d.agents[m]
		if a == nil || a.Removed {
			continue
		}
		if _, twice := q.rank[a]; twice {
			continue
		}
		q.rank[a] = i
		q.members = append(q.members, a)
		a.member = append(a.member, q)
		if a.Status != Offline {
			q.staffed++
		}
		if !a.toggledOff(q) {
			a.queues = append(a.queues, q)
		}
	}
}

// linkCall puts a call into the lists of its queue, which are not in order yet.
func (d *Distributor) linkCall(c *waiting) {
	if b := c.Callback; b != nil {
		for _, attempt := range []id.Call{b.Attempt, b.Past} {
			if attempt != "" {
				d.attempts[attempt] = c
			}
		}
	}
	q := d.queues[c.Queue]
	if c.inLine, c.inLane = false, false; q == nil {
		return
	}
	if c.Callback != nil {
		q.callbacks[c.Callback.Number] = c
		if c.Callback.Dialling && c.Callback.Agent == "" {
			q.dialling++
		}
	}
	if c.Callback != nil && c.Callback.Agent != "" {
		return // an agent has it
	}
	c.inLine = true
	q.line = append(q.line, c)
	if c.inLane = c.loose(q); c.inLane {
		q.lanes(c, func(l *lane) { l.calls = append(l.calls, c) })
	}
	if q.Strategy == Simultaneous && c.Callback == nil && len(c.Offers) > 0 && !c.Offers[0].Taken {
		q.ringing = append(q.ringing, c)
	}
}

// sort puts the lists of a queue in order.
func (q *queue) sort() {
	slices.SortFunc(q.line, byTurn)
	slices.SortFunc(q.free, byIdle)
	slices.SortFunc(q.ringing, byTurn)
	slices.SortFunc(q.open.calls, byTurn)
	for _, l := range q.skilled {
		slices.SortFunc(l.calls, byTurn)
	}
	for _, l := range q.named {
		slices.SortFunc(l.calls, byTurn)
	}
}

// pending lists the calls of all queues for which nobody is rung, in order.
func (t *turn) pending() []*waiting {
	var all []*waiting
	for _, q := range t.queues {
		for _, c := range q.line {
			if c.inLane {
				all = append(all, c)
			}
		}
	}
	slices.SortFunc(all, func(a, b *waiting) int {
		switch {
		case t.before(a, b):
			return -1
		case t.before(b, a):
			return 1
		}
		return 0
	})
	return all
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
