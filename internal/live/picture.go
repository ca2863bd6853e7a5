package live

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/acd"
	"parley/internal/dest"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/station"
)

// picture is one organisation as it is now.
type picture struct {
	mu      sync.Mutex // guards everything here
	now     func() time.Time
	site    Site
	day     string    // that the figures are of
	dayEnds time.Time // at the latest then the day is looked at again
	queues  map[id.Queue]*queue
	agents  map[id.Agent]*agent
	waiting map[id.Call]*waiting
	// callbacks are the queues of customers who are to be called back.
	callbacks map[id.Callback]id.Queue
	calls     map[id.Call]*known
	parked    map[id.Call]Parked
	helps     map[id.Call]Help
	lit       map[id.Agent][]Lamp // what was told last, while somebody shows lamps
	feeds     map[*Feed]bool

	overrides map[string]dialing.Override // requested, or approved and not used yet
	locks     map[id.Agent]dialing.Lock
	mailboxes []SiteMailbox
	picks     map[id.User]presence.Own
	persons   map[id.Agent]int // where each agent's user stands in site.People
	bells     map[id.User]int  // unread notices
}

// waiting is a waiting caller, and when this stay in the queue began.
type waiting struct {
	Waiting
	entered time.Time
}

// known is what is remembered of a live call.
type known struct {
	agents       []id.Agent // who had a part in it when it was last heard of
	number, name string     // of the caller
	place        dest.Destination
}

// agent is what is known of one agent now.
type agent struct {
	SiteAgent
	status  acd.Status
	takes   bool // queue calls: is available, or was before the call or wrap-up
	reason  string
	custom  *Custom
	next    *Next
	chosen  *Chosen
	since   time.Time
	wrap    *Wrap
	health  string
	station station.Face
	lines   []Line
	queues  []id.Queue
}

func newPicture(now func() time.Time) *picture {
	return &picture{
		now: now, site: Site{Location: time.UTC}, queues: map[id.Queue]*queue{}, agents: map[id.Agent]*agent{},
		waiting: map[id.Call]*waiting{}, callbacks: map[id.Callback]id.Queue{}, calls: map[id.Call]*known{}, feeds: map[*Feed]bool{},
		parked: map[id.Call]Parked{}, helps: map[id.Call]Help{},
		overrides: map[string]dialing.Override{}, locks: map[id.Agent]dialing.Lock{}, picks: map[id.User]presence.Own{},
		bells: map[id.User]int{},
	}
}

func (p *picture) configure(s Site) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.Location == nil {
		s.Location = time.UTC
	}
	p.site, p.picks = s, maps.Clone(s.Picks)
	if p.picks == nil {
		p.picks = map[id.User]presence.Own{}
	}
	p.persons = map[id.Agent]int{}
	for i, one := range s.People {
		if one.Agent != "" {
			p.persons[one.Agent] = i
		}
	}
	p.configureAgents()
	p.configureQueues()
	p.dayEnds = time.Time{}
	p.roll(p.now())
	for f := range p.feeds {
		f.reset(p.snapshot(f.viewer))
	}
}

func (p *picture) configureAgents() {
	agents := map[id.Agent]*agent{}
	for _, a := range p.site.Agents {
		known := p.agents[a.ID]
		if known == nil {
			known = &agent{status: acd.Offline, since: p.now(), health: "offline"}
		}
		known.SiteAgent, known.queues = a, nil
		agents[a.ID] = known
	}
	p.agents = agents
}

func (p *picture) configureQueues() {
	queues := map[id.Queue]*queue{}
	for _, q := range p.site.Queues {
		known := p.queues[q.ID]
		if known == nil {
			known = &queue{}
		}
		known.SiteQueue = q
		queues[q.ID] = known
		for _, m := range q.Members {
			if a := p.agents[m]; a != nil {
				a.queues = append(a.queues, q.ID)
			}
		}
	}
	p.queues = queues
}

// tick takes note that time has passed: the day may have changed, and lines that ended leave the screen.
func (p *picture) tick(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roll(now)
	for which, a := range p.agents {
		before := len(a.lines)
		a.lines = slices.DeleteFunc(a.lines, func(l Line) bool { return l.State == "ended" && now.Sub(l.Since) >= endedLine })
		if len(a.lines) != before {
			p.tellMe(which)
		}
	}
}

func (p *picture) subscribe(v Viewer) *Feed {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := &Feed{viewer: v, picture: p, wake: make(chan struct{}, 1)}
	p.feeds[f] = true
	f.reset(p.snapshot(v))
	return f
}

func (p *picture) unsubscribe(f *Feed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.feeds, f)
}

func (p *picture) resend(f *Feed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f.reset(p.snapshot(f.viewer))
}

// toTab sends to the pages of a tab, or with no tab to all of the agent's.
func (p *picture) toTab(agent id.Agent, tab id.Tab, send func(*Feed)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for f := range p.feeds {
		if f.viewer.Agent == agent && (tab == "" || f.viewer.Tab == tab) {
			send(f)
		}
	}
}

func (p *picture) snapshot(v Viewer) Snapshot {
	s := Snapshot{Now: p.now(), Me: p.me(v.Agent), Queues: []Queue{}, Agents: []Agent{}, Waiting: []Waiting{}, Mailboxes: seen(p.mailboxes, v)}
	s.Bell.Unread, s.Parked, s.Lamps = p.bells[v.User], p.slots(v), p.lamps(v)
	s.Helps = p.askedOf(v)
	for _, q := range p.site.Queues {
		if p.seesQueue(v, q.ID) {
			s.Queues = append(s.Queues, p.queueView(q.ID))
		}
	}
	p.dialing(v, &s)
	p.people(v, &s)
	p.places(v, &s)
	if !v.supervises() {
		return s
	}
	for _, a := range p.site.Agents {
		if p.seesAgent(v, a.ID) {
			s.Agents = append(s.Agents, p.agentView(a.ID))
		}
	}
	for _, w := range p.waiting {
		if p.seesQueue(v, w.Queue) {
			s.Waiting = append(s.Waiting, w.Waiting)
		}
	}
	slices.SortFunc(s.Waiting, func(a, b Waiting) int {
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return strings.Compare(string(a.Call), string(b.Call))
	})
	return s
}

// seesQueue says whether a queue is in the viewer's scope: admins see every queue, the others those they belong to (MN-5).
func (p *picture) seesQueue(v Viewer, which id.Queue) bool {
	if v.everything() {
		return true
	}
	a := p.agents[v.Agent]
	return a != nil && slices.Contains(a.queues, which)
}

// seesAgent says whether an agent is in the viewer's scope: one who shares a queue with a supervisor.
func (p *picture) seesAgent(v Viewer, which id.Agent) bool {
	if v.everything() || which == v.Agent && v.supervises() {
		return true
	}
	a := p.agents[which]
	return v.supervises() && a != nil && slices.ContainsFunc(a.queues, func(q id.Queue) bool { return p.seesQueue(v, q) })
}
