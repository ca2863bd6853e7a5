package live

import (
	"slices"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/station"
)

// TestStatusesAreShown follows what an agent and the supervisor see of custom statuses, what is chosen for later, the
// outcome, and toggles.
func TestStatusesAreShown(t *testing.T) {
	w := newWorld(t)
	s := site()
	s.Statuses = map[string]Custom{"tea": {ID: "tea", Name: "Tea", Colour: "#aa0000", Icon: "coffee", Effect: acd.EffectBusy}}
	w.hub.Configure(org, s)
	c := acd.Configure{Statuses: []acd.CustomStatus{{ID: "tea", Name: "Tea", Effect: acd.EffectBusy}}}
	for _, q := range s.Queues {
		c.Queues = append(c.Queues, acd.Queue{
			ID: q.ID, Name: q.Name, Members: q.Members, RingSeconds: 20, WrapUpSeconds: 30, MaxExtensions: 1,
			OutcomeRequired: true, Outcomes: []string{"sold"},
		})
	}
	for _, a := range s.Agents {
		c.Agents = append(c.Agents, acd.Agent{ID: a.ID, Name: a.Name, DefaultStatus: acd.Available})
	}
	w.tellACD(c)
	mine, boss := open(t, w.hub, viewers()["agent"]), open(t, w.hub, viewers()["admin"])
	me := func() Me { mine.read(); return mine.see.Me }
	ann := func() Agent {
		boss.read()
		at := slices.IndexFunc(boss.see.Agents, func(a Agent) bool { return a.ID == "ann" })
		return boss.see.Agents[at]
	}
	w.start("ann")
	w.tellACD(acd.SetStatus{Agent: "ann", Custom: "tea"})
	if m, a := me(), ann(); m.Status != acd.Unavailable || m.Custom == nil || *m.Custom != s.Statuses["tea"] || a.Custom == nil || a.Custom.Name != "Tea" {
		t.Errorf("in a custom status: %+v and %+v", m.Custom, a.Custom)
	}
	w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Available})
	which := w.arrive("sales")
	w.tellStation("ann", station.Answer{Offer: w.stations["ann"].Ring.Offer, Tab: "ann-tab"})
	w.tellACD(acd.SetStatus{Agent: "ann", Status: acd.Unavailable, Reason: "Break"})
	if m := me(); m.Custom != nil || m.Next == nil || m.Next.Reason != "Break" || m.Lines[0].Queue != "sales" {
		t.Errorf("in the call: %+v, next %+v", m.Custom, m.Next)
	}
	w.hangUp(which)
	if m := me(); m.Wrap == nil || m.Wrap.Queue != "sales" || !m.Wrap.Required || m.Wrap.Held || m.Next == nil {
		t.Fatalf("in wrap-up: %+v", m.Wrap)
	}
	w.wait(31 * time.Second)
	w.tellACD(acd.TimeUp{Timer: "wrap/ann"})
	if m := me(); m.Wrap == nil || !m.Wrap.Held {
		t.Errorf("not held: %+v", m.Wrap)
	}
	w.tellACD(acd.ChooseOutcome{Agent: "ann", Call: which, Outcome: "sold"})
	if m := me(); m.Wrap != nil || m.Next != nil || m.Outcome != nil || m.Status != acd.Unavailable || m.Reason != "Break" {
		t.Errorf("after it: %+v", m)
	}
	w.tellACD(acd.Toggle{Agent: "ann", Queue: "sales"})
	if m, a := me(), ann(); !slices.Equal(m.Queues, []id.Queue{"sales"}) || !slices.Equal(m.Off, m.Queues) || !slices.Equal(a.Off, m.Off) {
		t.Errorf("toggled off: %v of %v, %v", m.Off, m.Queues, a.Off)
	}
	w.tellACD(acd.Toggle{Agent: "ann", Queue: "sales", On: true})
	if m := me(); len(m.Off) != 0 {
		t.Errorf("toggled on: %v", m.Off)
	}
	waits := w.arrive("support")
	w.tellACD(acd.SetPriority{Call: waits, Priority: 1})
	if boss.read(); len(boss.see.Waiting) != 1 || boss.see.Waiting[0].Priority != 1 {
		t.Errorf("waiting: %+v", boss.see.Waiting)
	}
}
