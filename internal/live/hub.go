package live

import (
	"maps"
	"slices"
	"sync"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/report"
	"parley/internal/station"
)

// Hub holds the picture of every organisation. It is the sink that calls, stations and ACDs feed.
type Hub struct {
	mu       sync.Mutex // guards the maps; each picture has a lock of its own
	pictures map[id.Org]*picture
	agents   map[id.Agent]id.Org
	now      func() time.Time
}

// New gives a hub without organisations.
func New() *Hub {
	return &Hub{pictures: map[id.Org]*picture{}, agents: map[id.Agent]id.Org{}, now: clock.Now}
}

// Site is what the picture knows of an organisation from its configuration.
type Site struct {
	Location *time.Location // whose days the counters are of
	Queues   []SiteQueue
	Agents   []SiteAgent
	Statuses map[string]Custom // by id, inactive ones too
	People   []SitePerson
	Presence presence.Rules
	Picks    map[id.User]presence.Own // what each user has picked
	Codes    Codes
	Slots    []string // for parked calls

	HideSupervision bool // agents see no mark of a supervisor who listens (MN-4)
	AgentAssist     bool // agents may ask their supervisors for help (AS-1)
}

// SiteQueue is a queue with its thresholds.
type SiteQueue struct {
	ID                  id.Queue
	Name                string
	Members             []id.Agent
	WaitWarningSeconds  int
	WaitCriticalSeconds int
	ServiceLevelSeconds int
	ShortAbandonSeconds int
	Toggle              string // its number behind the code of availability; empty: none
}

// SiteAgent is an agent with the name people know.
type SiteAgent struct {
	ID        id.Agent
	Name      string
	Extension string
	CanRecord bool       // switch recording_control (PM-7)
	Off       []id.Queue // that do not deliver now (QU-13)
	Image     string     // address of the picture (AG-7); empty: none
}

// Configure sets or changes what an organisation consists of; everybody gets a new snapshot.
func (h *Hub) Configure(org id.Org, s Site) {
	h.mu.Lock()
	for _, a := range s.Agents {
		h.agents[a.ID] = org
	}
	h.mu.Unlock()
	h.of(org).configure(s)
}

// Seed adds to a queue's figures what was counted before the program started, on the organisation's day that at is in.
func (h *Hub) Seed(org id.Org, at time.Time, figures map[id.Queue]report.Figures) {
	h.of(org).seed(at, figures)
}

// Tick takes note that time has passed. It wants to be called every second or so.
func (h *Hub) Tick(now time.Time) {
	h.mu.Lock()
	all := slices.Collect(maps.Values(h.pictures))
	h.mu.Unlock()
	for _, p := range all {
		p.tick(now)
	}
}

// Subscribe opens a viewer's feed; its first message is a snapshot.
func (h *Hub) Subscribe(v Viewer) *Feed { return h.of(v.Org).subscribe(v) }

// CallChanged takes in what a call looks like now. Nothing of c and events is kept: they need not be copies.
func (h *Hub) CallChanged(now time.Time, c call.Call, events []call.Event) {
	h.of(c.Org).callChanged(now, &c, events)
}

// StationChanged takes in what a station looks like now. Only a change of its face makes a difference, and nothing else
// of s is kept.
func (h *Hub) StationChanged(_ time.Time, s station.Station) {
	h.of(s.Org).stationChanged(s.Agent, s.Face())
}

// ACDChanged takes in what the ACD has done.
func (h *Hub) ACDChanged(now time.Time, org id.Org, events []acd.Event) {
	h.of(org).acdChanged(now, events)
}

// ShowRing tells the page of a tab to ring, or with no tab every page of the agent's.
func (h *Hub) ShowRing(agent id.Agent, tab id.Tab, which id.Call, offer id.Offer) {
	h.ofAgent(agent).toTab(agent, tab, func(f *Feed) { f.put(Message{Kind: "ring", Data: Ring{Offer: offer, Call: which}}) })
}

// Probe asks the page of a tab for a sign of life.
func (h *Hub) Probe(agent id.Agent, tab id.Tab) {
	h.ofAgent(agent).toTab(agent, tab, func(f *Feed) { f.whisper("probe") })
}

// TakenOver tells a tab that it is the phone no more.
func (h *Hub) TakenOver(agent id.Agent, tab id.Tab) {
	h.ofAgent(agent).toTab(agent, tab, func(f *Feed) { f.put(Message{Kind: "taken_over", Data: TakenOver{Tab: tab}}) })
}

// RenewVoice asks the page of a tab to start ICE anew on its leg.
func (h *Hub) RenewVoice(agent id.Agent, tab id.Tab, leg id.Leg) {
	h.ofAgent(agent).toTab(agent, tab, func(f *Feed) { f.put(Message{Kind: "renew_voice", Data: RenewVoice{Leg: leg}}) })
}

func (h *Hub) of(org id.Org) *picture {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pictures[org] == nil {
		h.pictures[org] = newPicture(h.now)
	}
	return h.pictures[org]
}

func (h *Hub) ofAgent(agent id.Agent) *picture {
	h.mu.Lock()
	org := h.agents[agent]
	h.mu.Unlock()
	return h.of(org)
}
