package live

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/station"
)

// lamps puts together what a viewer who shows lamps is told: all at once, then those that change.
type lamps struct {
	feed *Feed
	now  map[string]LampState
}

func (l *lamps) name(one Lamp) string { return strings.TrimSpace(string(one.Agent) + " " + one.Name) }

// read gives what has changed, in the order in which it was told.
func (l *lamps) read(t *testing.T) (changes []string) {
	t.Helper()
	for {
		m, ok := l.feed.take()
		if !ok {
			return changes
		}
		switch data := m.Data.(type) {
		case Snapshot:
			l.now = map[string]LampState{}
			for _, one := range data.Lamps {
				l.now[l.name(one)] = one.State
			}
		case Lamp:
			l.now[l.name(data)] = data.State
			changes = append(changes, fmt.Sprint(l.name(data), " ", data.State))
		default:
			t.Errorf("a viewer who only shows lamps is told %s", m.Kind)
		}
	}
}

// TestLamps: the lamps of desk phones follow what the page shows: who rings and talks, who is not to be disturbed, who takes calls from
// which queue, and which slots are taken (BX-27, BX-32).
func TestLamps(t *testing.T) {
	w := newWorld(t)
	s := peopled()
	s.Codes, s.Slots, s.Queues[0].Toggle = Codes{DoNotDisturb: "*78", Available: "*45"}, []string{"701", "702"}, "1"
	w.hub.Configure(org, s)
	l := &lamps{feed: w.hub.Subscribe(Viewer{Org: org, Lamps: true})}
	boss := open(t, w.hub, Viewer{Org: org, Role: access.Admin})
	var c id.Call
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"nothing", func() {}, ""},
		{"starts", func() { w.start("ann") }, "ann *45 on"},
		{"rings", func() { c = w.arrive("sales") }, "201 blink"},
		{"talks", func() {
			w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
		}, "201 on"},
		{"takes none after this", func() { w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Unavailable}) }, "ann *45 dark"},
		{"takes some", func() { w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Available}) }, "ann *45 on"},
		{"parks", func() { w.tellCall(c, call.Park{Agent: "ann", Parking: call.Parking{Slot: "702"}}) }, "201 dark, 702 on"},
		{"is gone", func() { w.hangUp(c) }, "702 dark"},
		{"do not disturb", func() {
			w.hub.PresenceChanged(org, "u-ann", presence.Own{Overrides: presence.Overrides{DoNotDisturb: presence.On}})
		}, "ann *78 on, *78201 on"},
		{"unavailable", func() { w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Unavailable}) }, "ann *45 dark"},
		{"queue off", func() { w.tellACD(acd.Toggle{Agent: "ann", Queue: "sales"}) }, "ann *451 dark"},
	} {
		step.do()
		got := strings.Join(l.read(t), ", ")
		if got != step.want {
			t.Errorf("%s: %q, want %q", step.name, got, step.want)
		}
	}
	before := fmt.Sprint(l.now)
	l.feed.Resync()
	if l.read(t); fmt.Sprint(l.now) != before || len(l.now) != 3+2*3+3+2+2 {
		t.Errorf("anew %d: %v, before %s", len(l.now), l.now, before)
	}
	w.hub.Configure(org, Site{Agents: s.Agents[:1]})
	if l.read(t); fmt.Sprint(l.now) != "map[201:dark]" {
		t.Errorf("without codes and slots: %v", l.now)
	}
	if boss.read(); boss.heard["lamp"] > 0 || boss.see.Lamps != nil {
		t.Error("a page is told of lamps")
	}
}
